"""Propagation: a translation that was confirmed fills the open units with the same source, here and in its issue."""

from collections.abc import Iterator
from dataclasses import replace

from corpus.bitexts.model import Bitext, Origin, Provenance, Unit, UnitState
from corpus.bitexts.post_editing import changed_share
from workbench.desk import Desk
from workbench.stores.desk_settings import Propagation

REPETITION = Provenance(Origin.MEMORY, 1.0, "100 %")

Filled = list[tuple[Unit, Unit]]
"""Units as they were, and as they are now."""


def fill_repetitions(desk: Desk, bitext: Bitext, confirmed: Unit) -> dict[int, Filled]:
    """Fills the open units whose source is that of a confirmed one, and returns them by their bitext.

    They are those of its bitext and of the bitexts in the same languages whose articles are of the same issue, that is
    of one source and day. Only what is empty, or holds what the memory or the machine put in, is filled: what somebody
    typed or edited, and what is confirmed, stays. The setting of the desk says whether they are confirmed too.
    """
    mode = desk.settings.get().propagation
    if mode is Propagation.OFF or not (confirmed.source and confirmed.target):
        return {}
    state = UnitState.TRANSLATED if mode is Propagation.CONFIRMED else UnitState.INITIAL
    filled: dict[int, Filled] = {}
    for unit in _open_repetitions(desk, bitext, confirmed):
        after = replace(unit.made(REPETITION, target=confirmed.target), state=state)
        if (unit.target, unit.state) != (after.target, after.state):
            filled.setdefault(unit.bitext, []).append((unit, desk.bitexts.save(after)))
    return filled


def _open_repetitions(desk: Desk, bitext: Bitext, confirmed: Unit) -> Iterator[Unit]:
    units = [
        unit
        for unit in desk.bitexts.open_with(desk.bitexts.of_issue(bitext.id), confirmed.source)
        if unit.id != confirmed.id and (not unit.target or unit.origin.suggested)
    ]
    versions = desk.bitexts.versions(units)
    return (unit for unit in units if not changed_share(versions[unit.id], bitext.target_language))
