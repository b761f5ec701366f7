"""Concordance: any part of either side is found, marked in the original text, in order of relevance."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import samples
from corpus.intake import read_one
from corpus.memory import Entry, MemoryImportReport
from corpus.memory.concordance import search
from corpus.text.folding import fold_for_search, fold_for_search_with_offsets


def remember(desk, *pairs):
    desk.memory.add_all((Entry("en", "zh-Hans", source, target) for source, target in pairs), MemoryImportReport())


def found(hits):
    return [
        [
            text[slice(*place)]
            for text, places in ((hit.entry.source, hit.source), (hit.entry.target, hit.target))
            for place in places
        ]
        for hit in hits
    ]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("laboratory", ["laboratory"]),
        ("ORATO", ["orato"]),
        ("point l", ["point l"]),
        ("joint laboratory", []),
        ("实验室", ["实验室"]),
        ("科技", ["科技", "科技"]),
        ("的", ["的"]),
        ("ai", ["ＡＩ"]),
        ("cafe ouvert", ["Café ouvert"]),
        ("cafés", []),
        (" Café ", ["Café"]),
        ("“一带一路”", ["“一带一路”"]),
        ("”", ["”"]),
        ("5年", ["5年"]),
        ("", []),
    ],
)
def test_any_part_of_either_side_is_found_and_marked(desk, text, marked):
    remember(
        desk, ("The point laboratory: Café ouvert", "“一带一路”的科技实验室，科技ＡＩ2025年"), ("Other.", "其他。")
    )
    assert [mark for hit in found(desk.memory.search(text)) for mark in hit] == marked


def test_both_sides_are_marked_and_the_unit_comes_once(desk):
    remember(desk, ("COVID-19 and covid", "COVID-19疫情"))
    assert found(desk.memory.search("covid")) == [["COVID", "covid", "COVID"]]


def test_a_language_can_be_named(desk):
    remember(desk, ("WHO said so.", "世卫组织"), ("He came.", "WHO来了"))
    assert found(desk.memory.search("who", "zh-Hans")) == [["WHO"]]
    assert found(desk.memory.search("who", "zh")) == [["WHO"]]
    assert desk.memory.search("who", "fr") == []


def test_whole_words_come_before_parts_and_short_texts_before_long_ones(desk):
    texts = ["Price.", "The rice price in a long sentence that goes on and on.", "Rice is grown there.", "Prices"]
    remember(desk, *((text, "甲") for text in texts))
    assert [hit.entry.source for hit in desk.memory.search("rice")] == [texts[2], texts[1], texts[0], texts[3]]


def test_pages(desk):
    remember(desk, *((f"Rice {number:03}", "甲") for number in range(25)))
    pages = [desk.memory.search("rice", limit=10, start=start) for start in (0, 10, 20, 30)]
    assert [hit.entry.source for page in pages for hit in page] == [f"Rice {number:03}" for number in range(25)]


def test_offsets_are_those_of_the_original(desk):
    text = "e\u0301a ﬁ ½ \u0130x"
    folded, offsets = fold_for_search_with_offsets(text)
    assert folded == fold_for_search(text) == "ea fi 1⁄2 ix"
    assert text[offsets[0] : offsets[1]] == "e\u0301"
    assert [text[offsets[i]] for i in (3, 4)] == ["ﬁ", "ﬁ"]


def test_what_was_edited_or_deleted_is_not_found_any_more(desk):
    remember(desk, ("Rice grows.", "水稻生长。"))
    (entry,) = desk.memory.entries()
    entry = desk.memory.edit(entry.id, entry.version, target="稻米生长。")
    assert (desk.memory.search("水稻"), len(desk.memory.search("稻米"))) == ([], 1)
    desk.memory.delete(entry.id, entry.version)
    assert desk.memory.search("rice") == []


TEXTS = st.text("abé ＡA-'.12中国科。かガไทย_\n", min_size=1, max_size=14)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6),
    needle=st.text("abé AＡ12中国科。かไท-", min_size=1, max_size=4),
)
def test_what_is_found_is_what_reading_all_finds(desk, pairs, needle):
    for entry in list(desk.memory.entries()):
        desk.memory.delete(entry.id, entry.version)
    remember(desk, *pairs)
    expected = {
        entry.id
        for entry in desk.memory.entries()
        if needle.strip()
        and any(fold_for_search(needle.strip()) in fold_for_search(text) for text in (entry.source, entry.target))
    }
    hits = desk.memory.search(needle)
    assert [hit.entry.id for hit in hits] == list(dict.fromkeys(hit.entry.id for hit in hits))
    assert {hit.entry.id for hit in hits} == expected
    assert all(fold_for_search(mark) == fold_for_search(needle.strip()) for marks in found(hits) for mark in marks)


def test_a_part_that_too_many_words_have_is_found(desk, monkeypatch):
    monkeypatch.setattr(search, "_MOST_WORDS", 2)
    remember(desk, *((f"{word}ing", "甲") for word in ("go", "do", "sing", "ring")))
    assert len(desk.memory.search("in")) == len(desk.memory.search("ing")) == 4


def test_real_texts(desk):
    pairs: list[tuple[str, str]] = []
    for name in samples.names():
        sides = [read_one(samples.path(name, tag), presplit=True).sentences() for tag in ("en", "zh-Hans")]
        pairs += zip(*sides, strict=False)
    remember(desk, *pairs)
    for needle in ("laborator", "science and", "科学", "合作", "国", "、", "2026", "the", "of th"):
        expected = {pair for pair in pairs if any(fold_for_search(needle) in fold_for_search(text) for text in pair)}
        assert {(hit.entry.source, hit.entry.target) for hit in desk.memory.search(needle, limit=1000)} == expected
