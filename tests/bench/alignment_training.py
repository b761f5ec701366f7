"""Trains the weights of the aligner's evidence and says what they are worth on text they were not trained on.

    pip install scipy
    python tests/bench/alignment_training.py       cross-validation, then the weights for corpus/alignment/weights.py

Trained are the weights that make the gold alignments most probable (L-BFGS, L2 penalty), on `mag` and `aca` of
../shared/eval/align and the sample articles, cut into stretches of about 110 sentences. In the cross-validation a
quarter of the stretches is left out in turn and aligned with weights trained on the others; the calibration is
counted over the beads of the stretches that were left out.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from alignment import Texts, gold_sets
from scipy.optimize import minimize

from corpus.alignment import Bead
from corpus.alignment.evidence import FEATURES, SKIP_FEATURES, Evidence, Side
from corpus.alignment.lattice import Lattice, best_way
from corpus.encoding import default_encoder

NAMES = (*FEATURES, *SKIP_FEATURES)
PLACE = {name: number for number, name in enumerate(NAMES)}
STRETCH = 110
PENALTY = 0.5
FOLDS = 4
LEVELS = (0.5, 0.8, 0.9, 0.95, 0.98)
Way = list[tuple[int, int, int, int]]
Beads = set[tuple[tuple[int, ...], tuple[int, ...]]]


def forward_beads(gold: Sequence[Bead]) -> Iterator[tuple[int, int, int, int]]:
    """The gold beads that a way without crossings can take."""
    i = j = 0
    for bead in sorted((bead for bead in gold if bead.source and bead.target), key=lambda bead: bead.source):
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
    source, target, gold = texts
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
                yield place, float(value if np.isscalar(value) else value[i, j])
        else:
            for place, value in self.source_skips if k else self.target_skips:
                yield place, float(value[i if k else j])

    def aligned(self, weights: np.ndarray) -> list[tuple[tuple[tuple[int, ...], tuple[int, ...]], float]]:
        """The beads of the best way with their probabilities."""
        n, m = self.size
        lattice = self.lattice(weights)
        beads, sources, targets, _ = lattice.probabilities()
        skips = np.repeat(lattice.source_skips[:, None], m + 1, 1), np.repeat(lattice.target_skips[None, :], n + 1, 0)
        return [
            (
                (tuple(range(i, i + k)), tuple(range(j, j + l))),
                float(beads[k, l][i, j] if k and l else sources[i, j] if k else targets[i, j]),
            )
            for i, j, k, l in best_way(lattice.scores, *skips)
        ]


def prepared(texts: Texts) -> Iterator[Stretch]:
    source, target, gold = texts
    encoder = default_encoder()
    ratio = sum(len(text.encode()) for text in source) / sum(len(text.encode()) for text in target)
    for s, e, t, f in stretches(texts):
        inside = [
            bead for bead in gold if all(s <= i < e for i in bead.source) and all(t <= j < f for j in bead.target)
        ]
        moved = [Bead(tuple(i - s for i in bead.source), tuple(j - t for j in bead.target)) for bead in inside]
        sides = (
            Side(source[s:e], encoder.encode(source[s:e]), "en"),
            Side(target[t:f], encoder.encode(target[t:f]), "zh"),
        )
        evidence = Evidence(*sides, ratio, ())
        features = {
            shape: [
                (PLACE[name], value if np.isscalar(value) else value.astype(np.float16))
                for name, value in evidence.features(*shape)
            ]
            for shape in evidence.shapes()
        }
        skips = ([(PLACE[name], value) for name, value in side.items()] for side in evidence.skips())
        way = gold_way(moved, e - s, f - t)
        yield Stretch({(b.source, b.target) for b in moved}, way, features, *skips, (e - s, f - t))


def train(material: Sequence[Stretch]) -> np.ndarray:
    start = np.zeros(len(NAMES))
    start[PLACE["cosine by size"]], start[PLACE["one to one"]], start[PLACE["skip"]] = 4, 1, -1

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        losses, gradients = zip(*(stretch.loss(weights) for stretch in material), strict=True)
        return sum(losses) + PENALTY * weights @ weights, sum(gradients) + 2 * PENALTY * weights

    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 30}).x


def f1(results: Sequence[tuple[Beads, Beads]]) -> float:
    right = sum(len(gold & found) for gold, found in results)
    return 2 * right / sum(len(gold) + len(found) for gold, found in results)


def cross_validate(material: list[tuple[str, Stretch]]) -> None:
    results: dict[str, list[tuple[Beads, Beads]]] = {}
    judged: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        weights = train([stretch for number, (_, stretch) in enumerate(material) if number % FOLDS != fold])
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
    material = [
        (name, stretch) for name, texts in gold_sets().items() for text in texts for stretch in prepared(text)
    ]  # fmt: skip
    random.Random(1).shuffle(material)  # noqa: S311 - the same folds each time
    cross_validate(material)
    weights = train([stretch for _, stretch in material])
    print("\nWEIGHTS: dict[str, float] = {")
    for name, weight in zip(NAMES, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    print("}")


if __name__ == "__main__":
    main()
