"""Trains the weights of the aligner's evidence and says what they are worth on text they were not trained on.

    pip install scipy
    python tests/bench/alignment_training.py       cross-validation, then the weights for corpus/alignment/weights.py

Trained are the weights that make the gold alignments most probable (L-BFGS, L2 penalty), on `mag` and `aca` of
../shared/eval/align and the sample articles, cut into stretches of about 110 sentences. In the cross-validation a
quarter of the stretches is left out in turn and aligned with weights trained on the others, once with the hints of
the starter term base, as a desk aligns, and once without; the calibration is counted over the beads of the stretches
that were left out. Hints are given in training.
"""

import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus.alignment import Bead, Hints
from corpus.alignment.decode import best_beads
from corpus.alignment.dynamic_programming import Lattice
from corpus.alignment.features import FEATURES, SKIP_FEATURES, Features, Side
from corpus.embeddings import Encoders
from glossary import STARTER
from tests.bench.alignment import Texts, gold_sets
from workbench.desk import Desk
from workbench.services.term_recognition import renderings_in
from workbench.services.termbase_files import import_terms

NAMES = (*FEATURES, *SKIP_FEATURES)
PLACE = {name: number for number, name in enumerate(NAMES)}
STRETCH = 110
PENALTY = 0.5
ITERATIONS = 40
FOLDS = 4
LEVELS = (0.5, 0.8, 0.9, 0.95, 0.98)
Way = list[tuple[int, int, int, int]]
Beads = set[tuple[tuple[int, ...], tuple[int, ...]]]


def uncrossed(gold: Sequence[Bead]) -> list[Bead]:
    """The gold beads with text on both sides, those that cross made one: so does the aligner's lattice see them."""
    beads: list[Bead] = []
    for bead in sorted((bead for bead in gold if bead.source and bead.target), key=lambda bead: bead.source):
        if beads and bead.target < beads[-1].target and bead.target[-1] + 1 == beads[-1].target[0]:
            before = beads.pop()
            bead = Bead(before.source + bead.source, bead.target + before.target)
        beads.append(bead)
    return beads


def forward_beads(gold: Sequence[Bead]) -> Iterator[tuple[int, int, int, int]]:
    """The gold beads that a way without crossings can take."""
    i = j = 0
    for bead in uncrossed(gold):
        if bead.source[0] >= i and bead.target[0] >= j:
            yield bead.source[0], bead.target[0], len(bead.source), len(bead.target)
            i, j = bead.source[-1] + 1, bead.target[-1] + 1


def gold_way(gold: Sequence[Bead], n: int, m: int) -> Way:
    way: Way = []
    i = j = 0
    for a, b, k, l in [*forward_beads(gold), (n, m, 0, 0)]:
        way += [(x, j, 1, 0) for x in range(i, a)]
        way += [(a, y, 0, 1) for y in range(j, b)]
        i, j = a + k, b + l
        if k:
            way.append((a, b, k, l))
    return way


def stretches(texts: Texts) -> Iterator[tuple[int, int, int, int]]:
    source, target, gold, _ = texts
    start = (0, 0)
    for a, b, k, l in forward_beads(gold):
        if a - start[0] >= STRETCH and k == l == 1:
            yield start[0], a, start[1], b
            start = (a, b)
    yield start[0], len(source), start[1], len(target)


@dataclass
class Stretch:
    """A part of a text with its gold beads and the evidence for all beads in it."""

    gold: Beads
    way: Way
    features: dict[tuple[int, int], list[tuple[int, np.ndarray | float]]]
    source_skips: list[tuple[int, np.ndarray]]
    target_skips: list[tuple[int, np.ndarray]]
    size: tuple[int, int]

    def lattice(self, weights: np.ndarray) -> Lattice:
        n, m = self.size
        scores = {}
        for (k, l), features in self.features.items():
            scores[k, l] = np.zeros((n - k + 1, m - l + 1), np.float32)
            for place, value in features:
                scores[k, l] += np.float32(weights[place]) * value
        skips = (
            sum(weights[place] * value.astype(float) for place, value in features)
            for features in (self.source_skips, self.target_skips)
        )
        return Lattice(scores, *skips)

    def loss(self, weights: np.ndarray) -> tuple[float, np.ndarray]:
        """Minus the logarithm of the gold way's probability, and its gradient: features expected less those of gold."""
        lattice = self.lattice(weights)
        beads, sources, targets, total = lattice.probabilities()
        gradient = np.zeros(len(NAMES))
        for shape, probability in beads.items():
            for place, value in self.features[shape]:
                gradient[place] += float((probability * value).sum())
        for place, value in self.source_skips:
            gradient[place] += float((sources.sum(1) * value).sum())
        for place, value in self.target_skips:
            gradient[place] += float((targets.sum(0) * value).sum())
        score = 0.0
        for i, j, k, l in self.way:
            for place, value in self.at(i, j, k, l):
                gradient[place] -= value
                score += weights[place] * value
        return total - score, gradient

    def at(self, i: int, j: int, k: int, l: int) -> Iterator[tuple[int, float]]:
        if k and l:
            for place, value in self.features.get((k, l), ()):
                yield place, float(value[i, j] if isinstance(value, np.ndarray) else value)
        else:
            for place, value in self.source_skips if k else self.target_skips:
                yield place, float(value[i if k else j])

    def aligned(self, weights: np.ndarray) -> list[tuple[tuple[tuple[int, ...], tuple[int, ...]], float]]:
        """The beads that the aligner finds with these weights, and their probabilities."""
        lattice = self.lattice(weights)
        beads = best_beads(lattice.scores, lattice.source_skips, lattice.target_skips)
        return [((bead.source, bead.target), bead.score) for bead in beads]


