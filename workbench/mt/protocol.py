"""The protocol of machine translation engines: a name, the pairs they translate, and drafts for sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.text.progress import Progress
from workbench.mt.terminology.terms import TermOutcome, Terms


@dataclass(frozen=True)
class Draft:
    """A machine translation of one sentence.

    `score` is the probability (0…1) that the model gave a token of the draft, as a geometric mean: it says how sure
    the model was, not how good the draft is. A draft made through a third language has the product of both legs. An
    engine that does not tell has None; an empty draft, the one of a sentence with nothing to translate, has 0.

    `alternatives` are other drafts, the best first, of an engine that has them. `terms` says of each term that the
    sentence called for what was done for it.
    """

    text: str
    score: float | None
    engine: str
    alternatives: tuple[str, ...] = ()
    terms: tuple[TermOutcome, ...] = ()


class Engine(Protocol):
    """Translates sentences between some pairs of languages; several threads may use one engine."""

    @property
    def name(self) -> str:
        """The name by which drafts, commands and pages call the engine."""
        ...

    def pairs(self) -> list[tuple[str, str]]:
        """Returns the pairs it translates, as BCP 47 tags of source and target."""
        ...

    def supports(self, source_language: str, target_language: str) -> bool:
        """Returns whether it translates this pair, which may name a region or a script that `pairs` leaves out."""
        ...

    def translate(
        self,
        sentences: Sequence[str],
        source_language: str,
        target_language: str,
        *,
        terms: Terms | None = None,
        alternatives: int = 0,
        progress: Progress | None = None,
    ) -> list[Draft]:
        """Returns one draft a sentence, in order, whatever the sentences hold.

        A sentence without anything visible has an empty draft; control characters are left out; a sentence of any
        length is translated whole. `terms` are those of the sentences that the drafts are to obey; each is in the
        draft, or reported as missing. `alternatives` is how many more drafts of a sentence are wanted at most.
        `progress` counts sentences, and is told 0 first; an exception from it cancels the work. Raises EngineError
        where the pair cannot be translated.
        """
        ...
