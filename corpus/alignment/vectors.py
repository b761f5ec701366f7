"""Sentence vectors of windows: what several sentences in a row mean together, and how alike two windows are."""

import numpy as np
import numpy.typing as npt

from corpus.embeddings import Vectors

Matrix = npt.NDArray[np.float32]


def windows(vectors: Vectors, widest: int) -> dict[int, Vectors]:
    """Returns for each width w an array (n-w+1, d): the unit vectors of the sums of w consecutive ones."""
    sums = np.concatenate([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0, dtype=np.float64)])
    found = {}
    for width in range(1, min(widest, len(vectors)) + 1):
        total = (sums[width:] - sums[:-width]).astype(np.float32)
        found[width] = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-6)
    return found


def beside(single: Matrix, width: int) -> Matrix:
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


def weakest(single: Matrix, width: int) -> Matrix:
    """The lowest cosine with one of the sentences in each window of `width` columns: (rows, m - width + 1)."""
    columns = single.shape[1] - width + 1
    lowest = single[:, :columns]
    for step in range(1, width):
        lowest = np.minimum(lowest, single[:, step : step + columns])
    return lowest
