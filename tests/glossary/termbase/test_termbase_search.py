"""Search by parts of terms: what the index finds is what a plain scan over all terms finds, in the same order."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from corpus.text.folding import search_key
from corpus.text.pinyin import reading, typed
from glossary import STARTER
from glossary.concepts import Concept, ConceptState, Term
from glossary.termbase import Query, TermBase, migrations
from glossary.termbase.rows import term_row
from workbench.desk import Desk
from workbench.schema import APPLICATION_ID
from workbench.services.termbase_files import import_terms


@pytest.fixture(scope="module")
def starter(tmp_path_factory):
    with Desk.create(tmp_path_factory.mktemp("starter") / "desk.db") as desk:
        import_terms(desk, STARTER)
        yield desk.termbase


def scan(termbase: TermBase, text: str) -> list[str]:
    """What is to be found: by whole terms, beginnings, parts and readings, then by the shortest term."""
    key, pinyin = search_key(text), typed(text)
    found = []
    for number, concept in enumerate(termbase.all()):
        terms = [place for term in concept.terms if (place := fits(term, key, pinyin))]
        if terms:
            ranks, sizes, keys = zip(*terms, strict=True)
            found.append((min(ranks), min(sizes), min(keys), number, concept.uid))
    return [uid for *_, uid in sorted(found)]


def fits(term: Term, key: str, pinyin: str) -> tuple[int, int, str] | None:
    own = search_key(term.text)
    if key in own:
        return (0 if own == key else 1 if own.startswith(key) else 2), len(own), own
    whole, initials = reading(term.text) if term.language.startswith("zh") else ("", "")
    begins = whole.startswith(pinyin) or initials.startswith(pinyin)
    return (3, len(own), own) if len(pinyin) > 1 and (begins or (len(pinyin) > 3 and pinyin in whole)) else None


def compare(termbase: TermBase, text: str) -> None:
    expected = scan(termbase, text)
    for limit in (-1, 1, 7):
        found, total = termbase.find(Query(text), limit)
        assert [concept.uid for concept in found] == (expected if limit < 0 else expected[:limit])
        assert total == len(expected)


TEXTS = (
    "a", "é", "A", "科", "术", "“", "-", "s ", "AI", "ai", "科技", "一带", "带一路", "BRI", "bri", "the", "é l", "ＡＩ",
    "science", "Scíence", "SCIENCE park", "joint lab", "科技创新", "全球科技", "keji", "kejichuang", "kē jì", "ke4ji4",
    "ji", "chuangxin", "huangxin", "kjcx", "kj", "ydyl", "zk", "lv", "100%", "*", '"', "\" OR \"", "COVID-19", "5G",
    "_", "^", "(", "NEAR", "\u00ad", "no such term at all", "不存在的",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_the_index_finds_what_a_scan_finds(starter, text):
    if search_key(text):
        compare(starter, text)


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_part_of_a_term_or_a_reading_is_found(starter, data):
    term = data.draw(st.sampled_from([term.text for concept in starter.all() for term in concept.terms]))
    text = data.draw(st.sampled_from([written for written in (term, term.upper(), *reading(term)) if written]))
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : start + data.draw(st.integers(1, 8))]
    if search_key(part):
        compare(starter, part)


def test_what_is_changed_is_found_as_it_is_now(desk):
    termbase = desk.termbase
    termbase.add(Concept("c-1", (Term("en", "hybrid rice"), Term("en", "paddy - rice"), Term("zh-Hans", "杂交水稻"))))
    termbase.add(Concept("c-2", (Term("en", "wheat"),)))
    corn = (Term("en", "hybrid corn"), Term("zh-Hans", "杂交玉米"))
    termbase.revise(replace(termbase.get("c-1"), terms=corn))
    for text in ("rice", "corn", "玉", "水稻", "zajiao", "zjym", "zjsd", "h"):
        compare(termbase, text)
    termbase.merge("c-2", 1, "c-1")
    for text in ("corn", "wheat", "ea"):
        compare(termbase, text)
    termbase.restore("c-2", 2, 1)
    termbase.remove("c-2", 3)
    termbase.add(Concept("c-3", (Term("en", "w" * 70_000),)))
    for text in ("corn", "wheat", "w", "ww", "www"):
        compare(termbase, text)


@pytest.mark.parametrize("few", [0, 2_000])
def test_parts_are_found_within_facets(starter, monkeypatch, few):
    monkeypatch.setattr("glossary.termbase.search._FEW", few)
    subject = next(iter(starter.subjects()))
    query = Query("s", subject, state=ConceptState.APPROVED, missing="fr")
    expected = [uid for uid in scan(starter, "s") if starter.get(uid).subject == subject]
    found, total = starter.find(query, 3)
    assert ([concept.uid for concept in found], total) == (expected[:3], len(expected))
    assert len(expected) > 3


def test_the_terms_of_older_desks_are_found(tmp_path):
    path = tmp_path / "desk.db"
    database = Database(str(path))
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(database, stop_before="find_any_part_of_a_term")
    for uid, texts in {"c-1": ("rice", "水稻", "grice"), "c-2": ("wheat", "小麦")}.items():
        concept = {"uid": uid, "subject": "", "definitions": "[]", "note": "", "version": 1, "changed_at": "x",
                   "changed_by": "Li", "first_key": min(texts)}  # fmt: skip
        database.table("concepts").insert(concept)
        for position, text in enumerate(texts):
            language = "en" if text.isascii() else "zh-Hans"
            row = term_row(uid, position, Term(language, text))
            marks = ", ".join("?" * len(row))
            database.execute(f"INSERT INTO terms VALUES ({marks})", row)  # noqa: S608
    database.conn.commit()
    database.close()
    with Desk.open(path) as desk:
        assert "terms_found" not in {index.name for index in desk.db.table("terms").indexes}
        for text in ("r", "ri", "rice", "稻", "shuidao", "xm", "wheat"):
            compare(desk.termbase, text)
        assert [concept.uid for concept in desk.termbase.search("稻")] == ["c-1"]
