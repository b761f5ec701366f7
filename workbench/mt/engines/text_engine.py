"""The base of engines that take texts and give texts, one for one, and nothing else."""

from collections.abc import Callable, Sequence

from corpus.text import languages
from corpus.text.progress import Meter, Progress, silent
from workbench.mt import normalise, pipeline
from workbench.mt.chunking import clean, cut
from workbench.mt.pipeline import EngineOutput
from workbench.mt.protocol import Draft
from workbench.mt.terminology.masking import TermConstrainedDraft, obey
from workbench.mt.terminology.terms import Terms

# Letters: a longer sentence is translated in pieces, as such engines cut off what is too long for them.
_LONGEST = {True: 600, False: 200}
# So many texts at a time are a step of progress.
_BATCH = 8

TranslateTexts = Callable[[Sequence[str]], list[str]]
"""Translates texts, each of one line and with something to see in it."""


def translate(
    engine: str,
    translate_texts: TranslateTexts,
    sentences: Sequence[str],
    source_language: str,
    target_language: str,
    terms: Terms | None,
    progress: Progress | None,
) -> list[Draft]:
    """Returns the drafts of an engine for sentences, whatever they hold; `Engine.translate` says what is what."""
    limit = _LONGEST[languages.is_spaced(source_language)]
    meter = Meter(len(sentences), progress or silent)
    meter.go_to(0)

    def whole(texts: Sequence[str]) -> list[str]:
        pieces = [[piece.strip() for piece, _ in cut(clean(text), list, limit)] for text in texts]
        flat = iter(translate_texts([piece for of in pieces for piece in of if piece]))
        joined = [languages.join([next(flat).strip() for piece in of if piece], target_language) for of in pieces]
        return [normalise.tidy(text, target_language) for text in joined]

    def make(texts: Sequence[str], found: Terms) -> list[EngineOutput]:
        made: list[EngineOutput] = []
        check = found.check(target_language)
        for start in range(0, len(texts), _BATCH):
            part = slice(start, start + _BATCH)
            obeyed = [
                TermConstrainedDraft(text, on, draft, check)
                for text, on, draft in zip(texts[part], found.found[part], whole(texts[part]), strict=True)
            ]
            obey(whole, obeyed, target_language)
            made += [EngineOutput(each.text, 0.0 if not each.text else None, methods=each.methods) for each in obeyed]
            # Some may be translated once more: that is no step back.
            meter.go_to(len(made))
        return made

    return pipeline.drafts(engine, make, sentences, terms, target_language)
