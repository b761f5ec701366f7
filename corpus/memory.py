"""The translation memory: every confirmed unit and every imported one, and the matches it offers for a sentence.

Matches are exact so far: 100 for the same source text, 101 where the sentence before or the one after is the same
too, 102 where both are.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database, Migrations

from corpus.clock import now

migrations = Migrations("corpus.memory")

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Entry:
    """A unit of the memory: two texts, what stood around the source one, and where it came from.

    `previous` and `next` are the neighbouring source texts: empty at the start or end of a text, None where unknown.
    Times are UTC, ISO 8601.
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


@dataclass(frozen=True)
class Match:
    """What the memory offers for a sentence: an entry and its score in percent, 100 to 102."""

    score: int
    entry: Entry


@dataclass
class Report:
    """What an import did, in units. `skipped` counts by reason."""

    read: int = 0
    new: int = 0
    merged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


def match_key(text: str) -> str:
    """Returns the form in which two texts count as the same: composed characters (NFC), white space folded."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


class Memory:
    """The desk's translation memory."""

    def __init__(self, db: Database, user: str) -> None:
        self._db = db
        self._user = user

    def remember(self, entry: Entry) -> bool:
        """Stores an entry and returns whether it is new; the same source and target in the same languages merge.

        An entry that names a `unit` replaces the one of that unit, which goes to history.
        """
        with self._db.atomic():
            if entry.unit is not None:
                self._forget("unit = ? AND (source_key, target_key) != (?, ?)", [entry.unit, *_keys(entry)])
            known = next(
                self._db.query(
                    """
                    SELECT id FROM memory WHERE source_language = ? AND source_key = ?
                        AND target_language = ? AND target_key = ?
                    """,
                    [entry.source_language, match_key(entry.source), entry.target_language, match_key(entry.target)],
                ),
                None,
            )
            if known:
                self._merge(known["id"], entry)
            else:
                self._insert(entry)
        return known is None

    def _insert(self, entry: Entry) -> None:
        values: dict[str, Any] = {name: getattr(entry, name) for name in _COLUMNS}
        time = now()
        values["created_at"] = entry.created_at or time
        values["changed_at"] = entry.changed_at or entry.created_at or time
        values["created_by"] = entry.created_by or self._user
        values["changed_by"] = entry.changed_by or entry.created_by or self._user
        source_key, target_key = _keys(entry)
        self._db.table("memory").insert({**values, "source_key": source_key, "target_key": target_key})

    def _merge(self, id: int, entry: Entry) -> None:
        """The entry met anew: its context and state are the latest; who made it first stays."""
        self._db.execute(
            """
            UPDATE memory SET previous = coalesce(?, previous), next = coalesce(?, next),
                state = coalesce(nullif(?, ''), state), unit = coalesce(?, unit), tuid = coalesce(nullif(tuid, ''), ?)
            WHERE id = ?
            """,
            [entry.previous, entry.next, entry.state, entry.unit, entry.tuid, id],
        )

    def _forget(self, where: str, values: list[object]) -> None:
        columns = ", ".join(_COLUMNS)
        self._db.execute(
            f"INSERT INTO memory_history (id, removed_at, removed_by, {columns}) "  # noqa: S608
            f"SELECT id, ?, ?, {columns} FROM memory WHERE {where}",
            [now(), self._user, *values],
        )
        self._db.execute(f"DELETE FROM memory WHERE {where}", values)  # noqa: S608

    def forget(self, units: Iterable[int]) -> None:
        """Takes what units said out of the memory, into its history; what was imported stays, as nobody's unit."""
        with self._db.atomic():
            for unit in units:
                self._db.execute("UPDATE memory SET unit = NULL WHERE unit = ? AND origin = 'imported'", [unit])
                self._forget("unit = ?", [unit])

    def add_all(self, entries: Iterable[Entry], report: Report) -> Report:
        """Stores entries together or, if one fails, none; counts them in `report`, which it returns."""
        with self._db.atomic():
            for entry in entries:
                if self.remember(entry):
                    report.new += 1
                else:
                    report.merged += 1
        return report

    def lookup(
        self,
        source: str,
        source_language: str,
        target_language: str,
        previous: str | None = None,
        following: str | None = None,
    ) -> list[Match]:
        """Returns the matches for a source text, the best first, of equal ones the last changed first.

        A memory serves both directions: entries whose target is the text and whose languages are swapped match as
        well, without context.
        """
        entries = [
            *self._exact(source, source_language, target_language),
            *(_reversed(entry) for entry in self._exact(source, target_language, source_language, "target_key")),
        ]
        matches = {entry.target: Match(_score(entry, previous, following), entry) for entry in reversed(entries)}
        return sorted(matches.values(), key=lambda match: (match.score, match.entry.changed_at), reverse=True)

    def _exact(self, text: str, source_language: str, target_language: str, key: str = "source_key") -> list[Entry]:
        rows = self._db.query(
            f"SELECT * FROM memory WHERE {key} = ? AND source_language = ? AND target_language = ?",  # noqa: S608
            [match_key(text), source_language, target_language],
        )
        return [_entry(row) for row in rows]

    def entries(self, source_language: str = "", target_language: str = "") -> Iterator[Entry]:
        """All entries in the order they came in, or those of one pair of languages."""
        for row in self._db.query(
            """
            SELECT * FROM memory WHERE ? IN ('', source_language) AND ? IN ('', target_language) ORDER BY id
            """,
            [source_language, target_language],
        ):
            yield _entry(row)

    def stats(self) -> list[dict[str, Any]]:
        """For each pair of languages and origin the number of entries, and when the last one changed."""
        return list(
            self._db.query("""
                SELECT source_language, target_language, origin, count(*) AS units, max(changed_at) AS changed_at
                FROM memory GROUP BY source_language, target_language, origin
                ORDER BY source_language, target_language, origin
            """)
        )


