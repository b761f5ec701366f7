"""The tokens that matches are counted in: words, numbers and marks, or characters where a language has no spaces.

Differences of case, width, and Hans and Hant are folded first: they are no edits.
"""

import re
import zlib
from typing import NamedTuple

import regex

from corpus.text import languages
from corpus.text.folding import fold_for_matching, fold_for_matching_with_offsets

_WORDS = r"\d+(?:[.,]\d+)*|[^\W\d_]\w*(?:['’]\w+)*|[^\s]"
_ASCII = re.compile(_WORDS, re.ASCII)
# Here \w has the marks in it without which Hindi or Arabic words fall apart.
_TOKEN = regex.compile(_WORDS)
_CHARACTER = re.compile(r"\S")
_LETTERS = 0xD800  # codes below the surrogates: each is one unit of UTF-16
_MOST_WORDS = 200_000


class Token(NamedTuple):
    """A token as it is compared, and the span it takes in its text."""

    text: str
    start: int
    end: int


class _Codes(dict[str, str]):
    """One character for a word: two words may share it."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = code = chr(zlib.crc32(word.encode()) % _LETTERS)
        return code


_codes = _Codes()


def tokens(text: str, language: str) -> list[Token]:
    """Returns the tokens of a text with their offsets in it."""
    folded, offsets = fold_for_matching_with_offsets(text)
    pattern = _TOKEN if languages.is_spaced(language) else _CHARACTER
    return [Token(match[0], offsets[match.start()], offsets[match.end()]) for match in pattern.finditer(folded)]


def encode(text: str, language: str) -> str:
    """Returns a text with one character for each token, so that edits of tokens are edits of characters.

    Different tokens may have the same character: a distance of two codes is at most that of the tokens.
    """
    folded = fold_for_matching(text)
    if languages.is_spaced(language):
        words = _ASCII.findall(folded) if folded.isascii() else _TOKEN.findall(folded)
        return "".join(map(_codes.__getitem__, words))
    characters = "".join(folded.split())
    if characters and max(characters) >= chr(_LETTERS):
        return "".join(chr(ord(character) % _LETTERS) for character in characters)
    return characters


def fingerprint(code: str) -> int:
    """Returns a number by which texts of equal tokens are found; others may share it."""
    return zlib.crc32(code.encode("utf-16-le"))
