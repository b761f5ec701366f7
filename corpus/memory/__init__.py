"""The translation memory: every confirmed unit and every imported one, and what it offers for a sentence.

Matches are 100 for the same source text, 101 where the sentence before or the one after is the same too, 102 where both
are, and below for one that is similar; any part of a text is found on either side.
"""

from corpus.memory.matching.index import Indexes
from corpus.memory.matching.scoring import Penalties
from corpus.memory.model import (
    Collection,
    Context,
    Edit,
    Entry,
    EntryVersion,
    Hit,
    Match,
    MemoryImportReport,
    match_key,
)
from corpus.memory.settings import MatchSettings
from corpus.memory.store import Memory

__all__ = [
    "Collection",
    "Context",
    "Edit",
    "Entry",
    "EntryVersion",
    "Hit",
    "Indexes",
    "Match",
    "MatchSettings",
    "Memory",
    "MemoryImportReport",
    "Penalties",
    "match_key",
]
