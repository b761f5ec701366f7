"""The SQLite file of a desk, opened so that several people may write to it at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlite_utils

_BUSY_SECONDS = 10


class Database(sqlite_utils.Database):
    """A database whose transactions take the lock to write when they begin.

    One that reads first and writes then fails at once, without waiting, where another connection wrote in between: what
    it has read is no longer so (SQLITE_BUSY_SNAPSHOT, https://www.sqlite.org/isolation.html).
    """

    @contextmanager
    def atomic(self) -> Iterator["Database"]:
        if self.conn.in_transaction:
            with super().atomic():
                yield self
            return
        self.conn.execute("BEGIN IMMEDIATE")
        try:
            yield self
            self.conn.execute("COMMIT")
        except BaseException:
            self.rollback()
            raise


def connect(path: Path) -> Database:
    """Opens the file, made if it is missing; a write waits ten seconds for another one to end."""
    db = Database(sqlite3.connect(path, timeout=_BUSY_SECONDS))
    db.execute("PRAGMA foreign_keys = ON")
    return db
