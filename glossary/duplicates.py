"""Duplicates: concepts that have the same term as one that is to be saved, or one that is nearly the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from corpus.text import languages
from corpus.text.folding import search_key
from corpus.text.scripts import convert
from glossary.concepts import Concept, Term, TermType
from glossary.termbase import TermBase

# So many characters may differ in a term of so many; shorter ones are too easily another word.
_NEAR = ((12, 2), (5, 1))


class Likeness(StrEnum):
    """The likeness of a term of another concept to one of this."""

    SAME = "same term"
    ACRONYM = "same acronym"
    SCRIPT = "same in the other Chinese script"
    NEAR = "nearly the same spelling"


@dataclass(frozen=True)
class Duplicate:
    """A term of this concept, and the concept and term that are like it."""

    term: Term
    uid: str
    text: str
    likeness: Likeness


def find(termbase: TermBase, concept: Concept) -> list[Duplicate]:
    """Returns the likely duplicates of a concept: of each other concept the likest term, the same terms first."""
    found: dict[str, Duplicate] = {}
    order = list(Likeness)
    for term in concept.terms:
        for duplicate in _of_term(termbase, term):
            known = found.get(duplicate.uid)
            if duplicate.uid != concept.uid and (
                known is None or order.index(duplicate.likeness) < order.index(known.likeness)
            ):
                found[duplicate.uid] = duplicate
    return sorted(found.values(), key=lambda duplicate: order.index(duplicate.likeness))


def _of_term(termbase: TermBase, term: Term) -> Iterator[Duplicate]:
    key = search_key(term.text)
    acronym = term.type in (TermType.ACRONYM, TermType.ABBREVIATION)
    for uid, _, text in termbase.with_keys([key], term.language):
        yield Duplicate(term, uid, text, Likeness.ACRONYM if acronym else Likeness.SAME)
    if languages.is_chinese(term.language):
        twins = {convert(key, "s2t"), convert(key, "t2s")} - {key}
        for uid, language, text in termbase.with_keys(twins, "zh"):
            yield Duplicate(term, uid, text, Likeness.SCRIPT if language != term.language else Likeness.NEAR)
        for uid, language, text in termbase.with_keys([key], "zh"):
            if language != term.language:
                yield Duplicate(term, uid, text, Likeness.SCRIPT)
    allowed = next((differing for length, differing in _NEAR if len(key) >= length), 0)
    if allowed and not acronym:
        for uid, text, other in termbase.of_length(term.language, len(key) - allowed, len(key) + allowed):
            if 0 < Levenshtein.distance(key, other, score_cutoff=allowed) <= allowed:
                yield Duplicate(term, uid, text, Likeness.NEAR)
