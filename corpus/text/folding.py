"""Texts without the differences in writing that do not count, character by character, so that offsets can be kept."""

import unicodedata
from itertools import chain, repeat

import regex

from corpus.text.scripts import HAN, convert

# What one reader sees as one character: the normalisation forms compose nothing beyond it.
_CLUSTER = regex.compile(r"\X", regex.DOTALL)
_ACCENTS = regex.compile(r"[\u0300-\u036f]")


class Folding(dict[int, str]):
    """A table for `str.translate` that fills itself."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = self._fold(chr(code))
        return folded

    def _fold(self, character: str) -> str:
        """Returns the text that stands for a character."""
        raise NotImplementedError


class _Matching(Folding):
    """Case, full and half width, Traditional and Simplified."""

    def _fold(self, character: str) -> str:
        folded = unicodedata.normalize("NFKC", character).casefold()
        return convert(folded, "t2s") if HAN.search(folded) else folded


class _Finding(Folding):
    """Case, width and accents; every white space is a space."""

    def _fold(self, character: str) -> str:
        if character.isspace():
            return " "
        return _ACCENTS.sub("", unicodedata.normalize("NFKD", character).casefold())


_MATCHING = _Matching()
_FINDING = _Finding()


def fold_for_matching(text: str) -> str:
    """Returns a text without differences of case, of full and half width, and of Hans and Hant."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).translate(_MATCHING)


def fold_for_matching_with_offsets(text: str) -> tuple[str, list[int]]:
    """Returns the text of `fold_for_matching`, and the start of each of its characters in `text`, with its end."""
    clusters = _CLUSTER.findall(text)
    return _with_offsets([fold_for_matching(cluster) for cluster in clusters], clusters)


def fold_for_search(text: str) -> str:
    """Returns a text without differences of case, of full and half width, and of accents."""
    return text.translate(_FINDING)


def fold_for_search_with_offsets(text: str) -> tuple[str, list[int]]:
    """Returns the text of `fold_for_search`, and the start of each of its characters in `text`, with its end."""
    return _with_offsets([character.translate(_FINDING) for character in text], text)


def search_key(text: str) -> str:
    """Returns the form in which terms are looked for: no accents, no case, no difference of width."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if not unicodedata.combining(character)).strip()


def _with_offsets(folded: list[str], pieces: list[str] | str) -> tuple[str, list[int]]:
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    offsets = chain.from_iterable(repeat(start, len(part)) for part, start in zip(folded, starts, strict=False))
    return "".join(folded), [*offsets, starts[-1]]
