"""What the editor offers for a unit: the memory's matches, as they are and repaired, and a machine translation."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from corpus import languages
from corpus.bitexts import Bitext, Origin, Unit
from corpus.memory import Match
from corpus.repair import repair
from workbench import mt
from workbench.mt import Draft, Engine
from workbench.mt.terms import Means
from workbench.progress import Progress

if TYPE_CHECKING:
    from workbench.desk import Desk


# How the detail of a suggestion ends that is not in the memory as it is offered.
REPAIRED = "repaired"

Pieces = tuple[tuple[str, str], ...]
"""Two texts as one: pairs of what stands in the first and in the second, equal where they do not differ."""


@dataclass(frozen=True)
class Rendered:
    """A term of a source text, and where one of those that are required for it stands in the target text, if it does.

    `means` is how it came there.
    """

    term: str
    required: tuple[str, ...]
    means: Means
    place: tuple[int, int] | None = None


@dataclass(frozen=True)
class Suggestion:
    """A target text to take over, where it came from, and its score (0…1).

    `source_changes` is how the match's source differs from the unit's, `changes` what was repaired in its target.
    `terms` are those that a machine translation was to have. `codes` says that inline codes of the match, which the
    text has not, have to be looked at.
    """

    text: str
    origin: Origin
    score: float | None = None
    detail: str = ""
    changed_by: str = ""
    changed_at: str = ""
    source_changes: Pieces = ()
    changes: Pieces = ()
    terms: tuple[Rendered, ...] = ()
    codes: bool = False

    @property
    def missing(self) -> tuple[Rendered, ...]:
        """The terms that the text was to have and has not."""
        return tuple(term for term in self.terms if term.place is None)

    @staticmethod
    def origin_named(name: str) -> Origin:
        """The origin of that name; one that is none counts as typed."""
        return Origin(name) if name in (Origin.MEMORY, Origin.MACHINE) else Origin.TYPED


# Of the memory's matches, exact and fuzzy; some more are read, since the same text is offered once.
_MOST_MATCHES = 5
_MOST_READ = 20


def matches(desk: Desk, bitext: Bitext, unit: Unit) -> list[Suggestion]:
    """Returns what the memory offers for a unit, the best first: five matches at most, fuzzy ones repaired too."""
    source = languages.join(unit.source, bitext.source_language)
    if not source:
        return []
    previous, following = desk.bitexts.neighbours(unit)
    found = desk.memory.lookup(
        source, bitext.source_language, bitext.target_language, previous, following, limit=_MOST_READ
    )
    best: dict[str, Match] = {}
    for match in found:
        if match.entry.unit != unit.id:
            best.setdefault(match.entry.target, match)
    chosen = list(islice(best.values(), _MOST_MATCHES))
    suggestions = [_as_it_is(source, match) for match in chosen]
    suggestions += _repaired(desk, source, bitext, [match for match in chosen if match.edits], best)
    return sorted(suggestions, key=lambda suggestion: -(suggestion.score or 0))


def _as_it_is(source: str, match: Match) -> Suggestion:
    return Suggestion(
        text=match.entry.target,
        origin=Origin.MEMORY,
        score=match.score / 100,
        detail=f"{match.score} %",
        changed_by=match.entry.changed_by,
        changed_at=match.entry.changed_at,
        source_changes=_source_changes(source, match),
        codes=match.entry.codes,
    )


def _repaired(
    desk: Desk, source: str, bitext: Bitext, matches: Sequence[Match], offered: Container[str]
) -> Iterator[Suggestion]:
    """The matches in which a number or a term could be replaced, unless the memory offers the same text anyway."""
    texts = [source, *(match.entry.source for match in matches)]
    known, *others = desk.known_terms(texts, bitext.source_language, bitext.target_language)
    for match, terms in zip(matches, others, strict=True):
        found = repair(source, match, known, terms)
        if found and found.text not in offered:
            yield Suggestion(
                text=found.text,
                origin=Origin.MEMORY,
                score=found.score / 100,
                detail=f"{found.score} % {REPAIRED}",
                changed_by=match.entry.changed_by,
                changed_at=match.entry.changed_at,
                changes=tuple(found.pieces(match.entry.target)),
                codes=match.entry.codes,
            )


def _source_changes(source: str, match: Match) -> Pieces:
    """The match's source and the unit's as one; nothing where they are the same."""
    pieces, place = [], 0
    for edit in match.edits:
        pieces += [(source[place : edit.query[0]],) * 2]
        pieces += [(match.entry.source[slice(*edit.entry)], source[slice(*edit.query)])]
        place = edit.query[1]
    pieces.append((source[place:],) * 2)
    return tuple(pair for pair in pieces if any(pair)) if match.edits else ()


def machine_translation(desk: Desk, bitext: Bitext, unit: Unit) -> list[Suggestion]:
    """Returns the machine's draft of a unit, or nothing where no installed engine translates the languages.

    Raises EngineError where an engine is there and fails.
    """
    engine = mt.find(bitext.source_language, bitext.target_language)
    if engine is None or not unit.source:
        return []
    return [found for found in machine_translations(desk, engine, bitext, [unit]) if found.text]


def machine_translations(
    desk: Desk, engine: Engine, bitext: Bitext, units: Sequence[Unit], progress: Progress | None = None
) -> list[Suggestion]:
    """Returns an engine's drafts of units, one each, that obey the term base; `progress` counts sentences.

    The text of a unit without anything to translate is empty. Raises EngineError where the engine fails.
    """
    sentences = [sentence for unit in units for sentence in unit.source]
    terms = desk.terms_in(sentences, bitext.source_language)
    drafts = engine.translate(sentences, bitext.source_language, bitext.target_language, terms=terms, progress=progress)
    pairs = iter(zip(sentences, drafts, strict=True))
    return [_joined(list(islice(pairs, len(unit.source))), bitext.target_language, engine.name) for unit in units]


def _joined(pairs: Sequence[tuple[str, Draft]], language: str, engine: str) -> Suggestion:
    """The drafts of the sentences of a unit as one suggestion; the places of terms move with them."""
    text, terms = "", []
    for sentence, draft in pairs:
        longer = languages.join([text, draft.text], language)
        start = len(longer) - len(draft.text)
        terms += [
            Rendered(
                sentence[term.start : term.end],
                term.required,
                term.means,
                (start + term.place[0], start + term.place[1]) if term.place else None,
            )
            for term in draft.terms
        ]
        text = longer
    scores = [draft.score for _, draft in pairs if draft.score is not None]
    return Suggestion(text, Origin.MACHINE, min(scores, default=None), engine, terms=tuple(terms))
