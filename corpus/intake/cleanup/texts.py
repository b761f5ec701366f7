"""The tools of the rules: changing text match by match, and keeping or dropping blocks, always by decision."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import regex

from corpus.intake.decisions import Ledger
from corpus.intake.pages import Block, Page

Match = regex.Match[str]

_SHORT = 4
_AROUND = 6


def each_text(pages: Sequence[Page], mend: Callable[[str, str, str], str]) -> list[Page]:
    """Returns the pages with the text of every block mended; `mend` is given text, file and place."""
    return [
        replace(
            page,
            blocks=tuple(replace(block, text=mend(block.text, page.file, block.place)) for block in page.blocks),
        )
        for page in pages
    ]


def substitute(
    text: str,
    pattern: regex.Pattern[str],
    after: Callable[[Match], str],
    take: Callable[[str, str], bool],
) -> str:
    """Replaces what matches where `after` gives another text and `take`, given before and after, agrees.

    A space or a mark alone says nothing to a person, so what stands around it is shown too.
    """

    def one(match: Match) -> str:
        new = after(match)
        if new == match[0]:
            return new
        around = _AROUND if len(match[0]) < _SHORT else 0
        left = text[max(0, match.start() - around) : match.start()]
        right = text[match.end() : match.end() + around]
        return new if take(f"{left}{match[0]}{right}", f"{left}{new}{right}") else match[0]

    return pattern.sub(one, text)


def taker(ledger: Ledger, rule: str, template: str, file: str, place: str) -> Callable[[str, str], bool]:
    """A `take` for `substitute` that asks the ledger."""
    return lambda before, after: ledger.take(rule, template, file, place, before, after)


def walk(pages: Sequence[Page]) -> Iterator[tuple[Page, Block]]:
    """All blocks with their pages, in reading order."""
    for page in pages:
        for block in page.blocks:
            yield page, block
