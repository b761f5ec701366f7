"""The lattice of all ways to cut two texts into beads: the best way, and how probable each bead is.

A way is a path from (0, 0) to (n, m) whose steps are beads; its score is the sum of its beads' scores, and its
probability is proportional to the exponential of that (a semi-Markov conditional random field; Sarawagi & Cohen 2004).
Forward and backward sums give each bead's probability over all ways. Rows are worked off one by one, the places of a
row at once; skips of target sentences, which stay in a row, are running sums.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Shape = tuple[int, int]
NEVER = -1e30


@dataclass(frozen=True)
class Lattice:
    """Scores of all beads: for each shape (k, l) an array (n-k+1, m-l+1), and of skipping each sentence."""

    scores: Mapping[Shape, npt.NDArray[np.float32]]
    source_skips: Array
    target_skips: Array

    @property
    def n(self) -> int:
        return len(self.source_skips)

    @property
    def m(self) -> int:
        return len(self.target_skips)

    def forward(self) -> Array:
        """Array (n+1, m+1): the logarithm of the sum over all ways from the start to each place."""
        sums = np.full((self.n + 1, self.m + 1), NEVER)
        skipped = np.concatenate([[0.0], np.cumsum(self.target_skips)])
        for i in range(self.n + 1):
            row = np.full(self.m + 1, NEVER)
            if i == 0:
                row[0] = 0
            else:
                row = sums[i - 1] + self.source_skips[i - 1]
            for (k, l), scores in self.scores.items():
                if i >= k:
                    np.logaddexp(row[l:], sums[i - k, :-l] + scores[i - k], out=row[l:])
            sums[i] = np.logaddexp.accumulate(row - skipped) + skipped
        return sums

    def backward(self) -> Array:
        """Array (n+1, m+1): the logarithm of the sum over all ways from each place to the end."""
        sums = np.full((self.n + 1, self.m + 1), NEVER)
        skipped = np.concatenate([[0.0], np.cumsum(self.target_skips)])
        for i in range(self.n, -1, -1):
            if i == self.n:
                row = np.full(self.m + 1, NEVER)
                row[self.m] = 0
            else:
                row = sums[i + 1] + self.source_skips[i]
            for (k, l), scores in self.scores.items():
                if i + k <= self.n:
                    np.logaddexp(row[:-l], sums[i + k, l:] + scores[i], out=row[:-l])
            sums[i] = np.logaddexp.accumulate((row + skipped)[::-1])[::-1] - skipped
        return sums

    def probabilities(self) -> tuple[dict[Shape, Array], Array, Array, float]:
        """The probability of each bead and of each skip, and the logarithm of the sum over all ways.

        A skip of source sentence i has a row over the places in the target where it may happen, and vice versa.
        """
        forward, backward = self.forward(), self.backward()
        total = float(forward[self.n, self.m])
        beads = {
            (k, l): np.exp(
                forward[: self.n - k + 1, : self.m - l + 1] + scores + backward[k:, l:] - total
            )
            for (k, l), scores in self.scores.items()
        }  # fmt: skip
        sources = np.exp(forward[:-1] + self.source_skips[:, None] + backward[1:] - total)
        targets = np.exp(forward[:, :-1] + self.target_skips[None, :] + backward[:, 1:] - total)
        return beads, sources, targets, total


def best_way(
    gains: Mapping[Shape, npt.NDArray[np.float32] | Array], source_skips: Array, target_skips: Array
) -> list[tuple[int, int, int, int]]:
    """Returns the way with the highest sum of gains, as steps (i, j, k, l) in order; a skip has k or l 0.

    A skip has a gain for each source and each target sentence.
    """
    n, m = len(source_skips), len(target_skips)
    skipped = np.concatenate([[0.0], np.cumsum(target_skips)])
    best = np.full((n + 1, m + 1), NEVER)
    steps: list[Shape] = [*gains, (1, 0), (0, 1)]
    via = np.full((n + 1, m + 1), -1, np.int8)
    for i in range(n + 1):
        row, choice = np.full(m + 1, NEVER), np.full(m + 1, -1, np.int8)
        if i == 0:
            row[0] = 0
        else:
            row[:], choice[:] = best[i - 1] + source_skips[i - 1], len(steps) - 2
        for number, ((k, l), scores) in enumerate(gains.items()):
            if i >= k:
                reached = best[i - k, :-l] + scores[i - k]
                better = reached > row[l:]
                row[l:][better] = reached[better]
                choice[l:][better] = number
        level = row - skipped
        highest = np.maximum.accumulate(level)
        choice[highest > level] = len(steps) - 1
        best[i], via[i] = highest + skipped, choice
    return _trace(via, steps)


def _trace(via: npt.NDArray[np.int8], steps: list[Shape]) -> list[tuple[int, int, int, int]]:
    i, j = via.shape[0] - 1, via.shape[1] - 1
    way = []
    while i or j:
        k, l = steps[via[i, j]]
        i, j = i - k, j - l
        way.append((i, j, k, l))
    return way[::-1]
