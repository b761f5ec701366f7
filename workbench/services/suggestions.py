"""The editor's suggestions for a unit: the memory's matches, as they are and repaired, and a machine translation."""

import logging
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.bitexts.model import Bitext, Origin, Provenance, Unit
from corpus.memory import Edit, Match
from corpus.memory.matching.match_repair import repair
from corpus.text import languages
from corpus.text.progress import Progress
from workbench import mt
from workbench.checks import acceptance
from workbench.desk import Desk
from workbench.errors import EngineError
from workbench.mt import Draft, Engine
from workbench.mt.terminology.terms import TermMethod
from workbench.services.term_recognition import known_terms, terms_in

log = logging.getLogger(__name__)

Pieces = tuple[tuple[str, str], ...]
"""Two texts as one: pairs of what stands in the first and in the second, equal where they do not differ."""


@dataclass(frozen=True)
class Rendered:
    """A term of a source text, and where one of those that are required for it stands in the target text, if it does.

    `method` is how it came there.
    """

    term: str
    required: tuple[str, ...]
    method: TermMethod
    place: tuple[int, int] | None = None


@dataclass(frozen=True)
class Suggestion:
    """A target text to take over, where it came from, and its score (0…1).

    `source_changes` is how the match's source differs from the unit's, in a repaired one as far as that was not
    repaired; `changes` what was repaired in its target.
    `terms` are those that a machine translation was to have, `numbers` those of the sentence that it has with another
    magnitude, each with what it has. One with a `problem`, a sentence for the user, has no text. `repaired` says that
    the text is not in the memory as it is offered, `codes` that inline codes of the match, which the text has not, have
    to be looked at. `place` names the article, or else the collection, of a match.
    """

    text: str
    origin: Origin
    score: float | None = None
    detail: str = ""
    repaired: bool = False
    changed_by: str = ""
    changed_at: str = ""
    source_changes: Pieces = ()
    changes: Pieces = ()
    terms: tuple[Rendered, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    problem: str = ""
    codes: bool = False
    place: str = ""

    @property
    def provenance(self) -> Provenance:
        """The provenance of a unit that takes the text over."""
        return Provenance(self.origin, self.score, self.detail, repaired=self.repaired)

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
    """Returns the memory's suggestions for a unit, the best first: five matches at most, fuzzy ones repaired too."""
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
    places = _places(desk, chosen)
    suggestions = [_as_it_is(source, match, places) for match in chosen]
    suggestions += _repaired(desk, source, bitext, [match for match in chosen if match.edits], best, places)
    return sorted(suggestions, key=lambda suggestion: -(suggestion.score or 0))


def _places(desk: Desk, matches: Sequence[Match]) -> dict[int | None, str]:
    """Where matches come from, by the ids of their entries: the title of an article, else the name of a collection."""
    titles = desk.bitexts.titles({match.entry.bitext for match in matches if match.entry.bitext})
    return {match.entry.id: titles.get(match.entry.bitext or 0) or match.entry.collection for match in matches}


def _as_it_is(source: str, match: Match, places: Mapping[int | None, str]) -> Suggestion:
    return Suggestion(
        text=match.entry.target,
        origin=Origin.MEMORY,
        score=match.score / 100,
        detail=f"{match.score} %",
        changed_by=match.entry.changed_by,
        changed_at=match.entry.changed_at,
        source_changes=_source_changes(source, match, match.edits),
        codes=match.entry.codes,
        place=places.get(match.entry.id, ""),
    )


def _repaired(
    desk: Desk,
    source: str,
    bitext: Bitext,
    matches: Sequence[Match],
    offered: Container[str],
    places: Mapping[int | None, str],
) -> Iterator[Suggestion]:
    """The matches in which a number or a term could be replaced, unless the memory offers the same text anyway."""
    texts = [source, *(match.entry.source for match in matches)]
    known, *others = known_terms(desk, texts, bitext.source_language, bitext.target_language)
    for match, terms in zip(matches, others, strict=True):
        try:
            found = repair(source, match, known, terms)
        except Exception:
            # A defect of ours in one match takes none of the others away.
            log.exception("a match could not be repaired: entry %s", match.entry.id)
            continue
        if found and found.text not in offered:
            yield Suggestion(
                text=found.text,
                origin=Origin.MEMORY,
                score=found.score / 100,
                detail=f"{found.score} %",
                repaired=True,
                changed_by=match.entry.changed_by,
                changed_at=match.entry.changed_at,
                source_changes=_source_changes(source, match, found.left),
                changes=tuple(found.pieces(match.entry.target)),
                codes=match.entry.codes,
                place=places.get(match.entry.id, ""),
            )


def _source_changes(source: str, match: Match, edits: Sequence[Edit]) -> Pieces:
    """The match's source and the unit's as one, where these edits are; nothing where there are none."""
    pieces, place = [], 0
    for edit in edits:
        pieces += [(source[place : edit.query[0]],) * 2]
        pieces += [(match.entry.source[slice(*edit.entry)], source[slice(*edit.query)])]
        place = edit.query[1]
    pieces.append((source[place:],) * 2)
    return tuple(pair for pair in pieces if any(pair)) if edits else ()


def machine_translation(desk: Desk, bitext: Bitext, unit: Unit) -> list[Suggestion]:
    """Returns the machine's draft of a unit, or nothing where no installed engine translates the languages.

    Raises EngineError where an engine is there and fails, and where what it made is no draft.
    """
    engine = mt.find(bitext.source_language, bitext.target_language, loaded=desk.resources.models)
    if engine is None or not unit.source:
        return []
    (found,) = machine_translations(desk, engine, bitext, [unit])
    if found.problem:
        raise EngineError(found.problem)
    return [found] if found.text else []


def machine_translations(
    desk: Desk, engine: Engine, bitext: Bitext, units: Sequence[Unit], progress: Progress | None = None
) -> list[Suggestion]:
    """Returns an engine's drafts of units, one each, that obey the term base; `progress` counts sentences.

    The text of a unit without anything to translate is empty, and so is that of one with a `problem`. Raises
    EngineError where the engine fails.
    """
    sentences = [sentence for unit in units for sentence in unit.source]
    terms = terms_in(desk, sentences, bitext.source_language)
    drafts = engine.translate(sentences, bitext.source_language, bitext.target_language, terms=terms, progress=progress)
    pairs = iter(zip(sentences, drafts, strict=True))
    return [_joined(list(islice(pairs, len(unit.source))), bitext, engine.name) for unit in units]


def _joined(pairs: Sequence[tuple[str, Draft]], bitext: Bitext, engine: str) -> Suggestion:
    """The drafts of the sentences of a unit as one suggestion; the places of terms move with them."""
    direction = bitext.source_language, bitext.target_language
    language = bitext.target_language
    text, terms = "", []
    numbers: list[tuple[str, str]] = []
    for sentence, draft in pairs:
        problem = acceptance.problem(sentence, draft.text, *direction)
        if problem:
            return Suggestion("", Origin.MACHINE, detail=engine, problem=problem)
        numbers += acceptance.changed_magnitudes(sentence, draft.text, *direction)
        longer = languages.join([text, draft.text], language)
        start = len(longer) - len(draft.text)
        terms += [
            Rendered(
                sentence[term.start : term.end],
                term.required,
                term.method,
                (start + term.place[0], start + term.place[1]) if term.place else None,
            )
            for term in draft.terms
        ]
        text = longer
    scores = [draft.score for _, draft in pairs if draft.score is not None]
    return Suggestion(
        text, Origin.MACHINE, min(scores, default=None), engine, terms=tuple(terms), numbers=tuple(numbers)
    )
