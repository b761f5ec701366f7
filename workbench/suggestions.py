"""What the editor offers for a unit: the memory's matches, and a machine translation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus import languages
from corpus.bitexts import Bitext, Origin, Unit
from workbench import mt

if TYPE_CHECKING:
    from workbench.desk import Desk


@dataclass(frozen=True)
class Suggestion:
    """A target text to take over, where it came from, and its score (0…1)."""

    text: str
    origin: Origin
    score: float | None = None
    detail: str = ""
    changed_by: str = ""
    changed_at: str = ""

    @staticmethod
    def origin_named(name: str) -> Origin:
        """The origin of that name; one that is none counts as typed."""
        return Origin(name) if name in (Origin.MEMORY, Origin.MACHINE) else Origin.TYPED


def matches(desk: Desk, bitext: Bitext, unit: Unit) -> list[Suggestion]:
    """Returns what the memory offers for a unit, the best first."""
    source = languages.join(unit.source, bitext.source_language)
    if not source:
        return []
    previous, following = desk.bitexts.neighbours(unit)
    found = desk.memory.lookup(source, bitext.source_language, bitext.target_language, previous, following)
    return [
        Suggestion(
            text=match.entry.target,
            origin=Origin.MEMORY,
            score=match.score / 100,
            detail=f"{match.score} %",
            changed_by=match.entry.changed_by,
            changed_at=match.entry.changed_at,
        )
        for match in found
        if match.entry.unit != unit.id
    ]


def machine_translation(bitext: Bitext, unit: Unit) -> list[Suggestion]:
    """Returns the machine's draft of a unit, or nothing where no installed engine translates the languages.

    Raises EngineError where an engine is there and fails.
    """
    engine = mt.find(bitext.source_language, bitext.target_language)
    if engine is None or not unit.source:
        return []
    drafts = engine.translate(unit.source, bitext.source_language, bitext.target_language)
    text = languages.join([draft.text for draft in drafts], bitext.target_language)
    score = min(draft.score for draft in drafts)
    return [Suggestion(text, Origin.MACHINE, score, engine.name)] if text else []
