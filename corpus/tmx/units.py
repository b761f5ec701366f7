"""What a TMX file holds, as plain data, and which of a unit's texts serves a language."""

from dataclasses import dataclass, field

from corpus import languages
from corpus.reports import Reason


@dataclass(frozen=True)
class Variant:
    """A text of a unit in one language (`tuv`)."""

    language: str
    text: str


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
    remarks: tuple[Reason, ...] = field(default=(), compare=False)

    def text(self, language: str, strict: bool = False) -> str | None:
        """Returns the unit's text in a language: of that very tag, else of one that differs in nothing but its region.

        A tag with a region is served by another region only where the unit has just one, and never if `strict`.
        """
        for variant in self.variants:
            if variant.language == language:
                return variant.text
        bare = languages.regionless(language)
        found = {
            variant.language: variant.text
            for variant in reversed(self.variants)
            if languages.regionless(variant.language) == bare
        }
        if bare != language and (strict or len(found) > 1):
            return None
        return next(reversed(found.values()), None)
