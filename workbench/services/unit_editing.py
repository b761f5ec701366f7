"""Units as a person writes and confirms them: each change a step that can be undone, and the memory kept in step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from corpus.bitexts.model import TYPED, Bitext, Unit, UnitState, content
from corpus.bitexts.operations import with_target
from corpus.bitexts.undo import Change
from corpus.memory import Entry
from corpus.text import languages
from workbench import settings
from workbench.desk import Desk
from workbench.services.propagation import Filled, fill_repetitions
from workbench.services.suggestions import Suggestion
from workbench.stores.job_arguments import IndexMemory


def save_unit(
    desk: Desk,
    unit: int,
    version: int,
    text: str,
    confirm: bool,
    taken_over: Suggestion | None = None,
    confirm_empty: bool = False,
    filled: Callable[[Sequence[Unit]], None] = lambda units: None,
) -> Unit:
    """Writes the target text of a unit and, if it is confirmed, remembers it.

    A text that was not touched keeps its sentences and its origin; a new one is segmented and counts as typed, unless
    it is that of the suggestion that was `taken_over`, or edits what the memory or the machine put in. A confirmed unit
    whose text changes is a draft again until it is confirmed. An empty text is confirmed by `confirm_empty` alone: its
    source rightly has no counterpart, and the memory keeps nothing of the unit. `filled` is told of other units of the
    bitext that a confirmation has filled, since they have the same source. Raises Conflict where the unit is no longer
    at `version`.
    """
    before = desk.bitexts.unit(unit)
    bitext = desk.bitexts.get(before.bitext)
    # What is post-edited stays what it came from.
    provenance = before.provenance if before.origin.suggested else TYPED
    if taken_over and text.strip() == taken_over.text.strip():
        provenance = taken_over.provenance
    after = with_target(before, text, bitext.target_language, settings.segment, provenance)
    state = after.state
    if (confirm if after.target else confirm_empty) and not state.confirmed:
        state = UnitState.TRANSLATED
    with desk.db.atomic():
        saved = desk.bitexts.save(replace(after, version=version, state=state))
        if (confirm or confirm_empty) and saved.state.confirmed:
            others = fill_repetitions(desk, bitext, saved)
            remember_unit(desk, bitext, saved)
        else:
            others = {}
        _keep_steps(desk, before, saved, others)
    filled([unit for _, unit in others.get(bitext.id, ())])
    return saved


def _keep_steps(desk: Desk, before: Unit, saved: Unit, others: Mapping[int, Filled]) -> None:
    """Keeps a step of each bitext, the confirmation and what it filled as one, and the memory in step."""
    own = others.get(saved.bitext, [])
    _keep_step(desk, "write", before, saved, own)
    for id, pairs in others.items():
        if id != saved.bitext:
            desk.undo_log.keep(id, "propagate", [old for old, _ in pairs], [new for _, new in pairs])
        bitext = desk.bitexts.get(id)
        for _, unit in pairs:
            if unit.state.confirmed:
                remember_unit(desk, bitext, unit)


def withdraw_unit(desk: Desk, unit: int, version: int, text: str) -> Unit:
    """Makes a unit a draft again, of which the memory keeps nothing; a text that was changed is written with it.

    Raises Conflict where the unit is no longer at `version`.
    """
    before = desk.bitexts.unit(unit)
    language = desk.bitexts.get(before.bitext).target_language
    draft = replace(with_target(before, text, language, settings.segment, TYPED), state=UnitState.INITIAL)
    with desk.db.atomic():
        saved = desk.bitexts.save(replace(draft, version=version))
        _keep_step(desk, "withdraw", before, saved)
        desk.memory.forget([saved.id])
    return saved


def _keep_step(desk: Desk, name: str, before: Unit, saved: Unit, others: Filled | None = None) -> None:
    """Keeps what was done to a unit as a step, if anything was; texts written one after the other are one."""
    # Units above may have been merged since `before` was read.
    before = replace(before, position=saved.position, paragraph=saved.paragraph)
    done = [pair for pair in [(before, saved), *(others or ())] if content(pair[0]) != content(pair[1])]
    if done:
        done.sort(key=lambda pair: pair[1].position)
        olds, news = [old for old, _ in done], [new for _, new in done]
        desk.undo_log.keep(saved.bitext, name, olds, news, join=name == "write" and not others)


def remember_unit(desk: Desk, bitext: Bitext, unit: Unit) -> None:
    """Brings the memory in step with a unit: a confirmed one with both texts goes in, another one out."""
    entry = _entry(bitext, unit, *desk.bitexts.neighbours(unit))
    if unit.state.confirmed and entry.source and entry.target:
        desk.memory.remember(entry)
    else:
        desk.memory.forget([unit.id])


def undo_step(desk: Desk, bitext: int, revision: int) -> Change:
    """Takes the last step in a bitext back; raises Conflict where it is not at `revision`."""
    return record_step(desk, lambda: desk.undo_log.undo(bitext, revision))


def redo_step(desk: Desk, bitext: int, revision: int) -> Change:
    """Takes a step again that was undone; raises Conflict where the bitext is not at `revision`."""
    return record_step(desk, lambda: desk.undo_log.redo(bitext, revision))


def record_step(desk: Desk, take: Callable[[], Change]) -> Change:
    with desk.db.atomic():
        change = take()
        _follow_change(desk, change)
    return change


def _follow_change(desk: Desk, change: Change) -> None:
    """Brings memory and comments in step: what was accepted goes in, what is accepted no longer goes out."""
    desk.comments.follow(change)
    was = {unit.id: unit for unit in change.before if unit.state.confirmed}
    accepted = [unit for unit in change.after if unit.state.confirmed]
    desk.memory.forget(was.keys() - {unit.id for unit in accepted})
    fresh = [unit for unit in accepted if unit.id not in was or content(unit) != content(was[unit.id])]
    if fresh:
        remember_units(desk, fresh, change.units)


def remember_units(desk: Desk, units: Sequence[Unit], among: Sequence[Unit]) -> None:
    """Puts units of a bitext into the memory, with what stands around them `among` all of it."""
    bitext = desk.bitexts.get(units[0].bitext)
    sources = [languages.join(unit.source, bitext.source_language) for unit in among]
    around = ["", *sources, ""]
    places = ((unit, around[unit.position], around[unit.position + 2]) for unit in units)
    entries = [_entry(bitext, *place) for place in places]
    desk.memory.remember_all([entry for entry in entries if entry.source and entry.target])
    if desk.memory.to_be_indexed():
        desk.jobs.add_once(IndexMemory())


def _entry(bitext: Bitext, unit: Unit, previous: str, following: str) -> Entry:
    """Returns the entry of a unit for the memory, between its neighbours."""
    return Entry(
        source_language=bitext.source_language,
        target_language=bitext.target_language,
        source=languages.join(unit.source, bitext.source_language),
        target=languages.join(unit.target, bitext.target_language),
        previous=previous,
        next=following,
        origin=unit.origin,
        score=unit.score,
        state=unit.state,
        unit=unit.id,
        bitext=bitext.id,
    )
