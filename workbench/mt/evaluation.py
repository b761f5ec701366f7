"""The evaluation of an engine: its drafts beside translations by people, and the required terms that they hold."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.text import languages
from corpus.text.progress import Progress
from glossary.concepts import Concept, Term
from glossary.recognition import Recogniser
from workbench.errors import EngineError
from workbench.mt.protocol import Draft, Engine
from workbench.mt.terminology.terms import TermMethod, Terms

if TYPE_CHECKING:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

_SEED = 1
# How sacrebleu takes a language's words apart for BLEU; other languages are for it to choose.
_TOKENIZERS = {"zh": "zh", "ja": "char", "ko": "char"}


@dataclass(frozen=True)
class Result:
    """One run of an engine: chrF and BLEU (0…100), the required terms and how many of them are there, seconds.

    `means` counts how the terms came into the drafts.
    """

    run: str
    chrf: float
    bleu: float
    required: int
    found: int
    seconds: float
    means: dict[str, int]


@dataclass(frozen=True)
class Evaluation:
    """The runs of an engine over the same sentences, and what sacrebleu says of how it measured."""

    results: list[Result]
    signatures: tuple[str, str]


def evaluate(
    engine: Engine,
    pairs: Sequence[tuple[str, str]],
    source_language: str,
    target_language: str,
    concepts: Sequence[Concept],
    progress: Callable[[str], Progress],
) -> Evaluation:
    """Translates the source texts of `pairs` without terms, with terms, and with random ones.

    The random terms are those of the concepts, exchanged among them: no model knows them, so that they show what
    obeying alone does. `progress` gives for the name of a run what follows it. Raises EngineError where the extra that
    measures is missing.
    """
    chrf, bleu = _metrics(target_language)
    sources, references = [source for source, _ in pairs], [reference for _, reference in pairs]
    recogniser = Recogniser(concepts, source_language)
    found = [recogniser.find(source) for source in sources]
    right, wrong = Terms(found, concepts), Terms(found, exchanged(concepts, target_language))
    results = []
    runs = ("without terms", None, right), ("with terms", right, right), ("with random terms", wrong, wrong)
    for run, obeyed, required in runs:
        start = time.perf_counter()
        drafts = engine.translate(sources, source_language, target_language, terms=obeyed, progress=progress(run))
        seconds = time.perf_counter() - start
        texts = [draft.text for draft in drafts]
        there, wanted = _counted(texts, required, target_language)
        results.append(
            Result(
                run,
                chrf.corpus_score(texts, [references]).score,
                bleu.corpus_score(texts, [references]).score,
                wanted,
                there,
                seconds,
                _means(drafts),
            )
        )
    return Evaluation(results, (str(chrf.get_signature()), str(bleu.get_signature())))


def _metrics(language: str) -> "tuple[CHRF, BLEU]":
    """Returns what measures chrF, and BLEU over the words of a language."""
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError:
        raise EngineError(
            "Drafts are measured by sacrebleu, which is not installed: pip install 'sti-workbench[evaluate]'."
        ) from None
    return CHRF(), BLEU(tokenize=_TOKENIZERS.get(languages.primary(language), "13a"))


def exchanged(concepts: Sequence[Concept], language: str) -> list[Concept]:
    """Returns concepts whose terms in a language are those of others of them, at random but always the same."""
    primary = languages.primary(language)

    def of_language(concept: Concept) -> tuple[Term, ...]:
        return tuple(term for term in concept.terms if languages.primary(term.language) == primary)

    having = [concept for concept in concepts if of_language(concept)]
    others = random.Random(_SEED).sample(having, len(having))  # noqa: S311 - nothing is to be kept secret
    given = {concept.uid: of_language(other) for concept, other in zip(having, others, strict=True)}
    return [
        replace(
            concept,
            terms=(
                *(term for term in concept.terms if languages.primary(term.language) != primary),
                *given.get(concept.uid, ()),
            ),
        )
        for concept in concepts
    ]


def _counted(texts: Sequence[str], terms: Terms, language: str) -> tuple[int, int]:
    """Returns the number of required terms that stand in texts, and the number of those required."""
    check = terms.check(language)
    findings = [finding for text, found in zip(texts, terms.found, strict=True) for finding in check.check(found, text)]
    return sum(finding.ok for finding in findings), len(findings)


def _means(drafts: Sequence[Draft]) -> dict[str, int]:
    counts = {means.value: 0 for means in TermMethod}
    for draft in drafts:
        for term in draft.terms:
            counts[term.method] += 1
    return {means: count for means, count in counts.items() if count}