Hinted = Callable[[Sequence[str]], Hints]


def starter_hints(folder: str) -> Hinted:
    """What a desk with the starter term base knows about sentences."""
    desk = Desk.create(Path(folder) / "desk.db")
    import_terms(desk, STARTER)
    return lambda sentences: renderings_in(desk, sentences, "en", "zh-Hans")


def prepared(texts: Texts, hinted: Hinted) -> Iterator[Stretch]:
    source, target, gold, paragraphs = texts
    numbers = paragraphs or ((), ())
    encoder = Encoders().load()
    ratio = sum(len(text.encode()) for text in source) / sum(len(text.encode()) for text in target)
    for s, e, t, f in stretches(texts):
        inside = [
            bead for bead in gold if all(s <= i < e for i in bead.source) and all(t <= j < f for j in bead.target)
        ]
        moved = [Bead(tuple(i - s for i in bead.source), tuple(j - t for j in bead.target)) for bead in inside]
        sides = (
            Side(source[s:e], encoder.encode(source[s:e]), "en", numbers[0][s:e]),
            Side(target[t:f], encoder.encode(target[t:f]), "zh", numbers[1][t:f]),
        )
        evidence = Features(*sides, ratio, hinted(source[s:e]))
        features = {
            shape: [
                (PLACE[name], value.astype(np.float16) if isinstance(value, np.ndarray) else value)
                for name, value in evidence.features(*shape)
            ]
            for shape in evidence.shapes()
        }
        skips, others = ([(PLACE[name], value) for name, value in side.items()] for side in evidence.skips())
        way = gold_way(moved, e - s, f - t)
        yield Stretch({(b.source, b.target) for b in moved}, way, features, skips, others, (e - s, f - t))


def train(material: Sequence[Stretch]) -> np.ndarray:
    start = np.zeros(len(NAMES))
    start[PLACE["cosine by size"]], start[PLACE["one to one"]], start[PLACE["skip"]] = 4, 1, -1

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        losses, gradients = zip(*(stretch.loss(weights) for stretch in material), strict=True)
        return sum(losses) + PENALTY * weights @ weights, sum(gradients) + 2 * PENALTY * weights

    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}).x


def f1(results: Sequence[tuple[Beads, Beads]]) -> float:
    right = sum(len(gold & found) for gold, found in results)
    return 2 * right / sum(len(gold) + len(found) for gold, found in results)


def without_hints(stretch: Stretch) -> Stretch:
    places = {PLACE[name] for name in ("hints", "hints alone")}
    features = {
        shape: [(place, value) for place, value in features if place not in places]
        for shape, features in stretch.features.items()
    }
    return replace(stretch, features=features)


def cross_validate(material: list[tuple[str, Stretch]]) -> None:
    trained = [
        train([stretch for number, (_, stretch) in enumerate(material) if number % FOLDS != fold])
        for fold in range(FOLDS)
    ]
    print("with the hints of the starter term base")
    judge(material, trained)
    print("without hints")
    judge([(name, without_hints(stretch)) for name, stretch in material], trained)


def judge(material: list[tuple[str, Stretch]], trained: Sequence[np.ndarray]) -> None:
    results: dict[str, list[tuple[Beads, Beads]]] = {}
    judged: list[tuple[float, bool]] = []
    for fold, weights in enumerate(trained):
        for name, stretch in material[fold::FOLDS]:
            aligned = stretch.aligned(weights)
            results.setdefault(name, []).append((stretch.gold, {bead for bead, _ in aligned}))
            judged += [(score, bead in stretch.gold) for bead, score in aligned]
    for name, pairs in sorted(results.items()):
        print(f"left out, {name:8} F1 {f1(pairs):.4f}")
    published = [pair for name, pairs in results.items() if name != "samples" for pair in pairs]
    print(f"left out, {'aca+mag':8} F1 {f1(published):.4f}")
    for level in LEVELS:
        shown = [right for score, right in judged if score >= level]
        share = len(shown) / len(judged)
        print(f"score {level:.2f} and more: {share:6.1%} of the beads, {sum(shown) / len(shown):.2%} right")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        hinted = starter_hints(folder)
        material = [
            (name, stretch)
            for name, texts in gold_sets().items()
            for text in texts
            for stretch in prepared(text, hinted)
        ]
    random.Random(1).shuffle(material)  # noqa: S311 - the same folds each time
    cross_validate(material)
    weights = train([stretch for _, stretch in material])
    print("\nWEIGHTS: dict[str, float] = {")
    for name, weight in zip(NAMES, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    print("}")


if __name__ == "__main__":
    main()
