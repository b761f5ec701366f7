"""Every step of an alignment can be undone and redone, whoever made it, and nothing is overwritten unseen."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from corpus.alignment import Bead
from corpus.articles import Article, Paragraph
from corpus.bitexts import undo
from corpus.bitexts.model import content
from corpus.bitexts.operations import ACTIONS, Action, Side
from corpus.bitexts.undo import UndoState
from corpus.errors import CannotRearrange, Conflict
from glossary.concepts import Concept, Term
from tests.present import present
from workbench.desk import Desk
from workbench.services.alignment import align_articles, realign_bitext, rearrange_bitext
from workbench.services.unit_editing import redo_step, save_unit, undo_step

ENGLISH = ("Title", "One.", "Two.", "Three.")
CHINESE = ("标题", "一。", "二。", "三。")


def article(language: str, sentences: tuple[str, ...]) -> Article:
    return Article(language, sentences[0], (Paragraph(sentences[:1], "title"), Paragraph(sentences[1:])))


def aligned(desk: Desk) -> int:
    source, _ = desk.articles.add(article("en", ENGLISH))
    target, _ = desk.articles.add(article("zh-Hans", CHINESE))
    return align_articles(desk, source, target, [Bead((i,), (i,), 0.9) for i in range(4)])


@pytest.fixture
def bitext(desk) -> int:
    return aligned(desk)


def do(desk: Desk, bitext: int, name: str, place: int = 0, **more: Any):
    unit = desk.bitexts.units(bitext)[place]
    return rearrange_bitext(desk, bitext, desk.bitexts.get(bitext).revision, Action(name, unit.id, **more))


def revision(desk: Desk, bitext: int) -> int:
    return desk.bitexts.get(bitext).revision


def shapes(desk: Desk, bitext: int) -> list[str]:
    return [f"{len(unit.source)}-{len(unit.target)}" for unit in desk.bitexts.units(bitext)]


def contents(desk: Desk, bitext: int) -> list[tuple]:
    return [(unit.id, unit.position, unit.paragraph, *content(unit)) for unit in desk.bitexts.units(bitext)]


def test_a_step_is_undone_and_redone(desk, bitext):
    before = contents(desk, bitext)
    do(desk, bitext, "merge", 1)
    after = contents(desk, bitext)
    assert shapes(desk, bitext) == ["1-1", "2-2", "1-1"]
    assert desk.undo_log.state(bitext) == UndoState("merge", undo_number=2)
    assert undo_step(desk, bitext, revision(desk, bitext)).step == "merge"
    assert contents(desk, bitext) == before
    assert desk.undo_log.state(bitext) == UndoState(redo="merge", redo_number=2)
    redo_step(desk, bitext, revision(desk, bitext))
    assert contents(desk, bitext) == after


def test_undo_ends_at_the_first_step_and_redo_at_the_last(desk, bitext):
    with pytest.raises(CannotRearrange, match="no step left to undo"):
        undo_step(desk, bitext, revision(desk, bitext))
    with pytest.raises(CannotRearrange, match="no step left to redo"):
        redo_step(desk, bitext, revision(desk, bitext))


def test_a_new_step_lets_the_undone_ones_go(desk, bitext):
    do(desk, bitext, "merge")
    undo_step(desk, bitext, revision(desk, bitext))
    do(desk, bitext, "unlink")
    assert desk.undo_log.state(bitext) == UndoState("unlink", undo_number=1)


def test_steps_outlive_the_desk_s_closing(desk, bitext):
    before = contents(desk, bitext)
    do(desk, bitext, "push-down", 1, side=Side.TARGET)
    with Desk.open(desk.path) as other:
        undo_step(other, bitext, revision(other, bitext))
    assert contents(desk, bitext) == before


def test_an_action_that_changes_nothing_is_no_step(desk, bitext):
    do(desk, bitext, "withdraw")
    assert desk.undo_log.state(bitext) == UndoState()


def test_every_version_stays_in_the_history_also_of_a_unit_that_is_taken_away(desk, bitext):
    first, second = desk.bitexts.units(bitext)[:2]
    do(desk, bitext, "merge")
    assert [old.source for old in desk.bitexts.history(second.id)] == [("One.",)]
    undo_step(desk, bitext, revision(desk, bitext))
    assert [unit.version for unit in desk.bitexts.units(bitext)[:2]] == [3, 2]
    assert [old.source for old in desk.bitexts.history(first.id)] == [("Title", "One."), ("Title",)]


def test_the_id_of_a_unit_that_is_taken_away_is_never_another_s(desk, bitext):
    last = desk.bitexts.units(bitext)[-1]
    do(desk, bitext, "merge", 2)
    do(desk, bitext, "unlink", 2)
    assert last.id not in [unit.id for unit in desk.bitexts.units(bitext)]


def test_two_people_at_different_places_do_not_disturb_each_other(desk, bitext):
    seen = desk.bitexts.units(bitext)
    at = revision(desk, bitext)
    with Desk.open(desk.path, user="Wang") as other:
        rearrange_bitext(other, bitext, at, Action("accept", seen[0].id))
    pair = [(unit.id, unit.version) for unit in seen[2:]]
    assert rearrange_bitext(desk, bitext, at, Action("merge", seen[2].id), pair).revision == at + 1
    assert shapes(desk, bitext) == ["1-1", "1-1", "2-2"]


def test_what_another_changed_is_not_overwritten(desk, bitext):
    seen = desk.bitexts.units(bitext)
    at = revision(desk, bitext)
    save_unit(desk, seen[1].id, 1, "壹。", confirm=False)
    pair = [(unit.id, unit.version) for unit in seen[:2]]
    before = contents(desk, bitext)
    for action in (Action("merge", seen[0].id), Action("accept-above", seen[3].id)):
        with pytest.raises(Conflict, match="meanwhile"):
            rearrange_bitext(desk, bitext, at, action, pair)
    for turn in (undo_step, realign_bitext):
        with pytest.raises(Conflict):
            turn(desk, bitext, at)
    assert contents(desk, bitext) == before
    assert revision(desk, bitext) == at + 1


def test_an_action_on_a_unit_that_is_gone_is_a_conflict(desk, bitext):
    second = desk.bitexts.units(bitext)[1]
    do(desk, bitext, "merge")
    with pytest.raises(Conflict, match="gone"):
        rearrange_bitext(desk, bitext, 0, Action("accept", second.id), [(second.id, 1)])


def test_what_is_written_in_the_editor_is_a_step_too_and_one_with_what_follows_it(desk, bitext):
    before = contents(desk, bitext)
    unit = desk.bitexts.units(bitext)[1]
    for version, text in enumerate(("壹", "壹点", "壹点。"), 1):
        save_unit(desk, unit.id, version, text, confirm=False)
    undo_step(desk, bitext, revision(desk, bitext))
    assert contents(desk, bitext) == before


def test_a_step_over_units_that_changed_in_no_step_is_not_taken_back(desk, bitext):
    do(desk, bitext, "merge")
    unit = desk.bitexts.units(bitext)[0]
    desk.bitexts.save(replace(unit, target=("别的",)))
    with pytest.raises(Conflict, match="changed elsewhere"):
        undo_step(desk, bitext, revision(desk, bitext))


def test_the_memory_has_what_is_accepted(desk, bitext):
    do(desk, bitext, "accept-above", 2)
    entries = list(desk.memory.entries())
    assert [(entry.source, entry.target, entry.origin, entry.score) for entry in entries] == [
        ("Title", "标题", "aligned", 0.9), ("One.", "一。", "aligned", 0.9), ("Two.", "二。", "aligned", 0.9)
    ]  # fmt: skip
    assert (entries[2].previous, entries[2].next) == ("One.", "Three.")
    do(desk, bitext, "merge", 1)
    assert [entry.source for entry in desk.memory.entries()] == ["Title"]
    undo_step(desk, bitext, revision(desk, bitext))
    assert {entry.source for entry in desk.memory.entries()} == {"Title", "One.", "Two."}
    undo_step(desk, bitext, revision(desk, bitext))
    assert list(desk.memory.entries()) == []


def test_a_unit_without_counterpart_is_accepted_but_not_remembered(desk, bitext):
    do(desk, bitext, "unlink", 3)
    do(desk, bitext, "accept", 3)
    assert desk.bitexts.get(bitext).confirmed == 1
    assert list(desk.memory.entries()) == []


def test_realign_is_a_step(desk, bitext):
    do(desk, bitext, "accept", 0)
    for _ in range(2):
        do(desk, bitext, "merge", 1)
    before = contents(desk, bitext)
    change = realign_bitext(desk, bitext, revision(desk, bitext))
    assert change.step == "realign"
    assert contents(desk, bitext)[0] == before[0]
    assert len(desk.bitexts.units(bitext)) > 2
    undo_step(desk, bitext, revision(desk, bitext))
    assert contents(desk, bitext) == before


steps = st.lists(
    st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(0, 7), st.sampled_from(Side), st.integers(0, 3)), max_size=8
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_steps_are_undone_to_the_beginning_and_redone_to_the_end(desk, steps):
    bitext = aligned(desk)
    states = [contents(desk, bitext)]
    for name, place, side, sentence in steps:
        try:
            more = {"side": side, "sentence": sentence, "texts": ("neu",), "score": 0.5}
            change = do(desk, bitext, name, place % len(desk.bitexts.units(bitext)), **more)
        except CannotRearrange:
            continue
        if change.before or change.after:
            states.append(contents(desk, bitext))
    for state in reversed(states[:-1]):
        undo_step(desk, bitext, revision(desk, bitext))
        assert contents(desk, bitext) == state
    for state in states[1:]:
        redo_step(desk, bitext, revision(desk, bitext))
        assert contents(desk, bitext) == state


def test_realign_counts_its_progress(desk, bitext):
    do(desk, bitext, "accept", 0)
    told = []
    realign_bitext(desk, bitext, revision(desk, bitext), lambda done, total: told.append((done, total)))
    # Each sentence is encoded, then aligned; the accepted unit is left alone.
    assert told[-1] == (12, 12)
    assert told == sorted(told)
    assert {total for _, total in told} == {12}


def test_realign_is_ended_by_whom_it_tells(desk, bitext):
    def enough(done: int, total: int) -> None:
        raise KeyboardInterrupt

    do(desk, bitext, "merge", 0)
    before = contents(desk, bitext)
    with pytest.raises(KeyboardInterrupt):
        realign_bitext(desk, bitext, revision(desk, bitext), enough)
    assert contents(desk, bitext) == before


def test_realign_takes_the_hints_of_the_term_base(desk):
    """They tell where nothing else does: these words are in no dictionary."""
    source, _ = desk.articles.add(article("en", ("Qwrt.", "Zxvb.")))
    target, _ = desk.articles.add(article("zh-Hans", ("龘龘。", "靐靐。")))
    other = align_articles(desk, source, target, [Bead((0,), (0,), 0.9), Bead((1,), (1,), 0.9)])
    plain = scores_after_realigning(desk, other)
    desk.termbase.add(Concept("c-1", (Term("en", "Qwrt"), Term("zh-Hans", "龘龘"))))
    desk.termbase.add(Concept("c-2", (Term("en", "Zxvb"), Term("zh-Hans", "靐靐"))))
    assert scores_after_realigning(desk, other) > plain


def scores_after_realigning(desk: Desk, bitext: int) -> list[float]:
    realign_bitext(desk, bitext, revision(desk, bitext))
    return [present(unit.score) for unit in desk.bitexts.units(bitext) if unit.source and unit.target]


def test_steps_of_earlier_desks_have_fields_for_what_stood_in_the_detail():
    db = Database(memory=True)
    undo.migrations.apply(db, stop_before="say_in_fields_what_crosses_and_what_was_repaired")
    kept = {
        "id": 3,
        "position": 0,
        "paragraph": 0,
        "source": ["Lab"],
        "target": ["室"],
        "state": "initial",
        "score": 0.5,
    }
    before = [kept | {"origin": "aligned", "detail": "crossing"}]
    after = [kept | {"origin": "memory", "detail": "99 % repaired", "target": ["5 % repaired"]}]
    row = (json.dumps(before, ensure_ascii=False), json.dumps(after, ensure_ascii=False))
    db.execute("INSERT INTO steps VALUES (1, 7, 'write', ?, ?, 0, '', '')", row)
    undo.migrations.apply(db)
    ((before, after),) = db.execute("SELECT before, after FROM steps").fetchall()
    assert json.loads(before) == [kept | {"origin": "aligned", "detail": "", "crossing": True}]
    repaired = {"origin": "memory", "detail": "99 %", "repaired": True, "target": ["5 % repaired"]}
    assert json.loads(after) == [kept | repaired]
