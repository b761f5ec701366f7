"""Drafts made of an engine's output: what is not to be translated is protected, terms are reported."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from glossary.recognition import Occurrence
from workbench.mt import placeholders
from workbench.mt.placeholders import Masked
from workbench.mt.protocol import Draft
from workbench.mt.terminology.terms import TermMethod, TermOutcome, Terms, results


@dataclass(frozen=True)
class EngineOutput:
    """An engine's output for a sentence: a draft with the methods that brought terms into it, by their concepts."""

    text: str
    score: float | None = None
    others: tuple[str, ...] = ()
    methods: Mapping[tuple[str, ...], TermMethod] = field(default_factory=dict)


Make = Callable[[Sequence[str], Terms], list[EngineOutput]]
"""Translates sentences whose terms are to be obeyed."""


def drafts(engine: str, make: Make, sentences: Sequence[str], terms: Terms | None, language: str) -> list[Draft]:
    """Returns the drafts of an engine.

    A sentence whose draft has lost a number, an address, a tag or code is translated once more with masks for these;
    that draft counts if all masks survive and no term is lost by it.
    """
    terms = terms or Terms.none(len(sentences))
    check = terms.check(language)
    made = make(sentences, terms)
    found = [
        _draft(engine, each, results(check, on, each.text, each.methods))
        for each, on in zip(made, terms.found, strict=True)
    ]
    masked = {
        number: mask
        for number, (sentence, draft) in enumerate(zip(sentences, found, strict=True))
        if (mask := placeholders.mask_lost(sentence, draft.text))
    }
    if not masked:
        return found
    moved = [_moved(terms.found[number], mask) for number, mask in masked.items()]
    again = make([mask.text for mask in masked.values()], terms.of(moved))
    for (number, mask), other in zip(masked.items(), again, strict=True):
        text = mask.undone(other.text)
        if text is not None:
            draft = _draft(
                engine, replace(other, text=text, others=()), results(check, terms.found[number], text, other.methods)
            )
            if _missing(draft) <= _missing(found[number]):
                found[number] = draft
    return found


def _draft(engine: str, made: EngineOutput, terms: tuple[TermOutcome, ...]) -> Draft:
    return Draft(made.text, made.score, engine, made.others, terms)


def _missing(draft: Draft) -> int:
    return sum(term.method is TermMethod.MISSING for term in draft.terms)


def _moved(terms: Sequence[Occurrence], mask: Masked) -> list[Occurrence]:
    """The terms of a sentence with their places in its masked form, without those of which something is masked."""
    return [
        replace(term, start=place[0], end=place[1])
        for term in terms
        if (place := mask.place(term.start, term.end)) is not None
    ]
