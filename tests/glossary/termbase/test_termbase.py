from dataclasses import replace

import pytest

from glossary.concepts import Concept, Definition, PartOfSpeech, Status, Term, TermType
from glossary.errors import ConceptConflict, UnknownConcept

BRI = Concept(
    uid="c-bri",
    subject="belt and road",
    terms=(
        Term("en", "Belt and Road Initiative", type=TermType.FULL_FORM, part_of_speech=PartOfSpeech.PROPER_NOUN),
        Term("en", "BRI", Status.ADMITTED, TermType.ACRONYM),
        Term("zh-Hans", "“一带一路”倡议", source="Chinese press"),
        Term("zh-Hans", "一带一路战略", Status.DEPRECATED, note="It is not a strategy."),
    ),
    definitions=(Definition("en", "Initiative for connected development.", "a source"),),
    note="A note.",
)
RICE = Concept("c-rice", (Term("en", "hybrid rice"), Term("zh-Hans", "杂交水稻")), "agriculture")
CAFE = Concept("c-cafe", (Term("en", "café scientifique"), Term("zh-Hans", "科学咖啡馆")), "media")


@pytest.fixture
def termbase(desk):
    for concept in (BRI, RICE, CAFE):
        desk.termbase.add(concept)
    return desk.termbase


def test_a_concept_comes_back_as_it_was(termbase):
    stored = termbase.get("c-bri")
    assert stored == BRI
    assert (stored.version, stored.changed_by) == (1, "Li")


def test_terms_of_a_language_stand_in_the_order_of_their_status():
    concept = replace(BRI, terms=BRI.terms[::-1])
    assert [term.text for term in concept.in_language("en")] == ["Belt and Road Initiative", "BRI"]
    assert [term.status for term in concept.in_language("zh-Hans")] == [Status.PREFERRED, Status.DEPRECATED]


@pytest.mark.parametrize(
    ("text", "uids"),
    [
        ("belt AND", ["c-bri"]),
        ("cafe", ["c-cafe"]),
        ("ＢＥＬＴ", ["c-bri"]),
        ("水稻", ["c-rice"]),
        ("100%", []),
        ("_", []),
        ("", ["c-bri", "c-cafe", "c-rice"]),
    ],
)
def test_search_knows_no_case_accent_or_width(termbase, text, uids):
    assert [concept.uid for concept in termbase.search(text)] == uids


def test_a_whole_term_comes_before_a_part(termbase):
    termbase.add(Concept("c-r", (Term("en", "rice"),)))
    assert [concept.uid for concept in termbase.search("rice")] == ["c-r", "c-rice"]


def test_search_within_a_subject(termbase):
    assert [concept.uid for concept in termbase.search("", "agriculture")] == ["c-rice"]


def test_a_revision_keeps_the_old_version(termbase):
    termbase.revise(replace(termbase.get("c-rice"), subject="life sciences"))
    assert (termbase.get("c-rice").subject, termbase.get("c-rice").version) == ("life sciences", 2)
    assert [(old.version, old) for old in termbase.history("c-rice")] == [(1, RICE)]


def test_a_revision_of_an_old_version_is_a_conflict(termbase):
    old = termbase.get("c-rice")
    termbase.revise(replace(old, note="first"))
    with pytest.raises(ConceptConflict, match=r"You \(Li\) changed the concept c-rice meanwhile"):
        termbase.revise(replace(old, note="second"))
    assert termbase.get("c-rice").note == "first"
    assert len(termbase.history("c-rice")) == 1


def test_an_import_adds_revises_and_leaves_alone(termbase):
    report = termbase.import_all([BRI, replace(RICE, note="new note"), Concept("c-new", (Term("en", "new"),))])
    assert (report.read, report.new, report.revised, report.unchanged) == (3, 1, 1, 1)


def test_every_change_makes_a_new_revision(termbase):
    seen = {termbase.revision()}
    termbase.add(Concept("c-new", (Term("en", "new"),)))
    seen.add(termbase.revision())
    termbase.revise(replace(termbase.get("c-new"), note="x"))
    seen.add(termbase.revision())
    assert len(seen) == 3


def test_an_unknown_concept_is_said(termbase):
    with pytest.raises(UnknownConcept, match="no concept c-none"):
        termbase.get("c-none")


def test_the_subjects_are_counted(termbase):
    assert termbase.subjects() == {"agriculture": 1, "belt and road": 1, "media": 1}
