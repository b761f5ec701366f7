"""Candidates for the term base: pairs of terms that bilingual sentences propose, the most termlike first.

Phrases that could be terms are taken from the source sentences; words are aligned with those of the target sentences,
and what a phrase is aligned with, as a whole and nothing beside it, is its translation. A candidate ranks high if it is
frequent by itself, and not only within longer ones (C-value), and more frequent on both sides than in general text.
"""

from glossary.extraction.candidates import Candidate, extract

__all__ = ["Candidate", "extract"]
