"""The entries of the memory and the matches that it offers, as plain data."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

_SPACE = re.compile(r"\s+")

# The source texts before and after: empty at the start or end of a text, None where unknown.
Context = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit of the memory: two texts, what stood around the source one, and where it came from.

    `previous` and `next` are the neighbouring source texts where the unit was met last: empty at the start or end of a
    text, None where unknown; `contexts` has those where it was met before. `unit` and `bitext` name what it was
    confirmed in, `collection` where it is kept. `element` is the unit of the file that it came from, as XML, where that
    says more than an entry can hold; `codes` says that inline codes stood in its texts. Times are UTC, ISO 8601.
    """

    source_language: str
    target_language: str
    source: str
    target: str
    previous: str | None = None
    next: str | None = None
    origin: str = ""
    score: float | None = None
    state: str = ""
    unit: int | None = None
    tuid: str = ""
    note: str = ""
    created_at: str = ""
    created_by: str = ""
    changed_at: str = ""
    changed_by: str = ""
    id: int | None = field(default=None, compare=False)
    bitext: int | None = None
    contexts: tuple[Context, ...] = ()
    collection: str = ""
    version: int = field(default=1, compare=False)
    element: str = field(default="", compare=False)
    codes: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Edit:
    """A run of tokens that differs, as offsets in the query and in the entry's source; an empty span is an insertion.

    `tokens` is its length in edits; `number` says that all of them put a number for a number.
    """

    query: tuple[int, int]
    entry: tuple[int, int]
    tokens: int
    number: bool = False


@dataclass(frozen=True)
class Match:
    """An entry that the memory offers for a sentence, and its score in percent, up to 102.

    `similarity` is the score before the `penalties`, which are points by reason; `edits` is empty for an exact match.
    `ambiguous` says that the memory has another translation of the entry's source.
    """

    score: int
    entry: Entry
    similarity: int = 100
    edits: tuple[Edit, ...] = ()
    penalties: dict[str, int] = field(default_factory=dict)
    ambiguous: bool = False


@dataclass(frozen=True)
class Hit:
    """An entry that a text stands in, with the offsets (start, end) of each place in its source and target."""

    entry: Entry
    source: tuple[tuple[int, int], ...]
    target: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Collection:
    """A named part of a memory. The one of the lowest `priority` comes first; a `read_only` one is never changed."""

    name: str
    priority: int
    read_only: bool = False
    units: int = field(default=0, compare=False)
    id: int = field(default=0, compare=False)


@dataclass(frozen=True)
class EntryVersion:
    """An entry as it was until `replaced_at`, and the action that replaced it: edited, deleted or restored."""

    id: int
    entry: Entry
    action: str
    replaced_at: str
    replaced_by: str


@dataclass
class MemoryImportReport:
    """The report of an import, in units. `skipped` counts by reason."""

    read: int = 0
    new: int = 0
    merged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


def match_key(text: str) -> str:
    """Returns the form in which two texts count as the same: composed characters (NFC), white space folded."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
