"""Which units of a bitext are shown: those of a state, an origin, a match, a person, a time, or with a text."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from corpus.bitexts.model import Origin, UnitState
from corpus.text import languages
from corpus.text.folding import fold_for_search


class Stage(StrEnum):
    """How far a unit is, as a filter asks for it: its state, with the open ones together and those begun apart."""

    ANY = ""
    OPEN = "open"
    DRAFT = "draft"
    TRANSLATED = UnitState.TRANSLATED.value
    REVIEWED = UnitState.REVIEWED.value
    FINAL = UnitState.FINAL.value


@dataclass(frozen=True)
class UnitFilter:
    """What units must be to be shown; what is empty asks for nothing.

    `text` stands in the source, in the target or in one of them by `side`, whatever its case, width and accents.
    `least` and `most` bound the match of a unit that came from the memory, in percent. `changed_since` is a day or a
    time in ISO 8601. With `ids` only those units count.
    """

    text: str = ""
    side: str = ""
    stage: Stage = Stage.ANY
    origin: Origin = Origin.NONE
    least: int | None = None
    most: int | None = None
    repeated: bool = False
    changed_by: str = ""
    changed_since: str = ""
    ids: frozenset[int] | None = None

    def __bool__(self) -> bool:
        return self != UnitFilter()


@dataclass(frozen=True)
class Tally:
    """Numbers of a bitext's units: not confirmed, begun among these, by state, and with a source that another has."""

    open: int = 0
    draft: int = 0
    translated: int = 0
    reviewed: int = 0
    final: int = 0
    repeated: int = 0


_STAGES = {
    Stage.OPEN: "state = 'initial'",
    Stage.DRAFT: "state = 'initial' AND target != '[]'",
    Stage.TRANSLATED: "state = 'translated'",
    Stage.REVIEWED: "state = 'reviewed'",
    Stage.FINAL: "state = 'final'",
}
_REPEATED = (
    "source IN (SELECT source FROM units WHERE bitext = :bitext AND source != '[]' GROUP BY source HAVING count(*) > 1)"
)


def positions(db: Database, bitext: int, wanted: UnitFilter, language_pair: tuple[str, str]) -> list[int]:
    """Returns the positions of a bitext's units that pass a filter, in their order."""
    conditions = " AND ".join(["bitext = :bitext", *_conditions(wanted)])
    rows = db.query(
        f"SELECT position, source, target FROM units WHERE {conditions} ORDER BY position",  # noqa: S608
        _values(bitext, wanted),
    )
    if not wanted.text:
        return [row["position"] for row in rows]
    needle = fold_for_search(wanted.text)
    return [row["position"] for row in rows if any(needle in text for text in _texts(row, wanted.side, language_pair))]


def _conditions(wanted: UnitFilter) -> Iterator[str]:
    if wanted.stage:
        yield _STAGES[wanted.stage]
    if wanted.origin:
        yield "origin = :origin"
    if wanted.least is not None or wanted.most is not None:
        yield "origin = 'memory' AND round(score * 100) BETWEEN coalesce(:least, 0) AND coalesce(:most, 1000)"
    if wanted.repeated:
        yield _REPEATED
    if wanted.changed_by:
        yield "changed_by = :changed_by"
    if wanted.changed_since:
        yield "changed_at >= :changed_since"
    if wanted.ids is not None:
        yield "id IN (SELECT value FROM json_each(:ids))"


def _values(bitext: int, wanted: UnitFilter) -> dict[str, Any]:
    return {
        "bitext": bitext,
        "origin": wanted.origin,
        "least": wanted.least,
        "most": wanted.most,
        "changed_by": wanted.changed_by,
        "changed_since": wanted.changed_since,
        "ids": json.dumps(sorted(wanted.ids or ())),
    }


def _texts(row: dict[str, Any], side: str, language_pair: tuple[str, str]) -> Iterator[str]:
    for name, language in zip(("source", "target"), language_pair, strict=True):
        if side in ("", name):
            yield fold_for_search(languages.join(json.loads(row[name]), language))


def tally(db: Database, bitext: int) -> Tally:
    """Returns the numbers of a bitext's units."""
    counted = ", ".join(f"count(*) FILTER (WHERE {condition}) AS {name}" for name, condition in _STAGES.items())
    (row,) = db.query(
        f"SELECT {counted}, count(*) FILTER (WHERE {_REPEATED}) AS repeated FROM units WHERE bitext = :bitext",  # noqa: S608
        {"bitext": bitext},
    )
    return Tally(**row)


def writers(db: Database, bitext: int) -> list[str]:
    """The people who changed a bitext's units last, by name."""
    return [
        name
        for (name,) in db.execute(
            "SELECT DISTINCT changed_by FROM units WHERE bitext = ? AND changed_by != '' ORDER BY 1", [bitext]
        )
    ]
