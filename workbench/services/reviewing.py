"""Review: a second person approves what was translated, corrects it or sends it back, and makes it final."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.bitexts.model import Bitext, Unit, UnitState
from corpus.bitexts.operations import with_target
from corpus.bitexts.undo import Change
from corpus.text import languages
from workbench import settings
from workbench.desk import Desk
from workbench.errors import CannotReview
from workbench.services.commenting import add_comment
from workbench.services.suggestions import Pieces
from workbench.services.text_changes import text_changes
from workbench.services.unit_editing import record_step, remember_unit
from workbench.stores.roles import Permission


@dataclass(frozen=True)
class UnitReview:
    """A unit as its reviewer sees it.

    `author` translated it, and is nobody where it is a draft; `changes` are those of its target since the version of
    somebody else that was confirmed, or sent back, before: empty where there is none, or it says the same.
    """

    unit: Unit
    author: str
    changes: Pieces
    changed_from: str
    reviewable: bool


def reviews(desk: Desk, bitext: Bitext, units: Sequence[Unit]) -> list[UnitReview]:
    """Returns units with what a reviewer has to know of each; `reviewable` are those that the user may approve."""
    histories = desk.bitexts.histories([unit.id for unit in units])
    return [_review(desk, bitext, unit, histories.get(unit.id, [])) for unit in units]


def _review(desk: Desk, bitext: Bitext, unit: Unit, history: Sequence[Unit]) -> UnitReview:
    author = _author([unit, *history])
    base = _base(unit, history)
    changes: Pieces = ()
    if base is not None:
        old, new = (languages.join(each.target, bitext.target_language) for each in (base, unit))
        changes = text_changes(old, new, bitext.target_language)
    reviewable = unit.state is UnitState.TRANSLATED and not _is_own(desk, author)
    return UnitReview(unit, author, changes, base.changed_by if base else "", reviewable)


def _author(versions: Sequence[Unit]) -> str:
    """Returns who confirmed a unit last, given its versions, the newest first."""
    return next((each.changed_by for each in versions if each.state is UnitState.TRANSLATED), "")


def _base(unit: Unit, history: Sequence[Unit]) -> Unit | None:
    """Returns the last version with another text that somebody else confirmed, or sent back unchanged."""
    for version, older in zip(history, [*history[1:], None], strict=False):
        sent_back = older is not None and older.state.confirmed and older.target == version.target
        if version.target and version.changed_by != unit.changed_by and (version.state.confirmed or sent_back):
            return version if version.target != unit.target else None
    return None


def _is_own(desk: Desk, author: str) -> bool:
    """Returns whether the desk keeps the user from reviewing what this author translated."""
    return author == desk.user and desk.settings.get().reviewer_differs


def approve_units(desk: Desk, bitext: int, seen: Sequence[tuple[int, int]]) -> list[Unit]:
    """Approves units, each as its id and the version that was seen, as one step, and returns those that were not yet.

    Raises Conflict where one is at another version, CannotReview where one is a draft, or the reviewer's own.
    """
    found = desk.bitexts.get(bitext)
    units = [(_to_review(desk, found, unit), version) for unit, version in seen]
    fresh = [(unit, version) for unit, version in units if unit.state is UnitState.TRANSLATED]
    after = [replace(unit, version=version, state=UnitState.REVIEWED) for unit, version in fresh]
    return _write(desk, found, "approve", [unit for unit, _ in fresh], after) if fresh else []


def correct_unit(desk: Desk, bitext: int, unit: int, version: int, text: str) -> Unit:
    """Approves a unit with the text that its reviewer gave it, as one step, and returns it; see `approve_units`."""
    found = desk.bitexts.get(bitext)
    before = _to_review(desk, found, unit)
    if before.target and not text.strip():
        raise CannotReview("An empty text cannot be approved: return the unit with a comment instead.")
    after = with_target(before, text, found.target_language, settings.segment)
    (saved,) = _write(desk, found, "approve", [before], [replace(after, version=version, state=UnitState.REVIEWED)])
    return saved


def send_unit_back(desk: Desk, bitext: int, unit: int, version: int, comment: str) -> Unit:
    """Makes a unit a draft again, its text kept, with a comment to its translator that says why, and returns it.

    It counts as returned until the comment is resolved, or the unit approved.
    """
    desk.require(Permission.APPROVE)
    found = desk.bitexts.get(bitext)
    before = desk.bitexts.unit_in(bitext, unit)
    if not before.state.confirmed:
        raise CannotReview("Unit {number} is a draft already.", number=before.position + 1)
    author = _author([before, *desk.bitexts.history(unit)])
    after = replace(before, version=version, state=UnitState.INITIAL)
    with desk.db.atomic():
        (saved,) = _write(desk, found, "send back", [before], [after])
        add_comment(desk, bitext, unit, comment, returned_to=author)
    return saved


def finalise_bitext(desk: Desk, bitext: int) -> Change:
    """Makes all units of a bitext final, as one step; raises CannotReview where one is not reviewed."""
    desk.require(Permission.APPROVE)

    def finalise(units: Sequence[Unit]) -> list[Unit]:
        left = sum(unit.state not in (UnitState.REVIEWED, UnitState.FINAL) for unit in units)
        if left:
            raise CannotReview("{count} units are not reviewed yet: review them first.", count=left)
        return [replace(unit, state=UnitState.FINAL) for unit in units]

    return record_step(desk, lambda: desk.undo_log.record(bitext, "finalise", finalise))


def _to_review(desk: Desk, bitext: Bitext, id: int) -> Unit:
    """Returns a unit that the user may approve."""
    desk.require(Permission.APPROVE)
    unit = desk.bitexts.unit_in(bitext.id, id)
    if not unit.state.confirmed:
        raise CannotReview("Unit {number} is a draft: it has to be confirmed first.", number=unit.position + 1)
    if _is_own(desk, _author([unit, *desk.bitexts.history(id)])):
        raise CannotReview(
            "You ({user}) translated unit {number}: at this desk somebody else reviews it.",
            user=desk.user,
            number=unit.position + 1,
        )
    return unit


def _write(desk: Desk, bitext: Bitext, step: str, before: Sequence[Unit], after: Sequence[Unit]) -> list[Unit]:
    """Writes units as a step that can be undone, and keeps memory and comments in step."""
    with desk.db.atomic():
        saved = [desk.bitexts.save(unit) for unit in after]
        desk.undo_log.keep(bitext.id, step, before, saved)
        for unit in saved:
            remember_unit(desk, bitext, unit)
            if unit.state.confirmed:
                desk.comments.settle_returns(unit.id)
    return saved
