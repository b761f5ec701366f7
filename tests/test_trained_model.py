"""The small trained models of tests/models: that they are what tests of translation and of terms may stand on.

The floors are well below what README.md there measured: sums of int8 differ a little from processor to processor.
"""

import re
from pathlib import Path

import pytest
from floors import floor
from models import material, scores
from models.material import CHINESE, ENGLISH
from models.tokenizer import Translator

import workbench.mt
from workbench.mt.packages import repository

MODELS = Path(__file__).parent / "models"
FILES = {CHINESE: MODELS / "translate-en_zh-1_0.argosmodel", ENGLISH: MODELS / "translate-zh_en-1_0.argosmodel"}
SOURCES = {CHINESE: ENGLISH, ENGLISH: CHINESE}


@pytest.fixture
def folders(translation_packages) -> dict[str, Path]:
    """Where both packages are installed, by the language they translate into."""
    return {language: repository.install_file(file).folder for language, file in FILES.items()}


def _translated(sentences: list[str], target: str) -> list[str]:
    engine = workbench.mt.require(SOURCES[target], target)
    return [draft.text for draft in engine.translate(sentences, SOURCES[target], target)]


def _drafts(pairs: tuple[material.Pair, ...], target: str) -> tuple[list[str], list[str]]:
    """What the model makes of the pairs, and what is written in them."""
    return _translated([pair.side(SOURCES[target]) for pair in pairs], target), [pair.side(target) for pair in pairs]


def test_both_packages_together_weigh_4_megabytes_at_most():
    assert sum(file.stat().st_size for file in FILES.values()) <= 4_000_000


def test_the_log_says_how_they_were_made():
    log = (MODELS / "training.log").read_text(encoding="utf-8")
    assert f"seed {material.SEED}," in log
    assert "translates 50 of 50 sentences as PyTorch does" in log
    for file in FILES.values():
        assert f"{file.name}, int8, {file.stat().st_size:,} bytes" in log


def test_the_concepts_held_out_are_those_of_the_log_and_stand_in_no_training_sentence():
    log = (MODELS / "training.log").read_text(encoding="utf-8")
    (uids,) = re.findall(r"^\d+ concepts held out: (.*)$", log, re.MULTILINE)
    assert set(uids.split()) == material.held_out()
    drawing = material.Drawing(CHINESE, material.generator("test"), material.held_out())
    pairs = [*material.sample_pairs(), *(drawing.sentence() for _ in range(300))]
    assert not {link.uid for pair in pairs for link in pair.links} & material.held_out()


@pytest.mark.parametrize(
    ("target", "source", "expected"),
    [
        (CHINESE, "We need open science!", "我们需要开放科学！"),
        (CHINESE, "China will promote carbon neutrality.", "中国将推动碳中和。"),
        (ENGLISH, "我们需要开放科学！", "We need open science!"),
        (ENGLISH, "会议讨论了碳中和和基础研究。", "The meeting discussed carbon neutrality and basic research."),
    ],
)
def test_simple_sentences_are_translated(folders, target, source, expected):
    assert _translated([source], target) == [expected]


@pytest.mark.parametrize("target", [CHINESE, ENGLISH])
def test_the_samples_are_translated(folders, target):
    drafts, expected = _drafts(material.sample_pairs()[::4], target)
    assert scores.chrf(drafts, expected) >= floor(f"model-samples-{target[:2]}")


@pytest.mark.parametrize("target", [CHINESE, ENGLISH])
def test_template_sentences_that_were_held_out_are_translated(folders, target):
    drafts, expected = _drafts(material.held_out_sentences()[:100], target)
    assert scores.chrf(drafts, expected) >= floor(f"model-templates-{target[:2]}")


@pytest.mark.parametrize("target", [CHINESE, ENGLISH])
def test_terms_that_were_held_out_are_mostly_translated_wrongly(folders, target):
    """Otherwise a test that a term is obeyed would not show that obeying did anything."""
    pairs = material.unknown_term_sentences()
    drafts, _ = _drafts(pairs, target)
    found = [material.translated_terms(pair, draft, target) for pair, draft in zip(pairs, drafts, strict=True)]
    assert sum(map(all, found)) <= len(pairs) // 2


@pytest.mark.parametrize("target", [CHINESE, ENGLISH])
def test_attention_points_from_a_rendering_to_its_term(folders, target):
    translator = Translator(folders[target])
    hits = []
    for pair in material.held_out_sentences()[:60]:
        translation = translator.translate(pair.side(SOURCES[target]))
        for link in pair.links:
            place = material.place_of_term(pair, link, translation.text, target) if link.uid else None
            hits += translation.points(place, link.place(SOURCES[target])) if place else []
    assert len(hits) >= 100
    assert sum(hits) >= floor(f"model-attention-{target[:2]}") * len(hits)


@pytest.mark.parametrize(
    ("hypotheses", "references", "expected"),
    [
        (
            ["The plan supports open science.", "我们需要开放科学！"],
            ["The plan will support open data.", "我们需要开放的科学！"],
            46.54,
        ),
        (["a"], ["ab"], 55.56),
        (["the cat"], ["a dog"], 5.68),
        (["“一带一路”"], ["“一带一路”"], 100),
        (["abc"], ["xyz"], 0),
        ([""], ["x"], 0),
    ],
)
def test_chrf_is_that_of_sacrebleu(hypotheses, references, expected):
    assert scores.chrf(hypotheses, references) == pytest.approx(expected, abs=0.005)
