"""Repair of fuzzy matches: what differs and is known is replaced, and everything that was replaced is shown."""

import pytest

from corpus.memory import Entry
from corpus.repair import Known, repair


def best(desk, query, source, target, languages=("en", "zh-Hans")):
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
    found = repair(query, match)
    assert found.text == repaired
    assert match.score < found.score <= 99


def test_from_chinese_into_english(desk):
    match = best(
        desk, "该项目投资3.2亿元。", "该项目投资2.5亿元。", "250 million yuan was invested.", ("zh-Hans", "en")
    )
    assert repair("该项目投资3.2亿元。", match).text == "320 million yuan was invested."


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
    found = repair(query, match, [Known(28, 45, ("量子计算",))], [Known(28, 42, ("极地研究", "极地考察"))])
    assert found.text == "他们签署了量子计算协议。"
    assert [(item.old, item.new) for item in found.replacements] == [("极地研究", "量子计算")]
    assert found.pieces(match.entry.target) == [
        ("他们签署了", "他们签署了"), ("极地研究", "量子计算"), ("协议。", "协议。")
    ]  # fmt: skip


def test_a_term_whose_rendering_is_not_there_is_left(desk):
    query = "They signed an agreement on quantum computing."
    match = best(desk, query, "They signed an agreement on polar research.", "他们签署了有关两极的协议。")
    assert repair(query, match, [Known(28, 45, ("量子计算",))], [Known(28, 42, ("极地研究",))]) is None


def test_a_rendering_begins_a_sentence_as_it_should(desk):
    match = best(desk, "量子计算发展很快。", "极地研究发展很快。", "Polar research is moving fast.", ("zh-Hans", "en"))
    found = repair(
        "量子计算发展很快。", match, [Known(0, 4, ("quantum computing",))], [Known(0, 4, ("polar research",))]
    )
    assert found.text == "Quantum computing is moving fast."


def test_what_differs_besides_stays_in_the_score(desk):
    query = "The new array has 15 telescopes."
    match = best(desk, query, "The old array has 12 telescopes.", "旧阵列有12台望远镜。")
    found = repair(query, match)
    assert found.text == "旧阵列有15台望远镜。"
    assert match.score < found.score < 90


def test_an_exact_match_needs_no_repair(desk):
    match = best(desk, "It has 12 dishes.", "It has 12 dishes.", "它有12面天线。")
    assert repair("It has 12 dishes.", match) is None
