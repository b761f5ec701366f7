"""The translation of a bitext as it will read: title, headings, paragraphs, items and captions of sentences.

The paragraphs are those of the source article. Captions are not part of a bitext: those of a translated article are its
own, of a translation in the making they are the source's, which nobody has translated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.articles import Article, Caption
from corpus.bitexts.model import Bitext, Unit, UnitState
from corpus.text import languages


@dataclass(frozen=True)
class UnitText:
    """The texts of a unit in a translation; `unit` is its id, 0 for a caption, which is in none."""

    unit: int
    source: str
    target: str
    state: UnitState

    @property
    def missing(self) -> bool:
        """True where there is no translation and there has to be one: the source stands in its place."""
        return not self.target and not self.state.confirmed

    @property
    def draft(self) -> bool:
        """True where there is a translation that nobody has confirmed."""
        return bool(self.target) and not self.state.confirmed

    @property
    def text(self) -> str:
        """The text as it is to be read: the target, or the source in brackets where that is missing."""
        return f"[{self.source}]" if self.missing else self.target


@dataclass(frozen=True)
class Block:
    """A paragraph of a translation; `kind` is that of `Paragraph`, or caption."""

    kind: str
    texts: tuple[UnitText, ...]

    def read(self, language: str) -> str:
        """Returns the paragraph as it is to be read in a language; empty where nothing of it is."""
        return languages.join([each.text for each in self.texts], language)


@dataclass(frozen=True)
class Translation:
    """The translation of a bitext, in the target's language; `open` of its `units` are not confirmed."""

    bitext: Bitext
    blocks: tuple[Block, ...]
    byline: str = ""
    date: str = ""

    @property
    def language(self) -> str:
        return self.bitext.target_language

    @property
    def title(self) -> str:
        """The translated title, or the source's where there is none yet."""
        titles = (block for block in self.blocks if block.kind == "title")
        texts = (languages.join([each.target for each in block.texts], self.language) for block in titles)
        return next(filter(None, texts), self.bitext.title)

    @property
    def units(self) -> int:
        return self.bitext.units

    @property
    def open(self) -> int:
        return self.bitext.units - self.bitext.confirmed

    def paragraphs(self) -> list[tuple[str, str]]:
        """The kind and the text of each paragraph of which something is to be read."""
        read = ((block.kind, block.read(self.language)) for block in self.blocks)
        return [(kind, text) for kind, text in read if text]


def translation(bitext: Bitext, units: Sequence[Unit], source: Article | None, target: Article | None) -> Translation:
    """Returns the translation that the units of a bitext make; the articles are those of its sides, if it has them."""
    kinds = [paragraph.kind for paragraph in source.paragraphs] if source else []
    blocks = [
        Block(kinds[number] if number < len(kinds) else "text", tuple(_text(unit, bitext) for unit in group))
        for number, group in groupby(units, key=lambda unit: unit.paragraph)
    ]
    about = target or source
    return Translation(
        bitext,
        (*blocks, *_captions(source, target)),
        target.byline if target else "",
        about.date if about else "",
    )


def _text(unit: Unit, bitext: Bitext) -> UnitText:
    source = languages.join(unit.source, bitext.source_language)
    return UnitText(unit.id, source, languages.join(unit.target, bitext.target_language), unit.state)


def _captions(source: Article | None, target: Article | None) -> list[Block]:
    if target:
        texts = [UnitText(0, "", _caption(each), UnitState.FINAL) for each in target.captions]
    else:
        texts = [UnitText(0, _caption(each), "", UnitState.INITIAL) for each in source.captions] if source else []
    return [Block("caption", (text,)) for text in texts]


def _caption(caption: Caption) -> str:
    return f"{caption.text} ({caption.credit})" if caption.credit else caption.text
