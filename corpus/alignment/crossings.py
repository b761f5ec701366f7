"""Crossings: what a way through the lattice cannot show, because it never goes back.

Sentences that change places are either left out on both sides, or hidden in a bead of several sentences a side.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from corpus.alignment.dynamic_programming import Lattice, Shape
from corpus.alignment.vectors import Matrix

Step = tuple[int, int, int, int]
Scores = Mapping[Shape, Matrix]

# A sentence that stands elsewhere stands nearby, in sentences of either side; further off, likeness is chance.
_FARTHEST = 20
# The logarithm of the odds against a crossing. Translators rarely move sentences past others: the published gold
# alignments that the weights were trained with have no crossing at all, the samples have four, whose odds are above 7.
_RARE = 4.0
_LIKELY = 0.5


def with_swaps(scores: Scores) -> dict[Shape, Matrix]:
    """Returns the scores of beads with those of their halves changing places: the logarithm of the sum of both."""
    found = {}
    for (k, l), together in scores.items():
        rows, columns = together.shape
        total = together
        for (a, c), (d, b) in _halves(k, l, scores):
            first, second = scores[a, c][:rows, b : b + columns], scores[d, b][a : a + rows, :columns]
            total = np.logaddexp(total, first + second - np.float32(_RARE))
        found[k, l] = total
    return found


def _halves(k: int, l: int, scores: Scores) -> Iterator[tuple[Shape, Shape]]:
    """The shapes into which a bead falls: its first source sentences with its last target ones, and the others."""
    for a in range(1, k):
        for b in range(1, l):
            if (a, l - b) in scores and (k - a, b) in scores:
                yield (a, l - b), (k - a, b)


def swaps(step: Step, scores: Scores) -> list[tuple[Step, float]]:
    """Returns the two beads into which a bead of several sentences a side falls if its halves change places.

    Each comes with the probability of that, given the bead; nothing is returned where the bead is more likely.
    """
    i, j, k, l = step
    best: tuple[float, list[Step]] = (0.0, [])
    for (a, c), (d, b) in _halves(k, l, scores):
        halves = [(i, j + b, a, c), (i + a, j, d, b)]
        apart = sum(_score(half, scores) for half in halves)
        best = max(best, (_probability(apart - _score(step, scores)), halves))
    return [(half, best[0]) for half in best[1]] if best[0] > _LIKELY else []


def crossings(way: Sequence[Step], lattice: Lattice, scores: Scores) -> list[tuple[Step, float]]:
    """Returns the beads over skipped sentences of both sides that belong together, each with its probability.

    `way` is the lattice's best one. The probability is that of the bead against leaving its sentences out, as the
    way does; where beads share sentences the more probable one is returned.
    """
    sources = list(_runs([i for i, _, k, l in way if not l]))
    targets = list(_runs([j for _, j, k, l in way if not k]))
    places = {i: j for i, j, k, l in way if not l}
    found = sorted(_likely(sources, targets, places, lattice, scores), key=lambda crossing: -crossing[1])
    taken: tuple[set[int], set[int]] = set(), set()
    chosen = []
    for (i, j, k, l), probability in found:
        mine, others = set(range(i, i + k)), set(range(j, j + l))
        if not (mine & taken[0] or others & taken[1]):
            chosen.append(((i, j, k, l), probability))
            taken[0].update(mine)
            taken[1].update(others)
    return chosen


def _likely(
    sources: Sequence[range], targets: Sequence[range], places: dict[int, int], lattice: Lattice, scores: Scores
) -> Iterator[tuple[Step, float]]:
    # As if of middling length: the lattice leaves out long sentences more readily, since they have less chance to be
    # part of a bead, and that says nothing about where their counterpart stands.
    source_skip, target_skip = float(lattice.source_skips.mean()), float(lattice.target_skips.mean())
    for run in sources:
        for other in targets:
            if abs(other.start - places[run.start]) <= _FARTHEST:
                for i, j, k, l in _inside(run, other, scores):
                    left_out = k * source_skip + l * target_skip
                    probability = _probability(_score((i, j, k, l), scores) - left_out)
                    if probability > _LIKELY:
                        yield (i, j, k, l), probability


def _probability(gain: float) -> float:
    return 1 / (1 + math.exp(-max(gain - _RARE, -50)))


def _score(step: Step, scores: Scores) -> float:
    i, j, k, l = step
    return float(scores[k, l][i, j])


def _inside(run: range, other: range, scores: Scores) -> Iterator[Step]:
    """The beads of any shape over sentences of two runs."""
    for k, l in scores:
        for i in range(run.start, run.stop - k + 1):
            for j in range(other.start, other.stop - l + 1):
                yield i, j, k, l


def _runs(numbers: Sequence[int]) -> Iterator[range]:
    """The stretches of numbers that follow each other: 1, 2, 5 are 1 to 2, and 5."""
    if not numbers:
        return
    start = numbers[0]
    for number, following in pairwise([*numbers, -1]):
        if following != number + 1:
            yield range(start, number + 1)
            start = following
