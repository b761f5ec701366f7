"""A confirmed unit that is made a draft again: its text, its step, and the memory."""

import pytest

from corpus.articles import Article, Paragraph
from corpus.errors import Conflict
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import redo_step, save_unit, undo_step, withdraw_unit


@pytest.fixture
def confirmed(desk):
    article, _ = desk.articles.add(Article("en", "One", (Paragraph(("One.",)),)))
    unit = desk.bitexts.units(begin_translation(desk, article, "zh-Hans"))[-1]
    return save_unit(desk, unit.id, unit.version, "一。", confirm=True)


def remembered(desk) -> list[str]:
    return [match.entry.target for match in desk.memory.lookup("One.", "en", "zh-Hans")]


def test_a_withdrawn_unit_is_a_draft_that_the_memory_does_not_have(desk, confirmed):
    draft = withdraw_unit(desk, confirmed.id, confirmed.version, "一。")
    assert (draft.target, draft.state, draft.origin) == (("一。",), "initial", "typed")
    assert remembered(desk) == []


def test_withdrawing_is_a_step_of_its_own(desk, confirmed):
    withdraw_unit(desk, confirmed.id, confirmed.version, "一。")
    assert desk.undo_log.state(confirmed.bitext).undo == "withdraw"
    undo_step(desk, confirmed.bitext, desk.bitexts.get(confirmed.bitext).revision)
    assert (desk.bitexts.unit(confirmed.id).state, remembered(desk)) == ("translated", ["一。"])
    redo_step(desk, confirmed.bitext, desk.bitexts.get(confirmed.bitext).revision)
    assert (desk.bitexts.unit(confirmed.id).state, remembered(desk)) == ("initial", [])


def test_a_text_that_was_changed_is_written_with_it(desk, confirmed):
    draft = withdraw_unit(desk, confirmed.id, confirmed.version, "壹。")
    assert (draft.target, draft.state) == (("壹。",), "initial")


def test_a_unit_that_somebody_changed_is_not_withdrawn(desk, confirmed):
    with pytest.raises(Conflict):
        withdraw_unit(desk, confirmed.id, confirmed.version - 1, "一。")
    assert (desk.bitexts.unit(confirmed.id).state, remembered(desk)) == ("translated", ["一。"])
