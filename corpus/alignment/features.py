"""Evidence for beads: for each shape, arrays over all places that say how well the two sides go together.

Shape (k, l) has arrays (n-k+1, m-l+1): the cell (i, j) is the bead of the k source sentences from i on and the l
target sentences from j on. A skip, a sentence without counterpart, has a number a sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.alignment.calibration import SAME, Scale
from corpus.alignment.lexicon import Hints, Shared, hint_tokens, marks, words
from corpus.alignment.vectors import Matrix, beside, weakest, windows
from corpus.embeddings import Vectors

# One sentence may stand for so many; several for eight at most.
WIDEST = 9
SHAPES: tuple[tuple[int, int], ...] = (
    (1, 1),
    *((1, width) for width in range(2, WIDEST + 1)),
    *((width, 1) for width in range(2, WIDEST + 1)),
    *((2, 2), (2, 3), (3, 2), (3, 3), (2, 4), (4, 2), (3, 4), (4, 3), (4, 4)),
)
# Shapes so rare that they are looked at only where the others leave a stretch in doubt.
RARE_SHAPES = tuple((k, l) for k in range(2, 9) for l in range(2, 9) if (k, l) not in SHAPES)

FEATURES = (
    "cosine", "cosine by size", "beside", "beside by size", "length", "length squared", "weakest", "gain", "crossing",
    "words of source", "words of target", "share of words", "share of words by size", "words alone",
    "marks", "marks alone", "hints", "hints alone", "question", "questions", "exclamations", "quotes", "quoted",
    "paragraph begins", "paragraphs",
    "one to one", "one to two", "one to many", "beyond three", "many to many", "beyond two by two",
)  # fmt: skip
SKIP_FEATURES = ("skip", "length of skip")
_QUESTION = ("?", "？")
# Marks that a translation keeps; quotation marks are counted without regard to their shape.
_COUNTED = {"questions": "?？", "exclamations": "!！", "quotes": '"“”「」『』'}
_CLOSING = "\"'”’」』)）] "


@dataclass(frozen=True)
class Side:
    """The sentences of one text with their vectors, and for each the number of its paragraph, where that is known."""

    sentences: Sequence[str]
    vectors: Vectors
    language: str
    paragraphs: Sequence[int] = ()

    def cut(self, start: int, end: int) -> "Side":
        sentences, vectors = self.sentences[start:end], self.vectors[start:end]
        return Side(sentences, vectors, self.language, self.paragraphs[start:end])


class Features:
    """All that is known about the places of two texts (or two parts of them)."""

    def __init__(self, source: Side, target: Side, ratio: float, hints: Hints, scale: Scale = SAME) -> None:
        self.source, self.target = source, target
        self._scale = scale
        self._cosines: dict[tuple[int, int], Matrix] = {}
        self._source_windows = windows(source.vectors, WIDEST)
        self._target_windows = windows(target.vectors, WIDEST)
        self._source_lengths = _lengths(source.sentences)
        self._target_lengths = _lengths(target.sentences) * ratio
        self._words = _shared(source, target)
        self._marks = Shared([*map(marks, source.sentences)], [*map(marks, target.sentences)], WIDEST)
        self._hints = Shared(*hint_tokens(hints, target.sentences), WIDEST) if hints else None
        self._source_asks, self._target_asks = (_asks(side.sentences) for side in (source, target))
        self._counts = {
            name: (_counts(source.sentences, kept), _counts(target.sentences, kept)) for name, kept in _COUNTED.items()
        }
        self._beginnings = _beginnings(source.paragraphs), _beginnings(target.paragraphs)

    def shapes(self, of: Sequence[tuple[int, int]] = SHAPES) -> Iterator[tuple[int, int]]:
        """Yields those of some shapes that fit into the texts."""
        n, m = len(self.source.sentences), len(self.target.sentences)
        return ((k, l) for k, l in of if k <= n and l <= m)

    def cosine(self, k: int, l: int) -> Matrix:
        if (k, l) in self._cosines:
            return self._cosines[k, l]
        cosines = self._source_windows[k] @ self._target_windows[l].T
        cosines = cosines * np.float32(self._scale.factor) + np.float32(self._scale.offset)
        # What several shapes need is kept.
        if 1 in (k, l):
            self._cosines[k, l] = cosines
        return cosines

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
        yield from self._kept_marks(k, l)
        yield from self._paragraphs(k, l)
        yield from _shape(k, l)

    def _beside(self, k: int, l: int) -> Matrix:
        of_source = beside(self.cosine(k, 1), l)
        of_target = beside(self.cosine(1, l).T, k).T
        return ((of_source + of_target) / 2).astype(np.float32)

    def _length(self, k: int, l: int) -> Iterator[tuple[str, Matrix]]:
        source, target = _spans(self._source_lengths, k), _spans(self._target_lengths, l)
        logarithm = np.abs(np.log((source[:, None] + 5) / (target[None, :] + 5)))
        yield "length", np.minimum(logarithm, 2).astype(np.float32)
        # After Gale & Church 1993: the variance of a length grows with the length.
        z = (source[:, None] - target[None, :]) / np.sqrt((source[:, None] + target[None, :]) * 6.8 + 1)
        yield "length squared", np.minimum(z * z, 16).astype(np.float32)

    def _parts(self, k: int, l: int, cosine: Matrix) -> Iterator[tuple[str, Matrix]]:
        """Yields how well a merged side holds together.

        That is the cosine of its weakest sentence with the other side, and the gain by the first or last sentence; for
        sides of one size the cosine beyond that of their sentences one to one.
        """
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

    def _kept_marks(self, k: int, l: int) -> Iterator[tuple[str, Matrix]]:
        """Yields the difference of the sides in marks of each kind; half a pair of quotation marks is half a mark."""
        for name, (source, target) in self._counts.items():
            ours, theirs = _spans(source, k)[:, None], _spans(target, l)[None, :]
            difference = np.abs(ours - theirs)
            if name == "quotes":
                yield name, (np.minimum(difference, 4) / 2).astype(np.float32)
                yield "quoted", ((ours > 0) != (theirs > 0)).astype(np.float32)
            else:
                yield name, np.minimum(difference, 2).astype(np.float32)

    def _paragraphs(self, k: int, l: int) -> Iterator[tuple[str, Matrix]]:
        """Yields whether a paragraph begins with one side alone, and the difference in beginnings within the sides."""
        source, target = self._beginnings
        if not (source.any() and target.any()):
            return
        rows, columns = len(source) - k + 1, len(target) - l + 1
        yield "paragraph begins", (source[:rows][:, None] != target[:columns][None, :]).astype(np.float32)
        within = _spans(source, k) - source[:rows], _spans(target, l) - target[:columns]
        yield "paragraphs", np.minimum(np.abs(within[0][:, None] - within[1][None, :]), 3).astype(np.float32)

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


def _counts(sentences: Sequence[str], marks: str) -> npt.NDArray[np.float64]:
    return np.array([sum(map(sentence.count, marks)) for sentence in sentences], np.float64)


def _beginnings(paragraphs: Sequence[int]) -> npt.NDArray[np.float64]:
    """1 for each sentence that begins a paragraph, but for the first; no number where paragraphs are not known."""
    return np.concatenate([[0.0], np.diff(paragraphs) != 0]) if len(paragraphs) else np.zeros(0)


def _asks(sentences: Sequence[str]) -> npt.NDArray[np.bool_]:
    return np.array([sentence.rstrip(_CLOSING).endswith(_QUESTION) for sentence in sentences], np.bool_)
