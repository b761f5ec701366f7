import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import alignment, samples
from corpus.alignment import Bead, align, format_beads, parse_beads
from corpus.articles import Article
from corpus.encoding import default_encoder
from corpus.errors import CannotAlign
from corpus.intake import read

ENGLISH = ["The laboratory opened.", "It studies rice.", "Thank you!"]
CHINESE = ["实验室成立了。", "它研究水稻。", "谢谢！"]


class Counting:
    """An encoder whose vectors are a sentence's letters: quick, and alike for like texts."""

    name = "letters"
    dimension = 26

    def encode(self, texts):
        counts = np.array([[text.count(chr(97 + letter)) + 0.01 for letter in range(26)] for text in texts])
        return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)


def sample(name: str) -> tuple[Article, Article]:
    (source,), (target,) = (read(samples.path(name, tag), presplit=True) for tag in ("en", "zh-Hans"))
    return source, target


def f1(gold: list[Bead], found: list[Bead]) -> float:
    wanted = {(bead.source, bead.target) for bead in gold}
    right = len(wanted & {(bead.source, bead.target) for bead in found})
    return 2 * right / (len(gold) + len(found))


def test_sentences_that_correspond_are_paired():
    beads = align(ENGLISH, CHINESE, default_encoder())
    assert [(bead.source, bead.target) for bead in beads] == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
    assert all(bead.score > 0.5 for bead in beads)


def test_a_merged_sentence_takes_both():
    beads = align([*ENGLISH[:2]], ["实验室成立了，它研究水稻。"], default_encoder())
    assert [(bead.source, bead.target) for bead in beads] == [((0, 1), (0,))]


@given(
    st.lists(st.text("abcdef ", min_size=1, max_size=12), min_size=1, max_size=12),
    st.lists(st.text("abcdef ", min_size=1, max_size=12), min_size=1, max_size=12),
)
def test_every_sentence_is_in_one_bead_in_order(source, target):
    beads = align(source, target, Counting())
    assert [i for bead in beads for i in bead.source] == list(range(len(source)))
    assert [j for bead in beads for j in bead.target] == list(range(len(target)))
    assert all(0 <= bead.score <= 1 for bead in beads)


@pytest.mark.parametrize(("source", "target"), [([], CHINESE), (ENGLISH, [])])
def test_an_empty_side_cannot_be_aligned(source, target):
    with pytest.raises(CannotAlign, match="has no sentences"):
        align(source, target, default_encoder())


def test_texts_that_would_outgrow_memory_are_refused():
    with pytest.raises(CannotAlign, match="too many to align at once"):
        align(["a"] * 40_000, ["b"] * 40_000, Counting())


def test_beads_are_written_and_read_alike():
    beads = [Bead((0, 1), (0,)), Bead((), (1,)), Bead((2,), ())]
    assert format_beads(beads) == "[0, 1]:[0]\n[]:[1]\n[2]:[]\n"
    assert parse_beads(format_beads(beads)) == beads


def test_a_line_that_is_no_bead_is_named():
    with pytest.raises(CannotAlign, match="Line 2 is not a bead"):
        parse_beads("[0]:[0]\nnothing\n")


def test_quality_does_not_fall_on_the_samples():
    """The floor is what the aligner reached on these eight pairs when it was last improved."""
    pairs = [(samples.gold(name), sample(name)) for name in samples.names()]
    found = [align(source.sentences(), target.sentences(), default_encoder()) for _, (source, target) in pairs]
    right = sum(f1(gold, beads) * (len(gold) + len(beads)) for (gold, _), beads in zip(pairs, found, strict=True))
    total = sum(len(gold) + len(beads) for (gold, _), beads in zip(pairs, found, strict=True))
    assert right / total >= FLOOR


FLOOR = 0.92


@pytest.mark.parametrize(("corpus", "name", "floor"), [("mag", "003", 0.97), ("aca", "001", 0.985)])
def test_quality_does_not_fall_on_published_sets(shared, corpus, name, floor):
    folder = shared / "eval" / "align" / corpus
    source, target = ((folder / side / f"{name}.txt").read_text("utf-8").splitlines() for side in ("src", "tgt"))
    gold = parse_beads((folder / "gold" / f"{name}.align").read_text("utf-8"))
    assert f1(gold, align(source, target, default_encoder())) >= floor


def test_the_declaration_is_aligned_with_its_official_chinese(shared, desk):
    english, chinese = shared / "seeds/004_32a7fa6aabee1bdd.txt", shared / "seeds/zh/chengdu-declaration-opening.txt"
    text = english.read_text("utf-8")
    opening = text[text.index("Chengdu Declaration on Jointly Building") :].rsplit("II. Jointly seize", 1)[0]
    opening = opening[opening.rindex("(Full Text)") :]
    path = desk.path.with_name("declaration.txt")
    path.write_text(opening, "utf-8")
    (source, _), (target, _) = desk.intake([path, chinese])
    units = desk.bitexts.units(desk.align(source.id, target.id))
    paired = {unit.source: unit.target for unit in units}
    heading = next(target for source, target in paired.items() if source and source[0].startswith("I. Jointly"))
    assert heading[0].startswith("一、共同践行")
    assert sum(unit.score or 0 for unit in units) / len(units) > 0.6


def test_the_limit_of_a_text_is_known():
    assert alignment.MAX_CELLS >= 3_000 * 3_000
