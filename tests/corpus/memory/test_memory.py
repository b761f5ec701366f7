from dataclasses import replace

import pytest

from corpus.memory import Entry, MemoryImportReport, match_key
from workbench.services.article_intake import begin_translation
from workbench.services.suggestions import matches
from workbench.services.unit_editing import save_unit

RICE = Entry("en", "zh-Hans", "It studies rice.", "它研究水稻。", previous="A lab opened.", next="")


def scores(matches):
    return [(match.score, match.entry.target) for match in matches]


def test_a_match_is_exact_after_normalisation(desk):
    desk.memory.remember(RICE)
    assert scores(desk.memory.lookup(" It  studies\u00a0rice. ", "en", "zh-Hans")) == [(100, "它研究水稻。")]
    assert desk.memory.lookup("It studies wheat.", "en", "zh-Hans", floor=100) == []


@pytest.mark.parametrize(
    ("previous", "following", "score"),
    [
        (None, None, 100),
        ("Other.", "Other.", 100),
        ("A lab opened.", "Other.", 101),
        ("Other.", "", 101),
        ("A lab opened.", "", 102),
    ],
)
def test_the_same_neighbours_raise_the_score(desk, previous, following, score):
    desk.memory.remember(RICE)
    (match,) = desk.memory.lookup(RICE.source, "en", "zh-Hans", previous, following)
    assert match.score == score


def test_a_memory_serves_both_directions(desk):
    desk.memory.remember(RICE)
    assert scores(desk.memory.lookup("它研究水稻。", "zh-Hans", "en")) == [(100, "It studies rice.")]


def test_languages_are_kept_apart(desk):
    desk.memory.remember(RICE)
    assert desk.memory.lookup(RICE.source, "en", "pt-BR") == []
    assert desk.memory.lookup(RICE.source, "fr", "zh-Hans") == []


def test_the_same_source_with_another_target_is_kept_and_shown_as_such(desk):
    assert desk.memory.remember(RICE)
    assert not desk.memory.lookup(RICE.source, "en", "zh-Hans")[0].ambiguous
    assert desk.memory.remember(Entry("en", "zh-Hans", RICE.source, "它研究稻米。"))
    assert not desk.memory.remember(RICE)
    assert [match.ambiguous for match in desk.memory.lookup(RICE.source, "en", "zh-Hans")] == [True, True]


def test_all_contexts_of_an_entry_are_kept(desk):
    assert desk.memory.remember(RICE)
    for previous in ("A farm opened.", "A lab opened.", "A farm opened.", None):
        assert not desk.memory.remember(replace(RICE, previous=previous, next="" if previous else None))
    (entry,) = desk.memory.entries()
    assert (entry.previous, entry.contexts) == ("A farm opened.", (("A lab opened.", ""),))
    for previous in ("A farm opened.", "A lab opened."):
        assert scores(desk.memory.lookup(RICE.source, "en", "zh-Hans", previous, "")) == [(102, RICE.target)]


def test_an_unknown_neighbour_is_never_the_same(desk):
    desk.memory.remember(replace(RICE, previous=None, next=None))
    for neighbour in (None, "", "A lab opened."):
        assert scores(desk.memory.lookup(RICE.source, "en", "zh-Hans", neighbour, neighbour)) == [(100, RICE.target)]


def test_what_two_units_say_stays_until_neither_does(desk):
    for unit in (1, 2):
        desk.memory.remember(replace(RICE, previous=f"{unit}.", unit=unit))
    desk.memory.forget([2])
    (entry,) = desk.memory.entries()
    assert (entry.unit, entry.previous) == (1, "1.")
    desk.memory.forget([1])
    assert list(desk.memory.entries()) == []


def test_what_was_imported_stays_when_a_unit_is_forgotten(desk):
    desk.memory.add_all([replace(RICE, origin="imported")], MemoryImportReport())
    desk.memory.remember(replace(RICE, unit=1))
    desk.memory.forget([1])
    (entry,) = desk.memory.entries()
    assert entry.unit is None


def test_a_confirmed_unit_is_remembered_with_its_neighbours(desk, article):
    id, _ = desk.articles.add(article)
    bitext = begin_translation(desk, id, "zh-Hans")
    middle = desk.bitexts.units(bitext)[1]
    save_unit(desk, middle.id, 1, "联合实验室成立了。", confirm=True)
    (match,) = desk.memory.lookup(middle.source[0], "en", "zh-Hans", "Lab Opens", "It studies rice.")
    assert (match.score, match.entry.origin, match.entry.created_by) == (102, "typed", "Li")


def test_a_unit_confirmed_anew_replaces_what_it_said(desk, article):
    id, _ = desk.articles.add(article)
    unit = desk.bitexts.units(begin_translation(desk, id, "zh-Hans"))[1]
    save_unit(desk, unit.id, 1, "实验室成立了。", confirm=True)
    save_unit(desk, unit.id, 2, "联合实验室成立了。", confirm=True)
    assert scores(desk.memory.lookup(unit.source[0], "en", "zh-Hans")) == [(100, "联合实验室成立了。")]


def test_a_unit_is_not_suggested_to_itself(desk, article):
    id, _ = desk.articles.add(article)
    bitext = desk.bitexts.get(begin_translation(desk, id, "zh-Hans"))
    unit = desk.bitexts.units(bitext.id)[1]
    save_unit(desk, unit.id, 1, "联合实验室成立了。", confirm=True)
    assert matches(desk, bitext, unit) == []
    other = desk.bitexts.units(begin_translation(desk, id, "zh-Hans"))[1]
    assert [offer.text for offer in matches(desk, bitext, other)] == ["联合实验室成立了。"]


def test_similar_sentences_are_suggested_with_their_score(desk, article):
    id, _ = desk.articles.add(article)
    bitext = desk.bitexts.get(begin_translation(desk, id, "zh-Hans"))
    unit = desk.bitexts.units(bitext.id)[1]
    desk.memory.remember(Entry("en", "zh-Hans", "A joint laboratory closed.", "联合实验室关闭了。"))
    for number in range(8):
        desk.memory.remember(Entry("en", "zh-Hans", "A joint laboratory opened!", f"联合实验室成立了{number}。"))
    offered = matches(desk, bitext, unit)
    assert [(offer.score, offer.detail) for offer in offered] == [(0.8, "80 %")] * 5
    assert len({offer.text for offer in offered}) == 5


def test_an_import_counts_what_it_did(desk):
    report = desk.memory.add_all([RICE, RICE, Entry("en", "zh-Hans", "Thanks.", "谢谢。")], MemoryImportReport())
    assert (report.new, report.merged) == (2, 1)
    (row,) = desk.memory.stats()
    assert (row["collection"], row["source_language"], row["units"], row["confirmed"]) == ("main", "en", 2, 0)


def test_an_import_that_fails_brings_nothing(desk):
    def broken():
        yield RICE
        raise ValueError("cut off")

    with pytest.raises(ValueError, match="cut off"):
        desk.memory.add_all(broken(), MemoryImportReport())
    assert desk.memory.stats() == []


def test_composed_and_decomposed_characters_match():
    assert match_key("Ca\u0301ssius") == match_key("Cássius")
