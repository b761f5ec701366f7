import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import samples
from corpus.alignment import Bead, align, format_beads, parse_beads
from corpus.alignment.anchors import parts
from corpus.alignment.calibration import TRANSLATED, UNRELATED, means, scale_of
from corpus.articles import Article
from corpus.errors import CannotAlign
from corpus.intake import read_one
from tests.encoders import default_encoder
from tests.floors import floor
from workbench.services.alignment import align_articles
from workbench.services.article_intake import import_articles

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
    source, target = (read_one(samples.path(name, tag), presplit=True) for tag in ("en", "zh-Hans"))
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
    assert sorted(j for bead in beads for j in bead.target) == list(range(len(target)))
    straight = [j for bead in beads if not bead.crossing and bead.source for j in bead.target]
    assert straight == sorted(straight)
    assert all(0 <= bead.score <= 1 for bead in beads)


@pytest.mark.parametrize(("source", "target"), [([], CHINESE), (ENGLISH, [])])
def test_an_empty_side_cannot_be_aligned(source, target):
    with pytest.raises(CannotAlign, match="has no sentences"):
        align(source, target, default_encoder())


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
    assert right / total >= floor("alignment-samples")


@pytest.mark.parametrize(("corpus", "name"), [("mag", "003"), ("aca", "001")])
def test_quality_does_not_fall_on_published_sets(shared, corpus, name):
    folder = shared / "eval" / "align" / corpus
    source, target = ((folder / side / f"{name}.txt").read_text("utf-8").splitlines() for side in ("src", "tgt"))
    gold = parse_beads((folder / "gold" / f"{name}.align").read_text("utf-8"))
    assert f1(gold, align(source, target, default_encoder())) >= floor(f"alignment-{corpus}-{name}")


def test_the_declaration_is_aligned_with_its_official_chinese(shared, desk):
    english, chinese = shared / "seeds/004_32a7fa6aabee1bdd.txt", shared / "seeds/zh/chengdu-declaration-opening.txt"
    text = english.read_text("utf-8")
    opening = text[text.index("Chengdu Declaration on Jointly Building") :].rsplit("II. Jointly seize", 1)[0]
    opening = opening[opening.rindex("(Full Text)") :]
    path = desk.path.with_name("declaration.txt")
    path.write_text(opening, "utf-8")
    (source, _), (target, _) = import_articles(desk, [path, chinese]).articles
    units = desk.bitexts.units(align_articles(desk, source.id, target.id))
    paired = {unit.source: unit.target for unit in units}
    heading = next(target for source, target in paired.items() if source and source[0].startswith("I. Jointly"))
    assert heading[0].startswith("一、共同践行")
    assert sum(unit.score or 0 for unit in units) / len(units) > floor("alignment-declaration")


def test_a_long_text_is_cut_where_both_sides_surely_meet():
    source: list[str] = []
    target: list[str] = []
    gold: list[Bead] = []
    for name in samples.names():
        articles = sample(name)
        gold += [
            Bead(tuple(i + len(source) for i in bead.source), tuple(j + len(target) for j in bead.target))
            for bead in samples.gold(name)
        ]
        source += articles[0].sentences()
        target += articles[1].sentences()
    encoder = default_encoder()
    cut = parts(encoder.encode(source), encoder.encode(target))
    assert len(cut) > 1
    assert [part[0] for part in cut] == [0, *(part[1] for part in cut[:-1])]
    assert [part[2] for part in cut] == [0, *(part[3] for part in cut[:-1])]
    assert cut[-1][1::2] == (len(source), len(target))
    assert f1(gold, align(source, target, encoder)) >= floor("alignment-samples-joined")


def test_texts_that_do_not_meet_still_stay_small():
    """Nothing in common, and far too many cells for one part."""
    generator = np.random.default_rng(1)
    source, target = generator.normal(size=(2, 3_000, 26)).astype(np.float32)
    sizes = [(e - s) * (f - t) for s, e, t, f in parts(source, target)]
    assert max(sizes) <= 420_000


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (["a" * 20_000, "b."], ["甲" * 20_000, "乙。"]),
        ([""] * 300, [""] * 300),
        (["\u200f\u202e"] * 3, ["𠀀𪜀。"] * 4),
        (["One."], ["一。"] * 12),
        (["Same language."], ["Same language."]),
    ],
)
def test_odd_texts_are_aligned_whole(source, target):
    beads = align(source, target, default_encoder())
    assert sorted(i for bead in beads for i in bead.source) == list(range(len(source)))
    assert sorted(j for bead in beads for j in bead.target) == list(range(len(target)))


