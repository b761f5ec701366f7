"""Drafts that obey the term base, by the decoding of a CTranslate2 model.

In this order, each step for what the one before it left: of the model's best outputs the one with the most terms;
another one without the terms that are not to be used; the output begun anew up to the wrong rendering, given the term
and ended by the model (after Hasler et al., Neural Machine Translation Decoding with Terminology Constraints, 2018,
https://aclanthology.org/N18-2081/, who find the place by attention too); the rendering replaced, where the model takes
the rest of the output for as likely as before. What then is missing is left as the model has it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from corpus.text import languages
from glossary.recognition import Finding, TerminologyChecker
from workbench.mt.models.argos_model import Model, Output
from workbench.mt.terminology import locating
from workbench.mt.terminology.attempts import Attempt, DraftCandidate
from workbench.mt.terminology.locating import Span
from workbench.mt.terminology.terms import TermMethod, renderings

HYPOTHESES = 4
"""The number of outputs for a text with terms."""

# Of a missing term so many renderings are tried, at so many places; each try is a decoding.
_RENDERINGS, _TRIES = 2, 2
# So many terms of a text are given one after the other.
_ROUNDS = 3
_BEAM = 1
# How much less likely a token of the rest of an output may be, as the logarithm of the probability: at 1, e times.
_LOSS = {TermMethod.DECODED: 3.0, TermMethod.REPLACED: 1.0}


def obey(model: Model, attempts: Iterable[Attempt], check: TerminologyChecker, language: str) -> None:
    """Sees to it that the best outputs have the terms of their texts, as far as the model can be brought to it.

    Each attempt comes with its outputs, which have their attention.
    """
    judged = [DraftCandidate(attempt, check) for attempt in attempts if attempt.terms and attempt.outputs]
    for each in judged:
        each.choose(each.attempt.outputs[1:], TermMethod.RERANKED)
    _suppress(model, [each for each in judged if each.misused])
    wanting = [each for each in judged if each.missing]
    if wanting:
        steps = _TermInjector(model, language, wanting)
        steps.decode()
        steps.replace()
    _score(model, [each for each in judged if each.attempt.best is not each.first])


def _suppress(model: Model, judged: Sequence[DraftCandidate]) -> None:
    """Translates again without the terms that are not to be used; those of a batch are the same for all its texts."""
    batches: defaultdict[frozenset[tuple[str, ...]], list[DraftCandidate]] = defaultdict(list)
    for each in judged:
        batches[frozenset(_sequences(model, each))].append(each)
    for sequences, batch in batches.items():
        inputs = [each.attempt.tokens for each in batch]
        found = model.translate(inputs, HYPOTHESES, attention=True, suppressed=sequences)
        for each, outputs in zip(batch, found, strict=True):
            each.choose(outputs, TermMethod.SUPPRESSED)


def _sequences(model: Model, judged: DraftCandidate) -> Iterator[tuple[str, ...]]:
    """The tokens of misused terms, as they stand in the output and as the tokenizer has them, at a word's beginning."""
    for finding in judged.misused:
        if finding.term and finding.place:
            yield tuple(model.tokens(finding.term.text))
            standing = judged.attempt.best.text[slice(*finding.place)]
            span = locating.by_text(judged.attempt.best, standing)
            if span:
                yield judged.attempt.best.tokens[slice(*span)]


