"""The masthead of an issue: the newspaper's name, volume and number, date."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from corpus.intake.decisions import Ledger
from corpus.intake.newspaper import line_classification, metadata
from corpus.intake.pages import Block, Page
from corpus.text import dates
from corpus.text.messages import sentence

_TEMPLATE = sentence("Read the masthead: {before}")
_VOLUME = regex.compile(
    r"\bvol(?:ume|\.)?\s?\d+|\bissue\s(?:no\.?\s?)?\d+|(?:^|[\s|])no\.\s?\d+\s*$|总?第\s?\d+\s?期|第\s?\d+\s?号",
    regex.IGNORECASE,
)
_MAX_WORDS = 16


@dataclass(frozen=True)
class Masthead:
    """The source and the date of a masthead; `date` is the first day of the issue."""

    source: str = ""
    date: str = ""


def read(pages: Sequence[Page], ledger: Ledger) -> tuple[list[Page], dict[str, Masthead]]:
    """Returns the pages without their mastheads, and the masthead of each file that has one."""
    found: dict[str, Masthead] = {}
    kept = []
    for page in pages:
        numbers = _numbers(page.blocks)
        masthead = _masthead([page.blocks[number] for number in numbers])
        left_out = {
            number
            for number in numbers
            if ledger.take("masthead", _TEMPLATE, page.file, page.blocks[number].place, page.blocks[number].text)
        }
        if left_out:
            found.setdefault(page.file, masthead)
        blocks = tuple(block for number, block in enumerate(page.blocks) if number not in left_out)
        kept.append(replace(page, blocks=blocks))
    return kept, found


def _numbers(blocks: Sequence[Block]) -> list[int]:
    """The numbers of the blocks of the masthead: the one with the volume, or a name beside a date, and those around."""
    for number, block in enumerate(blocks):
        if is_volume(block.text):
            around = [near for near in (number - 2, number - 1, number + 1, number + 2) if 0 <= near < len(blocks)]
            return _touching(number, [near for near in around if _belongs(blocks[near].text)])
    for number, (block, following) in enumerate(pairwise(blocks[:7])):
        if line_classification.is_outlet(block.text) and metadata.is_date(following.text):
            return [number, number + 1]
    return []


def _touching(number: int, around: list[int]) -> list[int]:
    """Returns those of the blocks around that have no other block between them and the one in the middle."""
    kept = [number]
    for step in (-1, 1):
        near = number + step
        while near in around:
            kept.append(near)
            near += step
    return sorted(kept)


def is_volume(text: str) -> bool:
    """Returns whether the text names the volume or number of an issue and is no sentence."""
    return (
        len(text) < 160
        and line_classification.count_words(text) <= _MAX_WORDS
        and bool(_VOLUME.search(text))
        and not _is_prose(text)
    )


def _is_prose(text: str) -> bool:
    """Returns whether words are left when names, numbers and dates are taken out."""
    rest = _VOLUME.sub(" ", text)
    for each in reversed(dates.find(rest)):
        rest = rest[: each.start] + rest[each.end :]
    words = regex.findall(r"\p{L}+", rest)
    return any(word.islower() and word not in ("no", "vol", "and", "of", "the", "issue") for word in words) or (
        regex.search(r"\p{Han}[，。的]", rest) is not None
    )


def _belongs(text: str) -> bool:
    return metadata.is_date(text) or line_classification.is_outlet(text)


def _masthead(blocks: Sequence[Block]) -> Masthead:
    masthead = Masthead()
    for block in blocks:
        found = dates.find(block.text)
        if found and not masthead.date:
            masthead = replace(masthead, date=found[0].iso)
        if not masthead.source and (name := _name(block.text)):
            masthead = replace(masthead, source=name)
    return masthead


def _name(text: str) -> str:
    """The newspaper's name in a line that may hold the volume and the date too."""
    cut = min(
        [len(text), *(match.start() for match in _VOLUME.finditer(text)), *(each.start for each in dates.find(text))]
    )
    name = text[:cut].strip(" |｜,，·")
    return name if line_classification.is_outlet(name) else ""
