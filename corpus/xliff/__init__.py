"""XLIFF 2.1: a bitext goes out to be edited in another program, and what was edited comes back to its place.

A unit is a unit of the file with one segment. The bitext, and the version of each unit, are attributes of a namespace
of our own, which other programs have to leave alone (XLIFF 2.1, section 2.8).
"""

from corpus.xliff.reading import read
from corpus.xliff.writing import write

__all__ = ["read", "write"]
