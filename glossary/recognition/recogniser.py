"""The recogniser of the terms of a language in texts, which keeps up with concepts as they change.

All forms of all terms are looked for at once (Aho–Corasick, overlapping), with the spaces that the folded text has
around words, so that none is found inside one; of what is found the longest at each place is kept. Concepts that
changed since the large automaton was built are in a second, small one, and the large one's findings for them do not
count.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import NamedTuple, Self

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from corpus.text import languages
from glossary.concepts import Concept, ConceptState, Status, Term
from glossary.recognition.folding import Folded, fold
from glossary.recognition.forms import forms

# As many changed concepts are taken in anew within a few hundredths of a second; with more, all is built again.
_FEW = 1000
_ORDER = {status: number for number, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term found in a text at `[start:end]`, with the concepts that have it.

    First come those of the subject that was asked for, then those where it is to be preferred, then by their uids.
    """

    start: int
    end: int
    terms: tuple[tuple[str, Term], ...]
    """Pairs of a concept's uid and its term; several where concepts share a form."""

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def concepts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(uid for uid, _ in self.terms))


class _Named(NamedTuple):
    """The subject and the terms of a concept, which are all that counts of it."""

    subject: str
    terms: tuple[Term, ...]


_Pair = tuple[str, Term]
"""A concept's uid and one of its terms."""


class _Text:
    """A text that is looked through, in its folded forms."""

    def __init__(self, text: str, chinese: bool) -> None:
        self._text = text
        self._chinese = chinese
        self.folded = fold(text, chinese)

    @cached_property
    def _cased(self) -> str | None:
        """The text folded but for its case, if each place in it is that of the folded text, as it nearly always is."""
        cased = fold(self._text, self._chinese, case=True)
        return cased.text if cased[1:] == self.folded[1:] else None

    def written(self, start: int, end: int) -> str:
        """Returns the folded text at a place with its capitals."""
        if self._cased is not None:
            return self._cased[start:end]
        return _cased(self._text[self.folded.starts[start] : self.folded.ends[end - 1]], self._chinese)


def _cased(text: str, chinese: bool) -> str:
    return fold(text, chinese, case=True).text.strip()


class _Layer:
    """Some concepts, with an automaton for the forms of their terms.

    What is held is in lists and arrays: with an object for each concept and each form it takes twice the memory. A
    term is its number. An entry says that a form is one of a term's; those of the form `n` are the entries from
    `_firsts[n]` to `_firsts[n + 1]`.
    """

    def __init__(self, concepts: Iterable[tuple[str, _Named]], language: str, short: bool) -> None:
        self._chinese = languages.is_chinese(language)
        self._numbers: dict[str, int] = {}
        self._subjects: list[str] = []
        # Where the terms of each concept begin.
        self._begins = array("I", [0])
        self._uids: list[str] = []
        self._terms: list[Term] = []
        for uid, (subject, terms) in concepts:
            self._numbers[uid] = len(self._subjects)
            self._subjects.append(subject)
            self._uids += [uid] * len(terms)
            self._terms += terms
            self._begins.append(len(self._terms))
        # The terms that share a form are entered in the order in which they are offered.
        orders = [_order_of(pair, language) for pair in zip(self._uids, self._terms, strict=True)]
        numbers = sorted(range(len(orders)), key=orders.__getitem__)
        del orders
        self._index(numbers, short)

    def _index(self, numbers: Iterable[int], short: bool) -> None:
        known: dict[str, int] = {}
        keys, owners, exact = array("I"), array("I"), list[str]()
        for number in numbers:
            for key, written in self._keys(self._terms[number], short):
                keys.append(known.setdefault(key, len(known)))
                owners.append(number)
                exact.append(written)
        entries = sorted(range(len(keys)), key=keys.__getitem__)
        counts = Counter(keys)
        self._firsts = array("I", accumulate((counts[form] for form in range(len(known))), initial=0))
        self._owners = array("I", (owners[entry] for entry in entries))
        # How the form must be written, empty where case does not count.
        self._exact = [exact[entry] for entry in entries]
        del keys, owners, exact, entries, counts
        # The DFA would be a little faster still, at many times the memory.
        self._automaton = AhoCorasick(
            known, matchkind=MatchKind.Standard, store_patterns=False, implementation=Implementation.ContiguousNFA
        )

    def _keys(self, term: Term, short: bool) -> Iterable[tuple[str, str]]:
        """The folded forms of a term, each with how it must be written, or nothing where case does not count."""
        found: dict[tuple[str, str], None] = {}
        for form in forms(term, short):
            key = fold(form, self._chinese).text
            exact = _cased(form, self._chinese) if term.case_sensitive else ""
            if key.strip():
                # One text for both where they are the same.
                found[key, term.text if exact == term.text else exact] = None
        return found

    def __contains__(self, uid: object) -> bool:
        return uid in self._numbers

    def __getitem__(self, uid: str) -> _Named:
        number = self._numbers[uid]
        return _Named(self._subjects[number], tuple(self._terms[self._begins[number] : self._begins[number + 1]]))

    def without(self, uids: Container[str]) -> Iterator[tuple[str, _Named]]:
        """Yields the concepts that are held, but for some."""
        return ((uid, self[uid]) for uid in self._numbers if uid not in uids)

    def find(self, text: _Text) -> Iterator[tuple[int, int, list[_Pair]]]:
        """Yields the terms that stand in a text, with their places in it folded, without the spaces around words."""
        folded = text.folded
        for form, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
            first, last = start + (folded.text[start] == " "), end - (folded.text[end - 1] == " ")
            if _whole(folded, first, last) and (pairs := self._standing(form, text, first, last)):
                yield first, last, pairs

    def _standing(self, form: int, text: _Text, start: int, end: int) -> list[_Pair]:
        """The terms with a form whose capitals, where they count, are those that stand at a place."""
        entries = slice(self._firsts[form], self._firsts[form + 1])
        exacts = self._exact[entries]
        written = text.written(start, end) if any(exacts) else ""
        pairs: list[_Pair] = []
        before = -1
        for number, exact in zip(self._owners[entries], exacts, strict=True):
            if number != before and (not exact or _stands(exact, written)):
                pairs.append((self._uids[number], self._terms[number]))
                before = number
        return pairs


