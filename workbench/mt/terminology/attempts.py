"""A text on its way through a model: the terms in it, and the best that was made of it so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from glossary.recognition import Occurrence, TerminologyChecker
from workbench.mt.models.argos_model import Output
from workbench.mt.terminology.terms import DraftTerms, TermMethod, rendered

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
    methods: dict[tuple[str, ...], TermMethod] = field(default_factory=dict)
    """The method by which each term came into the output that counts, by its concepts; PLAIN for those not here."""

    @property
    def best(self) -> Output:
        return self.outputs[0]


class DraftCandidate(DraftTerms):
    """An attempt with terms, and what its best output has of them."""

    def __init__(self, attempt: Attempt, check: TerminologyChecker) -> None:
        super().__init__(attempt.terms, check, attempt.best.text)
        self.attempt = attempt
        self.methods = attempt.methods
        self.first = attempt.best
        """The model's own choice."""

    def choose(self, outputs: Iterable[Output], method: TermMethod) -> None:
        """Takes the output that has the most of the terms, if it is better than the best one.

        Of several the one of which the model is surest; one that is far from the first in length is none.
        """
        most, chosen = None, None
        for output in outputs:
            findings = self.better(output.text) if self._fits(output) else None
            if findings is None:
                continue
            rank = len(rendered(findings)), output.per_token
            if most is None or rank > most:
                most, chosen = rank, (output, findings)
        if chosen is None:
            return
        output, findings = chosen
        self.take(findings, method)
        self.attempt.outputs = [output, *(other for other in self.attempt.outputs if other.text != output.text)]

    def _fits(self, output: Output) -> bool:
        length, before = len(output.tokens), len(self.first.tokens)
        return _SHORTEST * before - _ALLOWANCE <= length <= _LONGEST * before + _ALLOWANCE
