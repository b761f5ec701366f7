"""Evidence for beads: for each shape, arrays over all places that say how well the two sides go together.

Shape (k, l) has arrays (n-k+1, m-l+1): the cell (i, j) is the bead of the k source sentences from i on and the l
target sentences from j on. A skip, a sentence without counterpart, has a number a sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.alignment.lexicon import Hints, Shared, hint_tokens, marks, words
from corpus.alignment.vectors import Matrix, beside, weakest, windows
from corpus.encoding import Vectors

WIDEST = 8
SHAPES: tuple[tuple[int, int], ...] = (
    (1, 1),
    *((1, width) for width in range(2, WIDEST + 1)),
    *((width, 1) for width in range(2, WIDEST + 1)),
    *((2, 2), (2, 3), (3, 2), (3, 3), (2, 4), (4, 2), (3, 4), (4, 3), (4, 4)),
)

FEATURES = (
    "cosine", "cosine by size", "beside", "beside by size", "length", "length squared", "weakest", "gain", "crossing",
    "words of source", "words of target", "share of words", "share of words by size", "words alone",
    "marks", "marks alone", "hints", "hints alone", "question",
    "one to one", "one to two", "one to many", "beyond three", "many to many", "beyond two by two",
)  # fmt: skip
SKIP_FEATURES = ("skip", "length of skip")
_QUESTION = ("?", "？")
_CLOSING = "\"'”’」』)）] "


@dataclass(frozen=True)
class Side:
    """The sentences of one text with their vectors, and whether white space stands between its words."""

    sentences: Sequence[str]
    vectors: Vectors
    language: str

    def cut(self, start: int, end: int) -> "Side":
        return Side(self.sentences[start:end], self.vectors[start:end], self.language)


class Evidence:
    """All that is known about the places of two texts (or two parts of them)."""

    def __init__(self, source: Side, target: Side, ratio: float, hints: Hints) -> None:
        self.source, self.target = source, target
        self._source_windows = windows(source.vectors, WIDEST)
        self._target_windows = windows(target.vectors, WIDEST)
        self._source_lengths = _lengths(source.sentences)
        self._target_lengths = _lengths(target.sentences) * ratio
        self._words = _shared(source, target)
        self._marks = Shared([*map(marks, source.sentences)], [*map(marks, target.sentences)], WIDEST)
        self._hints = Shared(*hint_tokens(hints, target.sentences), WIDEST) if hints else None
        self._source_asks, self._target_asks = (_asks(side.sentences) for side in (source, target))

    def shapes(self) -> Iterator[tuple[int, int]]:
        """The shapes that fit into the texts."""
        n, m = len(self.source.sentences), len(self.target.sentences)
        return ((k, l) for k, l in SHAPES if k <= n and l <= m)

    def cosine(self, k: int, l: int) -> Matrix:
        return self._source_windows[k] @ self._target_windows[l].T

    def features(self, k: int, l: int) -> Iterator[tuple[str, Matrix | float]]:
        """Yields the features of a shape, each an array or one number for all places."""
        size = (k + l) / 2
        cosine = self.cosine(k, l)
        beside_ = self._beside(k, l)
        yield "cosine", cosine
        yield "cosine by size", cosine * size
        yield "beside", beside_
        yield "beside by size", beside_ * size
        yield from self._length(k, l)
        if k + l > 2:
            yield from self._parts(k, l, cosine)
        yield from self._lexical(k, l, size)
        yield (
            "question",
            (self._source_asks[k - 1 :][:, None] != self._target_asks[l - 1 :][None, :]).astype(np.float32),
        )
        yield from _shape(k, l)

    def _beside(self, k: int, l: int) -> Matrix:
        before_after = beside(self._source_windows[k] @ self._target_windows[1].T, l)
        after = beside(self._target_windows[l] @ self._source_windows[1].T, k).T
        return ((before_after + after) / 2).astype(np.float32)

    def _length(self, k: int, l: int) -> Iterator[tuple[str, Matrix]]:
        source, target = _spans(self._source_lengths, k), _spans(self._target_lengths, l)
        logarithm = np.abs(np.log((source[:, None] + 5) / (target[None, :] + 5)))
        yield "length", np.minimum(logarithm, 2).astype(np.float32)
        # After Gale & Church 1993: the variance of a length grows with the length.
        z = (source[:, None] - target[None, :]) / np.sqrt((source[:, None] + target[None, :]) * 6.8 + 1)
        yield "length squared", np.minimum(z * z, 16).astype(np.float32)

    def _parts(self, k: int, l: int, cosine: Matrix) -> Iterator[tuple[str, Matrix]]:
        """Whether each sentence of a merged side belongs to the other side, and what the last one adds."""
        lowest = np.ones_like(cosine)
        if l > 1:
            lowest = np.minimum(lowest, weakest(self.cosine(k, 1), l))
        if k > 1:
            lowest = np.minimum(lowest, weakest(self.cosine(1, l).T, k).T)
        yield "weakest", lowest
        if k == 1:
            shorter = self.cosine(k, l - 1)
            yield "gain", cosine - np.maximum(shorter[:, :-1], shorter[:, 1:])
        elif l == 1:
            shorter = self.cosine(k - 1, l)
            yield "gain", cosine - np.maximum(shorter[:-1], shorter[1:])
        elif k == l:
            single = self.cosine(1, 1)
            rows, columns = cosine.shape
            apart = np.mean([single[step : step + rows, step : step + columns] for step in range(k)], axis=0)
            yield "crossing", (cosine - apart).astype(np.float32)

    def _lexical(self, k: int, l: int, size: float) -> Iterator[tuple[str, Matrix]]:
        source, target, total = self._words.source(k, l), self._words.target(k, l), self._words.total(k, l)
        share = (source + target) / (total + 0.5)
        yield "words of source", source
        yield "words of target", target
        yield "share of words", share
        yield "share of words by size", (share * size).astype(np.float32)
        yield "words alone", total - source - target
        both = self._marks.source(k, l) + self._marks.target(k, l)
        yield "marks", both
        yield "marks alone", self._marks.total(k, l) - both
        if self._hints:
            both = self._hints.source(k, l) + self._hints.target(k, l)
            yield "hints", both
            yield "hints alone", self._hints.total(k, l) - both

    def skips(self) -> tuple[dict[str, Matrix], dict[str, Matrix]]:
        """The features of leaving a sentence without counterpart, for each source and each target sentence."""
        return _skip(self._source_lengths), _skip(self._target_lengths)


def _skip(lengths: npt.NDArray[np.float64]) -> dict[str, Matrix]:
    relative = np.minimum(lengths / max(lengths.mean(), 1), 3).astype(np.float32)
    return {"skip": np.ones_like(relative), "length of skip": relative}


def _shape(k: int, l: int) -> Iterator[tuple[str, float]]:
    if k == l == 1:
        yield "one to one", 1.0
    elif k + l == 3:
        yield "one to two", 1.0
    elif 1 in (k, l):
        yield "one to many", 1.0
        yield "beyond three", float(k + l - 4)
    else:
        yield "many to many", 1.0
        yield "beyond two by two", float(k + l - 4)


def _shared(source: Side, target: Side) -> Shared:
    return Shared(
        [words(sentence, source.language) for sentence in source.sentences],
        [words(sentence, target.language) for sentence in target.sentences],
        WIDEST,
    )


def _lengths(sentences: Sequence[str]) -> npt.NDArray[np.float64]:
    return np.array([max(len(sentence.encode()), 1) for sentence in sentences], np.float64)


def _spans(lengths: npt.NDArray[np.float64], width: int) -> npt.NDArray[np.float64]:
    sums = np.concatenate([[0.0], np.cumsum(lengths)])
    spans: npt.NDArray[np.float64] = sums[width:] - sums[:-width]
    return spans


def _asks(sentences: Sequence[str]) -> npt.NDArray[np.bool_]:
    return np.array([sentence.rstrip(_CLOSING).endswith(_QUESTION) for sentence in sentences], np.bool_)
