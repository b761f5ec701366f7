"""The provenance of entries beyond what an entry holds: units that merged with another, and their elements.

So a file that was imported can be exported with every unit that it had, in its order, although the memory keeps each
pair of texts once.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import merge
from operator import itemgetter
from typing import Any, NamedTuple

from sqlite_utils import Database, Migrations

from corpus.memory.model import Entry, match_key
from corpus.memory.rows import SELECT, VISIBLE, entry_from

migrations = Migrations("corpus.memory.imported")

_CODE = re.compile("<(?:bpt|ept|it|ph|ut)[\\s/>]")


class Met(NamedTuple):
    """A unit of a file, the id of the entry that it became or merged with, and the last id given out by then.

    `own` says that the entry came of it: the entry has its tuid, note and dates.
    """

    entry: int
    after: int
    unit: Entry
    own: bool


# What a unit says that is no text of the memory's own.
_SAID = ("tuid", "note", "created_at", "created_by", "changed_at", "changed_by")
_TEXTS = ("source", "target", *_SAID[1:])
_NOTHING_ELSE = " AND ".join(f":{name} IN ('', found.{name})" for name in _SAID)
_COLUMNS = ("entry", "own", "tuid", "said", "after", *_TEXTS, "element", "codes")
# Of a unit of the same tuid and note as its entry the element is the entry's own from now on. Another one that says
# nothing but what its entry says is not kept; where it says no date, any will do.
_KEEP = f"""
    WITH found AS (
        SELECT memory.*, coalesce(first.element, '') AS element,
            :own OR (:tuid != '' AND memory.tuid = :tuid AND memory.note = :note) AS own
        FROM memory LEFT JOIN memory_imported AS first ON first.entry = memory.id AND first.own
        WHERE memory.id = :entry
    )
    INSERT INTO memory_imported ({", ".join(_COLUMNS)})
    SELECT :entry, own, {", ".join(f":{name}" for name in _COLUMNS[2:])} FROM found
    WHERE :element NOT IN ('', element) OR NOT (own OR {_NOTHING_ELSE})
    ON CONFLICT (entry, own, tuid, said) DO UPDATE SET
        {", ".join(f"{name} = excluded.{name}" for name in (*_TEXTS, "element", "codes"))}
"""  # noqa: S608


def keep(db: Database, met: Iterable[Met]) -> None:
    """Keeps of units what their entries do not hold.

    A unit that is met again is known by its `tuid`, or where it has none by all that it says.
    """
    db.conn.executemany(_KEEP, map(_row, filter(_says_more, met)))


def _says_more(met: Met) -> bool:
    return bool(met.unit.element) or (not met.own and any(getattr(met.unit, name) for name in _SAID))


def _row(met: Met) -> dict[str, object]:
    texts = {name: getattr(met.unit, name) for name in ("tuid", *_TEXTS)}
    said = 0 if met.own or met.unit.tuid else _fingerprint((*texts.values(), met.unit.element))
    return {
        "entry": met.entry, "own": met.own, "after": met.after, "said": said, **texts,
        "element": met.unit.element, "codes": met.unit.codes,
    }  # fmt: skip


def _fingerprint(texts: Iterable[str]) -> int:
    digest = hashlib.blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


_CHOSEN = f"""
    ? IN ('', memory.source_language) AND ? IN ('', memory.target_language) AND ? IN ('', memory_collections.name)
    AND {VISIBLE}
