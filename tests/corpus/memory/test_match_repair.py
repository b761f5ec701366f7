"""Repair of fuzzy matches: what differs and is known is replaced, and everything that was replaced is shown."""

import pytest

from corpus.memory import Entry, Match
from corpus.memory.matching.match_repair import SourceTerm, repair
from tests.present import present
from workbench.desk import Desk


def best(desk: Desk, query: str, source: str, target: str, languages: tuple[str, str] = ("en", "zh-Hans")) -> Match:
    desk.memory.remember(Entry(*languages, source, target))
    return desk.memory.lookup(query, *languages, floor=50)[0]


@pytest.mark.parametrize(
    ("source", "target", "query", "repaired"),
    [
        (
            "The array has 12 telescopes.",
            "该阵列有12台望远镜。",
            "The array has 15 telescopes.",
            "该阵列有15台望远镜。",
        ),
        (
            "The institute received 250 million yuan in 2024.",
            "该研究所2024年获得2.5亿元。",
            "The institute received 320 million yuan in 2025.",
            "该研究所2025年获得3.2亿元。",
        ),
        (
            "It grew by 3 percent in June 2024.",
            "2024年6月增长百分之三。",
            "It grew by 8 percent in July 2025.",
            "2025年7月增长百分之八。",
        ),
        (
            "All 12 labs in 12 countries took part.",
            "12个国家的12个实验室全部参与。",
            "All 15 labs in 15 countries took part.",
            "15个国家的15个实验室全部参与。",
        ),
    ],
)
def test_numbers_are_put_for_numbers(desk, source, target, query, repaired):
    match = best(desk, query, source, target)
    found = present(repair(query, match))
    assert found.text == repaired
    assert match.score < found.score <= 99


def test_from_chinese_into_english(desk):
    match = best(
        desk, "该项目投资3.2亿元。", "该项目投资2.5亿元。", "250 million yuan was invested.", ("zh-Hans", "en")
    )
    assert present(repair("该项目投资3.2亿元。", match)).text == "320 million yuan was invested."


def test_a_number_that_stands_twice_in_the_target_alone_is_not_guessed(desk):
    match = best(desk, "It has 15 dishes.", "It has 12 dishes.", "它有12面天线，即12个单元。")
    assert repair("It has 15 dishes.", match) is None


def test_a_number_that_became_two_is_not_guessed(desk):
    query = "All 15 labs in 16 countries took part."
    match = best(desk, query, "All 12 labs in 12 countries took part.", "12个国家的12个实验室全部参与。")
    assert repair(query, match) is None


def test_terms_are_put_for_terms(desk):
    query = "They signed an agreement on quantum computing."
    match = best(desk, query, "They signed an agreement on polar research.", "他们签署了极地研究协议。")
    found = present(
        repair(query, match, [SourceTerm(28, 45, ("量子计算",))], [SourceTerm(28, 42, ("极地研究", "极地考察"))])
    )
    assert found.text == "他们签署了量子计算协议。"
    assert [(item.old, item.new) for item in found.replacements] == [("极地研究", "量子计算")]
    assert found.pieces(match.entry.target) == [
        ("他们签署了", "他们签署了"), ("极地研究", "量子计算"), ("协议。", "协议。")
    ]  # fmt: skip


def test_a_term_whose_rendering_is_not_there_is_left(desk):
    query = "They signed an agreement on quantum computing."
    match = best(desk, query, "They signed an agreement on polar research.", "他们签署了有关两极的协议。")
    assert repair(query, match, [SourceTerm(28, 45, ("量子计算",))], [SourceTerm(28, 42, ("极地研究",))]) is None


def test_a_rendering_begins_a_sentence_as_it_should(desk):
    match = best(desk, "量子计算发展很快。", "极地研究发展很快。", "Polar research is moving fast.", ("zh-Hans", "en"))
    terms, match_terms = [SourceTerm(0, 4, ("quantum computing",))], [SourceTerm(0, 4, ("polar research",))]
    found = present(repair("量子计算发展很快。", match, terms, match_terms))
    assert found.text == "Quantum computing is moving fast."


