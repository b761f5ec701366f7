"""Alignment: which sentences of two texts correspond, as beads in reading order.

A bead is a step of a monotonic path through both texts that maximises the sum of the beads' gains, found by dynamic
programming. The gain of a bead follows Bertalign (Liu & Zhu 2022, https://doi.org/10.1093/llc/fqac089): the cosine of
the two sides' vectors, less the mean cosine with the neighbouring sentences (the margin), weighed by how well the
lengths agree. A side of several sentences has the normalised sum of their vectors.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.encoding import Encoder, Vectors
from corpus.errors import CannotAlign

Matrix = npt.NDArray[np.float32]

SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (2, 2))
# The gain of leaving a sentence without counterpart.
SKIP = -0.15
# Both texts' sentence numbers multiplied; beyond it the similarity matrices (4 bytes a cell and shape) outgrow memory.
MAX_CELLS = 16_000_000


@dataclass(frozen=True)
class Bead:
    """A proposal for a unit: numbers of source and of target sentences (from 0), and a score.

    The score is the cosine of both sides, cut to 0…1; 0 where a side is empty.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float = 0.0


def align(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> list[Bead]:
    """Returns the beads that pair the sentences of `source` with those of `target`; each sentence is in one bead.

    Raises CannotAlign where a side has no sentence or both are too long together.
    """
    if not source or not target:
        side = "source" if not source else "target"
        raise CannotAlign("The {side} text has no sentences: choose two texts to align.", side=side)
    if len(source) * len(target) > MAX_CELLS:
        raise CannotAlign(
            "{source} and {target} sentences are too many to align at once: split the texts into chapters.",
            source=len(source),
            target=len(target),
        )
    gains, cosines = _gains(source, target, encoder)
    beads = []
    for i, j, (k, l) in _best_path(len(source), len(target), gains):  # noqa: E741
        score = float(np.clip(cosines[k, l][i - k, j - l], 0, 1)) if k and l else 0.0
        beads.append(Bead(tuple(range(i - k, i)), tuple(range(j - l, j)), round(score, 4)))
    return beads


def _gains(
    source: Sequence[str], target: Sequence[str], encoder: Encoder
) -> tuple[dict[tuple[int, int], Matrix], dict[tuple[int, int], Matrix]]:
    """For each shape (k, l) two arrays (n-k+1, m-l+1): gains and cosines of the beads that start at (row, column)."""
    widest = max(max(shape) for shape in SHAPES)
    source_vectors = _windows(encoder.encode(source), widest)
    target_vectors = _windows(encoder.encode(target), widest)
    source_lengths = _window_lengths(source, widest)
    target_lengths = _window_lengths(target, widest)
    # Lengths count in the pair's own ratio, which the two texts show themselves.
    ratio = source_lengths[1].sum() / max(target_lengths[1].sum(), 1)
    gains: dict[tuple[int, int], Matrix] = {}
    cosines: dict[tuple[int, int], Matrix] = {}
    for k, l in SHAPES:  # noqa: E741
        if k > len(source) or l > len(target):
            continue
        cosine = source_vectors[k] @ target_vectors[l].T
        beside = _beside(source_vectors[k] @ target_vectors[1].T, l)
        beside += _beside(target_vectors[l] @ source_vectors[1].T, k).T
        lengths = _length_agreement(source_lengths[k], target_lengths[l] * ratio)
        gains[k, l] = ((cosine - beside / 2) * lengths).astype(np.float32)
        cosines[k, l] = cosine
    return gains, cosines


def _windows(vectors: Vectors, widest: int) -> dict[int, Vectors]:
    """For each width w an array (n-w+1, d): the unit vectors of the sums of w consecutive ones."""
    sums = np.concatenate([np.zeros((1, vectors.shape[1]), np.float32), np.cumsum(vectors, axis=0, dtype=np.float64)])
    windows = {}
    for width in range(1, min(widest, len(vectors)) + 1):
        total = (sums[width:] - sums[:-width]).astype(np.float32)
        windows[width] = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-6)
    return windows


def _window_lengths(sentences: Sequence[str], widest: int) -> dict[int, Matrix]:
    sums = np.concatenate([[0], np.cumsum([max(len(sentence.encode()), 1) for sentence in sentences])])
    return {
        width: (sums[width:] - sums[:-width]).astype(np.float32) for width in range(1, min(widest, len(sentences)) + 1)
    }


def _beside(single: Matrix, width: int) -> Matrix:
    """The mean cosine with the single sentences just before and just after each window of `width` columns.

    `single` is an array (rows, m); the result is (rows, m - width + 1). At an end only the one neighbour counts.
    """
    rows, columns = single.shape
    total = np.zeros((rows, columns - width + 1), np.float32)
    count = np.zeros(columns - width + 1, np.float32)
    total[:, 1:] += single[:, : columns - width]
    count[1:] += 1
    total[:, :-1] += single[:, width:]
    count[:-1] += 1
    return (total / np.maximum(count, 1)).astype(np.float32)


def _length_agreement(source: Matrix, target: Matrix) -> Matrix:
    """log2(1 + shorter / longer) for all pairs: 1 where the lengths are equal, near 0 where they differ widely."""
    shorter = np.minimum(source[:, None], target[None, :])
    longer = np.maximum(source[:, None], target[None, :])
    agreement: Matrix = np.log2(1 + shorter / longer).astype(np.float32)
    return agreement


def _best_path(n: int, m: int, gains: dict[tuple[int, int], Matrix]) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Yields the steps (i, j, shape) of the best path, in order, where a step ends before sentences i and j.

    Works along the antidiagonals i + j = d: every step into one comes from an earlier one, so each is one vector
    operation a shape.
    """
    steps = ((1, 0), (0, 1), *gains)
    best = np.full((n + 1, m + 1), -np.inf, np.float32)
    best[0, 0] = 0
    via = np.zeros((n + 1, m + 1), np.int8)
    for d in range(1, n + m + 1):
        i = np.arange(max(0, d - m), min(n, d) + 1)
        j = d - i
        totals = np.full((len(steps), len(i)), -np.inf, np.float32)
        for number, (k, l) in enumerate(steps):  # noqa: E741
            inside = (i >= k) & (j >= l)
            rows, columns = i[inside] - k, j[inside] - l
            gain = gains[k, l][rows, columns] if k and l else SKIP
            totals[number, inside] = best[rows, columns] + gain
        choice = totals.argmax(axis=0)
        best[i, j] = totals[choice, np.arange(len(i))]
        via[i, j] = choice
    path = []
    i_end, j_end = n, m
    while i_end or j_end:
        step = steps[via[i_end, j_end]]
        path.append((i_end, j_end, step))
        i_end, j_end = i_end - step[0], j_end - step[1]
    yield from reversed(path)


def format_beads(beads: Iterable[Bead]) -> str:
    """Writes beads as lines `[0, 1]:[0]`, the format of the published gold alignments."""
    return "".join(f"{list(bead.source)}:{list(bead.target)}\n" for bead in beads)


def parse_beads(text: str) -> list[Bead]:
    """Reads lines as `format_beads` writes them; raises CannotAlign with the number of a line that is none."""
    beads = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            source, target = (
                tuple(int(item) for item in side.strip("[] ").split(",") if item.strip()) for side in line.split(":")
            )
        except ValueError:
            raise CannotAlign("Line {number} is not a bead: write it as [0, 1]:[0].", number=number) from None
        beads.append(Bead(source, target))
    return beads
