"""The terms of sentences that are to be translated, and what an engine did for each of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from glossary.concepts import Concept, Status
from glossary.recognition import Finding, Occurrence, TerminologyChecker, TermResult, without_brackets

Place = tuple[int, int]


class TermMethod(StrEnum):
    """The method by which a required term came into a draft."""

    PLAIN = "plain"
    """The engine chose it by itself."""
    RERANKED = "reranked"
    """Another of the engine's best drafts had it."""
    SUPPRESSED = "suppressed"
    """The engine was not let use the term that is not to be used."""
    DECODED = "decoded"
    """The draft was begun as before, given the term where another rendering stood, and ended by the engine."""
    REPLACED = "replaced"
    """Another rendering was replaced by it."""
    MASKED = "masked"
    """The source term was hidden from the engine, and the mask in its draft replaced by it."""
    MISSING = "missing"
    """By none: the draft is without it, or has one that is not to be used."""


@dataclass(frozen=True)
class TermOutcome:
    """The outcome for the term at `[start:end]` of a source sentence: one of `required`, at `place` in the draft.

    A term that is missing has no place.
    """

    start: int
    end: int
    required: tuple[str, ...]
    method: TermMethod
    place: Place | None = None


class Terms:
    """The terms that stand in some sentences, and the concepts that they name."""

    def __init__(self, found: Sequence[Sequence[Occurrence]], concepts: Iterable[Concept]) -> None:
        """`found` has the terms of each sentence, from left to right."""
        self.found = found
        self.concepts = list(concepts)
        self._checks: dict[str, TerminologyChecker] = {}

    @classmethod
    def none(cls, sentences: int) -> "Terms":
        """Returns the terms of sentences that have none."""
        return cls([[]] * sentences, [])

    def check(self, language: str) -> TerminologyChecker:
        """Returns the checker of translations into a language for the terms of the concepts."""
        if language not in self._checks:
            self._checks[language] = TerminologyChecker(self.concepts, language)
        return self._checks[language]

    def moved(self, texts: Sequence[str], language: str) -> "Terms":
        """Returns the terms that stand for these in translations of the sentences; those that are missing are gone."""
        found = [
            [
                replace(finding.occurrence, start=finding.place[0], end=finding.place[1])
                for finding in sorted(self.check(language).check(occurrences, text), key=_place)
                if finding.place and finding.ok
            ]
            for occurrences, text in zip(self.found, texts, strict=True)
        ]
        return self.of(found)

    def of(self, found: Sequence[Sequence[Occurrence]]) -> "Terms":
        """Returns the terms of other sentences, of the same concepts."""
        other = Terms(found, self.concepts)
        other._checks = self._checks
        return other


def renderings(check: TerminologyChecker, occurrence: Occurrence) -> tuple[str, ...]:
    """Returns the terms that a translation may have for a source term, as one writes them, the preferred ones first."""
    usable = [term for term in check.terms(occurrence.concepts) if term.status.usable]
    usable.sort(key=lambda term: list(Status).index(term.status))
    return tuple(dict.fromkeys(without_brackets(term.text) for term in usable))


def results(
    check: TerminologyChecker,
    occurrences: Sequence[Occurrence],
    draft: str,
    methods: Mapping[tuple[str, ...], TermMethod],
) -> tuple[TermOutcome, ...]:
    """Returns the outcomes for the terms in a draft; `methods` says how each came into it, by the concepts it names."""
    return tuple(
        TermOutcome(
            *finding.occurrence.place,
            renderings(check, finding.occurrence),
            methods.get(finding.occurrence.concepts, TermMethod.PLAIN) if finding.ok else TermMethod.MISSING,
            finding.place if finding.ok else None,
        )
        for finding in check.check(occurrences, draft)
    )


class DraftTerms:
    """The terms of a text that its draft has, and how they came into it, by the concepts that they name.

    Both ways to drafts that obey the term base go by its one rule: another draft is better where it has more of the
    terms and loses none, and no term of it stands beside itself.
    """

    def __init__(self, occurrences: Sequence[Occurrence], check: TerminologyChecker, text: str) -> None:
        self.occurrences = occurrences
        self.check = check
        self.findings = check.check(occurrences, text)
        self.methods: dict[tuple[str, ...], TermMethod] = {}

    @property
    def missing(self) -> list[Finding]:
        """The terms that the draft has not."""
        return [finding for finding in self.findings if not finding.ok]

    @property
    def misused(self) -> list[Finding]:
        """The terms in the draft that are not to be used."""
        return [finding for finding in self.findings if finding.result in (TermResult.DEPRECATED, TermResult.FORBIDDEN)]

    def better(self, text: str) -> list[Finding] | None:
        """Returns the findings for the terms in another draft; None where it is not better."""
        findings = self.check.check(self.occurrences, text)
        if not rendered(findings) > rendered(self.findings):
            return None
        if any(finding.place and stutters(text, finding.place) for finding in findings):
            return None
        return findings

    def take(self, findings: list[Finding], method: TermMethod) -> None:
        """Takes what `better` returned; the terms that are new came into the draft by a method."""
        had = rendered(self.findings)
        for finding in findings:
            if finding.ok and finding.occurrence.place not in had:
                self.methods[finding.occurrence.concepts] = method
        self.findings = findings


def rendered(findings: Iterable[Finding]) -> set[Place]:
    """Returns the places of the source terms for which a translation has what they call for."""
    return {finding.occurrence.place for finding in findings if finding.ok}


def stutters(text: str, place: Place) -> bool:
    """Returns whether the first or last word of a term, or two of its characters, stand beside it once more."""
    start, end = place
    term = text[start:end].casefold()
    words = term.split() if " " in term else [term[:2], term[-2:]]
    before, after = text[:start].casefold().rstrip(), text[end:].casefold().lstrip()
    return len(term) > 1 and (before.endswith(words[0]) or after.startswith(words[-1]))


def _place(finding: Finding) -> Place:
    return finding.place or (0, 0)
