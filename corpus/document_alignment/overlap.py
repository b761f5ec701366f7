"""The overlap of articles of two languages by their words: for all pairs roughly, for the likely ones exactly.

A word of one language meets a word of the other in a meaning: a gloss, a name in Latin letters, a number by its value.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.alignment.lexicon import Token, marks, words
from corpus.articles import Article

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Indices = npt.NDArray[np.int32]

# Dimensions of the rough vectors: chance makes two unlike articles alike by about the root of one over this.
_ROUGH = 1024
# What stands further on in a very long text says little more about which article it is.
_SENTENCES = 300
_LONGEST = 2_000


@dataclass(frozen=True)
class Bag:
    """The different words of an article: each with its weight and, from its start on, the numbers of its meanings."""

    weights: Matrix
    starts: Indices
    meanings: Indices

    def found(self, present: npt.NDArray[np.bool_]) -> tuple[float, float]:
        """The weight of the words with a meaning that is present, and of all words."""
        if not len(self.weights):
            return 0.0, 0.0
        hits = np.logical_or.reduceat(present[self.meanings], self.starts)
        return float(self.weights[hits].sum()), float(self.weights.sum())


class Kinds:
    """The different words of each of many articles, and what each word may mean; a word is in memory once."""

    def __init__(self, articles: Iterable[Iterable[Token]]) -> None:
        self.meanings: dict[str, frozenset[str]] = {}
        self.articles = [self._words(tokens) for tokens in articles]

    def _words(self, tokens: Iterable[Token]) -> list[str]:
        found = {sys.intern(token.key): token.meanings for token in tokens}
        for word, meanings in found.items():
            self.meanings.setdefault(word, meanings)
        return list(found)


class Overlap:
    """One kind of words (those that carry meaning, or names and numbers) on both sides of a pile."""

    def __init__(self, sources: Kinds, targets: Kinds) -> None:
        shared = _meanings(sources) & _meanings(targets)
        self._numbers = {meaning: number for number, meaning in enumerate(sorted(shared))}
        self._present = np.zeros(len(shared) + 1, np.bool_)
        self.sources, self.targets = self._bags(sources), self._bags(targets)

    def _bags(self, kinds: Kinds) -> list[Bag]:
        """A word without a meaning that the other side knows counts too: as not found."""
        frequency = Counter(word for article in kinds.articles for word in article)
        unknown = [len(self._numbers)]
        numbers = {
            word: sorted(self._numbers[meaning] for meaning in meanings if meaning in self._numbers) or unknown
            for word, meanings in kinds.meanings.items()
        }
        bags = []
        for article in kinds.articles:
            weights = np.log1p(len(kinds.articles) / np.array([frequency[word] for word in article], np.float32))
            sizes = np.array([len(numbers[word]) for word in article], np.int32)
            flat = np.array([number for word in article for number in numbers[word]], np.int32)
            bags.append(Bag(weights.astype(np.float32), (np.cumsum(sizes) - sizes).astype(np.int32), flat))
        return bags

    def shared(self, source: int, target: int) -> tuple[float, float, float, float]:
        """The weight of the source's words that the target has, of all of them, and the same of the target's."""
        one, other = self.sources[source], self.targets[target]
        return *self._found(one, other), *self._found(other, one)

    def _found(self, bag: Bag, other: Bag) -> tuple[float, float]:
        self._present[other.meanings] = True
        self._present[-1] = False
        found = bag.found(self._present)
        self._present[other.meanings] = False
        return found

    def rough(self) -> tuple[Matrix, Matrix]:
        """Unit vectors (n, d) and (m, d) of the meanings, whose product says roughly how much two articles share."""
        rarity = [_rarity(bags, len(self._present)) for bags in (self.sources, self.targets)]
        weights = np.sqrt(rarity[0] * rarity[1])
        weights[-1] = 0
        # Signed random places (Weinberger et al. 2009): one matrix product for all pairs instead of sparse sums.
        random = np.random.default_rng(0)
        places = random.integers(_ROUGH, size=len(weights))
        weights *= random.choice([-1.0, 1.0], size=len(weights))
        return _rough(self.sources, places, weights), _rough(self.targets, places, weights)


def _meanings(kinds: Kinds) -> set[str]:
    return {meaning for meanings in kinds.meanings.values() for meaning in meanings}


def _rarity(bags: Sequence[Bag], meanings: int) -> npt.NDArray[np.float64]:
    count = np.ones(meanings)
    for bag in bags:
        count[np.unique(bag.meanings)] += 1
    return np.log1p(len(bags) / count)


def _rough(bags: Sequence[Bag], places: Numbers, weights: npt.NDArray[np.float64]) -> Matrix:
    vectors = np.zeros((len(bags), _ROUGH), np.float32)
    for row, bag in zip(vectors, bags, strict=True):
        # A word with many meanings means only one of them.
        sizes = np.diff(bag.starts, append=len(bag.meanings))
        each = weights[bag.meanings] / np.sqrt(np.repeat(sizes, sizes))
        row += np.bincount(places[bag.meanings], each, minlength=_ROUGH).astype(np.float32)
    return unit(vectors)


def unit(vectors: Matrix) -> Matrix:
    """The vectors at length one; a zero stays zero."""
    lengths: Matrix = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / np.maximum(lengths, np.float32(1e-6))).astype(np.float32)


def words_of(article: Article) -> Iterator[Token]:
    """The words of an article that carry meaning."""
    return (token for sentence in _sentences(article) for token in words(sentence, article.language))


def marks_of(article: Article) -> Iterator[Token]:
    """The names and numbers of an article."""
    return (token for sentence in _sentences(article) for token in marks(sentence))


def _sentences(article: Article) -> list[str]:
    return [sentence[:_LONGEST] for sentence in article.sentences()[:_SENTENCES]]
