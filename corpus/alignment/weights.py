"""The weights of the aligner's evidence.

Trained with `tests/bench/alignment_training.py` on the published sets `mag` and `aca` and the sample articles, by the
probability of the gold alignments (L2 penalty). Few numbers, all about what is true of English and Chinese; what
they are worth on text that they were not trained on is what the cross-validation in that script prints.
"""

WEIGHTS: dict[str, float] = {
    "cosine": 3.03,
    "cosine by size": 2.28,
    "beside": -0.80,
    "beside by size": -1.35,
    "length": -0.24,
    "length squared": -1.07,
    "weakest": 0.75,
    "gain": 0.50,
    "crossing": -0.33,
    "words of source": 1.17,
    "words of target": 0.16,
    "share of words": 1.45,
    "share of words by size": 0.81,
    "words alone": 0.44,
    "marks": -0.16,
    "marks alone": -0.26,
    "hints": 0.50,
    "hints alone": -0.20,
    "question": -0.86,
    "one to one": 1.75,
    "one to two": 1.02,
    "one to many": 0.96,
    "beyond three": -1.08,
    "many to many": -1.54,
    "beyond two by two": -0.87,
    "skip": -2.25,
    "length of skip": 3.18,
}
