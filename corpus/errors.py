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


class CannotReplace(UserError):
    """A text to be found and replaced that cannot be read, or takes too long to look for."""


class ReadOnly(UserError):
    """A collection of the memory that is not to be changed."""


class Conflict(UserError):
    """A unit that was changed since it was read."""


def unit_conflict(changed_by: str, user: str) -> Conflict:
    """Returns the conflict over a unit which `user` writes: nobody else is blamed for one's own change."""
    if changed_by == user:
        return Conflict(
            "You ({user}) changed this unit meanwhile, in another tab: compare both texts and save again.", user=user
        )
    return Conflict("{user} changed this unit meanwhile: compare both texts and save again.", user=changed_by)
