"""Rearranging: what a person does to the units of an alignment until they are right.

An operation takes the units of a bitext and returns them anew. No sentence is lost, and the sentences of a side stay
in their order, except where two targets or two units change places, which is for crossings, and where a sentence is
rewritten. A unit whose sentences change is a draft again and has no score, for the aligner has not seen it; one that
has no sentences any more is left out; a new one has the id 0.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from corpus.bitexts.model import TYPED, Bead, Origin, Provenance, Unit, UnitState, units_over
from corpus.errors import CannotRearrange, Conflict
from corpus.segmentation import Segment
from corpus.text import languages

Align = Callable[[Sequence[str], Sequence[str]], Sequence[Bead]]


class Side(StrEnum):
    """A side of a unit."""

    SOURCE = "source"
    TARGET = "target"

    @property
    def other(self) -> "Side":
        return Side.TARGET if self is Side.SOURCE else Side.SOURCE

    def of(self, unit: Unit) -> tuple[str, ...]:
        """The unit's sentences on this side."""
        return unit.source if self is Side.SOURCE else unit.target


@dataclass(frozen=True)
class Action:
    """A change to a bitext's units, and its place.

    `name` is a key of ACTIONS; `unit` the id of a unit; `sentence` counts from 0 within the side; `texts` are what a
    sentence is rewritten as; `score` is the least that counts as right.
    """

    name: str
    unit: int = 0
    side: Side = Side.SOURCE
    sentence: int = 0
    texts: tuple[str, ...] = ()
    score: float = 1.0


def apply(units: Sequence[Unit], action: Action) -> list[Unit]:
    """Returns the units after an action.

    Raises CannotRearrange where it cannot be done there, Conflict where its unit is not among them.
    """
    operation = ACTIONS.get(action.name)
    if operation is None:
        raise CannotRearrange("There is no action “{name}”.", name=action.name)
    if action.name == "accept-scores":
        return operation(units, 0, action)
    for place, unit in enumerate(units):
        if unit.id == action.unit:
            return operation(units, place, action)
    raise Conflict("This unit is gone meanwhile: look at what is there now.")


def merge(units: Sequence[Unit], at: int) -> list[Unit]:
    """Joins a unit with the next one; it keeps its id."""
    first, second = _pair(units, at)
    return _with(units, at, 2, _joined(first, second))


def split(units: Sequence[Unit], at: int, side: Side, sentence: int) -> list[Unit]:
    """Cuts a unit before a sentence, or after its first one; the other side is cut where its length agrees.

    Where this side has no two sentences, the other one is cut after its first.
    """
    unit = units[at]
    if len(side.of(unit)) < 2:
        side, sentence = side.other, 1
    if len(side.of(unit)) < 2:
        raise CannotRearrange("There is nothing to split: the unit has one sentence on a side at most.")
    cut = min(max(sentence, 1), len(side.of(unit)) - 1)
    cuts = {side: cut, side.other: _agreeing_cut(side.of(unit), cut, side.other.of(unit))}
    source, target = cuts[Side.SOURCE], cuts[Side.TARGET]
    first = _redone(unit, source=unit.source[:source], target=unit.target[:target])
    second = _redone(unit, source=unit.source[source:], target=unit.target[target:], id=0)
    return _with(units, at, 1, first, second)


def _agreeing_cut(sentences: Sequence[str], cut: int, others: Sequence[str]) -> int:
    """Returns the cut that divides the length of `others` as `cut` divides that of `sentences`; the later of two."""
    share = _length(sentences[:cut]) / max(_length(sentences), 1)
    whole = max(_length(others), 1)
    return min(range(len(others), -1, -1), key=lambda place: abs(_length(others[:place]) / whole - share))


def _length(sentences: Sequence[str]) -> int:
    return sum(map(len, sentences))