class Recogniser:
    """Finds the terms of one language in texts, whatever region or script it is written for."""

    def __init__(self, concepts: Iterable[Concept], language: str, short: bool = False) -> None:
        """A rejected concept has no terms that count; `short` has single Chinese characters found where they stand."""
        self.language = language
        self._chinese = languages.is_chinese(language)
        self._short = short
        self._large = self._layer(self._named(concepts))
        self._small = self._layer(())
        self._masked: frozenset[str] = frozenset()

    def _layer(self, concepts: Iterable[tuple[str, _Named]]) -> _Layer:
        return _Layer(concepts, self.language, self._short)

    def _named(self, concepts: Iterable[Concept]) -> Iterator[tuple[str, _Named]]:
        for concept in concepts:
            yield concept.uid, _Named(concept.subject, tuple(self._counting(concept)))

    def _counting(self, concept: Concept) -> Iterator[Term]:
        if concept.state is not ConceptState.REJECTED:
            language = languages.primary(self.language)
            yield from (term for term in concept.terms if languages.primary(term.language) == language)

    def updated(self, changed: Collection[str], concepts: Iterable[Concept]) -> Self:
        """Returns one for which `concepts` are what there is of the concepts whose uids are in `changed`."""
        other = copy(self)
        small = dict(chain(self._small.without(changed), self._named(concepts)))
        masked = self._masked.union(uid for uid in changed if uid in self._large)
        if len(small) + len(masked) > _FEW:
            other._large = self._layer(chain(self._large.without(masked), small.items()))
            small, masked = {}, frozenset()
        other._small, other._masked = self._layer(small.items()), masked
        return other

    def __contains__(self, uid: object) -> bool:
        """Returns whether a concept is known, with or without terms of the language."""
        return uid in self._small or (uid in self._large and uid not in self._masked)

    def terms(self, uid: str) -> tuple[Term, ...]:
        """Returns the terms that a known concept has in the language."""
        return self._held(uid).terms

    def _held(self, uid: str) -> _Named:
        return (self._small if uid in self._small else self._large)[uid]

    def find(self, text: str, nested: bool = False, subject: str = "") -> list[Occurrence]:
        """Returns the terms in a text from left to right: the longest ones alone, or with those that overlap them.

        Where concepts share a form, those of the `subject` come first.
        """
        looked_through = _Text(text, self._chinese)
        starts, ends = looked_through.folded[1:]
        found: dict[tuple[int, int], list[_Pair]] = {}
        for start, end, pairs in self._hits(looked_through):
            place = starts[start], ends[end - 1]
            found[place] = self._together(found[place], pairs) if place in found else pairs
        places = sorted(found, key=lambda place: (place[0], -place[1]))
        kept = places if nested else longest(places)
        return [Occurrence(*place, self._ordered(found[place], subject)) for place in kept]

    def _hits(self, text: _Text) -> Iterator[tuple[int, int, list[_Pair]]]:
        for start, end, pairs in self._large.find(text):
            left = [pair for pair in pairs if pair[0] not in self._masked] if self._masked else pairs
            if left:
                yield start, end, left
        yield from self._small.find(text)

    def _together(self, pairs: Iterable[_Pair], others: Iterable[_Pair]) -> list[_Pair]:
        # By identity: to hash all fields of a term takes longer than the rest.
        different = {(uid, id(term)): (uid, term) for uid, term in (*pairs, *others)}
        return sorted(different.values(), key=lambda pair: _order_of(pair, self.language))

    def _ordered(self, pairs: list[_Pair], subject: str) -> tuple[_Pair, ...]:
        if subject and len(pairs) > 1:
            return tuple(sorted(pairs, key=lambda pair: self._held(pair[0]).subject != subject))
        return tuple(pairs)


def _order_of(pair: _Pair, language: str) -> tuple[int, str, bool]:
    """Returns the sorting key of a term of a form: those to be preferred come first, then it goes by concept."""
    uid, term = pair
    return _ORDER[term.status], uid, term.language != language


def _stands(exact: str, standing: str) -> bool:
    # A headline in capitals throughout is no reason to miss a name of several words.
    return standing == exact or (" " in exact and standing.isupper())


def _whole(folded: Folded, start: int, end: int) -> bool:
    """Returns whether a place in a folded text cuts no character of the text, such as the `ß` that became `ss`."""
    _, starts, ends = folded
    return (start == 0 or ends[start - 1] <= starts[start]) and (end == len(starts) or ends[end - 1] <= starts[end])


def longest(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns the places that remain from the left, of some sorted by their starts; the longest of each is first."""
    kept: list[tuple[int, int]] = []
    for place in places:
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept
