"""The settings of a desk: what holds for everybody who works at it; the store."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlite_utils import Database, Migrations

migrations = Migrations("workbench.desk_settings")


class Propagation(StrEnum):
    """What becomes of open units with the source of one that is confirmed."""

    OFF = "off"
    DRAFTS = "drafts"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class DeskSettings:
    """The settings of a desk.

    With `reviewer_differs`, nobody reviews what they translated themselves. An empty unit that is gone to is filled
    with its best match from `fill_from` percent on, not at all where that is 0, and else with the machine's draft if
    `fill_by_machine` says so.
    """

    reviewer_differs: bool = False
    propagation: Propagation = Propagation.DRAFTS
    fill_from: int = 0
    fill_by_machine: bool = False


class SettingsStore:
    """The desk's settings; one that was never changed is as in a new desk."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self) -> DeskSettings:
        """Returns the settings."""
        known = {name: json.loads(value) for name, value in self._db.execute("SELECT name, value FROM desk_settings")}
        if "propagation" in known:
            known["propagation"] = Propagation(known["propagation"])
        return DeskSettings(**known)

    def put(self, settings: DeskSettings) -> None:
        """Replaces the settings."""
        rows = [(name, json.dumps(value)) for name, value in asdict(settings).items()]
        with self._db.atomic():
            self._db.conn.executemany("INSERT OR REPLACE INTO desk_settings (name, value) VALUES (?, ?)", rows)


@migrations()
def create_desk_settings(db: Database) -> None:
    db.execute("CREATE TABLE desk_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
