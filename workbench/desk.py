"""The desk: one SQLite file with articles, bitexts, memory and term base. It is opened, migrated and closed here."""

import sqlite3
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from corpus.articles import Articles
from corpus.bitexts.store import Bitexts
from corpus.bitexts.undo import UndoLog
from corpus.memory import Memory
from glossary.termbase import TermBase
from workbench import schema, settings
from workbench.errors import DeskError, DeskFailure
from workbench.resources import Resources
from workbench.stores.assignments import Assignments
from workbench.stores.band_weights import BandWeights
from workbench.stores.comments import Comments
from workbench.stores.database import connect, connect_to_read, explained
from workbench.stores.desk_settings import SettingsStore
from workbench.stores.jobs import Jobs
from workbench.stores.overview import Overview
from workbench.stores.pair_proposals import Proposals
from workbench.stores.people import People
from workbench.stores.readings import Readings
from workbench.stores.roles import Permission, Role, Roles
from workbench.stores.uploads import Uploads


class Desk:
    """An open desk. Use it in one thread, and close it: `with Desk.open(path) as desk: …`.

    `db` is for transactions over several of its stores; `resources` are what the process keeps. `user` is the name
    that histories carry; the role is that of `account`, since anybody can give any name in a browser.
    """

    def __init__(self, db: Database, path: Path, user: str, resources: Resources, account: str = "") -> None:
        self.db = db
        self.path = path
        self.user = user
        self.account = account or user
        self.resources = resources
        self.articles = Articles(db, user)
        self.bitexts = Bitexts(db, user)
        self.undo_log = UndoLog(db, user, self.bitexts)
        self.memory = Memory(db, user, resources.memory_indexes.of(path))
        self.termbase = TermBase(db, user)
        self.uploads = Uploads(db, user)
        self.readings = Readings(db)
        self.jobs = Jobs(db, user, resources.progress, resources.wakeups, self.account)
        self.proposals = Proposals(db, user)
        self.roles = Roles(db)
        self.people = People(db)
        self.comments = Comments(db, user)
        self.settings = SettingsStore(db)
        self.assignments = Assignments(db, user)
        self.overview = Overview(db)
        self.band_weights = BandWeights(db)

    @classmethod
    def create(cls, path: Path, user: str = "", resources: Resources | None = None) -> Self:
        """Makes a new, empty desk; raises DeskError where a file of that name exists or cannot be made."""
        if path.exists():
            raise DeskError("{path} exists already: choose another name, or use it as it is.", path=path)
        try:
            db = connect(path, make=True)
            db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            raise DeskError("The desk {path} cannot be made: {reason}.", path=path, reason=error) from None
        for migrations in schema.MIGRATIONS:
            migrations.apply(db)
        return cls(db, path, user or settings.user(), resources or Resources())

    @classmethod
    def open(cls, path: Path, user: str = "", resources: Resources | None = None, account: str = "") -> Self:
        """Opens a desk and brings it to this version; raises DeskError where it is missing, none, or newer."""
        try:
            db: Database = connect(path)
        except sqlite3.OperationalError:
            if path.is_file():
                raise
            raise DeskError(
                "There is no desk {path}: make one with `workbench init`, or name it with --desk.", path=path
            ) from None
        try:
            if not schema.check(db, path):
                for migrations in schema.MIGRATIONS:
                    migrations.apply(db)
        except sqlite3.DatabaseError as error:
            db.close()
            db = _to_read(path, error)
        except DeskError:
            db.close()
            raise
        return cls(db, path, user or settings.user(), resources or Resources(), account)

    def close(self) -> None:
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def role(self) -> Role:
        """The role of the account at the desk."""
        return self.roles.of(self.account)

    def require(self, permission: Permission) -> None:
        """Raises NotAllowed where the account's role does not let them do that."""
        self.roles.require(self.account, permission)


def _to_read(path: Path, error: sqlite3.DatabaseError) -> Database:
    """Opens a desk to read alone where an error says that the system does not let it be written; else raises it."""
    failure = explained(error, path)
    if failure is None:
        raise error
    db = connect_to_read(path) if type(failure) is DeskFailure else None
    if db is None:
        raise failure
    try:
        readable = schema.check(db, path)
    except sqlite3.DatabaseError:
        readable = False
    if not readable:
        db.close()
        raise failure
    return db
