"""Comments on units: what somebody asks or remarks, whom it mentions, and whether it is settled; the store.

A comment is never deleted, only resolved, and may be reopened; who did so and when stays. Where its unit is merged with
another one or taken away, it goes to the unit that has the sentences now, and comes back with its own unit.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database, Migrations

from corpus.bitexts.model import Unit
from corpus.bitexts.undo import Change
from corpus.errors import NotFound
from corpus.text.timestamps import now

migrations = Migrations("workbench.comments")


@dataclass(frozen=True)
class Comment:
    """A comment on a unit; `settled_by` resolved or reopened it last.

    `returns` says that a reviewer sent the unit back with it.
    """

    id: int
    bitext: int
    unit: int
    text: str
    returns: bool
    resolved: bool
    mentions: tuple[str, ...]
    created_at: str
    created_by: str
    settled_at: str
    settled_by: str


@dataclass(frozen=True)
class CommentPlace:
    """A comment with its place: the bitext's title and language, the position and source of a unit that is there."""

    comment: Comment
    title: str
    source_language: str
    position: int | None
    source: tuple[str, ...]


@dataclass(frozen=True)
class CommentFilter:
    """The comments wanted: of a bitext or of all, that mention a person or anybody, open or resolved."""

    bitext: int | None = None
    mentions: str = ""
    resolved: bool = False


class Comments:
    """The comments of the desk."""

    def __init__(self, db: Database, user: str) -> None:
        self._db = db
        self._user = user

    def add(self, bitext: int, unit: int, text: str, mentions: Iterable[str] = (), returns: bool = False) -> Comment:
        """Stores a comment on a unit, and returns it."""
        with self._db.atomic():
            row = {"bitext": bitext, "unit": unit, "written_for": unit, "text": text, "returns": returns,
                   "mentions": json.dumps(list(mentions), ensure_ascii=False),
                   "created_at": now(), "created_by": self._user}  # fmt: skip
            return self.get(int(self._db.table("comments").insert(row).last_pk or 0))

    def get(self, id: int) -> Comment:
        """Returns a comment, or raises NotFound."""
        for comment in self._query("WHERE comments.id = ?", [id]):
            return comment
        raise NotFound("There is no comment {id} in this desk.", id=id)

    def of_unit(self, unit: int) -> list[Comment]:
        """The comments on a unit, the oldest first."""
        return self._query("WHERE unit = ? ORDER BY comments.id", [unit])

    def of_units(self, units: Sequence[int]) -> dict[int, list[Comment]]:
        """The comments on units, the oldest first, by the id of the unit."""
        found: dict[int, list[Comment]] = {}
        rest = "WHERE unit IN (SELECT value FROM json_each(?)) ORDER BY comments.id"
        for comment in self._query(rest, [json.dumps(list(units))]):
            found.setdefault(comment.unit, []).append(comment)
        return found

    def settle(self, id: int, resolved: bool) -> Comment:
        """Resolves or reopens a comment and returns it; one that is so already stays as it is."""
        with self._db.atomic():
            if self.get(id).resolved != resolved:
                self._db.execute("UPDATE comments SET resolved = ? WHERE id = ?", [resolved, id])
                event = {"comment": id, "resolved": resolved, "settled_at": now(), "settled_by": self._user}
                self._db.table("comment_events").insert(event)
            return self.get(id)

    def settle_returns(self, unit: int) -> None:
        """Resolves the comments with which a unit was sent back."""
        for comment in self.of_unit(unit):
            if comment.returns:
                self.settle(comment.id, resolved=True)

    def count(self, wanted: CommentFilter) -> int:
        """The number of the comments wanted."""
        row = self._db.execute(f"SELECT count(*) FROM comments WHERE {_WANTED}", _values(wanted)).fetchone()  # noqa: S608
        return int(row[0])

    def places(self, wanted: CommentFilter, start: int = 0, count: int = -1) -> list[CommentPlace]:
        """The comments wanted with their places, the newest first."""
        rows = self._db.query(
            f"""
            {_SELECT.format(more=", title, source_language, position, source")}
            JOIN bitexts ON bitexts.id = comments.bitext LEFT JOIN units ON units.id = comments.unit
            WHERE {_WANTED} ORDER BY comments.id DESC LIMIT :count OFFSET :start
            """,
            {**_values(wanted), "start": start, "count": count},
        )
        return [
            CommentPlace(
                _comment(row), row["title"], row["source_language"], row["position"],
                tuple(json.loads(row["source"] or "[]")),
            )
            for row in rows
        ]  # fmt: skip

    def follow(self, change: Change) -> None:
        """Takes comments on units that a change took away to others, and those on units that it brought back home."""
        here = {unit.id for unit in change.units}
        for unit in change.before:
            if unit.id not in here and change.units:
                heir = _heir(unit, change.units)
                self._db.execute("UPDATE comments SET unit = ? WHERE unit = ?", [heir.id, unit.id])
        self._db.execute(
            "UPDATE comments SET unit = written_for WHERE written_for IN (SELECT value FROM json_each(?))",
            [json.dumps([unit.id for unit in change.after])],
        )

    def _query(self, rest: str, values: Sequence[object]) -> list[Comment]:
        return [_comment(row) for row in self._db.query(_SELECT.format(more="") + rest, list(values))]


