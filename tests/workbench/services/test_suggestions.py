"""What the editor offers for a unit: the memory's matches as they are and repaired."""

import re

import pytest

from corpus.articles import Article, Paragraph
from corpus.memory import Entry
from corpus.memory.matching.match_repair import repair
from glossary import STARTER
from glossary.concepts import Concept, Status, Term
from workbench.mt.terminology.terms import TermMethod
from workbench.services.article_intake import begin_translation
from workbench.services.suggestions import Rendered, matches
from workbench.services.termbase_files import import_terms
from workbench.services.unit_editing import save_unit
from workbench.web import create_app
from workbench.web.bitexts.term_markup import OfferedTerm, Part, mark_rendered, offered_terms


@pytest.fixture
def offered(desk):
    """Returns what is offered for a sentence."""

    def offer(sentence):
        article, _ = desk.articles.add(Article("en", "Title", (Paragraph((sentence,)),)))
        bitext = desk.bitexts.get(begin_translation(desk, article, "zh-Hans"))
        return matches(desk, bitext, desk.bitexts.units(bitext.id)[-1])

    return offer


def test_a_fuzzy_match_is_offered_repaired_and_as_it_is(desk, offered):
    desk.memory.remember(Entry("en", "zh-Hans", "The array has 12 telescopes in all.", "该阵列共有12台望远镜。"))
    repaired, match = offered("The array has 15 telescopes in all.")
    assert (repaired.text, match.text) == ("该阵列共有15台望远镜。", "该阵列共有12台望远镜。")
    assert repaired.score > match.score
    assert (repaired.detail, repaired.repaired) == ("99 %", True)
    assert (match.detail, match.repaired) == ("87 %", False)
    assert ("12", "15") in repaired.changes
    assert ("12", "15") in match.source_changes
    assert "".join(new for _, new in match.source_changes) == "The array has 15 telescopes in all."
    assert "".join(old for old, _ in match.source_changes) == "The array has 12 telescopes in all."


def test_terms_are_repaired_by_the_term_base(desk, offered):
    import_terms(desk, STARTER)
    source = "They signed an agreement on artificial intelligence on Monday."
    desk.memory.remember(Entry("en", "zh-Hans", source, "他们周一签署了人工智能协议。"))
    texts = [item.text for item in offered("They signed an agreement on quantum computing on Monday.")]
    assert texts[0] == "他们周一签署了量子计算协议。"


def test_what_the_memory_has_exactly_is_not_repaired_too(desk, offered):
    for number in (12, 15):
        desk.memory.remember(Entry("en", "zh-Hans", f"It has {number} big dishes.", f"它有{number}面大天线。"))
    assert [item.text for item in offered("It has 15 big dishes.")] == ["它有15面大天线。", "它有12面大天线。"]


def test_an_exact_match_shows_no_difference(desk, offered):
    desk.memory.remember(Entry("en", "zh-Hans", "It has 12 dishes.", "它有12面天线。"))
    (only,) = offered("It has 12 dishes.")
    assert (only.changes, only.source_changes) == ((), ())


def test_the_terms_of_a_machine_translation_are_marked_once_each():
    lab, science, gone = (
        Rendered(term, required, TermMethod.PLAIN, place)
        for term, required, place in [
            ("joint lab", ("联合实验室",), (2, 7)),
            ("laboratory", ("实验室",), (4, 7)),
            ("rice", ("水稻",), None),
        ]
    )
    text = "一个联合实验室。"
    assert mark_rendered(text, [science, gone, lab]) == [("一个", None), ("联合实验室", lab), ("。", None)]
    assert mark_rendered(text, []) == [(text, None)]
    assert mark_rendered("", [gone]) == []


def test_a_repaired_match_shows_what_still_differs(desk, offered):
    known = "In 1971 the station bought a large generator for the island."
    desk.memory.remember(Entry("en", "zh-Hans", known, "1971年，站上为该岛买了大型发电机。"))
    repaired, match = offered("In 1988 the station bought a large telescope for the island.")
    assert [pair for pair in repaired.source_changes if pair[0] != pair[1]] == [("generator", "telescope")]
    assert [pair for pair in match.source_changes if pair[0] != pair[1]] == [
        ("1971", "1988"),
        ("generator", "telescope"),
    ]
    page = create_app(desk.path).test_client().get("/bitexts/1/units/1/suggestions").text
    first, second = page.split("</li>")[:2]
    assert "Still differs:" in first
    assert "<del>generator</del><ins>telescope</ins>" in first
    assert "Its source:" in second


def test_matches_say_where_they_are_from_and_that_they_differ(desk, offered):
    """One was confirmed between the same neighbours, none, in another article; one was imported."""
    first = desk.articles.add(Article("en", "Earlier", (Paragraph(("Read more.",)),)))[0]
    unit = desk.bitexts.units(begin_translation(desk, first, "zh-Hans"))[0]
    save_unit(desk, unit.id, unit.version, "阅读更多。", confirm=True)
    desk.memory.remember(
        Entry("en", "zh-Hans", "Read more.", "更多内容。", changed_by="Wang", changed_at="2025-11-12T00:00:00Z")
    )
    offered("Read more.")
    page = create_app(desk.path).test_client().get("/bitexts/2/units/2/suggestions").text
    one, other = page.split("</li>")[:2]
    assert re.search(
        r"memory 102 % · both neighbours the same · Li · \d{4}-\d\d-\d\d · Earlier · <strong>several exact", one
    )
    assert "memory 100 % · Wang · 2025-11-12" in other
    assert "several exact matches differ" in other


def test_a_fault_in_one_match_leaves_the_others(desk, offered, monkeypatch, caplog):
    """Whatever the fault may be: here it is put in."""
    for number in (12, 14):
        desk.memory.remember(Entry("en", "zh-Hans", f"It has {number} big dishes.", f"它有{number}面大天线。"))

    def faulty(source, match, *terms):
        if "12" in match.entry.source:
            return 1 / 0
        return repair(source, match, *terms)

    monkeypatch.setattr("workbench.services.suggestions.repair", faulty)
    texts = [item.text for item in offered("It has 15 big dishes.")]
    assert sorted(texts) == ["它有12面大天线。", "它有14面大天线。", "它有15面大天线。"]
    assert "could not be repaired" in caplog.text


def test_a_match_with_inline_codes_says_so(desk, offered):
    entry = Entry("en", "zh-Hans", "Delete files?", "删除文件？", element="<tu/>", codes=True)
    desk.memory.remember(entry)
    (match,) = offered("Delete files?")
    assert (match.detail, match.codes) == ("99 %", True)


def test_terms_are_offered_once_with_what_may_be_used_the_preferred_first():
    plant = Concept(
        "c-1",
        (
            Term("zh-Hans", "工场", Status.DEPRECATED),
            Term("zh-Hans", "厂", Status.ADMITTED),
            Term("zh-Hans", "工厂", Status.PREFERRED),
        ),
    )
    herb = Concept("c-2", (Term("zh-Hans", "植物"), Term("zh-Hant", "植物")))
    old = Concept("c-3", (Term("zh-Hans", "旧词", Status.SUPERSEDED),))
    parts = [Part("plant", (plant, herb)), Part(" and "), Part("Plant", (plant, herb)), Part("old", (old,))]
    assert offered_terms(parts, "zh-Hans") == [OfferedTerm("plant", ("工厂", "植物", "厂"))]