def push(units: Sequence[Unit], at: int, side: Side, down: bool) -> list[Unit]:
    """Moves the last sentence of a side into the next unit, or the first one into the previous unit.

    At an end of the bitext the sentence becomes a unit of its own.
    """
    unit = units[at]
    sentences = side.of(unit)
    if not sentences:
        raise CannotRearrange("This side has no sentence to push.")
    kept, moved = (sentences[:-1], sentences[-1:]) if down else (sentences[1:], sentences[:1])
    rest = _redone(unit, **{side: kept})
    beside = at + 1 if down else at - 1
    if 0 <= beside < len(units):
        neighbour = units[beside]
        there = side.of(neighbour)
        changed = _redone(neighbour, **{side: moved + there if down else there + moved})
        if side is Side.TARGET and not there:
            changed = changed.made(unit.provenance, score=None)
    else:
        alone = {side: moved, side.other: ()}
        changed = _redone(unit, **alone, id=0)
    pair = (rest, changed) if down else (changed, rest)
    place = at if down else max(beside, 0)
    return _with(units, place, 2 if 0 <= beside < len(units) else 1, *pair)


def swap_targets(units: Sequence[Unit], at: int) -> list[Unit]:
    """Exchanges the targets of a unit and the next one."""
    first, second = _pair(units, at)
    return _with(units, at, 2, _with_target_of(first, second), _with_target_of(second, first))


def _with_target_of(unit: Unit, other: Unit) -> Unit:
    return _redone(unit.made(other.provenance), target=other.target)


def swap_units(units: Sequence[Unit], at: int) -> list[Unit]:
    """Exchanges the places of a unit and the next one; both stay what they are."""
    first, second = _pair(units, at)
    return _with(units, at, 2, second, first)


def unlink(units: Sequence[Unit], at: int) -> list[Unit]:
    """Parts the sides of a unit: its target becomes a unit of its own after it."""
    unit = units[at]
    if not unit.source or not unit.target:
        raise CannotRearrange("This unit has one side only: it can be linked, not unlinked.")
    return _with(units, at, 1, _redone(unit, target=()), _redone(unit, source=(), id=0))


def link(units: Sequence[Unit], at: int) -> list[Unit]:
    """Joins a unit of one side with the next or else the previous one, if that has the other side only."""
    for first in (at, at - 1):
        if 0 <= first < len(units) - 1 and _complementary(units[first], units[first + 1]):
            return merge(units, first)
    raise CannotRearrange("No unit beside this one has the other side only: merge or push instead.")


def _complementary(first: Unit, second: Unit) -> bool:
    return not (first.source and second.source) and not (first.target and second.target)


def rewrite(units: Sequence[Unit], at: int, side: Side, sentence: int, texts: Sequence[str]) -> list[Unit]:
    """Puts texts, one or more, in the place of a sentence, or after the last one; an empty one takes it away.

    A target whose text changes counts as typed; one that is only cut into sentences stays what it was.
    """
    unit = units[at]
    old = side.of(unit)
    if not 0 <= sentence <= len(old):
        raise CannotRearrange("There is no such sentence in this unit.")
    new = tuple(text for text in (" ".join(text.split()) for text in texts) if text)
    written = old[:sentence] + new + old[sentence + 1 :]
    if written == old:
        return list(units)
    changed = _redone(unit, **{side: written})
    if side is Side.TARGET and _letters(written) != _letters(old):
        changed = changed.made(Provenance(Origin.TYPED if written else Origin.NONE))
    return _with(units, at, 1, changed)


def _letters(sentences: Sequence[str]) -> str:
    return "".join("".join(sentence.split()) for sentence in sentences)


def accept(units: Sequence[Unit], first: int, last: int) -> list[Unit]:
    """Says of the units from `first` to `last` that they are right."""
    return [_accepted(unit) if first <= place <= last else unit for place, unit in enumerate(units)]


def accept_scores(units: Sequence[Unit], least: float) -> list[Unit]:
    """Says of all units with at least this score that they are right."""
    return [_accepted(unit) if unit.score is not None and unit.score >= least else unit for unit in units]


def _accepted(unit: Unit) -> Unit:
    return unit if unit.state.confirmed else replace(unit, state=UnitState.TRANSLATED)


def withdraw(units: Sequence[Unit], at: int) -> list[Unit]:
    """Makes a unit a draft again."""
    return _with(units, at, 1, replace(units[at], state=UnitState.INITIAL))


