"""Word alignment of sentence pairs, learned from the sentences themselves (HMM; Vogel, Ney & Tillmann 1996).

The model is that of thot, in both directions, its alignments made symmetric (grow-diag-final-and). The glosses of
CC-CEDICT are given to it as pairs of their own, since the bitexts of a newsroom are few for a statistical model.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from corpus.text.dictionary import tokenizer
from corpus.text.languages import is_chinese, primary
from glossary.extraction.words import base

Links = set[tuple[int, int]]
"""Pairs of places, of a source and a target word."""

_ROUNDS = 4
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]")
_NO_GLOSS = ("see ", "surname", "CL:", "abbr.", "variant of", "old variant")


def word_links(
    sources: Sequence[Sequence[str]],
    targets: Sequence[Sequence[str]],
    languages: tuple[str, str],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Links]:
    """Returns for each pair of sentences, given as words, which of their words correspond.

    `progress` is told how many steps are done, and of how many, and may raise to end the work.
    """
    # Imported here: only extraction needs it.
    from thot.alignment import HmmAlignmentModel, SymmetrizationHeuristic, SymmetrizedAligner

    sources, targets = ([[base(word) for word in words] for words in side] for side in (sources, targets))
    forward, backward = HmmAlignmentModel(), HmmAlignmentModel()
    for source, target in (*zip(sources, targets, strict=True), *_glosses(sources, targets, languages)):
        forward.add_sentence_pair(source, target)
        backward.add_sentence_pair(target, source)
    total = 2 * _ROUNDS + 1
    for number, model in enumerate((forward, backward)):
        model.start_training()
        for step in range(_ROUNDS):
            progress(number * _ROUNDS + step, total)
            model.train()
        model.end_training()
    aligner = SymmetrizedAligner(forward, backward)
    aligner.heuristic = SymmetrizationHeuristic.GROW_DIAG_FINAL_AND
    links = []
    for source, target in zip(sources, targets, strict=True):
        _, matrix = aligner.get_best_alignment(source, target)
        links.append({(i, j) for i in range(len(source)) for j in range(len(target)) if matrix[i, j]})
    progress(total, total)
    return links


def _glosses(
    sources: Iterable[Sequence[str]], targets: Iterable[Sequence[str]], languages: tuple[str, str]
) -> Iterator[tuple[list[str], list[str]]]:
    """The Chinese words of the texts, each with its English glosses, in the direction of the texts."""
    english = [primary(tag) == "en" for tag in languages]
    if is_chinese(languages[1]) and english[0]:
        known, turned = targets, False
    elif is_chinese(languages[0]) and english[1]:
        known, turned = sources, True
    else:
        return
    for word in {word for words in known for word in words}:
        for gloss in _english(word):
            yield ([word], gloss) if turned else (gloss, [word])


def _english(word: str) -> Iterator[list[str]]:
    tokens = tokenizer().tokenize(word)
    if len(tokens) != 1 or len(tokens[0].details) < 8:
        return
    for meaning in ",".join(tokens[0].details[7:]).split("/"):
        text = _ASIDE.sub("", meaning).strip().lower()
        if text and not text.startswith(_NO_GLOSS):
            gloss = [base(part) for part in text.removeprefix("to ").split()]
            if len(gloss) <= 3:
                yield gloss
