"""Repetitions: a confirmed translation fills the open units with the same source, and is undone with them."""

import pytest

from corpus.articles import Article, Paragraph
from corpus.bitexts.model import Origin, Unit, UnitState
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import save_unit, undo_step
from workbench.stores.desk_settings import DeskSettings, Propagation


def begun(desk: Desk, *sentences: str, title: str = "News", source: str = "", date: str = "") -> int:
    article = Article("en", title, (Paragraph(sentences),), source=source, date=date)
    id, _ = desk.articles.add(article)
    return begin_translation(desk, id, "zh-Hans")


def confirm(desk: Desk, bitext: int, position: int, text: str) -> list[Unit]:
    filled: list[Unit] = []
    unit = desk.bitexts.units(bitext)[position]
    save_unit(desk, unit.id, unit.version, text, confirm=True, filled=filled.extend)
    return filled


def texts(desk: Desk, bitext: int) -> list[tuple[str, UnitState]]:
    return [("".join(unit.target), unit.state) for unit in desk.bitexts.units(bitext)]


def test_open_repetitions_get_the_translation_as_drafts_that_say_so(desk: Desk):
    bitext = begun(desk, "Read more.", "One.", "Read more.", "Read More.")
    (filled,) = confirm(desk, bitext, 0, "阅读更多。")
    assert texts(desk, bitext) == [
        ("阅读更多。", UnitState.TRANSLATED),
        ("", UnitState.INITIAL),
        ("阅读更多。", UnitState.INITIAL),
        ("", UnitState.INITIAL),
    ]
    assert (filled.position, filled.origin, filled.score) == (2, Origin.MEMORY, 1.0)


def test_one_step_takes_the_confirmation_and_what_it_filled_back(desk: Desk):
    bitext = begun(desk, "Read more.", "Read more.")
    confirm(desk, bitext, 0, "阅读更多。")
    undo_step(desk, bitext, desk.bitexts.get(bitext).revision)
    assert texts(desk, bitext) == [("", UnitState.INITIAL)] * 2


def test_what_somebody_typed_or_confirmed_is_an_exception(desk: Desk):
    bitext = begun(desk, "Read more.", "Read more.", "Read more.", "Read more.")
    confirm(desk, bitext, 1, "更多内容。")
    third = desk.bitexts.units(bitext)[2]
    save_unit(desk, third.id, third.version, "详见正文。", confirm=False)
    confirm(desk, bitext, 0, "阅读更多。")
    assert [text for text, _ in texts(desk, bitext)] == ["阅读更多。", "更多内容。", "详见正文。", "阅读更多。"]


def test_repetitions_are_confirmed_too_if_the_desk_says_so(desk: Desk):
    desk.settings.put(DeskSettings(propagation=Propagation.CONFIRMED))
    bitext = begun(desk, "Read more.", "Read more.")
    confirm(desk, bitext, 1, "阅读更多。")
    assert texts(desk, bitext) == [("阅读更多。", UnitState.TRANSLATED)] * 2
    (match,) = desk.memory.lookup("Read more.", "en", "zh-Hans")
    assert match.entry.target == "阅读更多。"


def test_nothing_is_filled_if_the_desk_says_so(desk: Desk):
    desk.settings.put(DeskSettings(propagation=Propagation.OFF))
    bitext = begun(desk, "Read more.", "Read more.")
    assert confirm(desk, bitext, 0, "阅读更多。") == []


@pytest.mark.parametrize(("date", "reached"), [("2026-05-06", True), ("2026-05-07", False)])
def test_the_other_bitexts_of_an_issue_are_filled_too(desk: Desk, date: str, reached: bool):
    first = begun(desk, "Read more.", "One.", title="A", source="Daily", date="2026-05-06")
    second = begun(desk, "Two.", "Read more.", title="B", source="Daily", date=date)
    confirm(desk, first, 0, "阅读更多。")
    assert texts(desk, second)[1] == ("阅读更多。" if reached else "", UnitState.INITIAL)
    assert desk.undo_log.state(second).undo == ("propagate" if reached else "")


def test_a_draft_that_somebody_edited_is_an_exception(desk: Desk):
    bitext = begun(desk, "Read more.", "Read more.", "Read more.")
    confirm(desk, bitext, 0, "阅读更多。")
    second = desk.bitexts.units(bitext)[1]
    save_unit(desk, second.id, second.version, "阅读更多内容。", confirm=False)
    first = desk.bitexts.units(bitext)[0]
    save_unit(desk, first.id, first.version, "更多。", confirm=True)
    assert [text for text, _ in texts(desk, bitext)] == ["更多。", "阅读更多内容。", "更多。"]
