"""A text on its way through a model: the terms in it, and the best that was made of it so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from glossary.recognition import Finding, Occurrence, TerminologyChecker, TermResult
from workbench.mt.engines.argos_model import Output
from workbench.mt.terminology.terms import TermMethod, rendered, stutters

# An output with more or fewer tokens than this many times those of the first one has lost its way.
_SHORTEST, _LONGEST = 0.5, 2.0
_ALLOWANCE = 6


@dataclass
class Attempt:
    """A text, its tokens, the terms in it, and the outputs for it, the one that counts being the first."""

    text: str
    tokens: list[str]
    terms: Sequence[Occurrence] = ()
    outputs: list[Output] = field(default_factory=list)
    means: dict[tuple[str, ...], TermMethod] = field(default_factory=dict)
    """How a term came into the output that counts, by the concepts that it names; by itself where it is not here."""

    @property
    def best(self) -> Output:
        return self.outputs[0]


@dataclass
class DraftCandidate:
    """An attempt with terms, and what its best output has of them."""

    attempt: Attempt
    check: TerminologyChecker
    findings: list[Finding] = field(init=False)
    first: Output = field(init=False)
    """What the model chose by itself."""

    def __post_init__(self) -> None:
        self.first = self.attempt.best
        self.findings = self.find(self.attempt.best)

    def find(self, output: Output) -> list[Finding]:
        return self.check.check(self.attempt.terms, output.text)

    @property
    def missing(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.ok]

    @property
    def misused(self) -> list[Finding]:
        """What stands in the output that is not to be used."""
        return [finding for finding in self.findings if finding.result in (TermResult.DEPRECATED, TermResult.FORBIDDEN)]

    def choose(self, outputs: Iterable[Output], means: TermMethod) -> None:
        """Takes the output that has the most of the terms, if it has more than the best one and loses none of its.

        Of several the one of which the model is surest; one that is far from the first in length is none.
        """
        had = rendered(self.findings)
        most, chosen = None, None
        for output in outputs:
            findings = self.find(output)
            has = rendered(findings)
            rank = len(has), output.per_token
            if has > had and self._fits(output, findings) and (most is None or rank > most):
                most, chosen = rank, (output, findings)
        if chosen is None:
            return
        output, findings = chosen
        for finding in findings:
            if finding.ok and finding.occurrence.place not in had:
                self.attempt.means[finding.occurrence.concepts] = means
        self.attempt.outputs = [output, *(other for other in self.attempt.outputs if other.text != output.text)]
        self.findings = findings

    def _fits(self, output: Output, findings: Iterable[Finding]) -> bool:
        length, before = len(output.tokens), len(self.first.tokens)
        if not _SHORTEST * before - _ALLOWANCE <= length <= _LONGEST * before + _ALLOWANCE:
            return False
        return not any(finding.place and stutters(output.text, finding.place) for finding in findings)
