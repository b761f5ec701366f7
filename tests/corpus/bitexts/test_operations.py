"""What the alignment editor does to units, as pure functions."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.alignment import Bead
from corpus.bitexts import operations
from corpus.bitexts.model import Origin, Unit, UnitState
from corpus.bitexts.operations import ACTIONS, Action, Side, apply
from corpus.errors import CannotRearrange, Conflict


def unit(shape: str, id: int = 0, **values: Any) -> Unit:
    """`unit("ab|x")` has the source sentences a and b and the target sentence x."""
    source, target = shape.split("|")
    return replace(Unit(tuple(source), tuple(target), id=id, origin=Origin.ALIGNED, score=0.5), **values)


def units(*shapes: str) -> list[Unit]:
    return [unit(shape, id) for id, shape in enumerate(shapes, 1)]


def shapes(units: list[Unit]) -> list[str]:
    return ["".join(unit.source) + "|" + "".join(unit.target) for unit in units]


def done(before: list[Unit], name: str, id: int = 1, side: str = "source", sentence: int = 0, **more: Any) -> list[str]:
    return shapes(apply(before, Action(name, id, Side(side), sentence, **more)))


def test_merge_joins_with_the_next_unit():
    before = units("a|x", "b|", "c|z")
    assert done(before, "merge") == ["ab|x", "c|z"]
    merged = operations.merge(before, 0)[0]
    assert (merged.id, merged.score, merged.origin, merged.state) == (1, None, Origin.ALIGNED, UnitState.INITIAL)
    with pytest.raises(CannotRearrange, match="no unit after"):
        done(before, "merge", 3)


def test_split_cuts_the_other_side_where_its_length_agrees():
    assert done(units("ab|xy"), "split", sentence=1) == ["a|x", "b|y"]
    assert done(units("abc|xy"), "split", sentence=2) == ["ab|x", "c|y"]
    assert done(units("ab|x"), "split") == ["a|x", "b|"]
    long = [Unit(("Short.", "A much longer sentence than that."), ("很长的一句译文。",), id=1)]
    assert [(len(part.source), len(part.target)) for part in operations.split(long, 0, Side.SOURCE, 1)] == [
        (1, 0),
        (1, 1),
    ]


def test_split_takes_the_side_that_has_sentences_to_part():
    assert done(units("a|xy"), "split") == ["a|x", "|y"]
    assert done(units("|xyz"), "split", side="target", sentence=2) == ["|xy", "|z"]
    with pytest.raises(CannotRearrange, match="nothing to split"):
        done(units("a|x"), "split")


def test_push_moves_one_sentence_on_one_side():
    before = units("ab|x", "c|yz")
    assert done(before, "push-down", 1) == ["a|x", "bc|yz"]
    assert done(before, "push-up", 2, side="target") == ["ab|xy", "c|z"]
    assert done(before, "push-up", 1) == ["a|", "b|x", "c|yz"]
    assert done(before, "push-down", 2, side="target") == ["ab|x", "c|y", "|z"]
    with pytest.raises(CannotRearrange, match="no sentence to push"):
        done(units("a|"), "push-down", side="target")


def test_a_unit_without_sentences_is_left_out():
    assert done(units("a|x", "b|"), "push-up", 2) == ["ab|x"]
    assert done(units("a|", "|y"), "push-up", 2, side="target") == ["a|y"]


def test_swapping_is_for_crossings():
    before = units("a|x", "b|y", "c|z")
    assert done(before, "swap-targets", 2) == ["a|x", "b|z", "c|y"]
    assert done(before, "swap-units", 2) == ["a|x", "c|z", "b|y"]
    assert [unit.score for unit in operations.swap_units(before, 1)] == [0.5] * 3


def test_unlink_and_link_are_each_other_s_way_back():
    before = units("a|x", "b|y")
    assert done(before, "unlink", 1) == ["a|", "|x", "b|y"]
    unlinked = units("a|", "|x", "b|y")
    assert done(unlinked, "link", 1) == done(unlinked, "link", 2) == ["a|x", "b|y"]
    with pytest.raises(CannotRearrange, match="No unit beside"):
        done(units("a|x", "b|"), "link", 2)
    with pytest.raises(CannotRearrange, match="one side only"):
        done(unlinked, "unlink", 1)


def test_a_sentence_is_edited_or_cut_in_two():
    before = [Unit(("One. Two.",), ("一。",), origin=Origin.ALIGNED, id=1)]
    (cut,) = operations.rewrite(before, 0, Side.SOURCE, 0, ("One. ", " Two."))
    assert cut.source == ("One.", "Two.")
    (typed,) = operations.rewrite(before, 0, Side.TARGET, 0, ("一、二。",))
    assert (typed.target, typed.origin) == (("一、二。",), Origin.TYPED)
    (parted,) = operations.rewrite([replace(before[0], target=("一。二。",))], 0, Side.TARGET, 0, ("一。", "二。"))
    assert parted.origin is Origin.ALIGNED
    assert operations.rewrite(before, 0, Side.SOURCE, 0, ("One. Two.",)) == before
    assert operations.rewrite(before, 0, Side.TARGET, 0, ("  ",))[0].target == ()


def test_accepting():
    before = [replace(unit("a|x", 1), state=UnitState.REVIEWED), unit("b|y", 2, score=0.9), unit("c|z", 3, score=None)]

    def states(name: str, id: int = 2) -> list[str]:
        return [unit.state for unit in apply(before, Action(name, id, score=0.9))]

    assert states("accept") == ["reviewed", "translated", "initial"]
    assert states("accept-above", 3) == ["reviewed", "translated", "translated"]
    assert states("accept-scores") == ["reviewed", "translated", "initial"]
    assert states("withdraw", 1) == ["initial", "initial", "initial"]


def test_what_changes_is_a_draft_again():
    before = [replace(old, state=UnitState.TRANSLATED) for old in units("ab|xy", "c|z")]
    for name in ("merge", "split", "push-down", "swap-targets", "unlink"):
        assert apply(before, Action(name, 1))[0].state is UnitState.INITIAL


def test_realign_leaves_the_accepted_units_as_they_are():
    before = [
        unit("ab|", 1), unit("|xy", 2), replace(unit("c|z", 3), state=UnitState.TRANSLATED), unit("d|u", 4),
        unit("e|", 5),
    ]  # fmt: skip

    def one_to_one(source, target):
        return [Bead((i,), (i,), 0.8) for i in range(min(len(source), len(target)))] + [
            Bead((i,), ()) for i in range(len(target), len(source))
        ]

    after = operations.realign(before, one_to_one)
    assert shapes(after) == ["a|x", "b|y", "c|z", "d|u", "e|"]
    assert [unit.id for unit in after] == [0, 0, 3, 4, 5]
    assert after[3].score == 0.8
    assert after[2] == before[2]


def test_an_action_without_its_unit_is_a_conflict():
    with pytest.raises(Conflict, match="gone"):
        done(units("a|x"), "accept", 7)
    with pytest.raises(CannotRearrange, match="no action"):
        done(units("a|x"), "explode")


sentences = st.lists(st.text("abc ", min_size=1, max_size=3).filter(str.strip), max_size=4).map(tuple)
bitexts = st.lists(st.tuples(sentences, sentences).filter(any), min_size=1, max_size=6).map(
    lambda sides: [Unit(source, target, id=id) for id, (source, target) in enumerate(sides, 1)]
)
orderly = st.sampled_from(sorted(set(ACTIONS) - {"rewrite", "swap-targets", "swap-units"}))


def texts(units: list[Unit], side: Side) -> list[str]:
    return [sentence for unit in units for sentence in side.of(unit)]


@given(bitexts, st.lists(st.tuples(orderly, st.integers(0, 5), st.sampled_from(Side), st.integers(0, 4)), max_size=12))
def test_no_sentence_is_lost_or_leaves_its_order(before, actions):
    after = before
    for name, place, side, sentence in actions:
        after = tried(after, name, place, side, sentence)
        assert all(unit.source or unit.target for unit in after)
    for side in Side:
        assert texts(after, side) == texts(before, side)


@given(bitexts, st.sampled_from(["swap-targets", "swap-units"]), st.integers(0, 5))
def test_swapping_loses_no_sentence(before, name, place):
    after = tried(before, name, place, Side.SOURCE, 0)
    for side in Side:
        assert Counter(texts(after, side)) == Counter(texts(before, side))


def tried(units: list[Unit], name: str, place: int, side: Side, sentence: int) -> list[Unit]:
    """The units after an action, with ids as the store gives them; or as they were, where it cannot be done."""
    try:
        after = apply(units, Action(name, units[place % len(units)].id, side, sentence))
    except CannotRearrange:
        return units
    return [replace(unit, id=number) for number, unit in enumerate(after, 1)]
