"""The errors of the term base and its files, each in one sentence for the user."""

from corpus.text.messages import UserError


class InvalidTbx(UserError):
    """A TBX file that breaks the format."""


class InvalidSheet(UserError):
    """A CSV or XLSX file whose columns are not those of a glossary."""


class UnknownConcept(UserError):
    """A concept that the term base does not hold."""


class ConceptConflict(UserError):
    """A concept that was changed since it was read."""


class CannotCurate(UserError):
    """A step of curation that the term base does not allow."""
