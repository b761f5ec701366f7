"""The mark of a row in a table that comes back: which unit of which bitext it is, and at which version it went out.

It is the name of a bookmark and the tag of a content control round the row's number, so that it is still there where a
program keeps one of the two. Word takes forty letters, digits and `_` for a bookmark.
"""

import re
from typing import NamedTuple

from corpus.bitexts.model import Bitext, Unit

_MARK = re.compile(r"u(\d{1,18})_(\d{14})_(\d{1,18})_(\d{1,9})")


class Mark(NamedTuple):
    """A bitext, the time it was made at as digits, one of its units, and the version of that."""

    bitext: int
    made: str
    unit: int
    version: int

    def __str__(self) -> str:
        return f"u{self.bitext}_{self.made}_{self.unit}_{self.version}"


def made_at(bitext: Bitext) -> str:
    """Returns the time a bitext was made at in fourteen digits."""
    return re.sub(r"\D", "", bitext.created_at)[:14].ljust(14, "0")


def mark_of(bitext: Bitext, unit: Unit) -> Mark:
    """Returns the mark of a unit as it is now."""
    return Mark(bitext.id, made_at(bitext), unit.id, unit.version)


def parse(text: str) -> Mark | None:
    """Returns the mark that a name says, if it is one."""
    found = _MARK.fullmatch(text)
    return Mark(int(found[1]), found[2], int(found[3]), int(found[4])) if found else None
