"""Pretranslation: a bitext's empty units filled with the best that the memory and the machine offer for them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from corpus.bitexts.model import Bitext, Origin, Unit
from corpus.errors import Conflict, NotFound
from corpus.text.progress import Meter, Progress, silent
from workbench import mt
from workbench.desk import Desk
from workbench.mt import Engine
from workbench.services.suggestions import Suggestion, machine_translations, matches
from workbench.services.unit_editing import save_unit

_BATCH = 16
"""So many units are given to an engine at a time, and written to the desk when they are done."""


LEAST, MOST = 50, 100
"""Between these, in percent, a threshold lies."""


@dataclass(frozen=True)
class PretranslationOptions:
    """The sources that may fill a unit: exact or wholly repaired matches from `threshold` percent on, the machine."""

    threshold: int = 75
    machine: bool = True


@dataclass(frozen=True)
class Missing:
    """A source term for which machine translations had none of the terms that are `required`, and how often."""

    term: str
    required: tuple[str, ...]
    count: int


@dataclass
class PretranslationReport:
    """The report of a pretranslation: the numbers of units filled, by source, and of those left as they are.

    Of those that were left, `doubtful` had a draft that was not put in: one that repeats itself, that is not
    translated, or that has a number with another magnitude.

    `terms` counts the terms that machine translations were to have, `missing_terms` those that they have not, by
    source term and what was required for it.
    """

    exact: int = 0
    repaired: int = 0
    machine: int = 0
    left: int = 0
    terms: int = 0
    doubtful: int = 0
    missing_terms: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)

    @property
    def missing(self) -> list[Missing]:
        """The terms that are missing, the most frequent first."""
        return [Missing(term, required, count) for (term, required), count in self.missing_terms.most_common()]

    @property
    def found(self) -> int:
        """The number of required terms in the machine translations."""
        return self.terms - self.missing_terms.total()

    def described(self) -> dict[str, Any]:
        """Returns the figures as plain values, for JSON; `of` makes them the same again."""
        figures = {name: getattr(self, name) for name in _FIGURES}
        return figures | {"missing": [asdict(missing) for missing in self.missing]}

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> Self:
        """Returns the figures that `described` gave; none of nothing."""
        missing_terms = {
            (each["term"], tuple(each["required"])): each["count"] for each in described.get("missing", ())
        }
        return cls(**{name: described.get(name, 0) for name in _FIGURES}, missing_terms=Counter(missing_terms))


_FIGURES = ("exact", "repaired", "machine", "left", "terms", "doubtful")


def engine_for(desk: Desk, bitext: Bitext, wanted: PretranslationOptions) -> Engine | None:
    """Returns the engine that a pretranslation would use; raises EngineError, which says what to install, for none."""
    if not wanted.machine:
        return None
    return mt.require(bitext.source_language, bitext.target_language, loaded=desk.resources.models)


def pretranslate(
    desk: Desk,
    bitext: int,
    wanted: PretranslationOptions,
    progress: Progress = silent,
    before: PretranslationReport | None = None,
) -> PretranslationReport:
    """Fills the units of a bitext that have a source and no target yet; all others stay as they are.

    What is done is written to the desk as it goes on, so that a pretranslation which was ended goes on where it was
    when it is begun again: what was filled `before` is counted on, in place, so that it is known whenever `progress`,
    which counts units, ends the work. A unit into which somebody writes meanwhile is theirs. Raises EngineError where
    the machine is wanted and there is none for the languages, before anything is written.
    """
    found = desk.bitexts.get(bitext)
    engine = engine_for(desk, found, wanted)
    empty = [unit for unit in desk.bitexts.units(bitext) if _fillable(unit)]
    filled, meter = PretranslationReport() if before is None else before, Meter(len(empty), progress)
    # What was left before is empty still, and looked at anew.
    filled.left = filled.doubtful = 0
    meter.go_to(0)
    for start in range(0, len(empty), _BATCH):
        batch = empty[start : start + _BATCH]
        for unit, suggestion in _suggested(desk, found, batch, wanted, engine, meter):
            _fill(desk, unit, suggestion, filled)
        meter.go_to(start + len(batch))
    return filled


def _fillable(unit: Unit) -> bool:
    return bool(unit.source) and not unit.target and not unit.state.confirmed


def _suggested(
    desk: Desk,
    bitext: Bitext,
    units: Sequence[Unit],
    wanted: PretranslationOptions,
    engine: Engine | None,
    meter: Meter,
) -> list[tuple[Unit, Suggestion | None]]:
    best = {unit.id: _match(desk, bitext, unit, wanted) for unit in units}
    rest = [unit for unit in units if best[unit.id] is None]
    if engine and rest:
        # A unit counts when it is written; that the engine is at work is a chance to end it.
        drafts = machine_translations(desk, engine, bitext, rest, lambda *_: meter.go_to(meter.done))
        best |= {unit.id: draft for unit, draft in zip(rest, drafts, strict=True)}
    return [(unit, best[unit.id]) for unit in units]


def _match(desk: Desk, bitext: Bitext, unit: Unit, wanted: PretranslationOptions) -> Suggestion | None:
    """The best match that may stand as it is: one of the same text, or one in which all that differs was repaired.

    Never one with inline codes, whose place in the text nobody has looked at.
    """
    for suggestion in matches(desk, bitext, unit):
        as_it_is = not suggestion.source_changes and not suggestion.codes
        if as_it_is and round(100 * (suggestion.score or 0)) >= wanted.threshold:
            return suggestion
    return None


def _fill(desk: Desk, unit: Unit, suggestion: Suggestion | None, filled: PretranslationReport) -> None:
    if suggestion is None or not suggestion.text or suggestion.numbers:
        filled.left += 1
        filled.doubtful += bool(suggestion and (suggestion.problem or suggestion.numbers))
        return
    try:
        save_unit(desk, unit.id, unit.version, suggestion.text, confirm=False, taken_over=suggestion)
    except (Conflict, NotFound):
        filled.left += 1
        return
    if suggestion.origin is Origin.MACHINE:
        filled.machine += 1
        filled.terms += len(suggestion.terms)
        filled.missing_terms.update((term.term, term.required) for term in suggestion.missing)
    elif suggestion.repaired:
        filled.repaired += 1
    else:
        filled.exact += 1
