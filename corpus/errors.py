"""The errors of articles, bitexts and the files they come from, each in one sentence for the user."""

from corpus.text.errors import UnreadableFile
from corpus.text.messages import UserError


class InvalidTmx(UnreadableFile):
    """A TMX file that breaks the format."""


class OtherFormat(InvalidTmx):
    """A file that is no TMX at all."""


class InvalidXliff(UnreadableFile):
    """An XLIFF file that breaks the format, or is none of the bitext it is brought back to."""


class InvalidDocx(UnreadableFile):
    """A Word document that is not the table of the bitext it is brought back to."""


class NothingImported(UserError):
    """A file of which nothing could be used."""


class NotFound(UserError):
    """An article, bitext, unit or entry of the memory that the desk does not hold."""


class UnusableEncoder(UserError):
    """A sentence encoder that cannot be loaded."""


class CannotAlign(UserError):
    """Two texts that cannot be aligned."""


class CannotRearrange(UserError):
    """A change of an alignment that cannot be made where it was asked for."""


class ReadOnly(UserError):
    """A collection of the memory that is not to be changed."""


class Conflict(UserError):
    """A unit that somebody else changed since it was read."""
