"""Pairing: which articles of two piles belong together."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus import samples
from corpus.articles import Article, Paragraph
from corpus.document_alignment import Pair, pair
from corpus.intake import read_one
from tests.encoders import default_encoder
from workbench.cli import main

NAMES = samples.names()


def pile(language: str, names: list[str]) -> list[Article]:
    return [read_one(samples.path(name, language), presplit=True) for name in names]


def found(sources: list[Article], targets: list[Article]) -> set[tuple[int, int]]:
    return {(pair.source, pair.target) for pair in pair(sources, targets, default_encoder())}


def short(language: str, *sentences: str) -> Article:
    return Article(language, sentences[0], (Paragraph(sentences),))


def without_date(articles: list[Article]) -> list[Article]:
    return [replace(article, date="") for article in articles]


def test_what_has_no_counterpart_is_left_alone():
    english, chinese = NAMES[1:], NAMES[:-1][::-1]
    pairs = pair(pile("en", english), pile("zh-Hans", chinese), default_encoder())
    assert {(english[pair.source], chinese[pair.target]) for pair in pairs} == {(name, name) for name in NAMES[1:-1]}
    assert [pair.source for pair in pairs] == sorted(pair.source for pair in pairs)
    assert all(0.9 < pair.score <= 1 for pair in pairs)


def test_dates_are_not_needed():
    sources, targets = (without_date(pile(tag, NAMES)) for tag in ("en", "zh-Hans"))
    assert found(sources, targets) == {(number, number) for number in range(len(NAMES))}


def test_either_language_may_be_the_source():
    assert found(pile("zh-Hans", NAMES[:3]), pile("en", NAMES[1:4])) == {(1, 0), (2, 1)}


def test_piles_that_have_nothing_in_common_give_no_pair():
    assert found(without_date(pile("en", NAMES[:4])), without_date(pile("zh-Hans", NAMES[4:]))) == set()


def test_one_pair_alone_is_found():
    assert found(pile("en", NAMES[:1]), pile("zh-Hans", NAMES[:1])) == {(0, 0)}


@pytest.mark.parametrize("sides", [([], []), (NAMES[:1], []), ([], NAMES[:1])])
def test_an_empty_side_gives_no_pair(sides):
    assert found(pile("en", sides[0]), pile("zh-Hans", sides[1])) == set()


def test_an_article_without_sentences_is_left_alone():
    assert found([Article("en", "", ()), *pile("en", NAMES[:1])], pile("zh-Hans", NAMES[:1])) == {(1, 0)}


def test_the_same_language_twice_gives_no_pair():
    assert found(pile("en", NAMES[:2]), pile("en", NAMES[:2])) == set()


def test_of_the_same_text_twice_the_first_is_paired():
    sources, targets = pile("en", NAMES[:2]), pile("zh-Hans", NAMES[:2])
    assert found(sources, [targets[0], *targets]) == {(0, 0), (1, 2)}
    assert found([*sources, sources[1]], targets) == {(0, 0), (1, 1)}


def test_other_languages_are_paired_by_vectors_names_and_numbers():
    french = short("fr", "Un laboratoire commun ouvre à Kunming.", "Ses 120 chercheurs étudient le riz.")
    moon = short("en", "The probe has landed on the far side of the moon.", "It is well.")
    rice = short("en", "A joint laboratory opens in Kunming.", "Its 120 researchers study rice.")
    assert found([french], [moon, rice]) == {(0, 1)}


def test_odd_sentences_do_no_harm():
    odd = [Article("en", "", (Paragraph((text,)),)) for text in ("\u200f", "𠀀" * 20_000, "\ud800", ".", "1" * 5_000)]
    assert pair(odd, pile("zh-Hans", NAMES[:1]), default_encoder()) == []


def test_a_pair_says_how_sure_it_is():
    (one,) = pair(pile("en", NAMES[:1]), pile("zh-Hans", NAMES[:1]), default_encoder())
    assert one == Pair(0, 0, one.score)
    assert 0.9 < one.score <= 1


def folder(path: Path, language: str, names: list[str]) -> Path:
    path.mkdir()
    for name in names:
        (path / f"{name}.txt").write_text(samples.path(name, language).read_text("utf-8"), "utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["pair", *map(str, arguments)])


def test_the_command_prints_pairs_and_names_what_is_left_alone(tmp_path):
    english, chinese = folder(tmp_path / "en", "en", NAMES[:3]), folder(tmp_path / "zh", "zh-Hans", NAMES[1:3])
    done = run(english, chinese)
    rows = [row.split("\t") for row in done.stdout.splitlines()]
    assert [(Path(row[0]), Path(row[1])) for row in rows] == [
        (english / f"{name}.txt", chinese / f"{name}.txt") for name in NAMES[1:3]
    ]
    assert all(0.9 < float(row[2]) <= 1 for row in rows)
    assert done.stderr == f"no counterpart: {english / NAMES[0]}.txt\n"
    described = json.loads(run(english, chinese, "--json").stdout)
    assert [pair["source"] for pair in described["pairs"]] == [row[0] for row in rows]
    assert described["alone"] == [f"{english / NAMES[0]}.txt"]


def test_the_command_says_that_the_same_language_cannot_be_paired(tmp_path):
    english = folder(tmp_path / "en", "en", NAMES[:1])
    done = run(english, english)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "all files are in the language en" in done.stderr


@pytest.mark.parametrize(("name", "data"), [("empty.txt", b""), ("picture.txt", b"\x89PNG\x00\x01\x02")])
def test_the_command_names_a_file_that_it_cannot_read(tmp_path, name, data):
    english, chinese = folder(tmp_path / "en", "en", NAMES[:1]), folder(tmp_path / "zh", "zh-Hans", NAMES[:1])
    (chinese / name).write_bytes(data)
    done = run(english, chinese)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert name in done.stderr


def test_the_command_misses_a_folder(tmp_path):
    done = run(tmp_path / "none", tmp_path)
    assert done.exit_code == 1
    assert "There is no folder" in done.stderr
