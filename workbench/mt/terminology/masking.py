"""Drafts that obey the term base, by an engine that takes a text and gives a text, and nothing else.

For a term that a draft lacks, in this order: the rendering that stands for it is replaced, where it can be found by
what the engine makes of the term alone, or by what a mask in the place of the term changes in the draft; else the draft
with the mask is taken, and the mask replaced. What then is missing is left as the engine has it.

A term takes the form that the engine gives to its own rendering: where it makes `ensaio` of `trial` and `ensaios` of
`trials`, a required `teste` becomes `testes`, if that still counts as the term.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

import regex
from rapidfuzz.distance import Prefix

from corpus.text import languages
from glossary.concepts import Concept, Term
from glossary.recognition import Finding, Occurrence, TerminologyChecker
from workbench.mt.terminology import masks
from workbench.mt.terminology.terms import DraftTerms, Place, TermMethod, renderings

Translate = Callable[[Sequence[str]], list[str]]

_WORD = regex.compile(r"\p{Han}|[\p{L}\p{M}\p{N}_]+|\S")
# A rendering of more words than this is more than one of a term.
_LONGEST = 6
# Words of no more letters, such as `de`, have no number or gender of their own.
_SHORT = 3
# A draft that shares fewer of its words with the first one, of 1, has lost its way.
_ALIKE = 0.7


class TermConstrainedDraft(DraftTerms):
    """A sentence with terms, its draft, and what the draft has of them."""

    def __init__(self, sentence: str, occurrences: Sequence[Occurrence], text: str, check: TerminologyChecker) -> None:
        super().__init__(occurrences, check, text)
        self.sentence = sentence
        self.text = text

    def take_text(self, text: str, method: TermMethod) -> bool:
        """Takes another draft, if it is better; returns whether it did."""
        findings = self.better(text)
        if findings is None:
            return False
        self.take(findings, method)
        self.text = text
        return True


def obey(translate: Translate, obeyed: Iterable[TermConstrainedDraft], language: str) -> None:
    """Brings the terms into the drafts that lack them, as far as that can be done; changes `obeyed`."""
    wanting = [each for each in obeyed if each.missing]
    if not wanting:
        return
    renditions = _Renditions(translate, wanting, language)
    for each in wanting:
        for finding in each.missing:
            _replace(each, finding, renditions.places(each, finding), renditions)
    for shape in masks.SHAPES:
        _mask(translate, [each for each in wanting if each.missing], shape, renditions)


class _Renditions:
    """An engine's renderings of terms alone, their places in its drafts, and the forms that it gives to words."""

    def __init__(self, translate: Translate, obeyed: Sequence[TermConstrainedDraft], language: str) -> None:
        missing = [(each, finding) for each in obeyed for finding in each.missing]
        sources = {_source(*pair) for pair in missing} | {_named(finding) for _, finding in missing}
        texts = sorted(sources, key=len)
        self._alone = {text: made.strip(" .。") for text, made in zip(texts, translate(texts), strict=True)}
        self.language = language
        self._check = TerminologyChecker(
            (
                Concept(source, tuple(Term(language, form) for form in dict.fromkeys(_bare(made))))
                for source, made in self._alone.items()
            ),
            language,
        )

    def places(self, obeyed: TermConstrainedDraft, finding: Finding) -> list[Place]:
        """Returns the places in a draft where a missing term may have been rendered; for a misused one, its own."""
        if finding.place:
            return [finding.place]
        source = _source(obeyed, finding)
        occurrence = Occurrence(0, 0, ((source, Term("und", source)),))
        return [found.place for found in self._check.check([occurrence], obeyed.text) if found.place]

    def wanted(self, obeyed: TermConstrainedDraft, finding: Finding) -> list[str]:
        """Returns the texts that may be put for a term: each rendering in the form of the sentence, then as it is."""
        changes = _changes(self._alone[_named(finding)], self._alone[_source(obeyed, finding)])
        return [
            form
            for rendering in renderings(obeyed.check, finding.occurrence)
            for form in dict.fromkeys([_inflected(rendering, changes), rendering])
        ]


