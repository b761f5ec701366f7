"""Steps: every rearrangement of a bitext's units, so that each can be undone and done again without limit; the store.

A step keeps the units it changed, moved, made or took away, as they were before and after it. A bitext's steps are one
line, whoever made them: the last that is not undone is the next to undo, the first undone one is the next to redo, and
a new step lets the undone ones go.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database, Migrations

from corpus.bitexts.model import Origin, Provenance, Unit, UnitState, content
from corpus.bitexts.store import Bitexts
from corpus.errors import CannotRearrange, Conflict
from corpus.text.timestamps import now

migrations = Migrations("corpus.steps")

Operation = Callable[[Sequence[Unit]], Sequence[Unit]]
Seen = Collection[tuple[int, int]]
"""Units that a writer has seen, each as its id and version."""


@dataclass(frozen=True)
class Change:
    """The units that a rearrangement touched, in their order, as they were before and as they are after it.

    `units` are all units after it; `revision` is the bitext's before it; `step` names what was done.
    """

    before: tuple[Unit, ...]
    after: tuple[Unit, ...]
    units: tuple[Unit, ...]
    revision: int = 0
    step: str = ""


@dataclass(frozen=True)
class UndoState:
    """The names of the step that can be undone next and of the one that can be redone; empty where there is none.

    The numbers, from 1 on, are those of the first units that they change, 0 where they change none.
    """

    undo: str = ""
    redo: str = ""
    undo_number: int = 0
    redo_number: int = 0


@dataclass(frozen=True)
class Step:
    """A step that was taken: what, in which bitext, by whom and when."""

    id: int
    bitext: int
    name: str
    made_at: str
    made_by: str


def difference(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """The units of both lists that differ: in content, in their order, or because only one list has them."""
    start = 0
    while start < min(len(old), len(new)) and _same(old[start], new[start]):
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and _same(old[-1 - end], new[-1 - end]):
        end += 1
    olds, news = old[start : len(old) - end], new[start : len(new) - end]
    known = {unit.id: unit for unit in olds}
    order = {unit.id for unit in news}
    if [unit.id for unit in olds if unit.id in order] == [unit.id for unit in news if unit.id in known]:
        same = {unit.id for unit in news if unit.id in known and _same(unit, known[unit.id])}
    else:
        same = set()
    return tuple(u for u in olds if u.id not in same), tuple(u for u in news if u.id not in same)


def _same(unit: Unit, other: Unit) -> bool:
    return unit.id == other.id and unit.paragraph == other.paragraph and content(unit) == content(other)


def exchanged(units: Sequence[Unit], gone: Sequence[Unit], back: Sequence[Unit]) -> list[Unit]:
    """Puts the units `back` at their positions, in the place of those `gone`.

    Raises Conflict where one of these is not what it was, or stands elsewhere.
    """
    for unit in gone:
        if unit.position >= len(units) or not _same(units[unit.position], unit):
            raise Conflict("The units of this step were changed elsewhere: it cannot be taken back any more.")
    away = {unit.id for unit in gone}
    result = [unit for unit in units if unit.id not in away]
    for unit in back:
        result.insert(unit.position, unit)
    return result


class UndoLog:
    """The steps of the desk's bitexts."""

    def __init__(self, db: Database, user: str, bitexts: Bitexts) -> None:
        self._db = db
        self._user = user
        self._bitexts = bitexts

    def record(
        self, bitext: int, name: str, operation: Operation, revision: int | None = None, seen: Seen = ()
    ) -> Change:
        """Rearranges a bitext and keeps the step.

        Where the bitext has gone on from the `revision` that the writer has seen, the step is taken only if every unit
        that it touches is among those `seen`; else raises Conflict. Without a revision it is taken in any case.
        """
        with self._db.atomic():
            change = self._rearrange(bitext, name, operation)
            if revision not in (None, change.revision):
                _check_seen(change, seen)
            if change.before or change.after:
                self.keep(bitext, name, change.before, change.after)
        return change

    def undo(self, bitext: int, revision: int) -> Change:
        """Takes the last step back; raises Conflict where the bitext is not at `revision`."""
        return self._turn(bitext, revision, undone=False)

    def redo(self, bitext: int, revision: int) -> Change:
        """Takes again the step that was undone last; raises Conflict where the bitext is not at `revision`."""
        return self._turn(bitext, revision, undone=True)

    def _turn(self, bitext: int, revision: int, undone: bool) -> Change:
        with self._db.atomic():
            at = self._bitexts.begin_change(bitext)
            step = self._next(bitext, undone)
            if step is None:
                raise _nothing_left(undone)
            if at != revision:
                raise _gone_on()
            gone, back = _units(step["after"]), _units(step["before"])
            if undone:
                gone, back = back, gone
            change = self._rearrange(bitext, step["name"], lambda units: exchanged(units, gone, back))
            self._db.execute("UPDATE steps SET undone = ? WHERE id = ?", [not undone, step["id"]])
        return replace(change, revision=at)

    def _rearrange(self, bitext: int, name: str, operation: Operation) -> Change:
        revision = self._bitexts.begin_change(bitext)
        old = self._bitexts.units(bitext)
        self._bitexts.rearrange(bitext, operation(old))
        new = self._bitexts.units(bitext)
        before, after = difference(old, new)
        return Change(before, after, tuple(new), revision, name)

    def keep(self, bitext: int, name: str, before: Sequence[Unit], after: Sequence[Unit], join: bool = False) -> None:
        """Keeps a step that was taken; with `join`, as one with the last, if that has its name, user and units."""
        self._db.execute("DELETE FROM steps WHERE bitext = ? AND undone", [bitext])
        last = self._next(bitext, undone=False) if join else None
        if last and (last["name"], last["made_by"]) == (name, self._user) and _units(last["after"]) == _plain(before):
            self._db.execute("UPDATE steps SET after = ? WHERE id = ?", [_written(after), last["id"]])
            return
        self._db.table("steps").insert(
            {
                "bitext": bitext,
                "name": name,
                "before": _written(before),
                "after": _written(after),
                "undone": 0,
                "made_at": now(),
                "made_by": self._user,
            }
        )

    def state(self, bitext: int) -> UndoState:
        """Returns the names of the steps that can be undone and redone in a bitext, empty where there is none."""
        undo, redo = (self._next(bitext, undone, _SHOWN) or {"name": "", "position": None} for undone in (False, True))
        numbers = (0 if step["position"] is None else step["position"] + 1 for step in (undo, redo))
        return UndoState(undo["name"], redo["name"], *numbers)

    def recent(self, count: int, user: str | None = None) -> list[Step]:
        """The last steps that anybody took, or a user, the newest first."""
        rows = self._db.query(
            f"""
            SELECT id, bitext, name, made_at, made_by FROM steps
            {"" if user is None else "WHERE made_by = :user"} ORDER BY id DESC LIMIT :count
            """,  # noqa: S608
            {"user": user, "count": count},
        )
        return [Step(**row) for row in rows]

    def position(self, step: Step) -> int:
        """The position of the first unit that a step changed."""
        query = "SELECT json_extract(after, '$[0].position') FROM steps WHERE id = ?"
        return int(self._db.execute(query, [step.id]).fetchone()[0] or 0)

    def _next(self, bitext: int, undone: bool, columns: str = "*") -> dict[str, Any] | None:
        order = "ASC" if undone else "DESC"
        rows = self._db.query(
            f"SELECT {columns} FROM steps WHERE bitext = ? AND undone = ? ORDER BY id {order} LIMIT 1",  # noqa: S608
            [bitext, undone],
        )
        return next(rows, None)