def realign(units: Sequence[Unit], align: Align) -> list[Unit]:
    """Aligns anew what stands between the accepted units, which stay; a unit that comes out the same keeps its id."""
    realigned: list[Unit] = []
    for accepted, group in groupby(units, key=lambda unit: unit.state.confirmed):
        stretch = list(group)
        realigned += stretch if accepted else _realigned(stretch, align)
    return realigned


def open_sentences(units: Sequence[Unit]) -> int:
    """Returns the number of sentences, of both sides, in units that are not accepted: those there are to align anew."""
    return sum(len(unit.source) + len(unit.target) for unit in units if not unit.state.confirmed)


def _realigned(units: list[Unit], align: Align) -> list[Unit]:
    numbered = [(unit.paragraph, sentence) for unit in units for sentence in unit.source]
    target = [sentence for unit in units for sentence in unit.target]
    if not numbered or not target:
        return units
    beads = align([sentence for _, sentence in numbered], target)
    same = {(unit.source, unit.target): unit for unit in reversed(units)}
    proposed = []
    for unit in units_over(numbered, target, beads, units[0].paragraph):
        known = same.pop((unit.source, unit.target), None)
        if known and known.origin is Origin.ALIGNED:
            known = replace(known, detail=unit.detail, crossing=unit.crossing)
        proposed.append(replace(known, score=unit.score) if known else unit)
    return proposed


def with_target(
    unit: Unit,
    text: str,
    language: str,
    segment: Segment,
    provenance: Provenance = TYPED,
) -> Unit:
    """Returns a unit with a target text in a language, a draft that came from there, its sentences found by `segment`.

    A text that says what the unit says already, but for white space, leaves the unit as it is: its sentences, its
    state and where they came from.
    """
    if same_text(text, languages.join(unit.target, language)):
        return unit
    target = tuple(segment(" ".join(text.split()), language))
    return unit.made(provenance if target else Provenance(), target=target, state=UnitState.INITIAL)


def same_text(text: str, other: str) -> bool:
    """Returns whether two texts are the same but for white space, which programs fold as they like."""
    return text.split() == other.split()


def _pair(units: Sequence[Unit], at: int) -> tuple[Unit, Unit]:
    if at + 1 >= len(units):
        raise CannotRearrange("There is no unit after this one.")
    return units[at], units[at + 1]


def _joined(first: Unit, second: Unit) -> Unit:
    targeted = first if first.target else second
    return _redone(
        first.made(targeted.provenance),
        source=first.source + second.source,
        target=first.target + second.target,
        paragraph=first.paragraph if first.source else second.paragraph,
    )


def _redone(unit: Unit, **changes: object) -> Unit:
    """Returns a unit whose sentences have changed: a draft without a score."""
    return replace(unit, **{"state": UnitState.INITIAL, "score": None, **changes})  # type: ignore[arg-type]


def _with(units: Sequence[Unit], at: int, count: int, *new: Unit) -> list[Unit]:
    """The units with `count` of them from `at` on replaced, those without sentences left out."""
    return [*units[:at], *(unit for unit in new if unit.source or unit.target), *units[at + count :]]


ACTIONS: dict[str, Callable[[Sequence[Unit], int, Action], list[Unit]]] = {
    "merge": lambda units, at, _: merge(units, at),
    "split": lambda units, at, action: split(units, at, action.side, action.sentence),
    "push-down": lambda units, at, action: push(units, at, action.side, down=True),
    "push-up": lambda units, at, action: push(units, at, action.side, down=False),
    "swap-targets": lambda units, at, _: swap_targets(units, at),
    "swap-units": lambda units, at, _: swap_units(units, at),
    "unlink": lambda units, at, _: unlink(units, at),
    "link": lambda units, at, _: link(units, at),
    "rewrite": lambda units, at, action: rewrite(units, at, action.side, action.sentence, action.texts),
    "accept": lambda units, at, _: accept(units, at, at),
    "accept-above": lambda units, at, _: accept(units, 0, at),
    "accept-scores": lambda units, _, action: accept_scores(units, action.score),
    "withdraw": lambda units, at, _: withdraw(units, at),
}
