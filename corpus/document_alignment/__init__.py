"""Pairing: which articles of a pile in one language have their counterpart in a pile in another, and how surely.

Words and the vectors of beginnings choose a few candidates for each article. Each candidate gets a weighted sum of
evidence; set against all that its two articles could be paired with instead, and against nothing, it gives the
probability of the pair. Articles that this leaves in doubt are compared sentence by sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.articles import Article
from corpus.document_alignment.evidence import FULL, QUICK, PairEvidence, Side
from corpus.document_alignment.overlap import Matrix, Numbers
from corpus.document_alignment.weights import WEIGHTS, WEIGHTS_IN_FULL
from corpus.embeddings import Encoder
from corpus.text import languages

__all__ = ["Pair", "candidates", "pair"]

# More likely than not. No article can be in two such pairs, for the probabilities of its pairs add up to 1 at most.
_PROPOSED = 0.5
# Outside of these the sentences are not looked at: encoding them takes by far the most time.
_SURE, _EXCLUDED = 0.98, 0.01
_CANDIDATES = 6
_BLOCK = 512


@dataclass(frozen=True)
class Pair:
    """A source and a target article, by their numbers, and the probability that they belong together."""

    source: int
    target: int
    score: float


def pair(sources: Sequence[Article], targets: Sequence[Article], encoder: Encoder) -> list[Pair]:
    """Returns the pairs that are more likely than not, in the order of the sources.

    Each article is in one pair at most. Two articles in the same language are never a pair, and of articles with the
    same text only the first is looked at.
    """
    kept, others = _different(sources), _different(targets)
    if not kept or not others:
        return []
    evidence = PairEvidence(Side([sources[i] for i in kept], encoder), Side([targets[j] for j in others], encoder))
    found = _sure(evidence)
    return sorted((Pair(kept[i], others[j], score) for (i, j), score in found.items()), key=lambda pair: pair.source)


def _different(articles: Sequence[Article]) -> list[int]:
    """The numbers of the articles that have sentences, of each text only the first."""
    first: dict[tuple[str, ...], int] = {}
    for number, article in enumerate(articles):
        if sentences := tuple(article.sentences()):
            first.setdefault(sentences, number)
    return list(first.values())


def _sure(evidence: PairEvidence) -> dict[tuple[int, int], float]:
    """The pairs that are likely by words and beginnings and, of what is in doubt, those that are so by sentences."""
    pairs = candidates(evidence)
    chances = probabilities(pairs, evidence.quick(pairs) @ _vector(WEIGHTS, QUICK))
    found = _above(pairs, chances, _SURE)
    taken = [np.array([pair[side] for pair in found], np.int64) for side in (0, 1)]
    open_ = ~np.isin(pairs[:, 0], taken[0]) & ~np.isin(pairs[:, 1], taken[1]) & (chances > _EXCLUDED)
    pairs = pairs[open_]
    if len(pairs):
        for side, numbers in ((evidence.source, pairs[:, 0]), (evidence.target, pairs[:, 1])):
            side.encode_sentences(np.unique(numbers).tolist())
        chances = probabilities(pairs, evidence.full(pairs) @ _vector(WEIGHTS_IN_FULL, FULL))
        found |= _above(pairs, chances, _PROPOSED)
    return found


def _above(pairs: Numbers, chances: npt.NDArray[np.float64], least: float) -> dict[tuple[int, int], float]:
    return {(i, j): round(chance, 4) for (i, j), chance in zip(pairs.tolist(), chances.tolist(), strict=True)
            if chance > least}  # fmt: skip


def _vector(weights: dict[str, float], names: Sequence[str]) -> Matrix:
    return np.array([weights[name] for name in names], np.float32)


def candidates(evidence: PairEvidence) -> Numbers:
    """The pairs worth a closer look, an array (p, 2) in order: the best of each article, by words and by beginnings."""
    spoken, other_spoken = (_languages(side.articles) for side in (evidence.source, evidence.target))
    words, marks = evidence.words.rough(), evidence.marks.rough()
    beginnings = evidence.source.beginnings_in_pile, evidence.target.beginnings_in_pile
    chosen: set[tuple[int, int]] = set()
    for ours, theirs in (
        (np.hstack([words[0], 0.7 * marks[0]]), np.hstack([words[1], 0.7 * marks[1]])),
        beginnings,
    ):
        chosen.update((i, j) for i, j in _best(ours, theirs) if spoken[i] != other_spoken[j])
        chosen.update((i, j) for j, i in _best(theirs, ours) if spoken[i] != other_spoken[j])
    return np.array(sorted(chosen), np.int64).reshape(-1, 2)


def _languages(articles: Sequence[Article]) -> list[str]:
    return [languages.primary(article.language) for article in articles]


def _best(vectors: Matrix, others: Matrix) -> list[tuple[int, int]]:
    """Returns for each row of `vectors` the rows of `others` that are most like it. Never all products at once."""
    found = []
    width = min(_CANDIDATES, len(others))
    for start in range(0, len(vectors), _BLOCK):
        cosines = vectors[start : start + _BLOCK] @ others.T
        best = np.argpartition(-cosines, width - 1, axis=1)[:, :width]
        found += [(start + row, column) for row, columns in enumerate(best.tolist()) for column in columns]
    return found


def probabilities(pairs: Numbers, sums: Matrix) -> npt.NDArray[np.float64]:
    """The probability of each pair against every other of its two articles, and against neither being in a pair."""
    odds = np.exp(np.clip(sums.astype(np.float64), -50, 50))
    if not len(pairs):
        return odds
    sources, targets = (np.bincount(numbers, odds) for numbers in pairs.T)
    chances: npt.NDArray[np.float64] = odds / (1 + sources[pairs[:, 0]] + targets[pairs[:, 1]] - odds)
    return chances
