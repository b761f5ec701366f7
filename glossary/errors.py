"""What can go wrong with the term base and its files, each in one sentence for the user."""


class GlossaryError(Exception):
    """A failure a user can do something about.

    `template` is the English sentence with `{names}` and `values` fills them, so that a page can translate the
    sentence before filling it; `str()` gives the English one filled.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


class InvalidTbx(GlossaryError):
    """A TBX file that breaks the format."""


class InvalidSheet(GlossaryError):
    """A CSV or XLSX file whose columns are not those of a glossary."""


class UnknownConcept(GlossaryError):
    """A concept that the term base does not hold."""


class ConceptConflict(GlossaryError):
    """A concept that somebody else changed since it was read."""


class CannotCurate(GlossaryError):
    """A step of curation that the term base does not allow."""
