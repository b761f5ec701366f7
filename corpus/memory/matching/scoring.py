"""The score of an entry's match with a text: the score of the field, and the penalties that are taken off it."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from corpus.bitexts.model import Origin, UnitState
from corpus.memory.matching.tokens import Token, tokens
from corpus.memory.model import Context, Edit, Entry, Match, match_key
from corpus.text import numbers

# What makes one list of tokens the other: equal, replace, insert or delete, and the range it takes in both.
Operations = Sequence[tuple[str, int, int, int, int]]


@dataclass(frozen=True)
class Penalties:
    """Points off the score, none below 0.

    `form`: the texts differ in case, width, spacing, or Hans and Hant. `variant`: the entry is in another variant of
    one of the languages, such as en-GB for en-US. `unreviewed`: nobody has reviewed the entry (state initial or
    translated); nothing off unless a house asks for it, since a desk of one person has no reviewer. `doubtful`: the
    aligner made it and gave it a score below `doubtful_below`. `codes`: inline codes stand in the entry, which a
    sentence of an article has not; such a match is always below 100.
    """

    form: int = 1
    variant: int = 2
    unreviewed: int = 0
    doubtful: int = 5
    doubtful_below: float = 0.8
    codes: int = 1


def similarity(distance: int, length: int, other: int) -> int:
    """Returns 100 · (max − distance) / max of two lengths in tokens, rounded down: the score of the field."""
    longest = max(length, other)
    return 100 * (longest - distance) // longest if longest else 100


def allowed(longest: int, floor: int) -> int:
    """Returns the most edits with which texts, the longer of `longest` tokens, still score `floor`."""
    return longest * (100 - floor) // 100


class PreparedQuery:
    """A text to be matched, in its languages and between its neighbours; None where these are unknown."""

    def __init__(
        self, text: str, source_language: str, target_language: str, context: Context, penalties: Penalties
    ) -> None:
        self.text = text
        self.source_language = source_language
        self.target_language = target_language
        self.context = context
        self.penalties = penalties
        self.key = match_key(text)
        self._tokens = tokens(text, source_language)
        self._words = [token.text for token in self._tokens]

    def match(self, entry: Entry, floor: int) -> Match | None:
        """Returns the match with an entry that has the query's direction, or None where it scores below `floor`.

        Neighbours count, a point each, where the match is exact and without any penalty, so that 101 and 102 always
        mean a translation from the same place. A neighbour is the same if both texts are; the start of a text (empty)
        is the same as the start of a text; an unknown one (None) is never the same as anything.
        """
        found = tokens(entry.source, entry.source_language)
        words = [token.text for token in found]
        most = allowed(max(len(words), len(self._words)), floor)
        distance = Levenshtein.distance(self._words, words, score_cutoff=most)
        if distance > most:
            return None
        score = similarity(distance, len(self._words), len(words))
        operations = _operations(self._words, words) if distance else []
        penalties = dict(self._penalties(entry, found, operations))
        total = score - sum(penalties.values())
        if total < floor:
            return None
        if score == 100 and not penalties:
            total += max(_same_neighbours(context, self.context) for context in _contexts(entry))
        return Match(total, entry, score, tuple(self._edits(found, operations)), penalties)

    def _penalties(self, entry: Entry, found: list[Token], operations: Operations) -> Iterator[tuple[str, int]]:
        settings = self.penalties
        doubtful = entry.score is not None and entry.score < settings.doubtful_below
        variants = (entry.source_language, entry.target_language) != (self.source_language, self.target_language)
        reasons = {
            "form": settings.form and self._other_form(entry, found, operations),
            "variant": variants,
            "unreviewed": entry.state in (UnitState.INITIAL, UnitState.TRANSLATED),
            "doubtful": entry.origin == Origin.ALIGNED and doubtful,
            "codes": entry.codes,
        }
        for reason, applies in reasons.items():
            if applies and getattr(settings, reason):
                yield reason, getattr(settings, reason)

    def _other_form(self, entry: Entry, found: list[Token], operations: Operations) -> bool:
        """Returns whether tokens that count as equal are written differently."""
        if not operations:
            return match_key(entry.source) != self.key
        return any(
            _written(self.text, self._tokens[i]) != _written(entry.source, found[j])
            for tag, start, end, other, _ in operations
            if tag == "equal"
            for i, j in zip(range(start, end), range(other, len(found)), strict=False)
        )

    def _edits(self, found: list[Token], operations: Operations) -> Iterator[Edit]:
        for tag, start, end, other, other_end in operations:
            if tag == "replace":
                # A token for each: numbers for numbers are told from the words beside them.
                here, there = self._tokens[start:end], found[other:other_end]
                numbers = [_is_number(a.text) and _is_number(b.text) for a, b in zip(here, there, strict=True)]
                for number, run in groupby(range(end - start), numbers.__getitem__):
                    first, *_, last = (*run,) * 2
                    ours, theirs = _span(here, first, last + 1), _span(there, first, last + 1)
                    yield Edit(ours, theirs, last + 1 - first, number)
            elif tag != "equal":
                ours, theirs = _span(self._tokens, start, end), _span(found, other, other_end)
                yield Edit(ours, theirs, max(end - start, other_end - other))


def in_order(matches: list[Match], priority: Callable[[Entry], int]) -> list[Match]:
    """Sorts matches by score; equal ones by words that differ (numbers do not count), collection, and last change."""
    latest = sorted(matches, key=lambda match: (match.entry.changed_at, match.entry.id), reverse=True)
    return sorted(latest, key=lambda match: (-match.score, _words_that_differ(match), priority(match.entry)))


def _words_that_differ(match: Match) -> int:
    return sum(edit.tokens for edit in match.edits if not edit.number)


def reversed_entry(entry: Entry) -> Entry:
    """Returns an entry as the opposite direction has it: its neighbours, texts of the source, are unknown then."""
    return Entry(
        source_language=entry.target_language,
        target_language=entry.source_language,
        source=entry.target,
        target=entry.source,
        **{name: getattr(entry, name) for name in _KEPT},
    )


_KEPT = tuple(
    name
    for name in Entry.__dataclass_fields__
    if name not in ("source_language", "target_language", "source", "target", "previous", "next", "contexts")
)


def _operations(words: list[str], others: list[str]) -> Operations:
    found = Levenshtein.opcodes(words, others)
    return [(step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end) for step in found]


def _contexts(entry: Entry) -> tuple[Context, ...]:
    return ((entry.previous, entry.next), *entry.contexts)


def _same_neighbours(known: Context, wanted: Context) -> int:
    return sum(
        a is not None and b is not None and match_key(a) == match_key(b) for a, b in zip(known, wanted, strict=True)
    )


def _written(text: str, token: Token) -> str:
    return unicodedata.normalize("NFC", text[token.start : token.end])


def _span(found: list[Token], start: int, end: int) -> tuple[int, int]:
    if start == end:
        place = found[start - 1].end if start else 0
        return place, place
    return found[start].start, found[end - 1].end


def _is_number(token: str) -> bool:
    return token.isnumeric() or bool(numbers.values(token))
