"""The weights of the evidence for pairs of articles.

Trained with `tests/bench/pairing.py --train` on piles of 10 to 190 articles from TICO-19, all on one subject, with 0,
15 or 30 % of their sentences missing and 10 to 40 % of the articles without counterpart; `--folds` prints what such
weights are worth on documents that they were not trained on. There are no dates in that material: the weights of
`near in time` and `far in time` are set by hand.
"""

WEIGHTS: dict[str, float] = {
    "none": -12.24,
    "words of source": 12.44,
    "words of target": 8.99,
    "marks of source": 2.38,
    "marks of target": 8.61,
    "marks": -0.69,
    "length": -0.90,
    "beginning": 2.38,
    "beginning in pile": 5.94,
    "near in time": 1.5,
    "far in time": -2.0,
}
"""The weights of the features by words and by the vectors of beginnings."""

WEIGHTS_IN_FULL: dict[str, float] = {
    "none": -13.06,
    "words of source": 5.14,
    "words of target": 4.59,
    "marks of source": 0.91,
    "marks of target": 5.45,
    "marks": -0.59,
    "length": -0.80,
    "beginning": 0.08,
    "beginning in pile": 2.32,
    "near in time": 1.5,
    "far in time": -2.0,
    "body": 0.60,
    "sentences of source": 8.90,
    "sentences of target": 9.10,
}
"""The weights of all features, those by the vectors of all sentences too."""
