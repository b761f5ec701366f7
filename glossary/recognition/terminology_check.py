"""The terms of a translation: whether those stand in it that the source text calls for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from glossary.concepts import Concept, Term
from glossary.recognition.recogniser import Occurrence, Recogniser
from glossary.recognition.stems import Stemmer, stemmer

Place = tuple[int, int]
Standing = list[tuple[Place, Term]]
Result = tuple["TermResult", Place | None, Term | None]


class TermResult(StrEnum):
    """The result of the check of a source term."""

    FOUND = "found"
    MISSING = "missing"
    DEPRECATED = "deprecated"
    """A term stands that is not to be used, and the concept has another."""
    FORBIDDEN = "forbidden"
    """A term stands that is not to be used, and the concept has no other."""


@dataclass(frozen=True)
class Finding:
    """The result for a source term, in the target at `place` and by which term; None where it is missing."""

    occurrence: Occurrence
    result: TermResult
    place: Place | None = None
    term: Term | None = None

    @property
    def ok(self) -> bool:
        """True where the translation has what the source term calls for."""
        return self.result is TermResult.FOUND


class TerminologyChecker:
    """Checks translations into one language for the terms of some concepts."""

    def __init__(self, concepts: Iterable[Concept], language: str) -> None:
        self._stem = stemmer(language)
        # The terms by what they are looked for, where that is not as they are written.
        self._written: dict[tuple[str, Term], Term] = {}
        known = concepts if self._stem is None else [self._stemmed(concept, self._stem) for concept in concepts]
        self._recogniser = Recogniser(known, language, short=True)

    def _stemmed(self, concept: Concept, stem: Stemmer) -> Concept:
        terms = []
        for term in concept.terms:
            stemmed = replace(term, text=stem(term.text).text, forms=tuple(stem(form).text for form in term.forms))
            self._written.setdefault((concept.uid, stemmed), term)
            terms.append(stemmed)
        return replace(concept, terms=tuple(terms))

    def check(self, occurrences: Sequence[Occurrence], target: str) -> list[Finding]:
        """Returns the finding for each source occurrence whose concepts have terms in the target language.

        Any form of any usable term of any of an occurrence's concepts counts. A translation may name once what the
        source names twice, so one place serves several occurrences where there are too few; a term that is not to be
        used is always reported.
        """
        groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, occurrence in enumerate(occurrences):
            groups[occurrence.concepts].append(number)
        standing = self._standing({uid for uids in groups for uid in uids}, target)
        allowed = [place for terms in standing.values() for place, term in terms if term.status.usable]
        findings: dict[int, Finding] = {}
        for uids, numbers in groups.items():
            terms = self.terms(uids)
            if terms:
                stood = [term for uid in uids for term in standing.get(uid, ())]
                replaceable = any(term.status.usable for term in terms)
                results = _assigned(len(numbers), *_sorted_out(stood, allowed), replaceable)
                # There are fewer results where nothing is to be said.
                for number, result in zip(numbers, results, strict=False):
                    findings[number] = Finding(occurrences[number], *result)
        return [findings[number] for number in sorted(findings)]

    def terms(self, uids: Iterable[str]) -> list[Term]:
        """Returns the terms that the concepts, by their uids, have in the target language."""
        return [
            self._written.get((uid, term), term)
            for uid in uids
            if uid in self._recogniser
            for term in self._recogniser.terms(uid)
        ]

    def _standing(self, uids: Collection[str], target: str) -> dict[str, Standing]:
        """Returns for each of some concepts the terms of it that stand in a translation, with their places."""
        standing: defaultdict[str, Standing] = defaultdict(list)
        stemmed = self._stem(target) if self._stem else None
        for found in self._recogniser.find(stemmed.text if stemmed else target, nested=True):
            place = found.start, found.end
            if stemmed:
                place = stemmed.starts[found.start], stemmed.ends[found.end - 1]
            for uid, term in found.terms:
                if uid in uids:
                    standing[uid].append((place, self._written.get((uid, term), term)))
        return standing


def check_target(
    occurrences: Sequence[Occurrence], concepts: Iterable[Concept], target: str, language: str
) -> list[Finding]:
    """Checks one translation, where `concepts` are those of the occurrences; see `TerminologyChecker.check`."""
    return TerminologyChecker(concepts, language).check(occurrences, target)


def _sorted_out(stood: Standing, allowed: Iterable[Place]) -> tuple[Standing, Standing]:
    """Returns the usable and the unusable terms that stand by themselves, not as a part of a longer one."""
    good = {place: term for place, term in stood if term.status.usable}
    bad = {place: term for place, term in stood if place not in good}
    return (
        [(place, term) for place, term in sorted(good.items()) if not any(_inside(place, other) for other in bad)],
        [(place, term) for place, term in sorted(bad.items()) if not any(_inside(place, other) for other in allowed)],
    )


def _inside(place: Place, other: Place) -> bool:
    return place != other and other[0] <= place[0] and place[1] <= other[1]


def _assigned(count: int, good: Standing, bad: Standing, replaceable: bool) -> list[Result]:
    """Returns the results of `count` occurrences: the usable terms for the first, those not to be used for the last.

    Nothing where there is no term to use, and none that is not to be used stands.
    """
    misuse = TermResult.DEPRECATED if replaceable else TermResult.FORBIDDEN
    if good:
        misused: list[Result] = [(misuse, *stands) for stands in bad[:count]]
        return [(TermResult.FOUND, *stands) for stands in _served(good, count - len(misused))] + misused
    if bad:
        return [(misuse, *stands) for stands in _served(bad, count)]
    return [(TermResult.MISSING, None, None)] * count if replaceable else []


def _served(standing: Standing, count: int) -> Standing:
    return [standing[min(number, len(standing) - 1)] for number in range(count)]
