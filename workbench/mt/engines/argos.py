"""The engine over Argos Translate's installed packages.

Its packages, settings and tokenizers are used; the translation itself is CTranslate2's, in batches of whole
sentences: Argos Translate splits what it gets into sentences again, passes them one by one, and hides their scores.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from corpus.text import languages
from corpus.text.progress import Meter, Progress, silent
from glossary.recognition import Occurrence, TerminologyChecker
from workbench.errors import EngineError
from workbench.mt import codes, normalise, pipeline
from workbench.mt.chunking import clean, cut
from workbench.mt.models import argos_model
from workbench.mt.models.argos_model import Model, Models, Output
from workbench.mt.packages import repository
from workbench.mt.packages.repository import Installed
from workbench.mt.pipeline import EngineOutput
from workbench.mt.protocol import Draft
from workbench.mt.terminology.attempts import Attempt
from workbench.mt.terminology.constrained_decoding import HYPOTHESES, obey
from workbench.mt.terminology.terms import Terms

PIVOT = "en"
"""The language through which two packages make a pair."""


class Argos:
    """Translates with the package of a pair, or through English with two; looks anew at each call which there are."""

    name = "argos"

    def __init__(self, models: Models | None = None) -> None:
        self._models = models or Models()

    def pairs(self) -> list[tuple[str, str]]:
        """Returns the pairs of the installed packages, then those through English, as BCP 47 tags."""
        found = repository.installed()
        direct = [package.pair for package in found]
        into, out_of = ([pair for pair in direct if pair[side] == PIVOT] for side in (1, 0))
        pivoted = [(first[0], second[1]) for first in into for second in out_of]
        tags = [(codes.tag(source), codes.tag(target)) for source, target in direct + pivoted]
        return [pair for pair in dict.fromkeys(tags) if _differ(*pair)]

    def supports(self, source_language: str, target_language: str) -> bool:
        return bool(_route(source_language, target_language))

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
        route = _route(source_language, target_language)
        if not route:
            raise EngineError(
                "No installed package translates from {source} to {target}: see `workbench mt available`.",
                source=source_language,
                target=target_language,
            )
        report = _Report(Meter(len(sentences), progress or silent), len(sentences), len(route))
        report(0)
        make = partial(_through, self._models, route, source_language, target_language, alternatives, report)
        return pipeline.drafts(self.name, make, sentences, terms, target_language)


def _through(
    models: Models,
    route: Sequence[Installed],
    source_language: str,
    target_language: str,
    alternatives: int,
    report: "_Report",
    sentences: Sequence[str],
    terms: Terms,
) -> list[EngineOutput]:
    """Translates sentences with one package after the other; what is sure is so after all of them."""
    texts = [normalise.to_script(sentence, source_language, route[0].source_language) for sentence in sentences]
    made = [EngineOutput(text, 1.0) for text in texts]
    report.begin()
    for number, package in enumerate(route):
        # What stands for a term in the language between is what the last leg is to render.
        of_leg = terms if number == 0 else terms.moved(texts, package.source_language)
        leg = _translate(models, package, texts, of_leg, alternatives if package is route[-1] else 0, report)
        texts = [each.text for each in leg]
        made = [
            replace(new, score=(new.score or 0.0) * (old.score or 0.0), methods={**old.methods, **new.methods})
            for old, new in zip(made, leg, strict=True)
        ]
        report.leg += 1
    to_script = partial(normalise.to_script, written=route[-1].target_language, wanted=target_language)
    return [replace(each, text=to_script(each.text), others=tuple(map(to_script, each.others))) for each in made]


@dataclass
class _Report:
    """Tells a meter how many sentences are done, where each goes through some legs."""

    meter: Meter
    sentences: int
    legs: int
    leg: int = 0

    def begin(self) -> None:
        """Some of the sentences may go through all legs once more: for the meter, that is no step back."""
        self.leg = 0

    def __call__(self, done: int) -> None:
        self.meter.go_to((self.leg * self.sentences + done) // self.legs)


class _Sentence:
    """A sentence on its way through a model, in the pieces that the model can take in."""

    def __init__(self, sentence: str, terms: Sequence[Occurrence], model: Model) -> None:
        self.attempts = [
            Attempt(text, tokens) for text, tokens in cut(clean(sentence), model.tokens, argos_model.MAX_TOKENS)
        ]
        _locate(sentence, terms, self.attempts)

    @property
    def is_done(self) -> bool:
        return all(attempt.outputs for attempt in self.attempts)

    def result(self, language: str, alternatives: int) -> EngineOutput:
        text = self._text([attempt.best for attempt in self.attempts], language)
        if not text:
            return EngineOutput("", 0.0)
        outputs = [attempt.best for attempt in self.attempts]
        tokens = sum(output.chosen for output in outputs)
        score = min(1.0, math.exp(sum(output.log_probability for output in outputs) / tokens))
        others: dict[str, None] = {}
        if len(self.attempts) == 1:
            others = dict.fromkeys(self._text([output], language) for output in self.attempts[0].outputs[1:])
            others.pop(text, None)
        methods = {concepts: how for attempt in self.attempts for concepts, how in attempt.methods.items()}
        return EngineOutput(text, score, tuple(others)[:alternatives], methods)

    @staticmethod
    def _text(outputs: Sequence[Output], language: str) -> str:
        return normalise.tidy(languages.join([output.text for output in outputs], language), language)


def _locate(sentence: str, terms: Sequence[Occurrence], attempts: Sequence[Attempt]) -> None:
    """Gives the pieces of a sentence its terms, each with its place in the piece; one that was cut is nowhere."""
    number, start = 0, 0
    for term in terms:
        wanted = clean(sentence[term.start : term.end])
        for later, attempt in enumerate(attempts[number:], number):
            at = attempt.text.find(wanted, start if later == number else 0)
            if wanted and at >= 0:
                number, start = later, at + len(wanted)
                attempt.terms = [*attempt.terms, replace(term, start=at, end=start)]
                break


def _route(source_language: str, target_language: str) -> tuple[Installed, ...]:
    """The packages to go through from a language to another: one, two with English in between, or none."""
    if not _differ(source_language, target_language):
        return ()
    by_pair = {package.pair: package for package in repository.installed()}
    if not by_pair:
        return ()
    wanted = [(source, target) for source in codes.codes(source_language) for target in codes.codes(target_language)]
    routes = [[pair] for pair in wanted] + [[(source, PIVOT), (PIVOT, target)] for source, target in wanted]
    for route in routes:
        if all(pair in by_pair for pair in route):
            return tuple(by_pair[pair] for pair in route)
    return ()


def _differ(source_language: str, target_language: str) -> bool:
    """Returns whether two tags name two languages: between scripts or countries of one there is no translation."""
    return languages.primary(source_language) != languages.primary(target_language)


def _translate(
    models: Models,
    package: Installed,
    texts: Sequence[str],
    terms: Terms,
    alternatives: int,
    report: Callable[[int], None],
) -> list[EngineOutput]:
    """Translates texts with one model: pieces of all of them, the short ones first, a batch at a time."""
    model, language = models.load(package.folder), package.target_language
    sentences = [_Sentence(text, found, model) for text, found in zip(texts, terms.found, strict=True)]
    attempts = [(attempt, sentence) for sentence in sentences for attempt in sentence.attempts]
    # Those with terms want more of the model, so that they are batches of their own.
    attempts.sort(key=lambda pair: (bool(pair[0].terms), len(pair[0].tokens)))
    done = sum(sentence.is_done for sentence in sentences)
    for _, group in groupby(attempts, key=lambda pair: bool(pair[0].terms)):
        of_kind = list(group)
        for start in range(0, len(of_kind), model.batch_size):
            batch = of_kind[start : start + model.batch_size]
            with _failures():
                _attempt(model, [attempt for attempt, _ in batch], alternatives, terms.check(language), language)
            done += len({id(sentence) for _, sentence in batch if sentence.is_done})
            report(done)
    report(len(sentences))
    return [sentence.result(language, alternatives) for sentence in sentences]


def _attempt(
    model: Model, attempts: Sequence[Attempt], alternatives: int, check: TerminologyChecker, language: str
) -> None:
    obeying = bool(attempts[0].terms)
    count = max(HYPOTHESES if obeying else 1, alternatives + 1)
    found = model.translate([attempt.tokens for attempt in attempts], count, attention=obeying)
    for attempt, outputs in zip(attempts, found, strict=True):
        attempt.outputs = outputs
    if obeying:
        obey(model, attempts, check, language)


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except (ValueError, RuntimeError) as error:
        raise EngineError(
            "The machine translation failed ({reason}): free memory, or lower ARGOS_BATCH_SIZE.", reason=error
        ) from None