class _TermInjector:
    """Gives texts the terms that their best outputs miss."""

    def __init__(self, model: Model, language: str, judged: Sequence[DraftCandidate]) -> None:
        self._model = model
        self._spaced = languages.is_spaced(language)
        self._judged = judged
        # What the model makes of the source terms alone often is what it makes of them in the text.
        alone = sorted({_source(each, finding) for each in judged for finding in each.missing}, key=len)
        inputs = [model.tokens(term) for term in alone]
        self._alone: Mapping[str, str] = dict(
            zip(alone, (outputs[0].text for outputs in model.translate(inputs, beam=_BEAM)), strict=True)
        )

    def decode(self) -> None:
        """Begins the outputs anew up to the wrong renderings, gives them the terms, and lets the model go on."""
        given_up: set[tuple[int, int, int]] = set()
        for _ in range(_ROUNDS):
            tries = [
                (each, finding, before, beginning)
                for each in self._judged
                for finding in islice((f for f in each.missing if _key(each, f) not in given_up), 1)
                for before, beginning in self._beginnings(each, finding)
            ]
            if not tries:
                return
            outputs = self._model.translate(
                [each.attempt.tokens for each, *_ in tries],
                attention=True,
                beginnings=[beginning for *_, beginning in tries],
                beam=_BEAM,
            )
            given_up |= {_key(each, finding) for each, finding, *_ in tries}
            self._choose(
                [
                    (each, output, before, len(output.tokens) - len(beginning))
                    for (each, _, before, beginning), (output,) in zip(tries, outputs, strict=True)
                ],
                TermMethod.DECODED,
            )

    def _choose(self, tries: Sequence[tuple[DraftCandidate, Output, int, int]], method: TermMethod) -> None:
        """Takes the best of some outputs, of which so many tokens before and after a term are the model's own.

        How likely the model takes these for is what an output is worth: the term itself may be new to it.
        """
        if not tries:
            return
        scores = self._model.log_probabilities(
            [each.attempt.tokens for each, *_ in tries], [output.tokens for _, output, _, _ in tries]
        )
        found: defaultdict[int, list[Output]] = defaultdict(list)
        for (each, output, before, after), logs in zip(tries, scores, strict=True):
            rest = logs[:before] + logs[len(logs) - 1 - after :]
            if sum(rest) / len(rest) >= each.first.per_token - _LOSS[method]:
                found[id(each)].append(replace(output, log_probability=sum(rest), chosen=len(rest)))
        for each in self._judged:
            each.choose(found[id(each)], method)

    def _beginnings(self, judged: DraftCandidate, finding: Finding) -> list[tuple[int, list[str]]]:
        """Returns beginnings of outputs, up to the term, each with the number of tokens before the term."""
        texts = {
            self._beginning(judged.attempt.best.tokens[: span[0]], rendering, span[0] < 1): span[0]
            for rendering in self._wanted(judged, finding)
            for span in self._spans(judged, finding)
        }
        return [(before, self._model.tokens(text)) for text, before in islice(texts.items(), _TRIES)]

    def _beginning(self, tokens: Sequence[str], rendering: str, first: bool) -> str:
        before = self._model.text(tokens) if tokens else ""
        if first and self._spaced:
            rendering = rendering[:1].upper() + rendering[1:]
        return before + (" " if before and self._spaced else "") + rendering

    def _wanted(self, judged: DraftCandidate, finding: Finding) -> tuple[str, ...]:
        return renderings(judged.check, finding.occurrence)[:_RENDERINGS]

    def _spans(self, judged: DraftCandidate, finding: Finding) -> list[Span]:
        """Returns the places of the wrong rendering in the best output, as numbers of tokens, the surest one first."""
        output, occurrence = judged.attempt.best, finding.occurrence
        standing = output.text[slice(*finding.place)] if finding.place else self._alone[_source(judged, finding)]
        spans = (
            locating.by_text(output, standing),
            locating.by_attention(output, judged.attempt.tokens, judged.attempt.text, *occurrence.place),
        )
        whole = partial(locating.whole_words, output.tokens) if self._spaced else (lambda span: span)
        return list(dict.fromkeys(whole(span) for span in spans if span))

    def replace(self) -> None:
        """Replaces the renderings in the outputs by the terms, where the model does not object to the rest of them."""
        tries = [
            (each, text, span)
            for each in self._judged
            for finding in each.missing[:_ROUNDS]
            for text, span in self._replaced(each, finding)
        ]
        self._choose(
            [
                (each, Output(text, tuple(self._model.tokens(text)), 0.0, 1), before, after)
                for each, text, (before, after) in tries
            ],
            TermMethod.REPLACED,
        )

    def _replaced(self, judged: DraftCandidate, finding: Finding) -> Iterator[tuple[str, Span]]:
        """Texts with the term in the place of the rendering, and how many tokens there are before and after it."""
        tokens = judged.attempt.best.tokens
        for start, end in self._spans(judged, finding):
            for rendering in self._wanted(judged, finding)[:1]:
                beginning = self._beginning(tokens[:start], rendering, start < 1)
                after = self._model.text(tokens[end:]) if tokens[end:] else ""
                joint = " " if after and self._spaced and after[:1].isalnum() else ""
                yield beginning + joint + after, (start, len(tokens) - end)


def _score(model: Model, judged: Sequence[DraftCandidate]) -> None:
    """Scores the outputs that were made otherwise than by the model alone, by the probability that it gives them."""
    if not judged:
        return
    tokens = [each.attempt.best.tokens for each in judged]
    for each, logs in zip(
        judged, model.log_probabilities([each.attempt.tokens for each in judged], tokens), strict=True
    ):
        each.attempt.outputs[0] = replace(each.attempt.best, log_probability=sum(logs), chosen=len(logs))


def _source(judged: DraftCandidate, finding: Finding) -> str:
    return judged.attempt.text[slice(*finding.occurrence.place)]


def _key(judged: DraftCandidate, finding: Finding) -> tuple[int, int, int]:
    return id(judged), *finding.occurrence.place
