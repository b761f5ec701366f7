"""Segmentation: from a paragraph to its sentences. Non-destructive: the pieces joined are the paragraph again.

English and Chinese have rules of their own, which `tests/bench/segmentation.py` measures against libraries; every
other language goes through the library sentencex.
"""

from collections.abc import Callable

from corpus.segmentation import chinese, english, other
from corpus.text.languages import primary

Segment = Callable[[str, str], list[str]]
"""A segmenter, which gives the sentences of a paragraph in a language: `sentences`, or a house's own rules over it."""


def split(text: str, language: str, *, semicolons: bool = False) -> list[str]:
    """Returns the pieces of a paragraph, one a sentence with the white space after it; joined they equal `text`.

    With `semicolons` a semicolon ends a sentence too, in English and Chinese.
    """
    cuts = _cuts(text, primary(language), semicolons)
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True) if start < end]


def sentences(text: str, language: str, *, semicolons: bool = False) -> list[str]:
    """Returns the sentences of a paragraph without the white space around them, empty ones left out."""
    return [stripped for piece in split(text, language, semicolons=semicolons) if (stripped := piece.strip())]


def _cuts(text: str, language: str, semicolons: bool) -> list[int]:
    match language:
        case "en":
            return english.cuts(text, semicolons)
        case "zh":
            return chinese.cuts(text, semicolons)
        case _:
            return other.cuts(text, language)
