"""The log of a concept: what people said of it and decided; and the settings of the term base."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from corpus.text.timestamps import now


class LoggedAction(StrEnum):
    """The actions that the log holds."""

    COMMENTED = "commented"
    PROPOSED = "proposed"
    SENT = "sent to review"
    APPROVED = "approved"
    REJECTED = "rejected"
    RESTORED = "restored"
    MERGED = "merged"
    TOOK_IN = "took in"
    SPLIT = "split"
    REMOVED = "removed"


@dataclass(frozen=True)
class LogEntry:
    """An action on a concept at a version, and what was said about it, when and by whom."""

    version: int
    action: LoggedAction
    text: str
    at: str
    by: str


class Log:
    """The logs of all concepts."""

    def __init__(self, db: Database, user: str) -> None:
        self._db = db
        self._user = user

    def add(self, uid: str, version: int, action: LoggedAction, text: str = "") -> None:
        """Writes down what was done; `text` is a comment, a reason, or the other concept or version."""
        self._db.execute(
            "INSERT INTO concept_log (uid, version, action, text, logged_at, logged_by) VALUES (?, ?, ?, ?, ?, ?)",
            [uid, version, action, text, now(), self._user],
        )

    def of(self, uid: str) -> list[LogEntry]:
        """Returns the log of a concept, the newest first, also of one that is gone."""
        rows = self._db.query("SELECT * FROM concept_log WHERE uid = ? ORDER BY id DESC", [uid])
        return [
            LogEntry(row["version"], LoggedAction(row["action"]), row["text"], row["logged_at"], row["logged_by"])
            for row in rows
        ]


class TermbaseSettings:
    """The settings of a term base, which its terminologists decided once."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, name: str, default: Any = None) -> Any:
        row = self._db.execute("SELECT value FROM termbase_settings WHERE name = ?", [name]).fetchone()
        return json.loads(row[0]) if row else default

    def put(self, name: str, value: object) -> None:
        with self._db.atomic():
            self._db.execute(
                "INSERT OR REPLACE INTO termbase_settings VALUES (?, ?)", [name, json.dumps(value, ensure_ascii=False)]
            )

    @property
    def review_after_edit(self) -> bool:
        """True where an approved concept that is edited goes back under review."""
        return bool(self.get("review_after_edit", True))
