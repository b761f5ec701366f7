"""The folded form in which terms are looked for, and the way back from a place in it to the place in the text."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from corpus.text import scripts

_SPACES = "\t\n\v\f\r\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
# One character for one: full-width signs, numbers set below the line, and signs that are written in several ways.
_SIGNS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SIGNS |= {0x2080 + digit: str(digit) for digit in range(10)}
_ONE = {" ": _SPACES + "-\uff0d\u2010\u2011\u2012", '"': "“”「」", "'": "‘’『』", "·": "•・‧"}
_SIGNS |= {ord(character): sign for sign, characters in _ONE.items() for character in characters}
_EXPANDING = "".join(character for code in range(0xDF, 0xFB18) if len((character := chr(code)).casefold()) > 1) + "İ"
# What does not stay one character: letters with marks of their own, what cannot be seen, `ß` and its like.
_UNEVEN = regex.compile(rf"\p{{L}}\p{{M}}+|[\u00ad\u200b-\u200d\u2060\ufeff]+|[{_EXPANDING}]")
# All but the letters and digits that make words; Han, Kana and Hangul have no such boundaries, nor has a note's.
_NO_WORD = "\\W_¹²³\u2070-\u209c\u2e80-\U0010ffff"
_BETWEEN = re.compile(f"[{_NO_WORD}]+")
_WORDS = re.compile(f"[^{_NO_WORD}]+(?: [^{_NO_WORD}]+)*")


class Folded(NamedTuple):
    """A folded text; the character at `i` stands for the text at `[starts[i]:ends[i]]`, which may be empty."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold(text: str, chinese: bool, case: bool = False) -> Folded:
    """Folds width, signs, gaps and, unless `case` is to be kept, case; every word has a space before and behind it.

    A hyphen counts as a space. In Chinese, Traditional characters count as Simplified ones, and spaces and line breaks
    that are at no word of an alphabet as nothing.
    """
    plain = text.translate(_table(chinese))
    folded = Folded(plain, range(len(plain)), range(1, len(plain) + 1))
    folded = _evened(folded, case)
    if not case:
        # What would have grown is folded already, so that this keeps every place.
        folded = folded._replace(text=folded.text.casefold())
    return _spaced(folded, chinese)


def _evened(folded: Folded, case: bool) -> Folded:
    """Composes letters and their marks, leaves out what cannot be seen, and folds the case of what grows by it."""
    text, starts, ends = folded
    parts: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    done = 0
    for match in _UNEVEN.finditer(text):
        start, end = match.span()
        part = unicodedata.normalize("NFC", match[0]) if match[0][0].isalpha() else ""
        part = part if case else part.casefold()
        parts += (text[done:start], part)
        new_starts += (*starts[done:start], *[starts[start]] * len(part))
        new_ends += (*ends[done:start], *[ends[end - 1]] * len(part))
        done = end
    if not done:
        return folded
    return Folded("".join((*parts, text[done:])), [*new_starts, *starts[done:]], [*new_ends, *ends[done:]])


class _Spaced:
    """A folded text as it is written anew, never with two spaces together."""

    def __init__(self, folded: Folded) -> None:
        self._old = folded
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> None:
        text, starts, ends = self._old
        if start < end:
            self._parts.append(text[start:end])
            self._starts += starts[start:end]
            self._ends += ends[start:end]

    def take_between(self, start: int, end: int, chinese: bool) -> None:
        text, starts, _ = self._old
        for place in range(start, end):
            if text[place] != " ":
                self.take(place, place + 1)
            elif not chinese:
                self.space(starts[place])

    def space(self, place: int) -> None:
        if not self._parts or self._parts[-1] != " ":
            self._parts.append(" ")
            self._starts.append(place)
            self._ends.append(place)

    def folded(self) -> Folded:
        return Folded("".join(self._parts), self._starts, self._ends)


def _spaced(folded: Folded, chinese: bool) -> Folded:
    """Puts one space before and behind each word; of other spaces one is left, in Chinese none."""
    text, starts, ends = folded
    if not text:
        return folded
    if _WORDS.fullmatch(text):
        # As most terms are; what follows would do the same at several times the cost.
        before, behind = starts[0], ends[-1]
        return Folded(f" {text} ", [before, *starts, behind], [before, *ends, behind])
    new, done = _Spaced(folded), 0
    if not _BETWEEN.match(text):
        new.space(starts[0])
    for match in _BETWEEN.finditer(text):
        start, end = match.span()
        if match[0] == " " and start:
            continue
        new.take(done, start)
        if start:
            new.space(ends[start - 1])
        new.take_between(start, end, chinese)
        if end < len(text):
            new.space(starts[end])
        done = end
    new.take(done, len(text))
    if not _BETWEEN.match(text[-1]):
        new.space(ends[-1])
    return new.folded()


def key(text: str, chinese: bool) -> str:
    """Folds width, signs and case, as `fold` does, and leaves the gaps as they are, at a small part of its cost."""
    return unicodedata.normalize("NFC", text.translate(_key_table(chinese))).casefold()


@lru_cache(maxsize=2)
def _key_table(chinese: bool) -> Mapping[int, str | None]:
    unseen = (0xAD, *range(0x200B, 0x200E), 0x2060, 0xFEFF)
    return {**_table(chinese), **dict.fromkeys(unseen)}


@lru_cache(maxsize=2)
def _table(chinese: bool) -> Mapping[int, str]:
    if not chinese:
        return _SIGNS
    # Character by character, so that text and term always go the same way. Taiwan's standard has the most characters of
    # its own.
    simplified = scripts.simplified_forms("tw2s", range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
    radicals = {part: simplified.get(whole, whole) for part, whole in scripts.radical_forms().items()}
    return _SIGNS | {ord(old): new for old, new in (simplified | radicals).items()}
