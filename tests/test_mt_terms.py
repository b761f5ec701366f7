"""Drafts of a real small model obey the term base, step by step."""

from collections import Counter
from pathlib import Path

import mt_package
import pytest
from floors import floor
from models import material

from glossary.concepts import Concept, Status, Term
from glossary.recognition import Recogniser
from workbench import mt
from workbench.mt import Draft
from workbench.mt.evaluation import evaluate, exchanged
from workbench.mt.packages import repository
from workbench.mt.terminology.terms import TermMethod, Terms, stutters

MODELS = Path(__file__).parent / "models"


@pytest.fixture(autouse=True)
def trained(translation_packages) -> None:
    for file in MODELS.glob("*.argosmodel"):
        repository.install_file(file)


def translate(sentences: list[str], concepts: list[Concept], obey: bool = True) -> list[Draft]:
    recogniser = Recogniser(concepts, "en")
    terms = Terms([recogniser.find(sentence) for sentence in sentences], concepts)
    return mt.require("en", "zh-Hans").translate(sentences, "en", "zh-Hans", terms=terms if obey else None)


def means(drafts: list[Draft]) -> Counter[TermMethod]:
    return Counter(term.method for draft in drafts for term in draft.terms)


def test_terms_that_the_model_never_saw_are_decoded_where_it_has_put_others():
    sentences = [pair.english for pair in material.unknown_term_sentences()]
    concepts = list(material.concepts())
    plain, obeyed = translate(sentences, concepts, obey=False), translate(sentences, concepts)
    assert not any(draft.terms for draft in plain)
    count = means(obeyed)
    assert count.total() == 60
    assert count.total() - count[TermMethod.MISSING] >= floor("terms-unknown")
    assert count[TermMethod.DECODED] >= floor("terms-unknown-decoded")
    for draft in obeyed:
        for term in draft.terms:
            assert (
                (draft.text[slice(*term.place)] in term.required) if term.place else term.method is TermMethod.MISSING
            )


def test_of_the_best_drafts_the_one_with_the_terms_is_taken():
    sentences = [pair.english for pair in material.held_out_sentences()]
    concepts = list(material.concepts())
    obeyed = translate(sentences, concepts)
    count = means(obeyed)
    assert count.total() == 352
    assert count[TermMethod.RERANKED] >= floor("terms-reranked")
    assert count[TermMethod.PLAIN] >= 300
    assert count.total() - count[TermMethod.MISSING] >= floor("terms-known")


def test_a_term_that_is_not_to_be_used_is_suppressed():
    sentence = "UNESCO supports open science."
    (plain,) = translate([sentence], [], obey=False)
    standing = next(name for name in ("联合国教科文组织", "教科文组织") if name in plain.text)
    unesco = Concept("c-1", (Term("en", "UNESCO"), Term("zh-Hans", standing, Status.DEPRECATED)))
    other = Term("zh-Hans", "世界卫生组织")
    (draft,) = translate([sentence], [Concept("c-1", (*unesco.terms, other))])
    assert standing not in draft.text
    assert other.text in draft.text
    assert [term.method for term in draft.terms] != [TermMethod.MISSING]


def test_a_term_that_the_model_cannot_write_is_missing_and_the_draft_untouched():
    sentence = "UNESCO supports open science."
    (plain,) = translate([sentence], [], obey=False)
    (draft,) = translate([sentence], [Concept("c-1", (Term("en", "UNESCO"), Term("zh-Hans", "𠀀𠀁𠀂")))])
    assert draft.text == plain.text
    assert draft.score == pytest.approx(plain.score)
    assert [(term.method, term.place) for term in draft.terms] == [(TermMethod.MISSING, None)]


def test_terms_go_through_a_third_language(tmp_path):
    repository.install_file(mt_package.build(tmp_path, "en", "pt"))
    sentence = "我们必须加强云计算。"
    cloud = Term("zh-Hans", "云计算"), Term("en", "cloud computing"), Term("pt", "nuvem")
    terms = Terms([Recogniser([Concept("c-1", cloud)], "zh-Hans").find(sentence)], [Concept("c-1", cloud)])
    (draft,) = mt.require("zh-Hans", "pt").translate([sentence], "zh-Hans", "pt", terms=terms)
    (term,) = draft.terms
    assert (sentence[term.start : term.end], term.required) == ("云计算", ("nuvem",))
    assert (term.place is None) is (term.method is TermMethod.MISSING)
    assert ("nuvem" in draft.text.lower()) is (term.method is not TermMethod.MISSING)


def test_an_evaluation_compares_no_terms_with_terms_and_with_random_ones():
    concepts = list(material.concepts())
    pairs = [(pair.english, pair.chinese) for pair in material.held_out_sentences(40)]
    labels: list[str] = []

    def progress(label: str):
        labels.append(label)
        return lambda done, total: None

    found = evaluate(mt.require("en", "zh-Hans"), pairs, "en", "zh-Hans", concepts, progress)
    plain, obeyed, rand = found.results
    assert labels == [plain.run, obeyed.run, rand.run] == ["without terms", "with terms", "with random terms"]
    assert plain.required == obeyed.required > 40
    assert obeyed.found > plain.found
    assert obeyed.chrf > plain.chrf > rand.chrf
    assert rand.found > floor("terms-random") * rand.required
    assert sum(obeyed.means.values()) == obeyed.required
    assert "tok:zh" in found.signatures[1]


def test_random_terms_are_those_of_other_concepts_and_always_the_same():
    concepts = list(material.concepts())
    other = exchanged(concepts, "zh-Hans")
    assert [concept.uid for concept in other] == [concept.uid for concept in concepts]
    assert sorted(term.text for concept in other for term in concept.terms) == sorted(
        term.text for concept in concepts for term in concept.terms
    )
    assert sum(a.terms == b.terms for a, b in zip(concepts, other, strict=True)) < 0.05 * len(concepts)
    assert other == exchanged(concepts, "zh-Hans")


@pytest.mark.parametrize(
    ("text", "term", "stuttering"),
    [
        ("致青年青年科学家", "青年科学家", True),
        ("发展云计算计算", "云计算", True),
        ("The research research institute opened.", "research institute", True),
        ("An institute and a research institute opened.", "research institute", False),
        ("中国和中国科学院", "中国科学院", False),
    ],
)
def test_a_term_with_a_part_of_it_once_more_is_no_rendering(text, term, stuttering):
    start = text.rindex(term)
    assert stutters(text, (start, start + len(term))) is stuttering
