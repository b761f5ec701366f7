"""Writing entries into the tables of the memory and taking them out: the rows, and what they are found by."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlite_utils import Database

from corpus.memory.concordance.search import indexed, row_id
from corpus.memory.concordance.substring_terms import terms
from corpus.memory.matching.tokens import encode, fingerprint
from corpus.memory.model import Entry
from corpus.memory.rows import COLUMNS, values_of
from corpus.pace import Pace
from corpus.text import languages
from corpus.text.progress import Progress
from corpus.text.timestamps import now


class Stored(NamedTuple):
    """An entry with what it is stored under."""

    id: int
    collection: int
    version: int
    entry: Entry


class Fingerprints(NamedTuple):
    """The numbers by which an entry of the same tokens is found."""

    source: int
    target: int


_INSERT = (
    f"INSERT INTO memory (id, collection, version, source_fingerprint, target_fingerprint, {', '.join(COLUMNS)}) "  # noqa: S608
    f"VALUES ({', '.join('?' * (5 + len(COLUMNS)))})"
)
# So many entries at once are put into the full-text index with them; more wait for `index_texts`, since the index takes
# as long as all the rest of an import.
_AT_ONCE = 1_000
_BATCH = 5_000
_UNINDEX = "INSERT INTO memory_text (memory_text, rowid, terms) VALUES ('delete', ?, ?)"


class Coded(NamedTuple):
    """The codes of an entry's texts, see `corpus.memory.matching.tokens`."""

    source: str
    target: str

    @property
    def fingerprints(self) -> Fingerprints:
        return Fingerprints(fingerprint(self.source), fingerprint(self.target))


primary = lru_cache(maxsize=64)(languages.primary)


def coded(entry: Entry) -> Coded:
    return Coded(encode(entry.source, entry.source_language), encode(entry.target, entry.target_language))


def insert(db: Database, user: str, rows: Sequence[tuple[Stored, Coded]], texts: bool = True) -> None:
    """Stores entries, all new or taken out before; those with many ids are one change for the indexes.

    Without `texts` the full-text index learns of none, as it does not of entries with which it would be too long.
    """
    if not rows:
        return
    time = now()
    db.conn.executemany(
        _INSERT,
        [(id, collection, version, *codes.fingerprints, *values_of(entry, user, time))
         for (id, collection, version, entry), codes in rows],
    )  # fmt: skip
    index_codes(db, [(stored.id, stored.entry, codes) for stored, codes in rows])
    ids = [stored.id for stored, _ in rows]
    last = indexed(db)
    again = [(stored.id, stored.entry) for stored, _ in rows if stored.id <= last]
    new = [(stored.id, stored.entry) for stored, _ in rows if stored.id > last]
    _index_texts(db, again)
    # Ids follow each other: those that begin right after the last one in the index leave no gap.
    if texts and new and len(new) <= _AT_ONCE and new[0][0] == last + 1:
        _index_texts(db, new)
        _set_indexed(db, new[-1][0])
    db.execute("INSERT INTO memory_changes (first, last) VALUES (?, ?)", [min(ids), max(ids)])


def index_codes(db: Database, rows: Sequence[tuple[int, Entry, Coded]]) -> None:
    """Makes entries findable by their tokens."""
    db.conn.executemany(
        "INSERT INTO memory_codes (id, source_language, target_language, source, target) VALUES (?, ?, ?, ?, ?)",
        [(id, primary(entry.source_language), primary(entry.target_language),
          source.encode("utf-16-le"), target.encode("utf-16-le"))
         for id, entry, (source, target) in rows],
    )  # fmt: skip


def free_id(db: Database) -> int:
    """The first id that no entry has or had."""
    query = """
        SELECT 1 + max((SELECT coalesce(max(id), 0) FROM memory), (SELECT coalesce(max(id), 0) FROM memory_history))
    """
    return int(db.execute(query).fetchone()[0])


def _set_indexed(db: Database, last: int) -> None:
    db.execute("UPDATE memory_indexed SET last = ?", [last])


def index_texts(db: Database, progress: Progress) -> None:
    """Makes the entries findable by any part of their texts that are not yet, some at a time.

    `progress` is told how many are done, and of how many, and may raise: what is done stays done.
    """
    total, done, pace = to_be_indexed(db), 0, Pace(most=_BATCH)
    while True:
        progress(done, max(total, done))
        with pace.transaction(db):
            end = _complete_up_to(db)
            rows = db.execute(
                f"SELECT id, {', '.join(_TEXTS)} FROM memory WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",  # noqa: S608
                [indexed(db), end, pace.size],
            ).fetchall()
            if not rows:
                _set_indexed(db, end)
                return
            _index_texts(db, [(id, Entry(*texts)) for id, *texts in rows])
            _set_indexed(db, rows[-1][0])
        done += len(rows)


def index_few(db: Database) -> None:
    """Makes entries findable where they are few; else `index_texts` is somebody's to order."""
    if to_be_indexed(db) <= _AT_ONCE:
        index_texts(db, lambda done, total: None)


def to_be_indexed(db: Database) -> int:
    """The number of entries that the full-text index has to learn of."""
    query = "SELECT count(*) FROM memory WHERE id > ? AND id <= ?"
    return int(db.execute(query, [indexed(db), _complete_up_to(db)]).fetchone()[0])


def _complete_up_to(db: Database) -> int:
    """The last id before which no entry is pending; those of an import are taken up when it has been published."""
    query = "SELECT coalesce(min(first), ?) - 1 FROM memory_pending"
    return int(db.execute(query, [free_id(db)]).fetchone()[0])


_TEXTS = ("source_language", "target_language", "source", "target")


def _index_texts(db: Database, rows: Sequence[tuple[int, Entry]]) -> None:
    if not rows:
        return
    texts = [text for id, entry in rows for text in _texts(id, entry)]
    # The full-text index takes rows in their order at once, each other one costs it a write.
    texts.sort()
    new_words: set[str] = set()
    db.conn.executemany(
        "INSERT INTO memory_text (rowid, terms) VALUES (?, ?)", ((row, terms(text, new_words)) for row, text in texts)
    )
    _add_words(db, new_words)


def _texts(id: int, entry: Entry) -> tuple[tuple[int, str], tuple[int, str]]:
    """The rows of the full-text index that an entry has, with their texts."""
    return (row_id(id, 0, entry.source), entry.source), (row_id(id, 1, entry.target), entry.target)


def _add_words(db: Database, found: Iterable[str]) -> None:
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM memory_words").fetchone()
    db.conn.executemany("INSERT OR IGNORE INTO memory_words (word) VALUES (?)", [(word,) for word in sorted(found)])
    db.execute("INSERT INTO memory_word_parts (rowid, word) SELECT id, word FROM memory_words WHERE id > ?", [last])


def remove(db: Database, entries: Iterable[Entry]) -> None:
    """Takes entries out, with all that they are found by; where they stood is left."""
    gone = [(entry.id or 0, entry) for entry in entries]
    last = indexed(db)
    texts = [text for id, entry in gone if id <= last for text in _texts(id, entry)]
    db.conn.executemany(_UNINDEX, [(row, terms(text, set())) for row, text in texts])
    ids = json.dumps([id for id, _ in gone])
    for table in ("memory_codes", "memory"):
        db.execute(f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))", [ids])  # noqa: S608
