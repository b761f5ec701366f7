"""Review: who approves what, what changed since, and what comes back to the translator; all of it can be undone."""

import pytest

from corpus.bitexts.model import UnitState
from corpus.errors import Conflict
from workbench.desk import Desk
from workbench.errors import CannotComment, CannotReview, NotAllowed
from workbench.services.article_intake import begin_translation
from workbench.services.desk_settings import change_settings
from workbench.services.reviewing import (
    approve_units,
    correct_unit,
    finalise_bitext,
    reviews,
    send_unit_back,
)
from workbench.services.text_changes import text_changes
from workbench.services.unit_editing import save_unit, undo_step
from workbench.stores.desk_settings import DeskSettings
from workbench.stores.roles import Role


@pytest.fixture
def bitext(desk, article) -> int:
    """A bitext of three units; Li has confirmed the first two."""
    id, _ = desk.articles.add(article)
    bitext = begin_translation(desk, id, "zh-Hans")
    save_unit(desk, 1, 1, "实验室成立", confirm=True)
    save_unit(desk, 2, 1, "联合实验室成立了。", confirm=True)
    return bitext


@pytest.fixture
def chen(desk, bitext):
    with Desk.open(desk.path, "Chen", desk.resources, account="Li") as other:
        yield other


def states(desk: Desk) -> list[str]:
    return [unit.state.value for unit in desk.bitexts.units(1)]


@pytest.mark.parametrize(
    ("old", "new", "language", "changes"),
    [
        ("A new lab opened.", "A joint lab opened.", "en", [("A ", "A "), ("new", "joint"), (" lab opened.",) * 2]),
        ("联合实验室", "联合的实验室", "zh-Hans", [("联合", "联合"), ("", "的"), ("实验室", "实验室")]),
        ("The Lab", "The lab", "en", [("The ", "The "), ("Lab", "lab")]),
        ("", "稻", "zh-Hans", [("", "稻")]),
        ("same", "same", "en", [("same", "same")]),
        ("a" * 6000, "b", "zh", [("a" * 6000, "b")]),
    ],
)
def test_changes_are_by_word_or_by_character(old, new, language, changes):
    assert list(text_changes(old, new, language)) == changes


def test_what_was_seen_is_approved_as_one_step_and_the_memory_knows(desk, chen, bitext):
    assert len(approve_units(chen, bitext, [(1, 2), (2, 2)])) == 2
    assert states(desk) == ["reviewed", "reviewed", "initial"]
    assert {entry.state for entry in desk.memory.entries()} == {"reviewed"}
    assert approve_units(chen, bitext, [(1, 3)]) == []
    undo_step(chen, bitext, desk.bitexts.get(bitext).revision)
    assert states(desk) == ["translated", "translated", "initial"]
    assert {entry.state for entry in desk.memory.entries()} == {"translated"}


def test_nothing_is_approved_unseen(desk, chen, bitext):
    save_unit(desk, 2, 2, "联合实验室落成。", confirm=True)
    with pytest.raises(Conflict, match="Li changed this unit"):
        approve_units(chen, bitext, [(1, 2), (2, 2)])
    with pytest.raises(CannotReview, match="Unit 3 is a draft"):
        approve_units(chen, bitext, [(1, 2), (3, 1)])
    assert states(desk)[0] == "translated"


def test_a_correction_is_approved_in_one_step_and_its_changes_are_shown(desk, chen, bitext):
    corrected = correct_unit(chen, bitext, 2, 2, "联合实验室落成了。")
    assert (corrected.state, corrected.changed_by) == (UnitState.REVIEWED, "Chen")
    (review,) = reviews(desk, desk.bitexts.get(bitext), [corrected])
    assert (review.author, review.changed_from, review.reviewable) == ("Li", "Li", False)
    assert [pair for pair in review.changes if pair[0] != pair[1]] == [("", "落"), ("立", "")]
    assert "联合实验室落成了。" in [entry.target for entry in desk.memory.entries()]
    with pytest.raises(CannotReview, match="empty text"):
        correct_unit(chen, bitext, 1, 2, " ")