_COLUMNS = (
    "source_language",
    "target_language",
    "source",
    "target",
    "previous",
    "next",
    "origin",
    "score",
    "state",
    "unit",
    "tuid",
    "note",
    "created_at",
    "created_by",
    "changed_at",
    "changed_by",
)


def _keys(entry: Entry) -> tuple[str, str]:
    return match_key(entry.source), match_key(entry.target)


def _score(entry: Entry, previous: str | None, following: str | None) -> int:
    """100, and 1 more for each neighbour that is known on both sides and the same."""
    pairs = ((entry.previous, previous), (entry.next, following))
    return 100 + sum(
        known is not None and wanted is not None and match_key(known) == match_key(wanted) for known, wanted in pairs
    )


def _reversed(entry: Entry) -> Entry:
    return Entry(
        **{name: getattr(entry, name) for name in _COLUMNS if name not in _SWAPPED},
        id=entry.id,
        source=entry.target,
        target=entry.source,
        source_language=entry.target_language,
        target_language=entry.source_language,
    )


_SWAPPED = ("source", "target", "source_language", "target_language", "previous", "next")


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(**{name: row[name] for name in ("id", *_COLUMNS)})


@migrations()
def create_memory(db: Database) -> None:
    columns = """
        source_language TEXT NOT NULL,
        target_language TEXT NOT NULL,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        previous TEXT,
        next TEXT,
        origin TEXT NOT NULL,
        score REAL,
        state TEXT NOT NULL,
        unit INTEGER,
        tuid TEXT NOT NULL,
        note TEXT NOT NULL,
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        changed_by TEXT NOT NULL
    """
    db.execute(
        f"CREATE TABLE memory (id INTEGER PRIMARY KEY, {columns}, source_key TEXT NOT NULL, target_key TEXT NOT NULL)"
    )
    db.execute("CREATE INDEX memory_source ON memory (source_key)")
    db.execute("CREATE INDEX memory_target ON memory (target_key)")
    db.execute("CREATE INDEX memory_unit ON memory (unit)")
    db.execute(
        f"CREATE TABLE memory_history (id INTEGER NOT NULL, {columns}, "
        "removed_at TEXT NOT NULL, removed_by TEXT NOT NULL)"
    )
