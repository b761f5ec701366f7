"""Assignments: who translates a bitext, who reviews it, and by which day; the store."""

from dataclasses import dataclass

from sqlite_utils import Database, Migrations

from corpus.text.timestamps import now

migrations = Migrations("workbench.assignments")


@dataclass(frozen=True)
class Assignment:
    """The assignment of a bitext: names, and a day (ISO 8601); each may be empty."""

    assignee: str = ""
    reviewer: str = ""
    due: str = ""


class Assignments:
    """The assignments of the desk's bitexts."""

    def __init__(self, db: Database, user: str) -> None:
        self._db = db
        self._user = user

    def of(self, bitext: int) -> Assignment:
        """Returns the assignment of a bitext, empty where it was given to nobody."""
        for row in self._db.execute("SELECT assignee, reviewer, due FROM assignments WHERE bitext = ?", [bitext]):
            return Assignment(*row)
        return Assignment()

    def put(self, bitext: int, assignment: Assignment) -> None:
        """Replaces the assignment of a bitext."""
        self._db.execute(
            """
            INSERT OR REPLACE INTO assignments (bitext, assignee, reviewer, due, changed_at, changed_by)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [bitext, assignment.assignee, assignment.reviewer, assignment.due, now(), self._user],
        )


@migrations()
def create_assignments(db: Database) -> None:
    db.execute("""
        CREATE TABLE assignments (
            bitext INTEGER PRIMARY KEY REFERENCES bitexts (id) ON DELETE CASCADE,
            assignee TEXT NOT NULL,
            reviewer TEXT NOT NULL,
            due TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            changed_by TEXT NOT NULL
        )
    """)
    db.execute("CREATE INDEX assignments_assignee ON assignments (assignee, due)")
    db.execute("CREATE INDEX assignments_reviewer ON assignments (reviewer, due)")