def test_scores_are_probabilities_that_hold():
    """The beads of the samples with a score of 0.95 and more are right as often as that says."""
    judged = []
    for name in samples.names():
        source, target = (article.sentences() for article in sample(name))
        gold = {(bead.source, bead.target) for bead in samples.gold(name)}
        beads = align(source, target, default_encoder())
        judged += [(bead.source, bead.target) in gold for bead in beads if bead.score >= 0.95]
    assert len(judged) > 200
    assert sum(judged) / len(judged) >= floor("alignment-sure")


def test_sentences_that_change_places_are_crossings():
    """In four of the samples a sentence stands elsewhere in the other text: all are found, and hardly anything else."""
    found, wanted = set(), set()
    for name in samples.names():
        source, target = (article.sentences() for article in sample(name))
        gold = {(bead.source, bead.target) for bead in samples.gold(name) if crosses(bead, samples.gold(name))}
        wanted |= {(name, *bead) for bead in gold}
        found |= {(name, b.source, b.target) for b in align(source, target, default_encoder()) if b.crossing}
    assert len(wanted) == 8
    assert len(found & wanted) >= floor("alignment-crossings")
    assert len(found - wanted) <= 1


def crosses(bead, others):
    return any(
        other.source and other.target and bead.source and bead.target
        and (other.source < bead.source) != (other.target < bead.target)
        for other in others
        if other != bead
    )  # fmt: skip


def test_a_sentence_that_was_moved_past_others_is_found():
    source = [*ENGLISH, "The SKA telescope in Australia has 131,072 antennas."]
    target = ["位于澳大利亚的SKA望远镜有131072根天线。", *CHINESE]
    moved = next(bead for bead in align(source, target, default_encoder()) if bead.source == (len(ENGLISH),))
    assert (moved.target, moved.crossing) == ((0,), True)


def test_paragraphs_tell_where_a_short_sentence_belongs():
    source, target = ["We met.", "Thank you.", "Then we left."], ["我们见了面。", "然后离开了。"]
    encoder = default_encoder()

    def share(paragraphs):
        beads = align(source, target, encoder, paragraphs=paragraphs)
        return {bead.source: bead.score for bead in beads}

    with_first, with_second = share(([0, 0, 1], [0, 1])), share(([0, 1, 1], [0, 1]))
    assert with_first.get((0, 1), 0) >= with_second.get((0, 1), 0)


def test_texts_with_other_paragraphs_are_aligned_without_them():
    paragraphs = ([0] * len(ENGLISH), list(range(len(CHINESE))))
    encoder = default_encoder()
    assert align(ENGLISH, CHINESE, encoder, paragraphs=paragraphs) == align(ENGLISH, CHINESE, encoder)


class Shifted:
    """An encoder that puts all texts nearer to each other, as others do: its cosines lie on another scale."""

    name, dimension = "shifted", 513

    def encode(self, texts):
        vectors = np.hstack([default_encoder().encode(texts), np.full((len(texts), 1), 1.5, np.float32)])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_weights_hold_for_encoders_of_another_scale():
    encoder = Shifted()
    assert means(default_encoder()) == pytest.approx((TRANSLATED, UNRELATED), abs=0.001)
    factor, offset = scale_of(encoder)
    assert [factor * mean + offset for mean in means(encoder)] == pytest.approx((TRANSLATED, UNRELATED), abs=0.001)
    for name in ("interview", "science-park"):
        source, target = (article.sentences() for article in sample(name))
        expected, found = (align(source, target, which) for which in (default_encoder(), encoder))
        same = {(b.source, b.target) for b in expected} & {(b.source, b.target) for b in found}
        assert len(same) > floor("alignment-other-scale") * len(found)


def test_hints_decide_between_places_that_are_alike():
    source = ["The SKAO met.", "The ITER met."]
    target = ["甲机构开会了。", "乙机构开会了。"]
    encoder = default_encoder()
    plain = align(source, target, encoder)
    hinted = align(source, target, encoder, [[["甲机构"]], [["乙机构"]]])
    crossed = align(source, target, encoder, [[["乙机构"]], [["甲机构"]]])
    assert hinted[0].score > plain[0].score > crossed[0].score
