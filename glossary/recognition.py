"""Recognition: which terms stand in a text, and where.

All forms of all terms are looked for at once (Aho–Corasick, overlapping); what does not stand on a word's boundaries
is dropped, and of the rest the longest at each place is kept.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import regex
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from glossary.concepts import Concept, Term, TermType

# Full-width Latin letters, digits and signs count as their ordinary forms; hyphens as spaces. One character each, so
# that a place in the folded text is the same place in the text.
_FOLD = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(hyphen): " " for hyphen in "-\u2010\u2011\u2012"}
_FOLD |= {0x3000: " ", 0x00A0: " ", 0x2019: "'"}
_LATIN = regex.compile(r"[\p{Latin}\p{Nd}]")
_HAN = regex.compile(r"\p{Han}")
_QUOTES = re.compile("[“”「」『』‘’]")
_SIBILANT = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True)
class Occurrence:
    """A term found in a text at `[start:end]`, with the concepts that have it, in the order of the term base."""

    start: int
    end: int
    terms: tuple[tuple[str, Term], ...]
    """Pairs of a concept's uid and its term; several where concepts share a form."""

    @property
    def concepts(self) -> tuple[str, ...]:
        return tuple(uid for uid, _ in self.terms)


class Recogniser:
    """Finds the terms of one language in texts."""

    def __init__(self, concepts: Iterable[Concept], language: str) -> None:
        forms: defaultdict[str, list[tuple[str, Term, str]]] = defaultdict(list)
        for concept in concepts:
            for term in concept.in_language(language):
                for form in _forms(term):
                    entry = (concept.uid, term, form)
                    key = _lower(form)
                    if entry not in forms[key] and not _too_short(key):
                        forms[key].append(entry)
        self._forms: Mapping[str, list[tuple[str, Term, str]]] = forms
        self._keys = list(forms)
        # The DFA would be a little faster still, at many times the memory.
        self._automaton = AhoCorasick(
            self._keys, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str) -> list[Occurrence]:
        """Returns the terms in a text from left to right, none inside another."""
        folded = text.translate(_FOLD)
        found = []
        for number, start, end in self._automaton.find_matches_as_indexes(_lower(folded), overlapping=True):
            if _on_boundaries(folded, start, end):
                terms = tuple(self._terms(self._keys[number], folded[start:end]))
                if terms:
                    found.append(Occurrence(start, end, terms))
        return _longest(found)

    def _terms(self, key: str, standing: str) -> Iterator[tuple[str, Term]]:
        for uid, term, form in self._forms[key]:
            # A headline in capitals throughout is no reason to miss a name of several words.
            shouted = " " in form and standing.isupper()
            if not term.case_sensitive or form == standing or shouted:
                yield uid, term


def _lower(text: str) -> str:
    """Lower case character by character, so that none is added or lost (`İ` would become two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def _forms(term: Term) -> list[str]:
    """The forms of a term that count as the term: as it is, without quotation marks, in the plural."""
    form = " ".join(term.text.translate(_FOLD).split())
    forms = [form]
    bare = _QUOTES.sub("", form)
    if bare and bare != form:
        forms.append(bare)
    if term.language.split("-")[0] == "en":
        forms += [plural for form in list(forms) if (plural := _plural(form, term.type is TermType.ACRONYM))]
    return forms


def _plural(form: str, acronym: bool) -> str:
    """The regular English plural of a form's last word; empty where it ends in no letter."""
    if not form or not form[-1].isalpha() or not form[-1].isascii():
        return ""
    if acronym:
        return form + "s"
    lower = form.lower()
    if lower.endswith(_SIBILANT):
        return form + "es"
    if lower.endswith("y") and len(lower) > 1 and lower[-2] not in "aeiou":
        return form[:-1] + "ies"
    return form + "s"


def _too_short(key: str) -> bool:
    """A single Chinese character stands inside too many words to be a term by itself."""
    return not key or (len(key) == 1 and bool(_HAN.match(key)))


def _on_boundaries(text: str, start: int, end: int) -> bool:
    """Whether a match cuts no word: Latin letters and digits must not go on beyond it; Han has no such boundary."""
    cut_before = start > 0 and _LATIN.match(text[start]) and _LATIN.match(text[start - 1])
    cut_after = end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end])
    return not cut_before and not cut_after


def _longest(found: list[Occurrence]) -> list[Occurrence]:
    """From the left, the longest at each place; what overlaps it is dropped."""
    kept: list[Occurrence] = []
    for occurrence in sorted(found, key=lambda item: (item.start, -item.end)):
        if kept and occurrence.start == kept[-1].start and occurrence.end == kept[-1].end:
            terms = dict.fromkeys(kept[-1].terms + occurrence.terms)
            kept[-1] = Occurrence(occurrence.start, occurrence.end, tuple(terms))
        elif not kept or occurrence.start >= kept[-1].end:
            kept.append(occurrence)
    return kept