def _nothing_left(undone: bool) -> CannotRearrange:
    if undone:
        return CannotRearrange("There is no step left to redo.")
    return CannotRearrange("There is no step left to undo.")


def _gone_on() -> Conflict:
    return Conflict(
        "This bitext was changed meanwhile, by somebody or in another tab of yours: this is how it is now. Do it "
        "again if it is still right."
    )


def _check_seen(change: Change, seen: Seen) -> None:
    if any((unit.id, unit.version) not in seen for unit in change.before):
        raise _gone_on()


def _plain(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Units as a step keeps them: without version, time and person, which are new whenever it is taken."""
    return tuple(replace(unit, bitext=0, version=1, changed_at="", changed_by="") for unit in units)


# What is shown of a step, without reading the units that it keeps.
_SHOWN = "name, coalesce(before ->> '$[0].position', after ->> '$[0].position') AS position"
_KEPT = ("id", "position", "paragraph", "source", "target", "state", *Provenance._fields)


def _written(units: Sequence[Unit]) -> str:
    return json.dumps([{name: getattr(unit, name) for name in _KEPT} for unit in units], ensure_ascii=False)


def _units(text: str) -> tuple[Unit, ...]:
    return tuple(
        Unit(
            **row
            | {
                "source": tuple(row["source"]),
                "target": tuple(row["target"]),
                "state": UnitState(row["state"]),
                "origin": Origin(row["origin"]),
            }
        )
        for row in json.loads(text)
    )


@migrations()
def create_steps(db: Database) -> None:
    db.execute("""
        CREATE TABLE steps (
            id INTEGER PRIMARY KEY,
            bitext INTEGER NOT NULL REFERENCES bitexts (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            undone INTEGER NOT NULL,
            made_at TEXT NOT NULL,
            made_by TEXT NOT NULL
        )
    """)
    db.execute("CREATE INDEX steps_of_bitext ON steps (bitext, undone, id)")


@migrations()
def say_in_fields_what_crosses_and_what_was_repaired(db: Database) -> None:
    for id, *sides in db.execute("SELECT id, before, after FROM steps").fetchall():
        written = [json.dumps([_in_fields(row) for row in json.loads(side)], ensure_ascii=False) for side in sides]
        if written != sides:
            db.execute("UPDATE steps SET before = ?, after = ? WHERE id = ?", [*written, id])


@migrations()
def find_steps_by_who_took_them(db: Database) -> None:
    db.execute("CREATE INDEX steps_of_person ON steps (made_by, id)")


def _in_fields(row: dict[str, Any]) -> dict[str, Any]:
    """A unit as a step keeps it, with fields for what stood in its detail."""
    if row["origin"] == "aligned" and row["detail"] == "crossing":
        return row | {"detail": "", "crossing": True}
    if row["origin"] == "memory" and row["detail"].endswith(" repaired"):
        return row | {"detail": row["detail"].removesuffix(" repaired"), "repaired": True}
    return row
