"""Bitexts are given to people, by a day."""

from datetime import date

from workbench.desk import Desk
from workbench.errors import CannotAssign
from workbench.services.naming import give_name
from workbench.stores.assignments import Assignment


def assign_bitext(desk: Desk, bitext: int, assignee: str, reviewer: str, due: str) -> Assignment:
    """Gives a bitext to a translator and a reviewer by a day; each may be empty. Returns the assignment.

    Raises InvalidName for what is no name, CannotAssign for what is no day, and for one person as both where the desk
    wants two.
    """
    translator, second = (give_name(desk, name) if name.strip() else "" for name in (assignee, reviewer))
    if translator and translator == second and desk.settings.get().reviewer_differs:
        raise CannotAssign("At this desk nobody reviews their own translation: name two people.")
    assignment = Assignment(translator, second, _day(due.strip()))
    desk.assignments.put(desk.bitexts.get(bitext).id, assignment)
    return assignment


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise CannotAssign("“{day}” is no day: write it as 2026-06-30.", day=text[:40]) from None
