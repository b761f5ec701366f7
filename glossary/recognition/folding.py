"""The folded form in which terms are looked for, and the way back from a place in it to the place in the text."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import regex

_SPACES = "\t\n\v\f\r\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
# One character for one: full-width signs, numbers set below the line, and signs that are written in several ways.
_SIGNS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SIGNS |= {0x2080 + digit: str(digit) for digit in range(10)}
_SIGNS |= {
    ord(character): sign
    for sign, characters in {
        " ": _SPACES + "-\uff0d\u2010\u2011\u2012",
        '"': "“”「」",
        "'": "‘’『』",
        "·": "•・‧",
    }.items()
    for character in characters
}
_EXPANDING = "".join(character for code in range(0xDF, 0xFB18) if len((character := chr(code)).casefold()) > 1) + "İ"
# What does not stay one character: gaps, letters with marks of their own, what cannot be seen, `ß` and its like.
_UNEVEN = regex.compile(rf" +|\p{{L}}\p{{M}}+|[\u00ad\u200b-\u200d\u2060\ufeff]+|[{_EXPANDING}]")
_WIDE_UNEVEN = regex.compile(_UNEVEN.pattern.replace(" +", "  +", 1))
_FIRST_CJK = "\u2e80"


class Folded(NamedTuple):
    """A folded text; the character at `i` stands for the text at `[starts[i]:ends[i]]`."""

    text: str
    starts: list[int]
    ends: list[int]


def fold(text: str, chinese: bool, case: bool = False) -> Folded:
    """Folds width, signs, gaps and, unless `case` is to be kept, case.

    A hyphen counts as a space. In Chinese, Traditional characters count as Simplified ones, and spaces and line breaks
    as nothing, but between two words of an alphabet.
    """
    plain = text.translate(_table(chinese))
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for match in (_UNEVEN if chinese else _WIDE_UNEVEN).finditer(plain):
        start, end = match.span()
        parts.append(plain[done:start])
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        done = end
        part = _evened(plain, start, end, chinese, case)
        parts.append(part)
        starts.extend([start] * len(part))
        ends.extend([end] * len(part))
    parts.append(plain[done:])
    starts.extend(range(done, len(plain)))
    ends.extend(range(done + 1, len(plain) + 1))
    folded = "".join(parts)
    # What would have grown was folded above, so that this keeps every place.
    return Folded(folded if case else folded.casefold(), starts, ends)


def _evened(plain: str, start: int, end: int, chinese: bool, case: bool) -> str:
    part = plain[start:end]
    if part[0] == " ":
        between_words = 0 < start and end < len(plain) and in_word(plain[start - 1]) and in_word(plain[end])
        return " " if between_words or not chinese else ""
    if not part[0].isalpha():
        return ""
    composed = unicodedata.normalize("NFC", part)
    return composed if case else composed.casefold()


def in_word(character: str) -> bool:
    """Whether a character belongs to a word that has boundaries: Han, Kana and Hangul have none."""
    return character < _FIRST_CJK and (character.isalpha() or character.isdecimal())


@lru_cache(maxsize=2)
def _table(chinese: bool) -> Mapping[int, str]:
    if not chinese:
        return _SIGNS
    # Imported here: its tables are needed for Chinese alone.
    import opencc

    characters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    # Character by character, not by phrases as a text is converted: so text and term always go the same way. Taiwan's
    # standard has the most characters of its own.
    simplified = opencc.OpenCC("tw2s").convert("\n".join(characters)).split("\n")
    return _SIGNS | {ord(old): new for old, new in zip(characters, simplified, strict=True) if old != new}
