"""The headings of a row told apart: the headline, and the others as section, deck, or a picture's title."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from corpus.intake.building.drafts import Item
from corpus.intake.lists import entries
from corpus.intake.newspaper import line_classification

# The line above a headline that names its column is short.
_SECTION_WORDS = 4
_SECTION_CHARACTERS = 28
_LONGER = 1.5


@dataclass(frozen=True)
class Chosen:
    """The headings of a row by what they are."""

    headline: Item | None = None
    sections: tuple[Item, ...] = ()
    decks: tuple[Item, ...] = ()
    others: tuple[Item, ...] = ()


def key(text: str) -> str:
    """The words of a headline as they are compared between pages."""
    return " ".join(regex.findall(r"[\p{L}\p{N}]+", text.casefold()))


def is_section(text: str) -> bool:
    """Returns whether the text is the name of a column."""
    return text.strip(" |｜■□◆●:：").casefold() in entries("metadata", "sections")


def choose(run: Sequence[Item], beside: bool, is_issue: bool, continued: set[str]) -> Chosen:
    """Tells the headings of a row apart.

    With `beside` a byline, date or jump stands below them; `continued` has the keys of headlines that stand on
    another page again.
    """
    if not run:
        return Chosen()
    number = _headline(run, beside, is_issue, continued)
    above, below = run[:number], run[number + 1 :]
    sections = [item for item in above if _is_column(item, named=not beside)]
    sections += [item for item in below if _is_column(item, named=not beside)]
    return Chosen(
        headline=run[number],
        sections=tuple(sections),
        decks=tuple(item for item in below if item not in sections),
        others=tuple(item for item in above if item not in sections),
    )


def _headline(run: Sequence[Item], beside: bool, is_issue: bool, continued: set[str]) -> int:
    """The number of the headline in the row."""
    for number, item in enumerate(run):
        if item.kind == "title" or key(item.text) in continued:
            return number
    first = 0
    while first < len(run) - 1 and _is_above(run[first], run[first + 1], beside):
        first += 1
    if is_issue and not beside:
        # A graphic's title stands above the headline that has text below it; headings within are in small letters.
        return max(
            (n for n, item in enumerate(run) if n >= first and line_classification.is_title_case(item.text)),
            default=first,
        )
    return first


def _is_above(item: Item, following: Item, beside: bool) -> bool:
    """Returns whether a heading is the column's name above the next one."""
    if is_section(item.text):
        return True
    return beside and _is_short(item.text) and len(following.text) >= _LONGER * len(item.text)


def _is_column(item: Item, named: bool) -> bool:
    return is_section(item.text) or (not named and _is_short(item.text))


def _is_short(text: str) -> bool:
    return len(text.split()) <= _SECTION_WORDS and len(text) <= (
        8 if line_classification.is_chinese(text) else _SECTION_CHARACTERS
    )
