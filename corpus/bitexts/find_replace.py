"""Finding texts in the targets of units and writing others in their place: plain, or by a regular expression."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import monotonic

import regex

from corpus.bitexts.model import Unit
from corpus.errors import CannotReplace
from corpus.text import languages

SECONDS = 2.0
"""How long a regular expression may take over all units: some take years over a line."""
LONGEST = 1000
"""Characters of what is looked for, and of what is written in its place."""

_AROUND = 40  # characters of a preview on either side
# Chinese is written without spaces: no word of it ends where a letter does.
_LETTER = r"[[\p{L}\p{M}\p{N}_]--\p{Han}]"


@dataclass(frozen=True)
class Search:
    """What is looked for, and what is written in its place.

    A plain text stands for itself; a `regular` one is an expression of the regex library, whose groups the replacement
    names as `\\1` or `\\g<name>`. A `whole_word` has no letter or digit at either side, Chinese ones aside.
    """

    text: str
    replacement: str = ""
    regular: bool = False
    match_case: bool = False
    whole_word: bool = False

    @cached_property
    def pattern(self) -> "regex.Pattern[str]":
        """The compiled expression; raises CannotReplace where it is none, or where there is nothing to look for."""
        if not self.text:
            raise CannotReplace("Type the text to be found.")
        if max(len(self.text), len(self.replacement)) > LONGEST:
            raise CannotReplace("A text to be found or put in has at most {most} characters.", most=LONGEST)
        inner = self.text if self.regular else regex.escape(self.text)
        if self.whole_word:
            inner = rf"(?<!{_LETTER})(?:{inner})(?!{_LETTER})"
        try:
            return regex.compile(inner, regex.V1 | (0 if self.match_case else regex.IGNORECASE))
        except (regex.error, OverflowError, RecursionError) as error:
            raise CannotReplace("The regular expression cannot be read: {problem}.", problem=str(error)) from None

    def written(self, match: "regex.Match[str]") -> str:
        """What stands in the place of a match; raises CannotReplace for a group that there is not."""
        if not self.regular:
            return self.replacement
        try:
            return match.expand(self.replacement)
        except (regex.error, IndexError, KeyError) as error:
            raise CannotReplace("The replacement cannot be read: {problem}.", problem=str(error)) from None


@dataclass(frozen=True)
class Place:
    """A place in a unit's target: what stands there, what would, and the text on either side."""

    unit: Unit
    start: int
    before: str
    found: str
    written: str
    after: str

    @property
    def key(self) -> tuple[int, int, int]:
        """Which place it is: the unit's id and version, and where it begins."""
        return self.unit.id, self.unit.version, self.start


def find(units: Iterable[Unit], search: Search, language: str) -> Iterator[Place]:
    """Yields the places of a text in the targets of units, in their order; matches of nothing are none.

    Raises CannotReplace where the search cannot be read, or takes longer than SECONDS.
    """
    end = monotonic() + SECONDS
    for unit in units:
        text = languages.join(unit.target, language)
        for match in _matches(search, text, end):
            start, stop = match.span()
            yield Place(
                unit,
                start,
                text[max(start - _AROUND, 0) : start],
                match[0],
                search.written(match),
                text[stop : stop + _AROUND],
            )


def replaced(unit: Unit, search: Search, starts: Sequence[int], language: str) -> str:
    """Returns the text of a unit's target with those places rewritten that begin at `starts`."""
    text = languages.join(unit.target, language)
    pieces, place = [], 0
    for match in _matches(search, text, monotonic() + SECONDS):
        if match.start() in starts:
            pieces += [text[place : match.start()], search.written(match)]
            place = match.end()
    return "".join([*pieces, text[place:]])


def _matches(search: Search, text: str, end: float) -> Iterator["regex.Match[str]"]:
    try:
        # A timeout of nothing would be none.
        for match in search.pattern.finditer(text, timeout=max(end - monotonic(), 0.001)):
            if match[0]:
                yield match
    except TimeoutError:
        raise CannotReplace(
            "The regular expression takes too long: write it without repetitions inside repetitions."
        ) from None
