"""The engine over Argos Translate's installed packages.

Its packages, settings and tokenizers are used; the translation itself is CTranslate2's, in batches of whole
sentences: Argos Translate splits what it gets into sentences again, passes them one by one, and hides their scores.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corpus import languages
from workbench.errors import EngineError
from workbench.mt import argos_model, codes, normalise, packages
from workbench.mt.argos_model import Model, Output
from workbench.mt.engine import Draft, Progress
from workbench.mt.packages import Installed
from workbench.mt.pieces import clean, cut

PIVOT = "en"
"""The language through which two packages make a pair."""


class Argos:
    """Translates with the package of a pair, or through English with two; looks anew at each call which there are."""

    name = "argos"

    def pairs(self) -> list[tuple[str, str]]:
        """Returns the pairs of the installed packages, then those through English, as BCP 47 tags."""
        found = packages.installed()
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
        progress: Progress | None = None,
    ) -> list[Draft]:
        route = _route(source_language, target_language)
        if not route:
            raise EngineError(
                "No installed package translates from {source} to {target}: see `workbench mt available`.",
                source=source_language,
                target=target_language,
            )
        report = _Report(progress, len(sentences), len(route))
        report(0)
        texts = [normalise.to_script(sentence, source_language, route[0].source_language) for sentence in sentences]
        scores = [1.0] * len(texts)
        for leg in route:
            outputs = _translate(argos_model.load(leg.folder), texts, leg.target_language, report)
            texts = [text for text, _ in outputs]
            scores = [score * factor for score, (_, factor) in zip(scores, outputs, strict=True)]
            report.leg += 1
        texts = [normalise.to_script(text, route[-1].target_language, target_language) for text in texts]
        return [Draft(text, score, self.name) for text, score in zip(texts, scores, strict=True)]


@dataclass
class _Report:
    """Tells `progress` how many sentences are done, where each goes through some legs."""

    progress: Progress | None
    sentences: int
    legs: int
    leg: int = 0

    def __call__(self, done: int) -> None:
        if self.progress:
            self.progress((self.leg * self.sentences + done) // self.legs, self.sentences)


@dataclass
class _Sentence:
    """A sentence on its way through a model: how many of its pieces are not translated, and the others' outputs."""

    pieces: list[list[str]]
    outputs: dict[int, Output] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return len(self.outputs) == len(self.pieces)

    def result(self, language: str) -> tuple[str, float]:
        """The text and its score."""
        outputs = [self.outputs[number] for number in range(len(self.pieces))]
        text = normalise.tidy(languages.join([output.text for output in outputs], language), language)
        if not text:
            return "", 0.0
        tokens = sum(output.tokens for output in outputs)
        return text, min(1.0, math.exp(sum(output.log_probability for output in outputs) / tokens))


def _route(source_language: str, target_language: str) -> tuple[Installed, ...]:
    """The packages to go through from a language to another: one, two with English in between, or none."""
    if not _differ(source_language, target_language):
        return ()
    by_pair = {package.pair: package for package in packages.installed()}
    if not by_pair:
        return ()
    wanted = [(source, target) for source in codes.codes(source_language) for target in codes.codes(target_language)]
    routes = [[pair] for pair in wanted] + [[(source, PIVOT), (PIVOT, target)] for source, target in wanted]
    for route in routes:
        if all(pair in by_pair for pair in route):
            return tuple(by_pair[pair] for pair in route)
    return ()


def _differ(source_language: str, target_language: str) -> bool:
    """Whether two tags name two languages: from one script or country of a language to another is no translation."""
    return languages.primary(source_language) != languages.primary(target_language)


def _translate(
    model: Model, texts: Sequence[str], language: str, report: Callable[[int], None]
) -> list[tuple[str, float]]:
    """Translates texts with one model: pieces of all of them, the short ones first, a batch at a time."""
    sentences = [_Sentence(cut(clean(text), model.tokens, argos_model.MAX_TOKENS)) for text in texts]
    pieces = [(sentence, number) for sentence in sentences for number in range(len(sentence.pieces))]
    pieces.sort(key=lambda piece: len(piece[0].pieces[piece[1]]))
    done = sum(sentence.is_done for sentence in sentences)
    for start in range(0, len(pieces), model.batch_size):
        batch = pieces[start : start + model.batch_size]
        outputs = _outputs(model, [sentence.pieces[number] for sentence, number in batch])
        for (sentence, number), output in zip(batch, outputs, strict=True):
            sentence.outputs[number] = output
            done += sentence.is_done
        report(done)
    report(len(sentences))
    return [sentence.result(language) for sentence in sentences]


def _outputs(model: Model, inputs: list[list[str]]) -> list[Output]:
    try:
        return model.translate(inputs)
    except (ValueError, RuntimeError) as error:
        raise EngineError(
            "The machine translation failed ({reason}): free memory, or lower ARGOS_BATCH_SIZE.", reason=error
        ) from None