"""


def count(db: Database, source_language: str, target_language: str, collection: str) -> int:
    """Returns the number of units that `units` yields."""
    query = f"""
        SELECT count(*) + total((SELECT count(*) FROM memory_imported WHERE entry = memory.id AND NOT own))
        FROM memory JOIN memory_collections ON memory_collections.id = memory.collection WHERE {_CHOSEN}
    """  # noqa: S608
    return int(db.execute(query, [source_language, target_language, collection]).fetchone()[0])


def units(db: Database, source_language: str, target_language: str, collection: str) -> Iterator[Entry]:
    """Yields every unit in the order that they came in: each entry, and those that merged with it where they stood.

    An empty argument leaves the languages or the collection open.
    """
    chosen = [source_language, target_language, collection]
    entries = map(entry_from, db.query(f"{SELECT} WHERE {_CHOSEN} ORDER BY memory.id", chosen))
    rows = db.execute(
        f"""
        SELECT memory_imported.rowid FROM memory_imported JOIN memory ON memory.id = entry
            JOIN memory_collections ON memory_collections.id = memory.collection
        WHERE NOT own AND {_CHOSEN} ORDER BY after, memory_imported.rowid
        """,  # noqa: S608
        chosen,
    )
    others = (_merged(db, row) for (row,) in rows)
    first = itemgetter(0)
    for _, unit in merge(((entry.id or 0, entry) for entry in _with_elements(db, entries)), others, key=first):
        yield unit


def said_of(db: Database, entry: Entry) -> list[Entry]:
    """Returns an entry with its own element, and the units that merged with it."""
    rows = list(db.query("SELECT * FROM memory_imported WHERE entry = ? ORDER BY own DESC, rowid", [entry.id]))
    element = next((row["element"] for row in rows if row["own"]), "")
    return [replace(entry, element=element), *(_unit_of(row, entry) for row in rows if not row["own"])]


def _with_elements(db: Database, entries: Iterable[Entry]) -> Iterator[Entry]:
    rows = db.execute("""
        SELECT entry, element FROM memory_imported JOIN memory ON memory.id = entry WHERE own ORDER BY entry
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
    return found["after"], _unit_of(found, entry)


def _unit_of(row: dict[str, Any], entry: Entry) -> Entry:
    """A unit that merged with an entry, from its row."""
    texts = {name: row[name] for name in _TEXTS} | {"tuid": row["tuid"], "element": row["element"]}
    for side in ("source", "target"):
        # The entry may have been edited since.
        if match_key(texts[side]) != match_key(getattr(entry, side)):
            texts[side] = getattr(entry, side)
    return replace(
        entry, **texts, previous=None, next=None, contexts=(), origin="imported", score=None, state="",
        codes=bool(row["codes"]),
    )  # fmt: skip


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


@migrations()
def tell_units_without_tuid_apart(db: Database) -> None:
    """Marks the unit an entry came of, tells units without `tuid` apart by what they say, and notes inline codes."""
    db.execute("ALTER TABLE memory_imported RENAME TO memory_imported_before")
    db.execute("DROP INDEX memory_imported_after")
    columns = "".join(f"{name} TEXT NOT NULL," for name in (*_TEXTS, "element"))
    db.execute(f"""
        CREATE TABLE memory_imported (
            entry INTEGER NOT NULL,
            own INTEGER NOT NULL,
            tuid TEXT NOT NULL,
            said INTEGER NOT NULL,
            after INTEGER NOT NULL,
            {columns}
            codes INTEGER NOT NULL,
            UNIQUE (entry, own, tuid, said)
        )
    """)
    db.conn.create_function("said", -1, lambda *texts: _fingerprint(texts), deterministic=True)
    db.conn.create_function("codes", 1, lambda element: _CODE.search(element) is not None, deterministic=True)
    texts = ", ".join(_TEXTS)
    db.execute(
        f"""
        INSERT INTO memory_imported (entry, own, tuid, said, after, {texts}, element, codes)
        SELECT entry, own, tuid, iif(own OR tuid != '', 0, said(tuid, {texts}, element)), after, {texts}, element,
            codes(element)
        FROM (
            SELECT was.*, was.tuid = coalesce((SELECT tuid FROM memory WHERE id = entry), '') AS own
            FROM memory_imported_before AS was ORDER BY was.rowid
        )
        """  # noqa: S608
    )
    db.execute("DROP TABLE memory_imported_before")
    db.execute("CREATE INDEX memory_imported_after ON memory_imported (after)")
