"""Finding texts in targets, and what is written in their place."""

import pytest

from corpus.bitexts.find_replace import Search, find, replaced
from corpus.bitexts.model import Unit
from corpus.errors import CannotReplace


def found(search: Search, *targets: str, language: str = "zh-Hans") -> list[tuple[int, str, str]]:
    units = [Unit(("x",), (target,), id=number) for number, target in enumerate(targets, 1)]
    return [(place.unit.id, place.found, place.written) for place in find(units, search, language)]


def test_a_plain_text_stands_for_itself():
    assert found(Search("3.5%", "3.5％"), "增长3.5%", "增长3x5%") == [(1, "3.5%", "3.5％")]
    assert found(Search("a+b", r"\1"), "a+b") == [(1, "a+b", r"\1")]


def test_case_counts_where_it_is_to():
    assert found(Search("dna"), "DNA和dna") == [(1, "DNA", ""), (1, "dna", "")]
    assert found(Search("dna", match_case=True), "DNA和dna") == [(1, "dna", "")]


def test_a_whole_word_ends_at_chinese():
    """Chinese beside a Latin word is no part of it, and a Chinese text has no ends of words."""
    assert found(Search("AI", whole_word=True), "用AI做", "MAIN", "AI2", "AI") == [(1, "AI", ""), (4, "AI", "")]
    assert found(Search("科技", whole_word=True), "高科技园") == [(1, "科技", "")]
    assert found(Search("art", whole_word=True), "state of the art", "artist", "smart", language="en") == [
        (1, "art", "")
    ]


def test_groups_of_an_expression_are_put_in():
    search = Search(r"(\d+)\s*公里", r"\1千米", regular=True)
    assert found(search, "长30 公里，宽5公里") == [(1, "30 公里", "30千米"), (1, "5公里", "5千米")]
    named = Search(r"(?P<year>\d{4})年", r"\g<year>", regular=True)
    assert found(named, "2026年") == [(1, "2026年", "2026")]


def test_the_place_has_the_text_on_either_side():
    (place,) = find([Unit(("x",), ("前面的字中后面的字",), id=7, version=3)], Search("中", "里"), "zh-Hans")
    assert (place.before, place.found, place.written, place.after) == ("前面的字", "中", "里", "后面的字")
    assert place.key == (7, 3, 4)


def test_only_chosen_places_are_rewritten():
    unit = Unit(("x",), ("甲乙甲乙甲",))
    assert replaced(unit, Search("甲", "丙"), [0, 4], "zh-Hans") == "丙乙甲乙丙"
    assert replaced(unit, Search("甲"), [2], "zh-Hans") == "甲乙乙甲"


def test_what_matches_nothing_is_no_place():
    assert found(Search("x*", "y", regular=True), "abc") == []


@pytest.mark.parametrize(
    ("search", "message"),
    [
        (Search(""), "Type the text to be found."),
        (Search("(", regular=True), "The regular expression cannot be read: missing ) at position 1."),
        (Search("a" * 1001), "A text to be found or put in has at most 1000 characters."),
    ],
)
def test_what_cannot_be_read_is_said(search: Search, message: str):
    with pytest.raises(CannotReplace) as problem:
        found(search, "abc")
    assert str(problem.value) == message


def test_a_group_that_is_not_there_is_said():
    with pytest.raises(CannotReplace, match="The replacement cannot be read"):
        found(Search("a", r"\2", regular=True), "abc")


def test_an_expression_that_would_take_years_is_stopped():
    with pytest.raises(CannotReplace, match="takes too long"):
        found(Search("(a+)+$", regular=True), "a" * 5000 + "!", "a" * 40 + "b")