_SELECT = """
    SELECT comments.*, settled_at, settled_by{more} FROM comments LEFT JOIN comment_events ON comment_events.id = (
        SELECT max(id) FROM comment_events WHERE comment = comments.id
    )
"""
_WANTED = """
    comments.resolved = :resolved AND comments.bitext = coalesce(:bitext, comments.bitext)
    AND (:mentions = '' OR EXISTS (SELECT 1 FROM json_each(comments.mentions) WHERE value = :mentions))
"""


def _values(wanted: CommentFilter) -> dict[str, object]:
    return {"bitext": wanted.bitext, "mentions": wanted.mentions, "resolved": wanted.resolved}


def _heir(gone: Unit, units: Sequence[Unit]) -> Unit:
    """Returns the unit that has sentences of one that is gone; the nearest one where none has."""

    def likeness(unit: Unit) -> tuple[int, int]:
        shared = len(set(gone.source) & set(unit.source)) + len(set(gone.target) & set(unit.target))
        return shared, -abs(unit.position - gone.position)

    return max(units, key=likeness)


def _comment(row: dict[str, Any]) -> Comment:
    return Comment(
        **{name: row[name] for name in ("id", "bitext", "unit", "text", "created_at", "created_by")},
        returns=bool(row["returns"]),
        resolved=bool(row["resolved"]),
        mentions=tuple(json.loads(row["mentions"])),
        settled_at=row["settled_at"] or "",
        settled_by=row["settled_by"] or "",
    )


@migrations()
def create_comments(db: Database) -> None:
    # The unit is no reference: it may be away, and come back by an undo.
    db.execute("""
        CREATE TABLE comments (
            id INTEGER PRIMARY KEY,
            bitext INTEGER NOT NULL REFERENCES bitexts (id) ON DELETE CASCADE,
            unit INTEGER NOT NULL,
            written_for INTEGER NOT NULL,
            text TEXT NOT NULL,
            returns INTEGER NOT NULL,
            mentions TEXT NOT NULL,
            resolved INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL,
            created_by TEXT NOT NULL
        )
    """)
    db.execute("CREATE INDEX comments_unit ON comments (unit)")
    db.execute("CREATE INDEX comments_written_for ON comments (written_for)")
    db.execute("CREATE INDEX comments_open ON comments (resolved, bitext)")
    db.execute("""
        CREATE TABLE comment_events (
            id INTEGER PRIMARY KEY,
            comment INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
            resolved INTEGER NOT NULL,
            settled_at TEXT NOT NULL,
            settled_by TEXT NOT NULL
        )
    """)
    db.execute("CREATE INDEX comment_events_comment ON comment_events (comment)")
