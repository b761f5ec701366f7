"""Alignment: which sentences of two texts correspond, as beads in reading order.

Long texts are cut into parts at anchors. In a part every possible bead gets a score, a weighted sum of evidence
(vectors, lengths, words, names, numbers, hints); the way through the part with the highest sum is taken, and the
probability of each of its beads over all ways is its score.
"""

from collections.abc import Sequence

import numpy as np

from corpus import languages
from corpus.alignment.anchors import Part, parts
from corpus.alignment.beads import Bead, format_beads, parse_beads, unrelated
from corpus.alignment.evidence import Evidence, Side
from corpus.alignment.lattice import Lattice, Shape, best_way
from corpus.alignment.lexicon import Hints
from corpus.alignment.vectors import Matrix
from corpus.alignment.weights import WEIGHTS
from corpus.encoding import Encoder
from corpus.errors import CannotAlign, UnknownLanguage

__all__ = ["Bead", "Hints", "align", "format_beads", "parse_beads", "unrelated"]

# What is longer than this says no more about a sentence's meaning, and would take the encoder long.
_LONGEST = 2_000


def align(source: Sequence[str], target: Sequence[str], encoder: Encoder, hints: Hints | None = None) -> list[Bead]:
    """Returns the beads that pair the sentences of `source` with those of `target`; each sentence is in one bead.

    `hints` says for each source sentence how what is in it may be rendered, as a term base knows. Raises CannotAlign
    where a side has no sentence.
    """
    if not source or not target:
        side = "source" if not source else "target"
        raise CannotAlign("The {side} text has no sentences: choose two texts to align.", side=side)
    sides = (_side(source, encoder), _side(target, encoder))
    beads: list[Bead] = []
    for part in parts(sides[0].vectors, sides[1].vectors):
        beads += _align_part(*sides, part, _ratio(source, target), hints or ())
    return beads


def _side(sentences: Sequence[str], encoder: Encoder) -> Side:
    cut = [sentence[:_LONGEST] for sentence in sentences]
    return Side(cut, encoder.encode(cut), _language(cut))


def _language(sentences: Sequence[str]) -> str:
    try:
        return languages.guess("\n".join(sentences))
    except UnknownLanguage:
        return "en"


def _ratio(source: Sequence[str], target: Sequence[str]) -> float:
    """Lengths count in the pair's own ratio, which the two texts show themselves."""
    return sum(len(text.encode()) for text in source) / max(sum(len(text.encode()) for text in target), 1)


def _align_part(source: Side, target: Side, part: Part, ratio: float, hints: Hints) -> list[Bead]:
    s, e, t, f = part
    if s == e or t == f:
        return [Bead((i,), ()) for i in range(s, e)] + [Bead((), (j,)) for j in range(t, f)]
    lattice = _lattice(Evidence(source.cut(s, e), target.cut(t, f), ratio, hints[s:e]))
    beads, sources, targets, _ = lattice.probabilities()
    way = best_way(
        lattice.scores,
        np.repeat(lattice.source_skips[:, None], lattice.m + 1, axis=1),
        np.repeat(lattice.target_skips[None, :], lattice.n + 1, axis=0),
    )
    found = []
    for i, j, k, l in way:
        probability = beads[k, l][i, j] if k and l else sources[i, j] if k else targets[i, j]
        score = round(float(np.clip(probability, 0, 1)), 4)
        found.append(Bead(tuple(range(s + i, s + i + k)), tuple(range(t + j, t + j + l)), score))
    return found


def _lattice(evidence: Evidence) -> Lattice:
    """The weighted sums of the evidence, for all beads and skips."""
    n, m = len(evidence.source.sentences), len(evidence.target.sentences)
    scores: dict[Shape, Matrix] = {}
    for k, l in evidence.shapes():
        total = np.zeros((n - k + 1, m - l + 1), np.float32)
        for name, value in evidence.features(k, l):
            total += np.float32(WEIGHTS[name]) * value
        scores[k, l] = total
    source_skips, target_skips = (
        sum((WEIGHTS[name] * value.astype(np.float64) for name, value in features.items()), np.zeros(length))
        for features, length in zip(evidence.skips(), (n, m), strict=True)
    )
    return Lattice(scores, source_skips, target_skips)
