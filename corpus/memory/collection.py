"""The collections of a memory: which there are, in what order they are asked, and which may be written to."""

from sqlite_utils import Database

from corpus.errors import NotFound, ReadOnly
from corpus.memory.model import Collection
from corpus.memory.rows import VISIBLE


def in_order(db: Database) -> list[Collection]:
    """Returns all collections, the first one first, with the number of their units."""
    rows = db.query(
        f"""
        SELECT id, name, priority, read_only, count(entry) AS units
        FROM memory_collections LEFT JOIN (SELECT id AS entry, collection FROM memory WHERE {VISIBLE})
            ON collection = id
        GROUP BY id ORDER BY priority, id
        """  # noqa: S608
    )
    return [Collection(**{**row, "read_only": bool(row["read_only"])}) for row in rows]


def writable(db: Database, name: str = "") -> int:
    """Returns the id of the named collection, or of the first that is not read-only; raises NotFound or ReadOnly."""
    rows = db.execute(
        "SELECT id, name, read_only FROM memory_collections WHERE ? IN ('', name) ORDER BY priority, id", [name]
    ).fetchall()
    for id, _, read_only in rows:
        if not read_only:
            return int(id)
    if not rows:
        raise NotFound("There is no collection {name} in the memory.", name=name)
    if name:
        raise ReadOnly("The collection {name} is read-only: make it writable first.", name=name)
    raise ReadOnly("All collections of the memory are read-only: make one writable first.")


def put(db: Database, name: str, priority: int, read_only: bool) -> None:
    """Makes a collection, or gives one that is there another priority and another flag."""
    db.execute(
        """
        INSERT INTO memory_collections (name, priority, read_only) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET priority = excluded.priority, read_only = excluded.read_only
        """,
        [name, priority, read_only],
    )
