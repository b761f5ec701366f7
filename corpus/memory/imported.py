"""What files said of entries beyond what an entry holds: units that merged with another, and their elements.

So a file that was imported can be exported with every unit that it had, in its order, although the memory keeps each
pair of texts once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import merge
from operator import itemgetter
from typing import NamedTuple

from sqlite_utils import Database, Migrations

from corpus.memory.entries import Entry, match_key
from corpus.memory.rows import SELECT, entry_from

migrations = Migrations("corpus.memory.imported")


class Met(NamedTuple):
    """A unit of a file, the id of the entry that it became or merged with, and the last id given out by then."""

    entry: int
    after: int
    unit: Entry


_KEEP = """
    INSERT INTO memory_imported
        (entry, tuid, after, source, target, note, created_at, created_by, changed_at, changed_by, element)
    SELECT :entry, :tuid, :after, :source, :target, :note, :created_at, :created_by, :changed_at, :changed_by, :element
    WHERE :element != '' OR :tuid != (SELECT tuid FROM memory WHERE id = :entry)
    ON CONFLICT (entry, tuid) DO UPDATE SET source = excluded.source, target = excluded.target, note = excluded.note,
        created_at = excluded.created_at, created_by = excluded.created_by, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by, element = excluded.element
"""
_TEXTS = ("source", "target", "note", "created_at", "created_by", "changed_at", "changed_by")


def keep(db: Database, met: Iterable[Met]) -> None:
    """Keeps of units what their entries do not hold; a unit is known by its `tuid` when it is met again."""
    db.conn.executemany(
        _KEEP,
        [
            {"entry": entry, "tuid": unit.tuid, "after": after, "element": unit.element}
            | {name: getattr(unit, name) for name in _TEXTS}
            for entry, after, unit in met
            if unit.tuid or unit.element
        ],
    )


def units(db: Database, source_language: str, target_language: str, collection: str) -> Iterator[Entry]:
    """Yields every unit in the order that they came in: each entry, and those that merged with it where they stood.

    An empty argument leaves the languages or the collection open.
    """
    chosen = [source_language, target_language, collection]
    where = """
        ? IN ('', memory.source_language) AND ? IN ('', memory.target_language) AND ? IN ('', memory_collections.name)
    """
    entries = map(entry_from, db.query(f"{SELECT} WHERE {where} ORDER BY memory.id", chosen))
    rows = db.execute(
        f"""
        SELECT memory_imported.rowid FROM memory_imported JOIN memory ON memory.id = entry
            JOIN memory_collections ON memory_collections.id = memory.collection
        WHERE memory_imported.tuid != memory.tuid AND {where} ORDER BY after, memory_imported.rowid
        """,  # noqa: S608
        chosen,
    )
    others = (_merged(db, row) for (row,) in rows)
    first = itemgetter(0)
    for _, unit in merge(((entry.id or 0, entry) for entry in _with_elements(db, entries)), others, key=first):
        yield unit


def _with_elements(db: Database, entries: Iterable[Entry]) -> Iterator[Entry]:
    rows = db.execute("""
        SELECT entry, element
        FROM memory_imported JOIN memory ON memory.id = entry AND memory.tuid = memory_imported.tuid
        WHERE element != '' ORDER BY entry
    """)
    id, element = 0, ""
    for entry in entries:
        while rows and id < (entry.id or 0):
            id, element = rows.fetchone() or (1 << 62, "")
        yield replace(entry, element=element) if id == entry.id else entry


def _merged(db: Database, row: int) -> tuple[int, Entry]:
    """Returns a unit that merged with an entry, and after which id it is to stand."""
    (found,) = db.query("SELECT * FROM memory_imported WHERE rowid = ?", [row])
    (entry,) = map(entry_from, db.query(f"{SELECT} WHERE memory.id = ?", [found["entry"]]))
    texts = {name: found[name] for name in _TEXTS} | {"tuid": found["tuid"], "element": found["element"]}
    for side in ("source", "target"):
        # The entry may have been edited since.
        if match_key(texts[side]) != match_key(getattr(entry, side)):
            texts[side] = getattr(entry, side)
    unit = replace(entry, **texts, previous=None, next=None, contexts=(), origin="imported", score=None, state="")
    return found["after"], unit


@migrations()
def keep_what_files_said(db: Database) -> None:
    db.execute("""
        CREATE TABLE memory_imported (
            entry INTEGER NOT NULL,
            tuid TEXT NOT NULL,
            after INTEGER NOT NULL,
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            note TEXT NOT NULL,
            created_at TEXT NOT NULL,
            created_by TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            changed_by TEXT NOT NULL,
            element TEXT NOT NULL,
            UNIQUE (entry, tuid)
        )
    """)
    db.execute("CREATE INDEX memory_imported_after ON memory_imported (after)")
