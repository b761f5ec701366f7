"""Imports: what comes in much at a time is stored bit by bit, so that nobody has to wait, and seen all at once.

Until an import is published, the ids that it has given out are pending: their entries are seen by nobody. Units that
merge with entries which are there already are staged, and merge when it has been published. So an import that ends
before that, even with its process, has changed nothing; what it left is swept up by whoever comes next. One that ends
after it is completed by them.
"""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import timedelta
from itertools import pairwise
from sqlite3 import OperationalError

from sqlite_utils import Database, Migrations

from corpus.errors import Conflict
from corpus.memory import writing
from corpus.memory.importing import provenance, upsert
from corpus.memory.model import Entry
from corpus.memory.rows import SELECT_ALL, entry_from
from corpus.memory.writing import Coded
from corpus.pace import Pace
from corpus.text.timestamps import ago, now

migrations = Migrations("corpus.memory.importing")

# An import that was not heard of for this long is dead.
_LEASE = timedelta(seconds=60)
_LOOK = 0.5
_MOST = 3_000
Range = tuple[int, int]


class Import:
    """An import that is going on, the only one of the desk. Its `pace` says how many entries to give it at once."""

    def __init__(
        self, db: Database, user: str, owner: str, collection: int, waiting: Callable[[], None] = lambda: None
    ) -> None:
        """Waits for another import to end. One of the same `owner` was interrupted: this one takes its place."""
        self._db = db
        self._user = user
        self._collection = collection
        self.pace = Pace(most=_MOST)
        while not self._begin(owner):
            waiting()
            time.sleep(_LOOK)
        sweep(db, user)

    def _begin(self, owner: str) -> bool:
        with self._db.atomic():
            _give_up_dead(self._db, owner)
            if self._db.execute("SELECT 1 FROM memory_imports WHERE state = 'open'").fetchone():
                return False
            row = {"owner": owner, "collection": self._collection, "state": "open", "beat_at": now()}
            self._id = int(self._db.table("memory_imports").insert(row).last_pk or 0)
        return True

    def store(self, entries: Sequence[Entry], codes: Sequence[Coded]) -> int:
        """Stores entries for when the import is published, and returns how many are new."""
        with self.pace.transaction(self._db):
            if not self._db.execute(
                "UPDATE memory_imports SET beat_at = ? WHERE id = ? AND state = 'open' RETURNING 1", [now(), self._id]
            ).fetchall():
                raise Conflict("This import stood still so long that another one took its place: do it again.")
            first = writing.free_id(self._db)
            new, known = upsert.add_pending(self._db, self._user, entries, codes, self._collection, self._id)
            if new:
                self._extend(first, first + new - 1)
            stage(self._db, self._id, known)
        return new

    def _extend(self, first: int, last: int) -> None:
        """Makes ids pending."""
        if not self._db.execute(
            "UPDATE memory_pending SET last = ? WHERE import = ? AND last = ? RETURNING 1", [last, self._id, first - 1]
        ).fetchall():
            self._db.execute("INSERT INTO memory_pending VALUES (?, ?, ?)", [self._id, first, last])

    def publish(self, done: Callable[[], None] = lambda: None) -> None:
        """Lets everybody see what was stored, calls `done` in the same transaction, and merges what was staged."""
        with self._db.atomic():
            ranges = _ranges(self._db, self._id)
            self._db.execute("DELETE FROM memory_pending WHERE import = ?", [self._id])
            self._db.execute("UPDATE memory_imports SET state = 'published' WHERE id = ?", [self._id])
            self._stage_twins(ranges)
            done()
        _complete(self._db, self._user, self._id, self._collection)

    def _stage_twins(self, ranges: Sequence[Range]) -> None:
        """Merges our entries with those that others have stored meanwhile with the same texts; theirs stay."""
        for (_, last), (following, _) in pairwise([*ranges, (1 << 62, 0)]):
            between = self._db.query(
                f"{SELECT_ALL} WHERE memory.id BETWEEN ? AND ? AND memory.collection = ?",
                [last + 1, following - 1, self._collection],
            )
            for other in list(map(entry_from, between)):
                for id in upsert.twins(self._db, other, self._collection, ranges):
                    ours = list(map(entry_from, self._db.query(f"{SELECT_ALL} WHERE memory.id = ?", [id])))
                    stage(self._db, self._id, provenance.said_of(self._db, ours[0]))
                    _erase(self._db, ours)

    def abandon(self) -> None:
        """Takes out what was stored, of which nobody has seen anything; what cannot be taken out now, is later."""
        with suppress(OperationalError):
            with self._db.atomic():
                self._db.execute("UPDATE memory_imports SET state = 'abandoned' WHERE id = ?", [self._id])
            sweep(self._db, self._user)


