"""Curation: states, the log, old versions, merging and splitting, subjects, and desks of older versions."""

from dataclasses import replace

import pytest
from sqlite_utils import Database

from glossary import duplicates
from glossary.concept_merge import differences
from glossary.concepts import Concept, ConceptState, Definition, Reference, Relation, Status, Term, TermType
from glossary.duplicates import Likeness
from glossary.errors import CannotCurate, ConceptConflict, UnknownConcept
from glossary.termbase import Query, migrations
from glossary.termbase.log import LoggedAction
from workbench.desk import Desk
from workbench.schema import APPLICATION_ID

RICE = Concept("c-rice", (Term("en", "hybrid rice"), Term("zh-Hans", "杂交水稻")), "crops")
PADDY = Concept(
    "c-paddy",
    (Term("en", "Hybrid Rice"), Term("zh-Hans", "杂交稻")),
    "crops",
    (Definition("en", "Rice of two lines."),),
    "A note.",
)
MOST = Concept("c-most", (Term("en", "MOST", type=TermType.ACRONYM), Term("zh-Hant", "科學技術部")), "bodies")


@pytest.fixture
def termbase(desk):
    for concept in (RICE, PADDY, MOST):
        desk.termbase.add(concept)
    return desk.termbase


def uids(termbase, **query) -> list[str]:
    return [concept.uid for concept in termbase.find(Query(**query))[0]]


def test_an_edit_of_an_approved_concept_goes_under_review(termbase):
    after = termbase.revise(replace(RICE, note="x"))
    assert (after.state, after.version) == (ConceptState.UNDER_REVIEW, 2)
    assert termbase.decide("c-rice", 2, ConceptState.APPROVED).state is ConceptState.APPROVED
    termbase.settings.put("review_after_edit", False)
    assert termbase.revise(replace(termbase.get("c-rice"), note="y")).state is ConceptState.APPROVED


def test_decisions_are_logged_and_a_rejection_needs_a_reason(termbase, desk):
    with pytest.raises(CannotCurate, match="needs a reason"):
        termbase.decide("c-rice", 1, ConceptState.REJECTED, " ")
    seen = termbase.revision()
    termbase.decide("c-rice", 1, ConceptState.REJECTED, "not ours")
    assert termbase.revision() != seen
    (entry,) = termbase.log.of("c-rice")
    assert (entry.action, entry.text, entry.by, entry.version) == (LoggedAction.REJECTED, "not ours", "Li", 2)
    assert [found.uid for found in termbase.in_use()] == ["c-paddy", "c-most"]
    with pytest.raises(ConceptConflict):
        termbase.decide("c-rice", 1, ConceptState.APPROVED)


def test_an_old_version_is_restored_as_a_new_one(termbase):
    termbase.revise(replace(RICE, terms=RICE.terms[:1]))
    assert termbase.restore("c-rice", 2, 1) == RICE
    assert [old.version for old in termbase.history("c-rice")] == [2, 1]
    removed, added = differences(termbase.history("c-rice")[0], termbase.get("c-rice"))
    assert (removed, [line.text for line in added]) == ([], ["杂交水稻 · preferred"])


def test_two_concepts_become_one_and_nothing_is_lost(termbase):
    termbase.revise(replace(MOST, references=(Reference(Relation.RELATED, "c-paddy"),)))
    merged = termbase.merge("c-rice", 1, "c-paddy")
    assert [term.text for term in merged.terms] == ["hybrid rice", "Hybrid Rice", "杂交水稻", "杂交稻"]
    assert [term.status for term in merged.terms][1::2] == [Status.ADMITTED, Status.ADMITTED]
    assert (merged.definitions, merged.note) == (PADDY.definitions, PADDY.note)
    assert termbase.get("c-most").references == (Reference(Relation.RELATED, "c-rice"),)
    assert [(entry.action, entry.text) for entry in termbase.log.of("c-paddy")] == [(LoggedAction.MERGED, "c-rice")]
    with pytest.raises(UnknownConcept):
        termbase.get("c-paddy")
    termbase.add(PADDY)
    assert termbase.get("c-paddy").version == 2


