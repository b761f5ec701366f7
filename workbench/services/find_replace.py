"""Find and replace: places in the targets of a bitext, or of all, and those that were chosen rewritten as one step."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from corpus.bitexts.find_replace import Place, Search, find, replaced
from corpus.bitexts.model import Bitext, Unit, UnitState
from corpus.bitexts.operations import with_target
from workbench import settings
from workbench.desk import Desk
from workbench.services.unit_editing import record_step

MOST = 500
"""Places that are shown at once: what is replaced has been seen."""

Key = tuple[int, int, int]
"""A place: the unit's id, its version as it was seen, and where the place begins."""


@dataclass(frozen=True)
class FoundIn:
    """The places in one bitext."""

    bitext: Bitext
    places: list[Place]


@dataclass(frozen=True)
class Replaced:
    """What was done in one bitext: so many places in so many units; `left` places had changed meanwhile."""

    bitext: int
    places: int
    units: int
    left: int
    revision: int


def find_places(desk: Desk, search: Search, bitext: int | None) -> tuple[list[FoundIn], bool]:
    """Returns the places in a bitext, or in all, those of the newest first; and whether these are all there are.

    Raises CannotReplace where the search cannot be read or takes too long, NotFound for no bitext.
    """
    bitexts = desk.bitexts.all() if bitext is None else [desk.bitexts.get(bitext)]
    places = list(islice(_places(desk, search, bitexts), MOST + 1))
    grouped: dict[int, FoundIn] = {}
    for of, place in places[:MOST]:
        grouped.setdefault(of.id, FoundIn(of, [])).places.append(place)
    return list(grouped.values()), len(places) <= MOST


def _places(desk: Desk, search: Search, bitexts: Iterable[Bitext]) -> Iterator[tuple[Bitext, Place]]:
    for bitext in bitexts:
        for place in find(desk.bitexts.units(bitext.id), search, bitext.target_language):
            yield bitext, place


def replace_places(desk: Desk, search: Search, chosen: Collection[Key], keep_state: bool = False) -> list[Replaced]:
    """Rewrites the chosen places, a step a bitext, and says what was done in each.

    A unit whose text changes is a draft again; with `keep_state` a confirmed one stays confirmed, and the memory takes
    the new text. A place in a unit that has another version by now is left, and counted.
    """
    bitexts = {unit.id: unit.bitext for unit in desk.bitexts.get_units(dict.fromkeys(unit for unit, _, _ in chosen))}
    grouped: dict[int, list[Key]] = {}
    for key in chosen:
        if key[0] in bitexts:
            grouped.setdefault(bitexts[key[0]], []).append(key)
    return [_replace_in(desk, search, bitext, keys, keep_state) for bitext, keys in grouped.items()]


def _replace_in(desk: Desk, search: Search, bitext: int, chosen: Collection[Key], keep_state: bool) -> Replaced:
    language = desk.bitexts.get(bitext).target_language
    starts: dict[tuple[int, int], list[int]] = {}
    for unit, version, start in chosen:
        starts.setdefault((unit, version), []).append(start)

    def rewritten(units: Sequence[Unit]) -> list[Unit]:
        wanted = ((unit, starts.get((unit.id, unit.version), ())) for unit in units)
        return [_rewritten(unit, search, places, language, keep_state) for unit, places in wanted]

    change = record_step(desk, lambda: desk.undo_log.record(bitext, "replace", rewritten))
    done = sum(len(starts[each.id, each.version]) for each in change.before)
    return Replaced(bitext, done, len(change.before), len(chosen) - done, change.revision + 1)


def _rewritten(unit: Unit, search: Search, starts: Sequence[int], language: str, keep_state: bool) -> Unit:
    if not starts:
        return unit
    new = with_target(unit, replaced(unit, search, starts, language), language, settings.segment)
    if keep_state and new.target and unit.state.confirmed:
        # Nobody has reviewed the new text.
        return replace(new, state=UnitState.TRANSLATED)
    return new