def _changes(before: str, after: str) -> dict[str, str]:
    """The endings that make one rendering of the other, from the last letter on that both share, word by word."""
    changes: dict[str, str] = {}
    words, others = before.lower().split(), after.lower().split()
    for word, other in zip(words, others, strict=False) if len(words) == len(others) else ():
        shared = Prefix.similarity(word, other)
        # A letter of the stem tells one ending from another: `clínico` has `os`, `hospital` has `is`.
        start = shared - 1 if shared == len(word) else shared
        if word != other and start > 0:
            changes[word[start:]] = other[start:]
    return changes


def _inflected(rendering: str, changes: Mapping[str, str]) -> str:
    """A rendering with changed endings, if there is one for each of its longer words; else as it is."""
    words = []
    for word in rendering.split():
        ending = next((ending for ending in sorted(changes, key=len, reverse=True) if word.endswith(ending)), None)
        if ending:
            word = word[: len(word) - len(ending)] + changes[ending]
        elif len(word) > _SHORT:
            return rendering
        words.append(word)
    return " ".join(words)


def _bare(text: str) -> Iterator[str]:
    """A rendering, and the same without a short first word, which mostly is an article."""
    if text:
        yield text
        first, _, rest = text.partition(" ")
        if rest and len(first) <= 3:
            yield rest


def _replace(obeyed: TermConstrainedDraft, finding: Finding, places: Iterable[Place], renditions: _Renditions) -> bool:
    return any(
        obeyed.take_text(_with(obeyed.text, place, rendering, renditions.language), TermMethod.REPLACED)
        for place in places
        for rendering in renditions.wanted(obeyed, finding)
    )


def _with(text: str, place: Place, rendering: str, language: str) -> str:
    """A text with another rendering at a place, capitalised where what stood there was."""
    start, end = place
    if text[start:end][:1].isupper():
        rendering = _capitalised(rendering, language)
    return text[:start] + rendering + text[end:]


def _capitalised(rendering: str, language: str) -> str:
    return rendering[:1].upper() + rendering[1:] if languages.is_spaced(language) else rendering


def _mask(translate: Translate, obeyed: Sequence[TermConstrainedDraft], shape: int, renditions: _Renditions) -> None:
    """Finds the rendering of the first missing term of each by a mask; or takes the draft that has the mask."""
    if not obeyed:
        return
    wanted = [each.missing[0] for each in obeyed]
    signs = [masks.free_masks(each.sentence + each.text, 1, shape)[0] for each in obeyed]
    masked = [
        masks.put(each.sentence, [finding.occurrence.place], [sign])
        for each, finding, sign in zip(obeyed, wanted, signs, strict=True)
    ]
    for each, finding, sign, draft in zip(obeyed, wanted, signs, translate(masked), strict=True):
        at = masks.place(draft, sign)
        if at is None:
            continue
        changed = _changed(each.text, draft, at)
        if changed and _replace(each, finding, [changed], renditions):
            continue
        if _matcher(each.text, draft).ratio() >= _ALIKE:
            _unmask(each, finding, draft, at, renditions)


def _unmask(obeyed: TermConstrainedDraft, finding: Finding, draft: str, at: Place, renditions: _Renditions) -> None:
    """Takes the draft with the first form of the term in the place of the mask that counts as the term."""
    start, end = at
    forms = renditions.wanted(obeyed, finding)
    if start == 0:
        forms = [_capitalised(form, renditions.language) for form in forms]
    for form in forms:
        if obeyed.take_text(draft[:start] + form + draft[end:], TermMethod.MASKED):
            return


def _changed(text: str, masked: str, at: Place) -> Place | None:
    """Returns the place in a draft of what the mask stands for in another; None where that is not plain."""
    words, others = list(_WORD.finditer(text)), list(_WORD.finditer(masked))
    for tag, first, last, start, end in _matcher(text, masked).get_opcodes():
        if tag == "replace" and [word.span() for word in others[start:end]] == [at] and last - first <= _LONGEST:
            return words[first].start(), words[last - 1].end()
    return None


def _matcher(text: str, other: str) -> "SequenceMatcher[str]":
    """Compares two texts word by word."""
    words, others = _WORD.findall(text.casefold()), _WORD.findall(other.casefold())
    return SequenceMatcher(None, words, others, autojunk=False)


def _named(finding: Finding) -> str:
    """The term as the term base has it."""
    return finding.occurrence.terms[0][1].text


def _source(obeyed: TermConstrainedDraft, finding: Finding) -> str:
    return obeyed.sentence[slice(*finding.occurrence.place)]
