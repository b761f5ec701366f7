"""The units of a TMX file, as plain data, and the choice of a unit's texts for a language."""

from dataclasses import dataclass, field

from corpus.text import languages
from corpus.text.messages import Message


@dataclass(frozen=True)
class Variant:
    """A text of a unit in one language (`tuv`); `codes` says that inline codes stand in it."""

    language: str
    text: str
    codes: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class TranslationUnit:
    """A unit (`tu`): the same text in two or more languages. Times are UTC, ISO 8601, or empty.

    `source_language` is empty where any language is a source. `original` is the element itself, where it says more
    than the fields do: inline codes, properties of a variant, further attributes. `remarks` say what was dropped.
    """

    variants: tuple[Variant, ...]
    source_language: str = ""
    tuid: str = ""
    note: str = ""
    props: dict[str, str] = field(default_factory=dict)
    created_at: str = ""
    created_by: str = ""
    changed_at: str = ""
    changed_by: str = ""
    line: int = field(default=0, compare=False)
    original: str = field(default="", compare=False)
    remarks: tuple[Message, ...] = field(default=(), compare=False)

    def text(self, language: str, strict: bool = False) -> str | None:
        """Returns the first of the unit's texts in a language, as `texts` has them."""
        return next((variant.text for variant in self.texts(language, strict)), None)

    def texts(self, language: str, strict: bool = False) -> tuple[Variant, ...]:
        """Returns the unit's texts in a language, each once, those of its very tag first.

        A tag without a region is served by every region. One with a region is served by another tag of its language
        only where the unit has just that, and never if `strict`.
        """
        bare = languages.regionless(language)
        own = [variant for variant in self.variants if variant.language == language]
        others = [variant for variant in self.variants if languages.regionless(variant.language) == bare]
        if language != bare and (own or strict or len({variant.language for variant in others}) > 1):
            others = []
        found: dict[str, Variant] = {}
        for variant in (*own, *others):
            found.setdefault(variant.text, variant)
        return tuple(found.values())
