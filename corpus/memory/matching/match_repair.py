"""Repair of fuzzy matches: numbers and terms that differ from the sentence are replaced on the target side.

A translation memory's match for “12 telescopes” serves for “15 telescopes” once its 12 is a 15. What is replaced has to
stand in the target exactly once, so that nothing is guessed; every replacement is returned, to be shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.memory import Edit, Match
from corpus.memory.matching.scoring import similarity
from corpus.memory.matching.tokens import tokens
from corpus.text import languages
from corpus.text.numbers import Number, is_negative, numbers, written_like

# A repaired text has been read by nobody: it never counts as an exact match.
_MOST = 99
_PER_REPLACEMENT = 1


@dataclass(frozen=True)
class SourceTerm:
    """A term that stands in a source text at [start:end], with the terms that may render it, the best first."""

    start: int
    end: int
    renderings: tuple[str, ...]


@dataclass(frozen=True)
class Replacement:
    """A replacement: the place in the match's target, the text that stood there, and the one that stands there now."""

    start: int
    end: int
    old: str
    new: str


@dataclass(frozen=True)
class Repaired:
    """A repaired target text, the replacements from left to right, and the score in percent, 99 at most.

    The score is that of the match if the repaired places had been equal, less a point for each replacement and the
    match's own penalties. `left` are the edits that no replacement explains: what still differs.
    """

    text: str
    replacements: tuple[Replacement, ...]
    score: int
    left: tuple[Edit, ...] = ()

    def pieces(self, target: str) -> list[tuple[str, str]]:
        """The match's target and the repaired text as one: pairs of old and new text, equal where nothing changed."""
        found, place = [], 0
        for item in self.replacements:
            found += [(target[place : item.start],) * 2, (item.old, item.new)]
            place = item.end
        return [pair for pair in [*found, (target[place:],) * 2] if any(pair)]


def repair(
    source: str, match: Match, terms: Sequence[SourceTerm] = (), match_terms: Sequence[SourceTerm] = ()
) -> Repaired | None:
    """Returns the match repaired for a source text, or None where nothing of what differs can be replaced.

    `terms` stand in the text, `match_terms` in the match's source.
    """
    entry = match.entry
    found: list[Replacement] = []
    mended: set[Edit] = set()
    for edits, replacements in (
        *_numbers(source, match),
        *_terms(source, match, terms, match_terms),
    ):
        if replacements and not any(_overlap(item, other) for item in replacements for other in found):
            found += replacements
            mended.update(edits)
    if not found:
        return None
    found.sort(key=lambda item: item.start)
    text, place = "", 0
    for item in found:
        text += entry.target[place : item.start] + item.new
        place = item.end
    text += entry.target[place:]
    left = tuple(edit for edit in match.edits if edit not in mended)
    return Repaired(text, tuple(found), _score(source, match, mended, len(found)), left)


def _score(source: str, match: Match, mended: Iterable[Edit], replacements: int) -> int:
    lengths = [len(tokens(text, match.entry.source_language)) for text in (source, match.entry.source)]
    left = sum(edit.tokens for edit in match.edits) - sum(edit.tokens for edit in mended)
    score = similarity(left, *lengths) - sum(match.penalties.values()) - _PER_REPLACEMENT * replacements
    return max(min(score, _MOST), match.score)


Mended = Iterator[tuple[list[Edit], list[Replacement]]]


def _numbers(source: str, match: Match) -> Mended:
    """Yields for each value that differs the edits that it explains, and the replacements.

    A value has to stand in the target as often as in the match's source, and to become the same one everywhere, on the
    same side of zero.
    """
    entry = match.entry
    theirs_in_source, in_target = numbers(entry.source), numbers(entry.target)
    changed: dict[float, list[tuple[Number, bool, list[Edit]]]] = {}
    for ours, theirs, edits in _pairs(numbers(source), theirs_in_source, match.edits):
        negative = is_negative(source, ours)
        if negative is is_negative(entry.source, theirs):
            changed.setdefault(theirs.value, []).append((ours, negative, edits))
    for value, pairs in changed.items():
        places = [number for number in in_target if number.value == value]
        wanted = sum(number.value == value for number in theirs_in_source)
        new = [written_like(pairs[0][0], place) for place in places]
        signs = {negative for _, negative, _ in pairs} | {is_negative(entry.target, place) for place in places}
        same = len({ours.value for ours, _, _ in pairs}) == len(signs) == 1
        if same and len(places) == len(pairs) == wanted and None not in new:
            replacements = [
                Replacement(place.start, place.end, place.text, text or "")
                for place, text in zip(places, new, strict=True)
            ]
            yield [edit for _, _, edits in pairs for edit in edits], replacements


def _pairs(
    ours: Sequence[Number], theirs: Sequence[Number], edits: Sequence[Edit]
) -> Iterator[tuple[Number, Number, list[Edit]]]:
    """Numbers that edits put for each other, in order, with these edits.

    Where an edit reaches beyond the numbers, or another one is beside them, more than a value changes (a sign, a unit,
    what is counted), and the numbers are not given.
    """
    touched: dict[tuple[Number, Number], list[Edit]] = {}
    for edit in edits:
        here, there = _within(ours, edit.query), _within(theirs, edit.entry)
        if len(here) == len(there):
            for pair in zip(here, there, strict=True):
                touched.setdefault(pair, []).append(edit)
    beyond = [edit for edit in edits if not (_is_of(edit.query, ours) and _is_of(edit.entry, theirs))]
    for (number, other), explained in touched.items():
        if number.value != other.value and not any(_touches(number, other, edit) for edit in beyond):
            yield number, other, explained


def _within(found: Sequence[Number], span: tuple[int, int]) -> list[Number]:
    return [number for number in found if number.start < span[1] and span[0] < number.end]


def _is_of(span: tuple[int, int], numbers: Sequence[Number]) -> bool:
    """Returns whether a span begins and ends within numbers, or is a place in one."""
    within = [number for number in numbers if number.start <= span[1] and span[0] <= number.end]
    return bool(within) and within[0].start <= span[0] and span[1] <= within[-1].end


def _touches(ours: Number, theirs: Number, edit: Edit) -> bool:
    """Returns whether an edit reaches one of the numbers, or is but a space away from it."""
    return any(
        span[0] <= number.end + 1 and number.start - 1 <= span[1]
        for number, span in ((ours, edit.query), (theirs, edit.entry))
    )


def _covers(ours: Number | SourceTerm, theirs: Number | SourceTerm, edit: Edit) -> bool:
    return (
        ours.start <= edit.query[0] and edit.query[1] <= ours.end
        and theirs.start <= edit.entry[0] and edit.entry[1] <= theirs.end
    )  # fmt: skip


def _terms(source: str, match: Match, terms: Sequence[SourceTerm], match_terms: Sequence[SourceTerm]) -> Mended:
    """Yields for each pair of terms that edits put for each other these edits, and the replacements in the target."""
    entry = match.entry
    spaced = languages.is_spaced(entry.target_language)
    for ours in terms:
        for theirs in match_terms:
            edits = [edit for edit in match.edits if _covers(ours, theirs, edit)]
            if not edits or not ours.renderings or set(ours.renderings) & set(theirs.renderings):
                continue
            places = _places(entry.target, theirs.renderings, spaced)
            if len(places) == 1:
                start, end = places[0]
                old = entry.target[start:end]
                yield edits, [Replacement(start, end, old, _cased(ours.renderings[0], old, start))]


def _places(target: str, renderings: Sequence[str], spaced: bool) -> list[tuple[int, int]]:
    """Returns the places of the renderings, the longest at each place, as words of their own in a spaced language."""
    folded = target.casefold()
    if len(folded) != len(target):
        folded = target
    found: list[tuple[int, int]] = []
    for rendering in sorted(renderings, key=len, reverse=True):
        start = folded.find(rendering.casefold())
        while start >= 0:
            end = start + len(rendering)
            alone = not spaced or not (target[start - 1 : start].isalnum() or target[end : end + 1].isalnum())
            if alone and not any(start < other_end and other < end for other, other_end in found):
                found.append((start, end))
            start = folded.find(rendering.casefold(), start + 1)
    return found


def _cased(rendering: str, old: str, start: int) -> str:
    """A rendering as it begins a sentence, where what it replaces begins one."""
    if start == 0 and old[:1].isupper() and rendering[:1].islower():
        return rendering[:1].upper() + rendering[1:]
    return rendering


def _overlap(item: Replacement, other: Replacement) -> bool:
    return item.start < other.end and other.start < item.end
