"""The merging of an edited file into the bitext that it was exported from.

A unit that was changed on one side only is as it was changed; one that was changed on both is contested: it stays as it
is here until a person decides.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from corpus.bitexts.model import Bitext, Unit, UnitState
from corpus.bitexts.operations import same_text, with_target
from corpus.segmentation import Segment
from corpus.text import languages
from corpus.text.xml import legal


@dataclass(frozen=True)
class ReimportedUnit:
    """A unit as a file has it: its id, the version that it was exported from, its texts, and what somebody noted."""

    id: int
    version: int
    source: str
    target: str
    state: UnitState
    notes: tuple[str, ...] = ()
    line: int = 0


class ConflictReason(StrEnum):
    """The reason why a unit is contested."""

    CHANGED = "changed on both sides"
    SOURCE = "another source text"
    GONE = "not in the bitext any more"


@dataclass(frozen=True)
class UnitConflict:
    """A unit of the file that was not taken over, and the unit as it is here, if it is."""

    returned: ReimportedUnit
    here: Unit | None
    reason: ConflictReason


@dataclass
class ReimportReport:
    """The report of a reimport: the ids of the units taken over, and the units that a person has to decide on.

    `notes` are what somebody wrote to a unit, each with its id.
    """

    read: int = 0
    taken: list[int] = field(default_factory=list)
    contested: list[UnitConflict] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


def merge_reimported(
    bitext: Bitext,
    units: Sequence[Unit],
    returned: Iterable[ReimportedUnit],
    history: Callable[[int], Sequence[Unit]],
    segment: Segment,
) -> tuple[list[Unit], ReimportReport]:
    """Returns the units as they are to be, and what was done; `history` gives a unit's replaced versions."""
    here = {unit.id: unit for unit in units}
    report = ReimportReport()
    for item in returned:
        report.read += 1
        report.notes += [(item.id, note) for note in item.notes]
        present = here.get(item.id)
        base = next((unit for unit in (present, *history(item.id)) if unit and unit.version == item.version), None)
        if any(unit is not None and _says(bitext, unit, item) for unit in (base, present)):
            continue
        if present is None:
            report.contested.append(UnitConflict(item, None, ConflictReason.GONE))
        elif base is None or _content(present) != _content(base):
            report.contested.append(UnitConflict(item, present, ConflictReason.CHANGED))
        elif not _same(item.source, base.source, bitext.source_language):
            report.contested.append(UnitConflict(item, present, ConflictReason.SOURCE))
        else:
            here[item.id] = reimported(bitext, present, item.target, item.state, segment)
            report.taken.append(item.id)
    return [here[unit.id] for unit in units], report


def reimported(bitext: Bitext, unit: Unit, text: str, state: UnitState, segment: Segment) -> Unit:
    """Returns a unit with the text and state of a file; a text that is the same keeps its sentences and origin."""
    after = with_target(unit, text, bitext.target_language, segment)
    return replace(after, state=state if after.target else UnitState.INITIAL)


def _says(bitext: Bitext, unit: Unit, item: ReimportedUnit) -> bool:
    """Returns whether a file has the same state and target for a unit as a version of it has."""
    return unit.state is item.state and _same(item.target, unit.target, bitext.target_language)


def _same(text: str, sentences: tuple[str, ...], language: str) -> bool:
    """Returns whether a file has a text as it is here, but for characters that its format cannot hold."""
    return same_text(legal(text), legal(languages.join(sentences, language)))


def _content(unit: Unit) -> tuple[object, ...]:
    return unit.source, unit.target, unit.state
