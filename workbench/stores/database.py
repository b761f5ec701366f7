"""The SQLite file of a desk, opened so that several people may write to it at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlite_utils

from corpus.text.messages import sentence
from workbench.errors import DeskBusy, DeskError, DeskFailure

_BUSY_SECONDS = 10

_BUSY = sentence("{path} is in use by another program: try again in a moment.")
_RIGHTS = sentence("{path} cannot be opened: check its permissions, those of its folder, and the room on its disk.")
_SENTENCES = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: sentence("The disk is full: make room and try again. Nothing was changed in {path}."),
    sqlite3.SQLITE_IOERR: sentence(
        "{path} could not be read or written, perhaps because the disk is full or failing: check the disk and try "
        "again. Nothing was changed."
    ),
    sqlite3.SQLITE_CANTOPEN: _RIGHTS,
    sqlite3.SQLITE_PERM: _RIGHTS,
    sqlite3.SQLITE_AUTH: _RIGHTS,
    sqlite3.SQLITE_READONLY: sentence(
        "{path} cannot be written: check its permissions, those of its folder, and the room on its disk. Nothing was "
        "changed."
    ),
    sqlite3.SQLITE_CORRUPT: sentence("{path} is damaged: restore it from a backup. Nothing was changed."),
    sqlite3.SQLITE_NOTADB: sentence(
        "{path} is not a desk: make one with `workbench init`, or name another with --desk."
    ),
    sqlite3.SQLITE_TOOBIG: sentence("This text is too long to be stored in a desk. Nothing was changed."),
}
"""The meaning of SQLite's primary result codes for people at a desk (https://www.sqlite.org/rescode.html)."""
_KINDS = {sqlite3.SQLITE_BUSY: DeskBusy, sqlite3.SQLITE_LOCKED: DeskBusy, sqlite3.SQLITE_NOTADB: DeskError}


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


def connect_to_read(path: Path) -> Database | None:
    """Opens a file that cannot be written, as on a full disk; None where what was written last is not in it yet.

    Nobody can write meanwhile, so that SQLite may leave out the locks and the files beside it that there is no room for
    (`immutable`, https://www.sqlite.org/uri.html).
    """
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size:
        return None
    return Database(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True))


def connect(path: Path, make: bool = False) -> Database:
    """Opens the file; a write waits ten seconds for another one to end.

    Only with `make` a missing file is made: one that is taken away at this moment comes back as an empty one otherwise.
    """
    mode = "rwc" if make else "rw"
    db = Database(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=_BUSY_SECONDS))
    db.execute("PRAGMA foreign_keys = ON")
    return db


def explained(error: sqlite3.DatabaseError, path: Path) -> DeskError | None:
    """Returns an error of SQLite as one of the desk at `path`, in a sentence; None where it is a defect of the program.

    A busy desk is a DeskBusy, a file that is none a DeskError, the rest a DeskFailure.
    """
    # The upper bits tell kinds of one error apart.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if "decode to UTF-8" in str(error):
        # Python's own finding, without a code: a text whose bytes are none.
        code = sqlite3.SQLITE_CORRUPT
    if code not in _SENTENCES:
        return None
    return _KINDS.get(code, DeskFailure)(_SENTENCES[code], path=path)


def damaged(path: Path) -> DeskFailure | None:
    """Looks through a file for damage, when something went wrong that has no other reason; what to say of it."""
    if not path.is_file():
        return None
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as db:
        try:
            found = db.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError:
            found = None
    return None if found == ("ok",) else DeskFailure(_SENTENCES[sqlite3.SQLITE_CORRUPT], path=path)
