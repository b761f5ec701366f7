"""Alignment: which sentences of two texts correspond, as beads in reading order.

Long texts are cut into parts at anchors. In a part every possible bead gets a score, a weighted sum of evidence
(vectors, lengths, words, names, numbers, hints); the way through the part with the highest sum is taken, and the
probability of each of its beads over all ways is its score. What had to be left out on both sides is then looked at for
crossings.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from corpus.alignment.anchors import Part, parts
from corpus.alignment.calibration import Scale, scale_of
from corpus.alignment.decode import best_beads
from corpus.alignment.dynamic_programming import Array, Shape
from corpus.alignment.features import RARE_SHAPES, SHAPES, Features, Side
from corpus.alignment.lexicon import Hints
from corpus.alignment.vectors import Matrix
from corpus.alignment.weights import WEIGHTS
from corpus.bitexts.model import Bead, format_beads, parse_beads, unrelated
from corpus.embeddings import Encoder
from corpus.errors import CannotAlign
from corpus.text import languages
from corpus.text.errors import UnknownLanguage

__all__ = ["Bead", "Hints", "align", "format_beads", "parse_beads", "unrelated"]

# What is longer than this says no more about a sentence's meaning, and would take the encoder long.
_LONGEST = 2_000
_SAME_PARAGRAPHS = 1.5


def align(
    source: Sequence[str],
    target: Sequence[str],
    encoder: Encoder,
    hints: Hints | None = None,
    progress: Callable[[int], None] | None = None,
    paragraphs: tuple[Sequence[int], Sequence[int]] | None = None,
    scale: Scale | None = None,
) -> list[Bead]:
    """Returns the beads that pair the sentences of `source` with those of `target`; each sentence is in one bead.

    `hints` says for each source sentence how what is in it may be rendered, as a term base knows. `progress` is told
    how many sentences, of both sides, are done, and may raise to end the work. `paragraphs` gives the number of its
    paragraph for each sentence of either side; it is left aside where the sides do not have about as many. `scale` is
    that of the encoder, where it is known (see `scale_of`); else it is measured. Raises CannotAlign where a side has no
    sentence.
    """
    if not source or not target:
        side = "source" if not source else "target"
        raise CannotAlign("The {side} text has no sentences: choose two texts to align.", side=side)
    numbers = paragraphs if paragraphs and _comparable(*paragraphs) else ((), ())
    sides = (_side(source, encoder, numbers[0]), _side(target, encoder, numbers[1]))
    ratio, scale = _ratio(source, target), scale or scale_of(encoder)
    beads: list[Bead] = []
    for part in parts(sides[0].vectors, sides[1].vectors):
        beads += _align_part(*sides, part, ratio, scale, hints or ())
        if progress:
            progress(part[1] + part[3])
    return beads


def _side(sentences: Sequence[str], encoder: Encoder, paragraphs: Sequence[int]) -> Side:
    cut = [sentence[:_LONGEST] for sentence in sentences]
    return Side(cut, encoder.encode(cut), _language(cut), paragraphs)


def _comparable(paragraphs: Sequence[int], others: Sequence[int]) -> bool:
    """Returns whether two texts have several paragraphs each, and about as many: then those of translations agree."""
    count, other = len(set(paragraphs)), len(set(others))
    return 1 < count <= _SAME_PARAGRAPHS * other and 1 < other <= _SAME_PARAGRAPHS * count


def _language(sentences: Sequence[str]) -> str:
    try:
        return languages.guess("\n".join(sentences))
    except UnknownLanguage:
        return "en"


def _ratio(source: Sequence[str], target: Sequence[str]) -> float:
    """Lengths count in the pair's own ratio, which the two texts show themselves."""
    return sum(len(text.encode()) for text in source) / max(sum(len(text.encode()) for text in target), 1)


def _align_part(source: Side, target: Side, part: Part, ratio: float, scale: Scale, hints: Hints) -> list[Bead]:
    s, e, t, f = part
    if s == e or t == f:
        return [Bead((i,), ()) for i in range(s, e)] + [Bead((), (j,)) for j in range(t, f)]
    evidence = Features(source.cut(s, e), target.cut(t, f), ratio, hints[s:e], scale)
    scores, skips = _scores(evidence, SHAPES), _skips(evidence)
    beads = best_beads(scores, *skips)
    if _in_doubt(beads):
        beads = best_beads(scores | _scores(evidence, RARE_SHAPES), *skips)
    return [
        replace(bead, source=tuple(s + i for i in bead.source), target=tuple(t + j for j in bead.target))
        for bead in beads
    ]


def _in_doubt(beads: Sequence[Bead]) -> bool:
    """Returns whether beads more likely wrong than right follow each other over a stretch larger than a usual bead."""
    for doubtful, run in groupby(beads, key=lambda bead: bead.score < 0.5):
        stretch = list(run)
        sizes = sum(len(bead.source) for bead in stretch), sum(len(bead.target) for bead in stretch)
        if doubtful and min(sizes) >= 2 and max(sizes) > 4:
            return True
    return False


def _scores(evidence: Features, shapes: Sequence[Shape]) -> dict[Shape, Matrix]:
    """The weighted sums of the evidence, for all beads of some shapes."""
    n, m = len(evidence.source.sentences), len(evidence.target.sentences)
    scores: dict[Shape, Matrix] = {}
    for k, l in evidence.shapes(shapes):
        total = np.zeros((n - k + 1, m - l + 1), np.float32)
        for name, value in evidence.features(k, l):
            total += np.float32(WEIGHTS[name]) * value
        scores[k, l] = total
    return scores


def _skips(evidence: Features) -> tuple[Array, Array]:
    """The weighted sums of leaving out each source and each target sentence."""
    sides = (evidence.source.sentences, evidence.target.sentences)
    source, target = (
        sum((WEIGHTS[name] * value.astype(np.float64) for name, value in features.items()), np.zeros(len(sentences)))
        for features, sentences in zip(evidence.skips(), sides, strict=True)
    )
    return source, target
