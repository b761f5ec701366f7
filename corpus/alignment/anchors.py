"""Anchors: places where two long texts surely meet, at which they are cut into parts that are aligned one by one.

Memory grows with the longer text, never with the product of both: similarities are computed a block of rows at a time.
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from corpus.embeddings import Vectors

# Texts up to so many sentences on each side are one part: nothing is gained by cutting them.
_WHOLE = 250
# A part is cut at the first good place after so many sentences …
_SHORTEST = 120
# … and anywhere along the line between its ends if it has more cells than this, since the texts do not meet there.
_LARGEST_CELLS = 400_000
_BLOCK = 256
# How much nearer than the second nearest a sentence's nearest must be (cosine).
_MARGIN = 0.05
# Two anchors support each other if they are so near, and so much on one diagonal, counted in sentences.
_NEAR, _ASIDE = 6, 3

Part = tuple[int, int, int, int]
"""Start and end in the source, then in the target: sentences s to e and t to f."""


def parts(source: Vectors, target: Vectors) -> list[Part]:
    """Returns the parts of two texts in order; together they are the whole of both."""
    n, m = len(source), len(target)
    if n <= _WHOLE and m <= _WHOLE * 2:
        return [(0, n, 0, m)]
    found: list[Part] = []
    start = (0, 0)
    for cut in [*_cuts(_supported(_chain(_mutual(source, target)))), (n, m)]:
        last = cut == (n, m)
        if last or (cut[0] - start[0] >= _SHORTEST and cut[1] > start[1]):
            found += _bounded((start[0], cut[0], start[1], cut[1]))
            start = cut
    return found


def _mutual(source: Vectors, target: Vectors) -> list[tuple[int, int]]:
    """Pairs of sentences that are each other's nearest, and clearly so."""
    nearest = np.zeros(len(source), np.int64)
    clear = np.zeros(len(source), np.bool_)
    best = np.full(len(target), -np.inf, np.float32)
    nearest_of = np.zeros(len(target), np.int64)
    for start in range(0, len(source), _BLOCK):
        cosines = source[start : start + _BLOCK] @ target.T
        rows = np.arange(len(cosines))
        nearest[start : start + _BLOCK] = cosines.argmax(axis=1)
        higher = cosines.max(axis=0) > best
        nearest_of[higher] = start + cosines.argmax(axis=0)[higher]
        best = np.maximum(best, cosines.max(axis=0))
        top = cosines[rows, nearest[start : start + _BLOCK]].copy()
        cosines[rows, nearest[start : start + _BLOCK]] = -np.inf
        clear[start : start + _BLOCK] = top - cosines.max(axis=1) > _MARGIN
    return [(i, int(j)) for i, j in enumerate(nearest) if clear[i] and nearest_of[j] == i]


def _chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that goes forward in both texts (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(j)
            ends.append(number)
        else:
            tails[place], ends[place] = j, number
    chain = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _supported(chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs of a chain that have another one close by, on about the same diagonal, on both sides."""
    if len(chain) < 3:
        return []
    steps: npt.NDArray[np.int64] = np.diff(np.array(chain), axis=0)
    near = (steps.max(axis=1) <= _NEAR) & (abs(steps[:, 0] - steps[:, 1]) <= _ASIDE)
    return [chain[number] for number in range(1, len(chain) - 1) if near[number - 1] and near[number]]


def _cuts(anchors: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Places between two anchors that follow each other immediately in both texts."""
    for (i, j), following in pairwise(anchors):
        if following == (i + 1, j + 1):
            yield following


def _bounded(part: Part) -> Iterator[Part]:
    """The part, or pieces of it where it is too large: the texts do not meet in it, so any cut is as good."""
    s, e, t, f = part
    pieces = -(-((e - s) * (f - t)) // _LARGEST_CELLS) or 1
    pieces = min(pieces, max(e - s, 1))
    sources, targets = (np.linspace(start, end, pieces + 1).astype(int) for start, end in ((s, e), (t, f)))
    for number in range(pieces):
        yield int(sources[number]), int(sources[number + 1]), int(targets[number]), int(targets[number + 1])
