"""Evidence for pairs of articles: for a list of candidates, an array with a row a pair and a column a feature."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from corpus.articles import Article
from corpus.document_alignment.overlap import Kinds, Matrix, Numbers, Overlap, marks_of, unit, words_of
from corpus.embeddings import Encoder, Vectors

QUICK = (
    "none", "words of source", "words of target", "marks of source", "marks of target", "marks", "length",
    "beginning", "beginning in pile", "near in time", "far in time",
)  # fmt: skip
FULL = (*QUICK, "body", "sentences of source", "sentences of target")

# How much of an article its vectors stand for: of the beginning so many bytes, of the body so many sentences.
_BEGINNING = 300
_SENTENCES = 40
_LONGEST = 400
# What all articles of a pile have in common says nothing; a small pile shows less of it. So many articles count half.
_HALF = 8
_NEAR, _FAR = 3, 21


class Side:
    """The articles on one side of a pile, with the vectors of their beginnings."""

    def __init__(self, articles: Sequence[Article], encoder: Encoder) -> None:
        self.articles = articles
        self._encoder = encoder
        self.words, self.marks = Kinds(map(words_of, articles)), Kinds(map(marks_of, articles))
        # Bytes of UTF-8, because as many say about as much in Han as in Latin.
        self.sizes = np.array([len(article.text().encode("utf-8", "replace")) for article in articles], np.float32)
        self.beginnings = encoder.encode([_beginning(article) for article in articles])
        self.beginnings_in_pile, _ = in_pile(self.beginnings)
        self._sentences: dict[int, Vectors] = {}

    def encode_sentences(self, numbers: Sequence[int]) -> None:
        """Makes the vectors of the sentences of some articles: half the precision keeps a large pile in memory."""
        for number in numbers:
            sentences = [text[:_LONGEST] for text in self.articles[number].sentences()[:_SENTENCES]]
            self._sentences[number] = self._encoder.encode(sentences).astype(np.float16)

    def sentences(self) -> tuple[dict[int, Vectors], Matrix]:
        """The vectors of the sentences that were made, and the mean of all."""
        rows = [vectors.mean(axis=0, dtype=np.float32) for vectors in self._sentences.values() if len(vectors)]
        mean = np.mean(rows, axis=0) * len(rows) / (len(rows) + _HALF) if rows else np.zeros(1)
        return self._sentences, mean.astype(np.float32)


def _beginning(article: Article) -> str:
    """The title and the first sentences, in as many bytes as an encoder takes in well at once."""
    text, size = "", 0
    for sentence in article.sentences():
        text += sentence + " "
        size += len(sentence.encode("utf-8", "replace"))
        if size >= _BEGINNING:
            break
    return text.encode("utf-8", "replace")[: 2 * _BEGINNING].decode("utf-8", "ignore")


def in_pile(vectors: Vectors) -> tuple[Vectors, Matrix]:
    """The vectors without what all of them have in common, and that."""
    if not len(vectors):
        return vectors, np.zeros(vectors.shape[1], np.float32)
    mean = (vectors.mean(axis=0) * len(vectors) / (len(vectors) + _HALF)).astype(np.float32)
    return unit(vectors - mean), mean


class PairEvidence:
    """All that is known about the pairs of a pile."""

    def __init__(self, source: Side, target: Side) -> None:
        self.source, self.target = source, target
        self.words, self.marks = Overlap(source.words, target.words), Overlap(source.marks, target.marks)

    def quick(self, pairs: Numbers) -> Matrix:
        """The features QUICK of pairs, an array (p, 2) of the numbers of articles."""
        rows = np.zeros((len(pairs), len(QUICK)), np.float32)
        i, j = pairs.T
        rows[:, 0] = 1
        for row, (source, target) in zip(rows, pairs.tolist(), strict=True):
            row[1:6] = self._shared(source, target)
            row[9:11] = _apart(self.source.articles[source].date, self.target.articles[target].date)
        rows[:, 6] = np.minimum(np.abs(np.log((self.source.sizes[i] + 50) / (self.target.sizes[j] + 50))), 2)
        rows[:, 7] = _dots(self.source.beginnings[i], self.target.beginnings[j])
        rows[:, 8] = _dots(self.source.beginnings_in_pile[i], self.target.beginnings_in_pile[j])
        return rows

    def _shared(self, source: int, target: int) -> tuple[float, ...]:
        one, all_one, other, all_other = self.words.shared(source, target)
        mark, all_marks, other_mark, all_other_marks = self.marks.shared(source, target)
        return (
            one / (all_one + 5),
            other / (all_other + 5),
            mark / (all_marks + 5),
            other_mark / (all_other_marks + 5),
            float(np.log1p(mark + other_mark)),
        )

    def full(self, pairs: Numbers) -> Matrix:
        """The features FULL; the sentences of all articles in the pairs must be encoded."""
        sources, source_mean = self.source.sentences()
        targets, target_mean = self.target.sentences()
        rows = np.zeros((len(pairs), 3), np.float32)
        last, one = -1, np.zeros((0, 0), np.float32)
        for row, (source, target) in zip(rows, pairs.tolist(), strict=True):
            if source != last:
                last, one = source, unit(sources[source] - source_mean)
            row[:] = _sentences(one, unit(targets[target] - target_mean))
        return np.hstack([self.quick(pairs), rows])


def _sentences(source: Vectors, target: Vectors) -> tuple[float, float, float]:
    """Returns the likeness of the bodies, and for each side the mean likeness of its sentences to the one most like."""
    if not len(source) or not len(target):
        return 0.0, 0.0, 0.0
    cosines = source @ target.T
    body = float(unit(source.mean(axis=0)) @ unit(target.mean(axis=0)))
    return body, float(cosines.max(axis=1).mean()), float(cosines.max(axis=0).mean())


def _dots(source: Vectors, target: Vectors) -> Matrix:
    dots: Matrix = np.einsum("ij,ij->i", source, target)
    return dots


def _apart(source: str, target: str) -> tuple[float, float]:
    """Returns whether two dates are near to each other, and whether they are far: neither where one is not known."""
    try:
        days = abs((date.fromisoformat(source) - date.fromisoformat(target)).days)
    except ValueError:
        return 0.0, 0.0
    return float(days <= _NEAR), float(days > _FAR)
