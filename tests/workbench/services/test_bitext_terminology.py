"""The terms of bitexts: right or wrong in the translation, in a bitext and for a concept in all of them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.articles import Article, Paragraph
from corpus.bitexts.model import Unit
from corpus.errors import NotFound
from glossary.concepts import Concept, Status, Term
from glossary.recognition import Prefilter, Recogniser
from workbench.desk import Desk
from workbench.services import terminology_check
from workbench.services.memory_exchange import import_tmx
from workbench.services.term_recognition import recogniser_for
from workbench.services.termbase_files import import_terms
from workbench.services.terminology_check import Checked, check_bitext, units_of
from workbench.web import create_app

WORKBENCH = Path(sys.executable).with_name("workbench")
VIRUS = Concept(
    "c-virus",
    (
        Term("en", "coronavirus"),
        Term("zh-Hans", "冠状病毒"),
        Term("zh-Hans", "日冕病毒", Status.DEPRECATED),
    ),
)
RICE = Concept("c-rice", (Term("en", "hybrid rice"), Term("fr", "riz hybride")))
ENGLISH = [
    ("A coronavirus spreads.", "冠状病毒在传播。"),
    ("The coronavirus grows in <b>hybrid rice</b>.", "它在增长。"),
    ("Coronaviruses are old.", "日冕病毒很古老。"),
    ("The coronavirus again.", ""),
    ("Nothing is said here.", "这里没有说什么。"),
]
CHINESE = [("这是冠狀病毒。", "This is a coronavirus.")]


def add(desk: Desk, pairs: list[tuple[str, str]], source: str, target: str) -> int:
    units = [Unit((before,), (after,) if after else (), 1) for before, after in pairs]
    paragraphs = (Paragraph(("Title",), "title"), Paragraph(tuple(before for before, _ in pairs)))
    id, _ = desk.articles.add(Article(source, f"From {source}", paragraphs))
    return desk.bitexts.add(units, desk.articles.get(id), target)


@pytest.fixture
def bitext(desk) -> int:
    for concept in (VIRUS, RICE):
        desk.termbase.add(concept)
    return add(desk, ENGLISH, "en", "zh-Hans")


def verdicts(checked: list[Checked]) -> list[tuple[str, list[str]]]:
    return [(each.source, [finding.result for finding in each.findings]) for each in checked]


def test_a_bitext_is_checked_where_it_is_translated(desk, bitext):
    found = check_bitext(desk, bitext)
    assert verdicts(found) == [
        (ENGLISH[0][0], ["found"]),
        (ENGLISH[1][0], ["missing"]),
        (ENGLISH[2][0], ["deprecated"]),
    ]
    assert [each.required for each in found] == [[("冠状病毒",)]] * 3
    with pytest.raises(NotFound):
        check_bitext(desk, bitext + 1)


def test_a_concept_is_found_in_both_directions(desk, bitext):
    add(desk, CHINESE, "zh-Hant", "en")
    found, complete = units_of(desk, VIRUS)
    assert complete
    assert sorted(verdicts(found)) == sorted([(CHINESE[0][0], ["found"]), *verdicts(check_bitext(desk, bitext))])
    assert [each.bitext.id for each in found[:3]] == [bitext] * 3


def test_a_concept_without_a_translation_is_neither_right_nor_wrong(desk, bitext):
    ((unit,), _) = units_of(desk, RICE)
    assert (unit.source, len(unit.occurrences), unit.ok, unit.wrong) == (ENGLISH[1][0], 1, False, False)


def test_what_is_too_much_to_look_at_is_said(desk, bitext, monkeypatch):
    monkeypatch.setattr(terminology_check, "_MOST", 2)
    found, complete = units_of(desk, VIRUS)
    assert (len(found), complete) == (2, False)


@pytest.mark.parametrize(
    ("language", "term", "text", "may"),
    [
        ("en", "artificial intelligence", "ARTIFICIAL-\nINTELLIGENCE!", True),
        ("en", "artificial intelligence", "artificial\u00adity and intelligence", False),
        ("en", "café", "Cafe\u0301!", True),
        ("en", "straße", "STRASSE", True),
        ("en", "AI", "ＡＩ-based", True),
        ("en", "AI", "it said so", False),
        ("zh-Hans", "联合实验室", "聯合 實驗室", True),
        ("zh-Hans", "AI创新", "推动 AI 创新", True),
        ("zh-Hans", "联合实验室", "联合国的实验室", False),
        ("en", "(*", "a (* b", True),
    ],
)
def test_a_sieve_lets_through_what_is_found(language, term, text, may):
    concept = Concept("c", (Term(language, term, case_sensitive=False),))
    assert Prefilter(concept.terms, language)(text) is may
    assert bool(Recogniser([concept], language).find(text)) is may


def test_no_term_of_published_translations_falls_through_the_sieve(desk, shared):
    import_terms(desk, shared / "eval" / "tico19" / "f_en-zh_CN.csv")
    report = import_tmx(desk, shared / "eval" / "tico19" / "all.en-zh.tmx", "en", "zh-Hans")
    assert report.read
    entries = list(desk.memory.imported("en", "zh-Hans"))[:300]
    for language, texts in (("en", [each.source for each in entries]), ("zh-Hans", [each.target for each in entries])):
        recogniser = recogniser_for(desk, language)
        named = {uid: text for text in texts for occurrence in recogniser.find(text) for uid in occurrence.concepts}
        assert named
        assert all(Prefilter(recogniser.terms(uid), language)(text) for uid, text in named.items())


def run(desk: Desk, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [WORKBENCH, "--desk", desk.path, "glossary", "check", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_what_is_wrong(desk, bitext):
    done = run(desk, bitext)
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["2\tcoronavirus\tmissing\t冠状病毒", "3\tCoronaviruses\tdeprecated\t冠状病毒"]
    assert done.stderr == "3 terms in 3 units: 2 not as they should be\n"
    assert [row["verdict"] for row in json.loads(run(desk, bitext, "--json").stdout)] == [
        "found",
        "missing",
        "deprecated",
    ]
    assert "There is no bitext 9" in run(desk, 9).stderr
    right = add(desk, ENGLISH[:1], "en", "zh-Hans")
    assert (run(desk, right).returncode, run(desk, right).stdout) == (0, "")


def test_the_pages_list_the_units_with_links(desk, bitext):
    client = create_app(desk.path, {"TESTING": True}).test_client()
    page = client.get(f"/bitexts/{bitext}/terms").text
    assert "3 units: 1 correct, 2 with problems" in page
    assert f"/bitexts/{bitext}?unit=2" in page
    assert f"/bitexts/{bitext}?unit=1" not in page
    assert f"/bitexts/{bitext}?unit=1" in client.get(f"/bitexts/{bitext}/terms?show=all").text
    page = client.get("/terms/c-rice/units").text
    assert '<mark class="hit">hybrid rice</mark>' in page
    assert "&lt;b&gt;" in page
    assert "1 not checked (no target term)" in page
    alone = client.get("/terms/c-virus/units?show=wrong&start=1", headers={"HX-Request": "true"}).text
    assert "<html" not in alone
    assert "grows in" not in alone
    assert '<mark class="hit wrong">日冕病毒</mark>' in alone
    assert client.get("/terms/none/units").status_code == 404
    assert client.get("/bitexts/9/terms").status_code == 404
