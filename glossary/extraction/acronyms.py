"""Acronyms that a text explains: `International Union for Science and Technology Communication (IUSTC)`."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

_JOINING = frozenset("of for and the in on to at de la & with".split())
_LONGEST = 12


class Explained(NamedTuple):
    """An acronym, and the words [start:end] of the sentence that it stands for."""

    acronym: str
    start: int
    end: int


def explained(words: Sequence[str]) -> Iterator[Explained]:
    """Yields the acronyms in brackets of a sentence, given as words and marks, whose letters the words before give.

    Small words such as “of” need not give a letter (Schwartz & Hearst 2003 allow any letter of a word; here only first
    letters and capitals count, which finds fewer and is hardly ever wrong).
    """
    for place in range(2, len(words) - 1):
        acronym = words[place]
        if words[place - 1] in "(（" and words[place + 1] in ")）" and _is_acronym(acronym):
            start = _beginning(
                words, place - 1, [letter for letter in acronym if letter.isalpha() and letter.isupper()]
            )
            if start is not None:
                yield Explained(acronym, start, place - 1)


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= 12 and word.isascii() and sum(letter.isupper() for letter in word) >= 2


def _beginning(words: Sequence[str], end: int, letters: list[str]) -> int | None:
    """Returns the start of the words before `end` that give the letters; None where they do not give them."""
    wanted = list(letters)
    for place in range(end - 1, max(end - _LONGEST, 0) - 1, -1):
        word = words[place]
        if not word[:1].isalnum():
            return None
        initials = [word[0].upper(), *(letter for letter in word[1:] if letter.isupper())]
        while initials and wanted and initials[-1] == wanted[-1]:
            initials.pop()
            wanted.pop()
        if not wanted:
            return place
        if initials and len(initials) == 1 and word.lower() not in _JOINING:
            return None
    return None
