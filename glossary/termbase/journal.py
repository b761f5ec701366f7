"""The journal of imports: what each has changed so far, so that one that is interrupted can be taken back.

A row of `termbase_imports` is an import that is going on, or was interrupted; whoever finds one that is not heard of
any more takes back what it has done, as revisions and removals that stay in the history.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlite_utils import Database

from corpus.text.timestamps import ago, now

# An import that was not heard of for this long is dead.
_LEASE = timedelta(seconds=60)


@dataclass(frozen=True)
class Done:
    """A concept that an import has changed: the versions before, 0 for a new one, and after.

    `alone` says that nobody else has changed it between the two.
    """

    uid: str
    before: int
    after: int
    alone: bool


class Journal:
    """The journal of a term base."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def begin(self, owner: str) -> int:
        """Writes down that an import begins, and returns its number; what its `owner` began before is over."""
        with self._db.atomic():
            self._db.execute("UPDATE termbase_imports SET beat_at = '' WHERE owner = ?", [owner])
            row = {"owner": owner, "beat_at": now()}
            return int(self._db.table("termbase_imports").insert(row).last_pk or 0)

    def add(self, id: int, uid: str, before: int, after: int) -> None:
        """Writes down what was done with a concept, in the transaction in which it is done."""
        self._db.execute(
            "INSERT INTO termbase_changes (import, uid, before, after) VALUES (?, ?, ?, ?)", [id, uid, before, after]
        )

    def beat(self, id: int) -> bool:
        """Says that an import is alive, and is told whether it was not taken for dead."""
        return bool(
            self._db.execute(
                "UPDATE termbase_imports SET beat_at = ? WHERE id = ? AND beat_at != '' RETURNING 1", [now(), id]
            ).fetchall()
        )

    def interrupted(self) -> list[int]:
        """The imports that are not heard of any more."""
        rows = self._db.execute("SELECT id FROM termbase_imports WHERE beat_at < ? ORDER BY id DESC", [ago(_LEASE)])
        return [id for (id,) in rows.fetchall()]

    def any(self) -> bool:
        """Returns whether an import goes on or was interrupted."""
        return self._db.execute("SELECT 1 FROM termbase_imports").fetchone() is not None

    def done(self, id: int) -> list[Done]:
        """Returns the concepts that an import has changed, the last first."""
        rows = self._db.execute(
            """
            SELECT uid, min(before), max(after), min(before) IN (0, max(after) - count(*)) FROM termbase_changes
            WHERE import = ? GROUP BY uid ORDER BY max(number) DESC
            """,
            [id],
        )
        return [Done(uid, before, after, bool(alone)) for uid, before, after, alone in rows.fetchall()]

    def strike(self, id: int, uid: str) -> None:
        """Takes out what was taken back."""
        self._db.execute("DELETE FROM termbase_changes WHERE import = ? AND uid = ?", [id, uid])

    def end(self, id: int) -> None:
        """Writes down that an import is complete, or all of it is taken back."""
        with self._db.atomic():
            self._db.execute("DELETE FROM termbase_imports WHERE id = ?", [id])
            self._db.execute("DELETE FROM termbase_changes WHERE import = ?", [id])


def create(db: Database) -> None:
    db.execute("CREATE TABLE termbase_imports (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, beat_at TEXT NOT NULL)")
    db.execute("""
        CREATE TABLE termbase_changes (
            number INTEGER PRIMARY KEY,
            import INTEGER NOT NULL,
            uid TEXT NOT NULL,
            before INTEGER NOT NULL,
            after INTEGER NOT NULL
        )
    """)
    db.execute("CREATE INDEX termbase_changes_import ON termbase_changes (import, uid)")
