"""Candidates for the term base: what bilingual sentences propose, and what becomes of an accepted one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import samples
from corpus.intake import read_one
from corpus.text.frequency import log_probability
from glossary.concepts import ConceptState
from glossary.extraction import extract
from glossary.extraction.acronyms import explained
from glossary.extraction.words import base, joined, may_be_term, words_of
from workbench.errors import DeskError
from workbench.services import term_candidates
from workbench.services.article_intake import begin_translation
from workbench.services.term_candidates import Material

LANGUAGES = ("en", "zh-Hans")
PAIRS = [
    ("The radio telescope observed a pulsar.", "射电望远镜观测到一颗脉冲星。"),
    ("A radio telescope is large.", "射电望远镜很大。"),
    ("They built the radio telescope in Guizhou.", "他们在贵州建造了射电望远镜。"),
    ("The pulsar is far away.", "这颗脉冲星很远。"),
    ("A new pulsar was found.", "发现了一颗新的脉冲星。"),
    ("It was built in Guizhou.", "它建于贵州。"),
]


def sample_pairs():
    """What the words of the test's own sentences are learned beside: a few sentences are too few for statistics."""
    for name in samples.names():
        source, target = (read_one(samples.path(name, tag), presplit=True).sentences() for tag in LANGUAGES)
        for bead in samples.gold(name):
            if bead.source and bead.target:
                yield " ".join(source[i] for i in bead.source), "".join(target[j] for j in bead.target)


PAIRS += sample_pairs()


def proposed(pairs=PAIRS, **others):
    return {candidate.source: candidate for candidate in extract(pairs, LANGUAGES, log_probability, **others)}


def test_terms_are_paired_with_what_they_are_aligned_with():
    found = proposed()
    assert found["radio telescope"].targets[0] == "射电望远镜"
    assert found["pulsar"].targets[0] == "脉冲星"
    assert found["radio telescope"].count == 3
    assert found["radio telescope"].contexts[0] in (0, 1, 2)


def test_pairs_with_unlike_vectors_come_last():
    def encode(texts):
        return np.array([[0, 1] if text == "脉冲星" else [1, 0] for text in texts], np.float32)

    plain = extract(PAIRS, LANGUAGES, log_probability)
    compared = extract(PAIRS, LANGUAGES, log_probability, encode=encode)
    unlike = [item for item in plain if item.targets[0] == "脉冲星"]
    assert compared == [item for item in plain if item not in unlike] + [replace(item, score=0.0) for item in unlike]
    assert len(unlike) > 0
    assert extract([("a", "b")], LANGUAGES, log_probability, encode=encode) == []


def test_what_the_term_base_has_is_not_proposed():
    assert "pulsar" not in proposed(known=lambda term: term == "pulsar")


def test_singular_and_plural_are_one_candidate():
    pairs = [*PAIRS, ("Pulsars are stars.", "脉冲星是恒星。"), ("Two pulsars blink.", "两颗脉冲星在闪烁。")]
    assert proposed(pairs)["pulsar"].count == 5


def test_a_phrase_that_stands_only_in_a_longer_one_ranks_below_it():
    pairs = [*PAIRS, ("The radio telescope is new.", "射电望远镜是新的。")]
    order = list(proposed(pairs))
    assert order.index("radio telescope") < min(order.index(part) for part in ("radio", "telescope") if part in order)


@given(st.lists(st.tuples(st.text(max_size=30), st.text("望远镜脉冲星a (。", max_size=30)), min_size=1, max_size=4))
def test_any_text_is_taken(pairs):
    for candidate in extract(pairs, LANGUAGES, lambda word: -10.0):
        assert candidate.source
        assert all(candidate.targets)
        assert candidate.support <= candidate.count


@pytest.mark.parametrize(
    ("sentence", "acronym", "name"),
    [
        (
            "The International Union for Science and Technology Communication (IUSTC) met.",
            "IUSTC",
            "International Union for Science and Technology Communication",
        ),
        ("He used the Five-hundred-meter Aperture Spherical Telescope (FAST).", "FAST", None),
        ("The World Health Organization (WHO) said so.", "WHO", "World Health Organization"),
        ("Prices rose (see below).", None, None),
        ("The results (WHO 2020) were clear.", None, None),
    ],
)
def test_acronyms_are_explained_by_the_words_before(sentence, acronym, name):
    words = words_of("en")(sentence)
    found = {each.acronym: joined(words[each.start : each.end], "en") for each in explained(words)}
    if name is None:
        assert acronym not in found or found[acronym].startswith("Five")
    else:
        assert found == {acronym: name}


def test_an_acronym_comes_with_its_name():
    name = "International Union for Science and Technology Communication"
    pairs = [
        (f"The {name} (IUSTC) met.", "国际科技传播联盟（IUSTC）开会了。"),
        (f"The {name} is new.", "国际科技传播联盟是新成立的。"),
        *PAIRS,
    ]
    assert proposed(pairs)[name].acronym == "IUSTC"


@pytest.mark.parametrize(
    ("words", "language", "fits"),
    [
        (["radio", "telescope"], "en", True),
        (["the", "telescope"], "en", False),
        (["January"], "en", False),
        (["2020"], "en", False),
        (["SARS-CoV-2"], "en", True),
        (["望远镜"], "zh-Hans", True),
        (["镜"], "zh-Hans", False),
        (["的", "望远镜"], "zh-Hans", False),
    ],
)
def test_what_may_be_a_term(words, language, fits):
    assert may_be_term(words, language) is fits


@pytest.mark.parametrize(
    ("word", "singular"),
    [("Masks", "mask"), ("studies", "study"), ("viruses", "virus"), ("glass", "glass"), ("SARS", "sar")],
)
def test_the_base_of_a_word(word, singular):
    assert base(word) == singular


def test_common_words_are_likelier_than_rare_ones():
    assert log_probability("country") > log_probability("pulsar") > log_probability("angiotensin")
    assert log_probability("国家") > log_probability("脉冲星")


def test_an_accepted_candidate_is_a_proposed_concept(desk):
    material = Material(PAIRS, LANGUAGES, "Telescopes")
    (chosen,) = [each for each in term_candidates.propose(desk, material) if each.source == "radio telescope"]
    desk.termbase.add(term_candidates.concept_of(chosen, material))
    (concept,) = desk.termbase.search("射电望远镜")
    assert concept.state is ConceptState.PROPOSED
    assert [term.text for term in concept.in_language("en")] == ["radio telescope"]
    assert "radio telescope" in concept.in_language("en")[0].contexts[0].text


def test_a_bitext_without_confirmed_units_is_said(desk, article):
    id, _ = desk.articles.add(article)
    bitext = desk.bitexts.get(begin_translation(desk, id, "zh-Hans"))
    material = term_candidates.from_bitext(bitext, desk.bitexts.units(bitext.id))
    with pytest.raises(DeskError, match="no units to take terms from"):
        term_candidates.propose(desk, material)
