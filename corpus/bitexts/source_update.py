"""The update of a bitext to a later state of its source article: the matching of units to the sentences there now."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby

from corpus.bitexts.model import Unit, UnitState


def update_source(units: Sequence[Unit], numbered: Sequence[tuple[int, str]]) -> list[Unit]:
    """Returns the units over the sentences `numbered` (each with its paragraph), in order.

    A unit whose sentences are unchanged comes back as it was; one with a changed sentence keeps its target as a
    draft; a new sentence gives a unit with the id 0 and no target. A unit whose sentences are all gone is left out,
    unless it has a target: that stays, without counterpart, after the unit it followed.
    """
    owners = _owners(units, [sentence for _, sentence in numbered])
    followed = []
    for (owner, _), group in groupby(enumerate(numbered), key=lambda item: (owners[item[0]], _alone(owners, item[0]))):
        members = [sentence for _, sentence in group]
        source = tuple(sentence for _, sentence in members)
        followed.append(_followed(None if owner is None else units[owner], source, members[0][0]))
    return _with_orphans(units, followed)


def _owners(units: Sequence[Unit], sentences: list[str]) -> list[int | None]:
    """Returns for each sentence the number of the unit it belongs to, None for a new one."""
    old = [(number, sentence) for number, unit in enumerate(units) for sentence in unit.source]
    owners: list[int | None] = [None] * len(sentences)
    matcher = SequenceMatcher(None, [sentence for _, sentence in old], sentences, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind in ("equal", "replace"):
            for step in range(min(end - start, new_end - new_start)):
                owners[new_start + step] = old[start + step][0]
    # A new sentence between two of one unit belongs to it.
    for number in range(1, len(owners) - 1):
        if owners[number] is None and owners[number - 1] is not None and owners[number - 1] == owners[number + 1]:
            owners[number] = owners[number - 1]
    return owners


def _alone(owners: Sequence[int | None], number: int) -> int | None:
    """Keeps two new sentences in a row apart, each a unit of its own."""
    return number if owners[number] is None else None


def _followed(unit: Unit | None, source: tuple[str, ...], paragraph: int) -> Unit:
    if unit is None:
        return Unit(source, (), paragraph)
    if unit.source == source:
        return replace(unit, paragraph=paragraph)
    return replace(unit, source=source, paragraph=paragraph, state=UnitState.INITIAL)


def _with_orphans(units: Sequence[Unit], followed: list[Unit]) -> list[Unit]:
    """Puts back the units that have a target and no sentence any more, each after the unit it followed."""
    staying = {unit.id for unit in followed}
    result = list(followed)
    for number, unit in enumerate(units):
        if unit.id in staying or not unit.target:
            continue
        before = {earlier.id for earlier in units[:number]}
        place = max((index for index, item in enumerate(result) if item.id in before), default=-1) + 1
        result.insert(place, replace(unit, source=(), state=UnitState.INITIAL) if unit.source else unit)
    return result