def test_a_unit_comes_back_with_a_comment_its_text_kept_and_what_changed_then_is_shown(desk, chen, bitext):
    returned = send_unit_back(chen, bitext, 2, 2, "“成立” or “落成”?")
    assert (returned.state, returned.target) == (UnitState.INITIAL, ("联合实验室成立了。",))
    (comment,) = desk.comments.of_unit(2)
    assert (comment.returns, comment.resolved, comment.mentions) == (True, False, ("Li",))
    assert len(list(desk.memory.entries())) == 1
    again = save_unit(desk, 2, returned.version, "联合实验室落成了。", confirm=True)
    (review,) = reviews(chen, desk.bitexts.get(bitext), [again])
    assert (review.changed_from, review.reviewable) == ("Chen", True)
    assert [pair for pair in review.changes if pair[0] != pair[1]] == [("", "落"), ("立", "")]
    approve_units(chen, bitext, [(2, again.version)])
    assert desk.comments.get(comment.id).resolved


def test_a_return_says_why_or_is_none(desk, chen, bitext):
    with pytest.raises(CannotComment):
        send_unit_back(chen, bitext, 2, 2, " ")
    with pytest.raises(CannotReview, match="a draft already"):
        send_unit_back(chen, bitext, 3, 1, "Why?")
    assert states(desk) == ["translated", "translated", "initial"]


def test_a_text_changed_after_its_review_is_a_draft_again(desk, chen, bitext):
    approve_units(chen, bitext, [(1, 2)])
    confirmed = save_unit(desk, 1, 3, "实验室成立", confirm=True)
    assert confirmed.state is UnitState.REVIEWED
    assert save_unit(desk, 1, confirmed.version, "实验室落成", confirm=False).state is UnitState.INITIAL


def test_all_reviewed_units_become_final_as_one_step(desk, chen, bitext):
    approve_units(chen, bitext, [(1, 2), (2, 2)])
    with pytest.raises(CannotReview, match="1 units are not reviewed"):
        finalise_bitext(chen, bitext)
    save_unit(desk, 3, 1, "它研究水稻。", confirm=True)
    approve_units(chen, bitext, [(3, 2)])
    finalise_bitext(chen, bitext)
    assert states(desk) == ["final"] * 3
    undo_step(chen, bitext, desk.bitexts.get(bitext).revision)
    assert states(desk) == ["reviewed"] * 3


def test_a_desk_may_want_two_people_for_it(desk, chen, bitext):
    approve_units(desk, bitext, [(1, 2)])
    change_settings(desk, DeskSettings(reviewer_differs=True))
    with pytest.raises(CannotReview, match=r"You \(Li\) translated unit 2"):
        approve_units(desk, bitext, [(2, 2)])
    with pytest.raises(CannotReview):
        correct_unit(desk, bitext, 2, 2, "联合实验室落成了。")
    assert reviews(desk, desk.bitexts.get(bitext), desk.bitexts.units(bitext))[1].reviewable is False
    approve_units(chen, bitext, [(2, 2)])
    assert states(desk) == ["reviewed", "reviewed", "initial"]


def test_a_translator_does_not_review(desk, bitext):
    desk.roles.put("Zhao", Role.ADMINISTRATOR)
    for attempt in (
        lambda: approve_units(desk, bitext, [(1, 2)]),
        lambda: correct_unit(desk, bitext, 1, 2, "实验室"),
        lambda: send_unit_back(desk, bitext, 1, 2, "Why?"),
        lambda: finalise_bitext(desk, bitext),
        lambda: change_settings(desk, DeskSettings(reviewer_differs=True)),
    ):
        with pytest.raises(NotAllowed):
            attempt()