def test_what_differs_besides_stays_in_the_score(desk):
    query = "The new array has 15 telescopes."
    match = best(desk, query, "The old array has 12 telescopes.", "旧阵列有12台望远镜。")
    found = present(repair(query, match))
    assert found.text == "旧阵列有15台望远镜。"
    assert match.score < found.score < 90


def test_an_exact_match_needs_no_repair(desk):
    match = best(desk, "It has 12 dishes.", "It has 12 dishes.", "它有12面天线。")
    assert repair("It has 12 dishes.", match) is None


@pytest.mark.parametrize(
    ("source", "target", "query"),
    [
        ("The tank held at -7 °C all day.", "储罐全天保持在-7℃。", "The tank held at 9 °C all day."),
        ("The tank held at 9 °C all day.", "储罐全天保持在9℃。", "The tank held at −7 °C all day."),
        ("The tank held at minus 7 degrees.", "储罐保持在零下7度。", "The tank held at 9 degrees."),
        ("The tank held at 7 degrees below zero.", "储罐保持在零下7度。", "The tank held at 9 degrees."),
        ("The tank held at 7 °C all day.", "储罐全天保持在-7℃。", "The tank held at 9 °C all day."),
        ("The road is 5 km long today.", "这条路现长5公里。", "The road is 8 miles long today."),
        ("It cost $5 in the old shop.", "在老店花了5美元。", "It cost €8 in the old shop."),
        ("It grew by 5 percent last year.", "去年增长5%。", "It grew by 8 percentage points last year."),
        ("The fund has 3 million yuan in all.", "基金共有300万元。", "The fund has 70 billion yuan in all."),
        ("The fund has 200 yuan in all.", "基金共有200元。", "The fund has 3.14159 yuan in all."),
        ("储罐全天保持在零下7度。", "The tank held at -7 degrees all day.", "储罐全天保持在9度。"),
    ],
)
def test_more_than_a_value_that_changes_is_not_repaired(desk, source, target, query):
    """A sign, a unit, a magnitude that the target's multiplier does not fit: nothing is filled in."""
    languages = ("zh-Hans", "en") if "储" in source else ("en", "zh-Hans")
    assert repair(query, best(desk, query, source, target, languages)) is None


@pytest.mark.parametrize(
    ("source", "target", "query", "repaired"),
    [
        ("It sent 0 signals in June.", "6月发回0个信号。", "It sent 7 signals in June.", "6月发回7个信号。"),
        ("It sent 7 signals in June.", "6月发回7个信号。", "It sent 0 signals in June.", "6月发回0个信号。"),
        ("It held at -7 °C all day.", "全天保持在-7℃。", "It held at -9 °C all day.", "全天保持在-9℃。"),
        ("It held at minus 7 degrees.", "保持在零下7度。", "It held at minus 9 degrees.", "保持在零下9度。"),
        ("The 3rd launch is on today.", "The 3rd launch.", "The 21st launch is on today.", "The 21st launch."),
        ("The 3rd launch is on today.", "The 3rd launch.", "The 12th launch is on today.", "The 12th launch."),
        ("Some 10 000 people came here.", "约10 000人来此。", "Some 12 500 people came here.", "约12 500人来此。"),
        ("Some 10\u202f000 people came.", "约10000人来此。", "Some 9\u202f500 people came.", "约9500人来此。"),
        ("Some 10,000 people came here.", "约1万人来此。", "Some 25\u00a0000 people came here.", "约2.5万人来此。"),
    ],
)  # fmt: skip
def test_a_value_is_repaired_as_the_target_writes_it(desk, source, target, query, repaired):
    assert present(repair(query, best(desk, query, source, target))).text == repaired


def test_what_still_differs_is_said(desk):
    query = "In 1988 the station bought a large telescope for the island."
    match = best(
        desk,
        query,
        "In 1971 the station bought a large generator for the island.",
        "1971年，站上为该岛买了大型发电机。",
    )
    found = present(repair(query, match))
    assert found.text == "1988年，站上为该岛买了大型发电机。"
    (left,) = found.left
    assert query[slice(*left.query)] == "telescope"
    assert match.entry.source[slice(*left.entry)] == "generator"
