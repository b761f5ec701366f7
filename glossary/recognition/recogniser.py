"""What finds the terms of a language in texts, and goes on finding them as concepts change.

All forms of all terms are looked for at once (Aho–Corasick, overlapping), with the spaces that the folded text has
around words, so that none is found inside one; of what is found the longest at each place is kept. Concepts that
changed since the large automaton was built are in a second, small one, and the large one's findings for them do not
count.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple, Self

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from glossary.concepts import Concept, State, Status, Term
from glossary.recognition.folding import Folded, fold
from glossary.recognition.forms import forms

# As many changed concepts are taken in anew within a few hundredths of a second; with more, all is built again.
_FEW = 1000
_ORDER = {status: number for number, status in enumerate(Status)}


@dataclass(frozen=True)
class Occurrence:
    """A term found in a text at `[start:end]`, with the concepts that have it.

    First come those of the subject that was asked for, then those where it is to be preferred, then by their uids.
    """

    start: int
    end: int
    terms: tuple[tuple[str, Term], ...]
    """Pairs of a concept's uid and its term; several where concepts share a form."""

    @property
    def concepts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(uid for uid, _ in self.terms))


class _Named(NamedTuple):
    """What is held of a concept."""

    subject: str
    terms: tuple[Term, ...]


class _Form(NamedTuple):
    """A form of a concept's term; `exact` is how it must be written, empty where case does not count."""

    uid: str
    term: Term
    exact: str


class _Layer:
    """Some concepts, with an automaton for the forms of their terms."""

    def __init__(self, concepts: Mapping[str, _Named], chinese: bool, short: bool) -> None:
        self.concepts = concepts
        known: dict[str, tuple[_Form, ...]] = {}
        for uid, named in concepts.items():
            for term in named.terms:
                # Most forms are those of one term, which hold the same tuple.
                same = (_Form(uid, term, ""),)
                for form in forms(term, short):
                    key = fold(form, chinese).text
                    new = same
                    if term.case_sensitive:
                        new = (_Form(uid, term, fold(form, chinese, case=True).text.strip()),)
                    if key not in known:
                        known[key] = new
                    elif new[0] not in known[key]:
                        known[key] += new
        for nothing in ("", " "):
            known.pop(nothing, None)
        self._forms = list(known.values())
        # The DFA would be a little faster still, at many times the memory.
        self._automaton = AhoCorasick(
            list(known),
            matchkind=MatchKind.Standard,
            store_patterns=False,
            implementation=Implementation.ContiguousNFA,
        )

    def find(self, folded: Folded) -> Iterator[tuple[int, int, tuple[_Form, ...]]]:
        """Yields the forms that stand in a folded text, with their places in it, without the spaces around words."""
        text = folded.text
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            first, last = start + (text[start] == " "), end - (text[end - 1] == " ")
            if _whole(folded, first, last):
                yield first, last, self._forms[number]


class Recogniser:
    """Finds the terms of one language in texts, whatever region or script it is written for."""

    def __init__(self, concepts: Iterable[Concept], language: str, short: bool = False) -> None:
        """A rejected concept has no terms that count; `short` has single Chinese characters found where they stand."""
        self.language = language
        self._chinese = language.split("-")[0] == "zh"
        self._short = short
        self._large = self._layer(self._named(concepts))
        self._small = self._layer({})
        self._masked: frozenset[str] = frozenset()

    def _layer(self, concepts: Mapping[str, _Named]) -> _Layer:
        return _Layer(concepts, self._chinese, self._short)

    def _named(self, concepts: Iterable[Concept]) -> dict[str, _Named]:
        return {concept.uid: _Named(concept.subject, tuple(self._counting(concept))) for concept in concepts}

    def _counting(self, concept: Concept) -> Iterator[Term]:
        if concept.state is not State.REJECTED:
            language = self.language.split("-")[0]
            yield from (term for term in concept.terms if term.language.split("-")[0] == language)

    def updated(self, changed: Collection[str], concepts: Iterable[Concept]) -> Self:
        """Returns one for which `concepts` are what there is of the concepts whose uids are in `changed`."""
        other = copy(self)
        small = {uid: named for uid, named in self._small.concepts.items() if uid not in changed}
        small |= self._named(concepts)
        masked = self._masked.union(uid for uid in changed if uid in self._large.concepts)
        if len(small) + len(masked) > _FEW:
            kept = {uid: named for uid, named in self._large.concepts.items() if uid not in masked}
            other._large, small, masked = self._layer(kept | small), {}, frozenset()
        other._small, other._masked = self._layer(small), masked
        return other

    def __contains__(self, uid: object) -> bool:
        """Whether a concept is known, with or without terms of the language."""
        return uid in self._small.concepts or (uid in self._large.concepts and uid not in self._masked)

    def terms(self, uid: str) -> tuple[Term, ...]:
        """Returns the terms that a known concept has in the language."""
        return self._held(uid).terms

    def _held(self, uid: str) -> _Named:
        return self._small.concepts.get(uid) or self._large.concepts[uid]

    def find(self, text: str, nested: bool = False, subject: str = "") -> list[Occurrence]:
        """Returns the terms in a text from left to right: the longest ones alone, or with those that overlap them.

        Where concepts share a form, those of the `subject` come first.
        """
        folded = fold(text, self._chinese)
        found: dict[tuple[int, int], list[tuple[str, Term]]] = {}
        for start, end, known in self._hits(folded):
            place = folded.starts[start], folded.ends[end - 1]
            standing = ""
            if any(form.exact for form in known):
                standing = fold(text[slice(*place)], self._chinese, case=True).text.strip()
            terms = [(form.uid, form.term) for form in known if not form.exact or _stands(form.exact, standing)]
            if terms:
                found.setdefault(place, []).extend(terms)
        places = sorted(found, key=lambda place: (place[0], -place[1]))
        kept = places if nested else longest(places)
        return [Occurrence(*place, self._ordered(found[place], subject)) for place in kept]

    def _hits(self, folded: Folded) -> Iterator[tuple[int, int, tuple[_Form, ...]]]:
        for start, end, known in self._large.find(folded):
            left = tuple(form for form in known if form.uid not in self._masked) if self._masked else known
            if left:
                yield start, end, left
        yield from self._small.find(folded)

    def _ordered(self, terms: Sequence[tuple[str, Term]], subject: str) -> tuple[tuple[str, Term], ...]:
        if len(terms) == 1:
            return tuple(terms)

        def order(pair: tuple[str, Term]) -> tuple[bool, int, str, bool]:
            uid, term = pair
            return self._held(uid).subject != subject, _ORDER[term.status], uid, term.language != self.language

        # By identity: to hash all fields of a term takes longer than the rest.
        return tuple(sorted({(uid, id(term)): (uid, term) for uid, term in terms}.values(), key=order))


def _stands(exact: str, standing: str) -> bool:
    # A headline in capitals throughout is no reason to miss a name of several words.
    return standing == exact or (" " in exact and standing.isupper())


def _whole(folded: Folded, start: int, end: int) -> bool:
    """Whether a place in a folded text cuts no character of the text, such as the `ß` that became `ss`."""
    _, starts, ends = folded
    return (start == 0 or ends[start - 1] <= starts[start]) and (end == len(starts) or ends[end - 1] <= starts[end])


def longest(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of places in the order of their starts, those that remain from the left; the longest of each start is first."""
    kept: list[tuple[int, int]] = []
    for place in places:
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept
