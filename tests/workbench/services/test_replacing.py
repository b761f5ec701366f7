"""Find and replace at the desk: one step that can be undone, the memory kept in step."""

import pytest

from corpus.articles import Article, Paragraph
from corpus.bitexts.find_replace import Search
from corpus.bitexts.model import UnitState
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.services.find_replace import find_places, replace_places
from workbench.services.unit_editing import save_unit, undo_step


def bitext_with(desk: Desk, *targets: str, confirm: bool = True) -> int:
    sentences = tuple(f"Sentence {number} of {len(targets)}." for number in range(len(targets)))
    article, _ = desk.articles.add(Article("en", f"{targets[0]}", (Paragraph(sentences),)))
    bitext = begin_translation(desk, article, "zh-Hans")
    for unit, target in zip(desk.bitexts.units(bitext), targets, strict=True):
        save_unit(desk, unit.id, unit.version, target, confirm)
    return bitext


def targets(desk: Desk, bitext: int) -> list[tuple[str, UnitState]]:
    return [("".join(unit.target), unit.state) for unit in desk.bitexts.units(bitext)]


def test_places_are_replaced_as_one_step(desk: Desk):
    bitext = bitext_with(desk, "科技日报说。", "没有。", "科技日报和科技日报。")
    search = Search("科技日报", "《科技日报》")
    ((found,), complete) = find_places(desk, search, bitext)
    assert [place.unit.position for place in found.places] == [0, 2, 2]
    assert complete
    (done,) = replace_places(desk, search, [place.key for place in found.places])
    assert (done.places, done.units, done.left) == (3, 2, 0)
    assert targets(desk, bitext) == [
        ("《科技日报》说。", UnitState.INITIAL),
        ("没有。", UnitState.TRANSLATED),
        ("《科技日报》和《科技日报》。", UnitState.INITIAL),
    ]
    undo_step(desk, bitext, done.revision)
    assert targets(desk, bitext)[0] == ("科技日报说。", UnitState.TRANSLATED)


def test_confirmed_units_stay_confirmed_if_that_is_wanted(desk: Desk):
    bitext = bitext_with(desk, "甲。")
    search = Search("甲", "乙")
    ((found,), _) = find_places(desk, search, bitext)
    replace_places(desk, search, [found.places[0].key], keep_state=True)
    assert targets(desk, bitext) == [("乙。", UnitState.TRANSLATED)]
    (match,) = desk.memory.lookup("Sentence 0 of 1.", "en", "zh-Hans")
    assert match.entry.target == "乙。"


def test_a_place_that_was_changed_meanwhile_is_left(desk: Desk):
    bitext = bitext_with(desk, "甲一。", "甲二。")
    search = Search("甲", "乙")
    ((found,), _) = find_places(desk, search, bitext)
    first = desk.bitexts.units(bitext)[0]
    save_unit(desk, first.id, first.version, "甲三。", confirm=False)
    (done,) = replace_places(desk, search, [place.key for place in found.places])
    assert (done.places, done.left) == (1, 1)
    assert [text for text, _ in targets(desk, bitext)] == ["甲三。", "乙二。"]


@pytest.mark.parametrize("everywhere", [True, False])
def test_all_bitexts_are_searched_if_that_is_wanted(desk: Desk, everywhere: bool):
    first, second = bitext_with(desk, "甲一。"), bitext_with(desk, "甲二。")
    found, _ = find_places(desk, Search("甲"), None if everywhere else first)
    assert [group.bitext.id for group in found] == ([second, first] if everywhere else [first])
