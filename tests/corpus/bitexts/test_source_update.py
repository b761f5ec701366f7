"""A later state of a file: the article is updated, its translations follow, nothing that is finished is touched."""

from pathlib import Path

import pytest

from corpus.bitexts.model import Unit, UnitState
from corpus.bitexts.source_update import update_source
from workbench.services.article_intake import begin_translation, import_articles
from workbench.services.unit_editing import save_unit

FIRST = "Lab Opens\n\nA joint laboratory opened. It studies rice. It is in Kenya.\n"
LATER = "Lab Opens\n\nA joint laboratory opened. It studies rice and wheat. Ten people work there. It is in Kenya.\n"


def unit(id: int, *source: str, target: str = "", state: UnitState = UnitState.INITIAL) -> Unit:
    return Unit(source, (target,) if target else (), id=id, state=state)


def followed(units: list[Unit], *sentences: str) -> list[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    return [(item.id, item.source, item.target) for item in update_source(units, [(0, text) for text in sentences])]


UNITS = [unit(1, "A", target="甲", state=UnitState.TRANSLATED), unit(2, "B", "C", target="乙"), unit(3, "D")]


def test_what_is_unchanged_stays():
    assert update_source(UNITS, [(0, text) for text in "ABCD"]) == UNITS


def test_a_new_sentence_is_a_new_unit():
    assert followed(UNITS, "A", "X", "Y", "B", "C", "D") == [
        (1, ("A",), ("甲",)), (0, ("X",), ()), (0, ("Y",), ()), (2, ("B", "C"), ("乙",)), (3, ("D",), ()),
    ]  # fmt: skip


def test_a_changed_sentence_keeps_its_target_as_a_draft():
    changed = update_source(UNITS, [(0, text) for text in ("A!", "B", "C", "D")])
    assert (changed[0].source, changed[0].target, changed[0].state) == (("A!",), ("甲",), UnitState.INITIAL)


def test_a_sentence_put_into_a_unit_belongs_to_it():
    assert followed(UNITS, "A", "B", "X", "C", "D")[1] == (2, ("B", "X", "C"), ("乙",))


def test_a_target_whose_sentence_is_gone_stays():
    assert followed(UNITS, "D") == [(1, (), ("甲",)), (2, (), ("乙",)), (3, ("D",), ())]
    assert followed(UNITS, "A", "B", "C") == [(1, ("A",), ("甲",)), (2, ("B", "C"), ("乙",))]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "lab.txt"
    path.write_text(FIRST, "utf-8")
    return path


def translate_all(desk, bitext: int, targets: dict[int, str]) -> None:
    for number, text in targets.items():
        found = desk.bitexts.units(bitext)[number]
        save_unit(desk, found.id, found.version, text, confirm=True)


def test_a_translation_in_the_making_follows_its_article(desk, page):
    ((article, _),) = import_articles(desk, [page]).articles
    bitext = begin_translation(desk, article.id, "zh-Hans")
    translate_all(desk, bitext, {0: "实验室成立", 2: "它研究水稻。"})
    page.write_text(LATER, "utf-8")
    ((later, new),) = import_articles(desk, [page]).articles
    assert (later.id, new) == (article.id, False)
    assert [old.sentences() for old in desk.articles.history(article.id)] == [article.sentences()]
    units = desk.bitexts.units(bitext)
    assert [(item.source, item.target, item.state) for item in units] == [
        (("Lab Opens",), ("实验室成立",), UnitState.TRANSLATED),
        (("A joint laboratory opened.",), (), UnitState.INITIAL),
        (("It studies rice and wheat.",), ("它研究水稻。",), UnitState.INITIAL),
        (("Ten people work there.",), (), UnitState.INITIAL),
        (("It is in Kenya.",), (), UnitState.INITIAL),
    ]
    assert [item.position for item in units] == list(range(5))
    assert desk.bitexts.history(units[2].id)[0].source == ("It studies rice.",)


def test_a_finished_translation_is_not_touched(desk, page):
    ((article, _),) = import_articles(desk, [page]).articles
    bitext = begin_translation(desk, article.id, "zh-Hans")
    translate_all(desk, bitext, dict(enumerate(("实验室成立", "成立了。", "研究水稻。", "在肯尼亚。"))))
    before = desk.bitexts.units(bitext)
    page.write_text(LATER, "utf-8")
    import_articles(desk, [page])
    assert desk.bitexts.units(bitext) == before


def test_another_article_of_the_same_file_name_is_new(desk, page):
    import_articles(desk, [page])
    page.write_text("Another Thing\n\nThe sun shines. Nobody works today.\n", "utf-8")
    ((_, new),) = import_articles(desk, [page]).articles
    assert new
    assert len(desk.articles.all()) == 2
