"""The lists of `english.txt`: English words that decide whether a full stop ends a sentence."""

import re
from pathlib import Path


def _lists(text: str) -> dict[str, frozenset[str]]:
    """The lists of words by their names."""
    data = re.sub(r"^#.*\n?", "", text, flags=re.MULTILINE)
    _, *parts = re.split(r"^\[(.+)\]$", data, flags=re.MULTILINE)
    return {name: frozenset(words.split()) for name, words in zip(parts[::2], parts[1::2], strict=True)}


_LISTS = _lists(Path(__file__).with_name("english.txt").read_text(encoding="utf-8"))

NEVER_LAST = _LISTS["never last"]
NUMBERED = _LISTS["numbered"]
ANYWHERE = _LISTS["anywhere"]
LABELLED = _LISTS["labelled"]
NAMES_WITH_MARK = _LISTS["names with a mark"]
STARTERS = _LISTS["starters"]
SURNAMES = _LISTS["surnames"]