def sweep(db: Database, user: str) -> None:
    """Takes out what interrupted imports have left, and completes those that were published."""
    with db.atomic():
        _give_up_dead(db)
    for id, state, collection in db.execute("SELECT id, state, collection FROM memory_imports").fetchall():
        if state == "abandoned":
            _take_out(db, id)
        elif state == "published":
            _complete(db, user, id, collection)


def _give_up_dead(db: Database, owner: str | None = None) -> None:
    """Marks imports that are not heard of any more, and those of an `owner`, who is to begin anew."""
    db.execute(
        "UPDATE memory_imports SET state = 'abandoned' WHERE state = 'open' AND (beat_at < ? OR owner = ?)",
        [ago(_LEASE), owner],
    )


def left_over(db: Database) -> bool:
    """Returns whether an import goes on or has left something."""
    return db.execute("SELECT 1 FROM memory_imports").fetchone() is not None


def _complete(db: Database, user: str, id: int, collection: int) -> None:
    pace = Pace()
    query = "SELECT number, unit FROM memory_staged WHERE import = ? ORDER BY number LIMIT ?"
    while rows := db.execute(query, [id, pace.size]).fetchall():
        units = [_unit(text) for _, text in rows]
        with pace.transaction(db):
            # Nobody else was faster.
            if db.execute("DELETE FROM memory_staged WHERE number = ? RETURNING 1", [rows[0][0]]).fetchall():
                db.execute("DELETE FROM memory_staged WHERE import = ? AND number <= ?", [id, rows[-1][0]])
                upsert.add(db, user, units, collection)
    with db.atomic():
        db.execute("DELETE FROM memory_imports WHERE id = ?", [id])


def _take_out(db: Database, id: int) -> None:
    pace = Pace(most=_MOST)
    while ranges := _ranges(db, id):
        first, last = ranges[-1]
        begin = max(first, last + 1 - pace.size)
        with pace.transaction(db):
            _erase(db, list(map(entry_from, db.query(f"{SELECT_ALL} WHERE memory.id BETWEEN ? AND ?", [begin, last]))))
            db.execute("UPDATE memory_pending SET last = ? WHERE import = ? AND first = ?", [begin - 1, id, first])
            db.execute("DELETE FROM memory_pending WHERE last < first")
    staged = "DELETE FROM memory_staged WHERE number IN (SELECT number FROM memory_staged WHERE import = ? LIMIT ?)"
    while db.execute("SELECT 1 FROM memory_staged WHERE import = ?", [id]).fetchone():
        with pace.transaction(db):
            db.execute(staged, [id, pace.size])
    with db.atomic():
        db.execute("DELETE FROM memory_imports WHERE id = ?", [id])


def _erase(db: Database, entries: Sequence[Entry]) -> None:
    """Takes entries out as if they had never been."""
    writing.remove(db, entries)
    ids = json.dumps([entry.id for entry in entries])
    for table in ("memory_contexts", "memory_imported"):
        db.execute(f"DELETE FROM {table} WHERE entry IN (SELECT value FROM json_each(?))", [ids])  # noqa: S608


def _ranges(db: Database, id: int) -> list[Range]:
    return db.execute("SELECT first, last FROM memory_pending WHERE import = ? ORDER BY first", [id]).fetchall()


def stage(db: Database, id: int, units: Sequence[Entry]) -> None:
    """Keeps units that are to merge with entries when an import is published."""
    db.conn.executemany("INSERT INTO memory_staged (import, unit) VALUES (?, ?)", ((id, _text(unit)) for unit in units))


_FIELDS = tuple(field.name for field in fields(Entry) if field.name not in ("id", "version", "collection"))


def _text(unit: Entry) -> str:
    return json.dumps({name: getattr(unit, name) for name in _FIELDS}, ensure_ascii=False)


def _unit(text: str) -> Entry:
    values = json.loads(text)
    return Entry(**{**values, "contexts": tuple(map(tuple, values["contexts"]))})


@migrations()
def store_bit_by_bit(db: Database) -> None:
    db.execute("""
        CREATE TABLE memory_imports (
            id INTEGER PRIMARY KEY,
            owner TEXT NOT NULL,
            collection INTEGER NOT NULL,
            state TEXT NOT NULL,
            beat_at TEXT NOT NULL
        )
    """)
    db.execute("CREATE TABLE memory_pending (import INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL)")
    db.execute("CREATE TABLE memory_staged (number INTEGER PRIMARY KEY, import INTEGER NOT NULL, unit TEXT NOT NULL)")
    db.execute("CREATE INDEX memory_staged_import ON memory_staged (import, number)")
