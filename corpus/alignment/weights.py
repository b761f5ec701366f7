"""The weights of the aligner's evidence.

Trained with `tests/bench/alignment_training.py` on the published sets `mag` and `aca` and the sample articles, by the
probability of the gold alignments (L2 penalty). Few numbers, all about what is true of English and Chinese; what
they are worth on text that they were not trained on is what the cross-validation in that script prints.
"""

WEIGHTS: dict[str, float] = {
    "cosine": 2.85,
    "cosine by size": 2.11,
    "beside": -0.41,
    "beside by size": -1.22,
    "length": -0.30,
    "length squared": -1.07,
    "weakest": 0.90,
    "gain": 0.49,
    "crossing": 0.38,
    "words of source": 1.22,
    "words of target": 0.19,
    "share of words": 1.37,
    "share of words by size": 1.08,
    "words alone": 0.47,
    "marks": -0.08,
    "marks alone": -0.30,
    "hints": -0.03,
    "hints alone": -1.70,
    "question": -0.73,
    "questions": -0.51,
    "exclamations": -0.51,
    "quotes": -0.63,
    "quoted": -0.83,
    "paragraph begins": -0.22,
    "paragraphs": 0.07,
    "one to one": 1.94,
    "one to two": 1.03,
    "one to many": 0.59,
    "beyond three": -1.18,
    "many to many": -1.26,
    "beyond two by two": -0.72,
    "skip": -2.34,
    "length of skip": 2.34,
}
