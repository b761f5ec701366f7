"""The term base that ships with the workbench."""

from collections import Counter

import pytest

from corpus.text.languages import canonical
from glossary import STARTER, tbx
from glossary.concepts import Concept, PartOfSpeech, Status


@pytest.fixture(scope="module")
def concepts() -> list[Concept]:
    with STARTER.open("rb") as stream:
        return list(tbx.read(stream, STARTER.name, canonical))


def test_its_size(concepts):
    assert len(concepts) >= 250
    assert sum(len({definition.language for definition in concept.definitions}) == 2 for concept in concepts) >= 100


def test_every_concept_has_both_languages_a_subject_and_parts_of_speech(concepts):
    for concept in concepts:
        assert set(concept.languages()) == {"en", "zh-Hans"}, concept.uid
        assert concept.subject, concept.uid
        assert all(term.part_of_speech and term.type for term in concept.terms), concept.uid


def test_ids_are_unique_and_a_language_has_one_preferred_term_at_most(concepts):
    assert len({concept.uid for concept in concepts}) == len(concepts)
    for concept in concepts:
        preferred = Counter(term.language for term in concept.terms if term.status is Status.PREFERRED)
        assert all(count == 1 for count in preferred.values()), concept.uid


def test_a_name_is_preferred_only_where_its_source_is_named(concepts):
    for concept in concepts:
        for term in concept.in_language("zh-Hans"):
            if term.part_of_speech is PartOfSpeech.PROPER_NOUN and term.status is Status.PREFERRED:
                assert term.source, (concept.uid, term.text)


@pytest.mark.parametrize(
    "acronym",
    ["STI", "BRI", "IUSTC", "S&T Daily", "SCIO", "MOST", "CAS", "JST", "SKAO", "ITER", "R&D", "PCT", "TCM"],
)
def test_it_holds_the_field_s_own_abbreviations(concepts, acronym):
    assert any(term.text == acronym for concept in concepts for term in concept.in_language("en"))


def test_it_holds_the_confirmed_names(shared, concepts):
    """Every Chinese name of the facts sheet is there, as preferred or admitted."""
    usable = {term.text.strip("《》") for concept in concepts for term in concept.terms if term.status.usable}
    rows = [line.split("|") for line in (shared / "FACTS.md").read_text("utf-8").splitlines() if line.startswith("|")]
    # A table has its heads and a line under them first, which name nothing.
    heads = {number for number, row in enumerate(rows) if set(row[1]) <= set(" -")}
    names = [row[2].strip() for number, row in enumerate(rows) if not {number, number + 1} & heads]
    # Rows that name several things at once are written with marks that no name has.
    single = [name.strip("《》") for name in names if not set("／、（） ") & set(name)]
    assert len(single) >= 15
    assert [name for name in single if name not in usable] == []
