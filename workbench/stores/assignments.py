"""Assignments: who translates a bitext, who reviews it, and by which day; the store."""

import json
from collections.abc import Iterable
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


@dataclass(frozen=True)
class Waiting:
    """A bitext that waits for somebody, with its assignment and the numbers of units to translate and to review."""

    bitext: int
    assignment: Assignment
    open: int
    to_review: int


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

    def of_all(self, bitexts: Iterable[int]) -> dict[int, Assignment]:
        """Returns the assignments of bitexts, by id; those given to nobody are left out."""
        rows = self._db.execute(
            "SELECT bitext, assignee, reviewer, due FROM assignments WHERE bitext IN (SELECT value FROM json_each(?))",
            [json.dumps(list(bitexts))],
        )
        return {bitext: Assignment(*rest) for bitext, *rest in rows}

    def waiting(self, user: str, reviewing: bool, count: int) -> list[Waiting]:
        """Returns the bitexts that wait for a user, to be reviewed or to be translated; the first due first."""
        person, wanted = ("reviewer", "to_review") if reviewing else ("assignee", "open")
        rows = self._db.execute(
            f"""
            SELECT bitext, assignee, reviewer, due, open, to_review FROM (
                SELECT *,
                    (SELECT count(*) FROM units WHERE bitext = given.bitext AND state = 'initial') AS open,
                    (SELECT count(*) FROM units WHERE bitext = given.bitext AND state = 'translated') AS to_review
                FROM assignments AS given WHERE {person} = :user
            ) WHERE {wanted} > 0 ORDER BY due = '', due, bitext LIMIT :count
            """,  # noqa: S608
            {"user": user, "count": count},
        )
        return [Waiting(row[0], Assignment(*row[1:4]), *row[4:]) for row in rows]

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
