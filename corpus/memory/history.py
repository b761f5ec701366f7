"""The history of entries: each as it was before it was edited or deleted, and the places that it gets back."""

import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from corpus.memory.model import Entry, EntryVersion
from corpus.memory.rows import COLUMNS
from corpus.text.timestamps import now

_COPIED = ", ".join(("id", "version", "collection", *COLUMNS))
_PLACES = """
    (SELECT json_group_array(json_array(previous, next, unit, bitext)) FROM memory_contexts WHERE entry = memory.id)
"""


def keep(db: Database, user: str, action: str, ids: Iterable[int]) -> None:
    """Puts entries, as they are now, into the history of what is about to replace them."""
    db.execute(
        f"""
        INSERT INTO memory_history ({_COPIED}, contexts, action, removed_at, removed_by)
        SELECT {_COPIED}, {_PLACES}, ?, ?, ? FROM memory WHERE id IN (SELECT value FROM json_each(?))
        """,  # noqa: S608
        [action, now(), user, json.dumps(list(ids))],
    )


def versions(db: Database, where: str, values: Iterable[object]) -> list[EntryVersion]:
    """Returns the versions that meet a condition on `memory_history`, the newest first."""
    rows = db.query(
        f"""
        SELECT memory_history.*, memory_collections.name
        FROM memory_history JOIN memory_collections ON memory_collections.id = memory_history.collection
        WHERE {where} ORDER BY number DESC
        """,  # noqa: S608
        list(values),
    )
    return [_version(row) for row in rows]


def put_places_back(db: Database, number: int, id: int) -> None:
    """Gives an entry the places that a version of it had besides its last one."""
    db.execute(
        """
        INSERT INTO memory_contexts (entry, previous, next, unit, bitext)
        SELECT ?, place.value ->> 0, place.value ->> 1, place.value ->> 2, place.value ->> 3
        FROM memory_history, json_each(contexts) AS place WHERE number = ?
        """,
        [id, number],
    )


def _version(row: dict[str, Any]) -> EntryVersion:
    entry = Entry(
        **{name: row[name] for name in ("id", "version", *COLUMNS)},
        contexts=tuple((before, after) for before, after, *_ in json.loads(row["contexts"])),
        collection=row["name"],
    )
    return EntryVersion(row["number"], entry, row["action"], row["removed_at"], row["removed_by"])
