"""Words by their stems, so that a term is found in any of its forms, in the languages that have a Snowball stemmer.

English and Chinese have rules of their own. In other languages a translation gives a term the number, gender or tense
that its sentence wants; Snowball (Porter 2001, https://snowballstem.org) takes these endings off, and with them go the
accent and the vowel that a stem ends in: Portuguese `infeção`, `infeções`.
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import regex
import snowballstemmer
from babel import Locale, UnknownLocaleError

from corpus.text import languages

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_ENDING = regex.compile(r"(?<=\w{3})[aeiou]+$")
_RULES_OF_THEIR_OWN = ("en", "zh")


class Stemmed(NamedTuple):
    """A text whose words are stems, and for each of its characters where it starts and ends in the text itself."""

    text: str
    starts: list[int]
    ends: list[int]


class Stemmer:
    """Takes the endings off the words of texts in one language."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self._stem = lru_cache(maxsize=50_000)(lambda word: _bare(stem(word)))

    def __call__(self, text: str) -> Stemmed:
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for match in _WORD.finditer(text):
            start, end = match.span()
            word = match[0]
            # What is written in capitals is a name or an acronym.
            stem = word if word[1:] != word[1:].lower() else self._stem(word.lower())
            parts += [text[done:start], stem]
            starts += [*range(done, start), *range(start, start + len(stem))]
            ends += [*range(done + 1, start + 1), *range(start + 1, start + len(stem)), end]
            done = end
        parts.append(text[done:])
        starts += range(done, len(text))
        ends += range(done + 1, len(text) + 1)
        return Stemmed("".join(parts), starts, ends)


def _bare(stem: str) -> str:
    letters = "".join(letter for letter in unicodedata.normalize("NFD", stem) if not unicodedata.combining(letter))
    return _ENDING.sub("", letters) or stem


@lru_cache(maxsize=8)
def stemmer(language: str) -> Stemmer | None:
    """Returns the stemmer of a language tag; None where there is none, or the language has rules of its own."""
    primary = languages.primary(language)
    if primary in _RULES_OF_THEIR_OWN:
        return None
    try:
        name = (Locale(primary).get_language_name("en") or "").lower()
    except (UnknownLocaleError, ValueError):
        return None
    if name not in snowballstemmer.algorithms():
        return None
    return Stemmer(snowballstemmer.stemmer(name).stemWord)