def test_homonyms_are_split(termbase):
    rest, new = termbase.split("c-rice", 1, "c-rice-2", [1])
    assert ([term.text for term in rest.terms], [term.text for term in new.terms]) == (["hybrid rice"], ["杂交水稻"])
    with pytest.raises(CannotCurate, match="Both concepts need a term"):
        termbase.split("c-rice", 2, "c-x", [0])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"text": "zajiaoshuidao"}, ["c-rice"]),
        ({"text": "zá jiāo"}, ["c-paddy", "c-rice"]),
        ({"text": "zjsd"}, ["c-rice"]),
        ({"text": "jiaoshui"}, ["c-rice"]),
        ({"text": "jisd"}, []),
        ({"text": "kxjsb"}, ["c-most"]),
        ({"subject": "crops"}, ["c-paddy", "c-rice"]),
        ({"missing": "zh-Hans"}, ["c-most"]),
        ({"state": ConceptState.PROPOSED}, []),
        ({"author": "Li", "subject": "bodies"}, ["c-most"]),
        ({"status": Status.DEPRECATED}, []),
    ],
)
def test_concepts_are_found_by_pinyin_and_facets(termbase, query, found):
    assert sorted(uids(termbase, **query)) == found


def test_subjects_are_a_tree(termbase):
    termbase.subject_tree.put("crops", "life")
    assert sorted(uids(termbase, subject="life")) == ["c-paddy", "c-rice"]
    places = [(subject.name, subject.depth, subject.total) for subject in termbase.subject_tree.tree()]
    assert places == [("bodies", 0, 1), ("life", 0, 2), ("crops", 1, 2)]
    with pytest.raises(CannotCurate, match="cannot stand below itself"):
        termbase.subject_tree.put("life", "crops")
    with pytest.raises(CannotCurate, match="2 concepts have the subject crops"):
        termbase.subject_tree.take_out("crops")
    assert termbase.rename_subject("crops", "plants") == 2
    assert (termbase.get("c-rice").subject, termbase.get("c-rice").state) == ("plants", ConceptState.APPROVED)
    assert sorted(uids(termbase, subject="life")) == ["c-paddy", "c-rice"]


@pytest.mark.parametrize(
    ("term", "found"),
    [
        (Term("en", "HYBRID RICE"), {("c-rice", Likeness.SAME), ("c-paddy", Likeness.SAME)}),
        (Term("en", "most", type=TermType.ACRONYM), {("c-most", Likeness.ACRONYM)}),
        (Term("zh-Hant", "雜交水稻"), {("c-rice", Likeness.SCRIPT)}),
        (Term("zh-Hans", "科学技术部"), {("c-most", Likeness.SCRIPT)}),
        (Term("en", "hybrid ryce"), {("c-rice", Likeness.NEAR), ("c-paddy", Likeness.NEAR)}),
        (Term("en", "rice"), set()),
    ],
)
def test_a_likely_duplicate_is_found_on_entry(termbase, term, found):
    like = duplicates.find(termbase, Concept("c-new", (term,)))
    assert {(duplicate.uid, duplicate.likeness) for duplicate in like} == found


def test_a_concept_is_no_duplicate_of_itself(termbase):
    assert duplicates.find(termbase, MOST) == []


def test_a_desk_of_before_comes_along_approved(tmp_path):
    path = tmp_path / "desk.db"
    database = Database(str(path))
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations.apply(database, stop_before="curate")
    database.table("concepts").insert(
        {"uid": "c-1", "subject": "s", "definitions": "[]", "note": "", "version": 1, "changed_at": "x",
         "changed_by": "Li"}
    )  # fmt: skip
    database.table("terms").insert(
        {"concept": "c-1", "position": 0, "language": "zh-Hans", "text": "空间站", "search_key": "空间站",
         "status": "preferred", "type": "acronym", "part_of_speech": "", "source": "", "note": ""}
    )  # fmt: skip
    database.close()
    with Desk.open(path) as desk:
        (concept,) = desk.termbase.search("kjz")
        assert (concept.uid, concept.state, concept.terms[0].case_sensitive) == ("c-1", ConceptState.APPROVED, True)
