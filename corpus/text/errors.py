"""The errors of a text and the file it is in, each in one sentence for the user."""

from corpus.text.messages import UserError


class UnknownLanguage(UserError):
    """A language tag that is not one, or a text whose language cannot be told."""


class UnreadableFile(UserError):
    """A file that is missing, empty, binary, wrongly encoded or otherwise not what it should be."""


class InvalidXml(UnreadableFile):
    """A file that is not well-formed XML, or does what only a hostile one does."""
