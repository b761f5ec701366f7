"""What can go wrong with articles, bitexts and the files they come from, each in one sentence for the user."""


def sentence(template: str) -> str:
    """Marks a sentence for the user, so that the catalogues of translations have it; gives it back as it is."""
    return template


class CorpusError(Exception):
    """A failure a user can do something about.

    `template` is the English sentence with `{names}` and `values` fills them, so that a page can translate the
    sentence before filling it; `str()` gives the English one filled.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


class UnknownLanguage(CorpusError):
    """A language tag that is not one, or a text whose language cannot be told."""


class UnreadableFile(CorpusError):
    """A file that is missing, empty, binary, wrongly encoded or otherwise not what it should be."""


class InvalidXml(UnreadableFile):
    """A file that is not well-formed XML, or does what only a hostile one does."""


class InvalidTmx(UnreadableFile):
    """A TMX file that breaks the format."""


class OtherFormat(InvalidTmx):
    """A file that is no TMX at all."""


class InvalidXliff(UnreadableFile):
    """An XLIFF file that breaks the format, or is none of the bitext it is brought back to."""


class NothingImported(CorpusError):
    """A file of which nothing could be used."""


class NotFound(CorpusError):
    """An article, bitext, unit or entry of the memory that the desk does not hold."""


class UnusableEncoder(CorpusError):
    """A sentence encoder that cannot be loaded."""


class CannotAlign(CorpusError):
    """Two texts that cannot be aligned."""


class CannotRearrange(CorpusError):
    """A change of an alignment that cannot be made where it was asked for."""


class ReadOnly(CorpusError):
    """A collection of the memory that is not to be changed."""


class Conflict(CorpusError):
    """A unit that somebody else changed since it was read."""
