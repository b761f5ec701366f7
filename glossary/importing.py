"""Imports: what a file would change is looked at first, and then taken in as was decided."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from corpus.text.folding import search_key
from glossary import concept_merge, json_codec
from glossary.concepts import Concept, ConceptState
from glossary.errors import CannotCurate
from glossary.termbase import AT_ONCE, Pacing, TermBase, TermImportReport

_SHOWN = 100
_BATCH = 500


class Policy(StrEnum):
    """The treatment of a new concept that has a term of one that is there."""

    ADD = "add"
    MERGE = "merge"
    LEAVE = "leave"


@dataclass(frozen=True)
class KnownMatch:
    """A concept of a file, and the one of the term base that it meets: by its uid, or by a term."""

    concept: Concept
    known: Concept | None = None


@dataclass
class Preview:
    """The preview of an import: numbers of concepts, and of each kind the first ones; `remarks` as in a report."""

    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("new", "changed", "conflicting", "unchanged"), 0)
    )
    shown: dict[str, list[KnownMatch]] = field(default_factory=dict)
    remarks: list[dict[str, Any]] = field(default_factory=list)

    @property
    def read(self) -> int:
        return sum(self.counts.values())

    def described(self) -> dict[str, Any]:
        """All of it, as plain data."""
        return asdict(self)

    @classmethod
    def from_described(cls, data: Mapping[str, Any]) -> "Preview":
        """Returns the preview that `described` gave plainly, which may have been JSON meanwhile."""
        shown = {
            kind: [
                KnownMatch(
                    json_codec.from_json(each["concept"]),
                    json_codec.from_json(each["known"]) if each["known"] else None,
                )
                for each in found
            ]
            for kind, found in data["shown"].items()
        }
        return cls(dict(data["counts"]), shown, list(data.get("remarks", ())))


def preview(
    termbase: TermBase, concepts: Iterable[Concept], progress: Callable[[int], None] = lambda read: None
) -> Preview:
    """Returns a preview of an import; nothing is written. `progress` is told how many concepts were read."""
    seen = Preview()
    for kind, found in _sorted_out(termbase, concepts):
        seen.counts[kind] += 1
        progress(seen.read)
        shown = seen.shown.setdefault(kind, [])
        if len(shown) < _SHOWN:
            shown.append(found)
    return seen


def import_concepts(
    termbase: TermBase,
    concepts: Iterable[Concept],
    policy: Policy = Policy.ADD,
    state: ConceptState | None = None,
    progress: Callable[[int], None] = lambda read: None,
    pace: Pacing = AT_ONCE,
    owner: str = "",
    done: Callable[[TermImportReport], None] = lambda report: None,
) -> TermImportReport:
    """Adds the concepts that are new and revises those that differ; a conflicting one goes as the policy says.

    `state` is that of what is new, if it is not to keep its own; `progress` is told how many concepts were read, and
    may raise. With a `pace` it is done some at a time; what fails or is told to end is taken back, and what an
    interrupted import of the same `owner` has done, before; `done` is called in the transaction that completes it.
    Concepts of one file do not conflict with each other.
    """
    run = _Run(termbase, policy, state, termbase.journal.begin(owner))
    sweep(termbase, pace)
    try:
        for batch in pace.batches(concepts):
            with termbase.transaction(pace):
                run.take(batch)
            progress(run.report.read)
    except BaseException:
        termbase.take_back(run.id, pace)
        raise
    with termbase.transaction(AT_ONCE):
        termbase.journal.end(run.id)
        done(run.report)
    return run.report


def sweep(termbase: TermBase, pace: Pacing = AT_ONCE) -> None:
    """Takes back what imports have done that were interrupted."""
    for id in termbase.journal.interrupted():
        termbase.take_back(id, pace)


class _Run:
    """An import that is going on."""

    def __init__(self, termbase: TermBase, policy: Policy, state: ConceptState | None, id: int) -> None:
        self.id = id
        self.report = TermImportReport()
        self._termbase = termbase
        self._policy = policy
        self._state = state
        self._added: set[str] = set()

    def take(self, concepts: Iterable[Concept]) -> None:
        """Takes concepts in."""
        if not self._termbase.journal.beat(self.id):
            raise CannotCurate("This import stood still so long that it was taken for dead: do it again.")
        for kind, found in _sorted_out(self._termbase, concepts, self._added):
            self.report.read += 1
            self._take(kind, found)

    def _take(self, kind: str, found: KnownMatch) -> None:
        concept, known, report = found.concept, found.known, self.report
        if kind == "unchanged":
            report.unchanged += 1
        elif kind == "changed" and known is not None:
            self._revise(replace(concept, version=known.version, state=known.state))
            report.revised += 1
        elif known is not None and self._policy is Policy.LEAVE:
            report.left_out += 1
        elif known is not None and self._policy is Policy.MERGE:
            # Several of the file may meet the same one.
            now = self._termbase.get(known.uid)
            merged = concept_merge.merged(now, concept)
            if merged != now:
                self._revise(merged)
            report.merged += 1
        else:
            self._termbase.add(replace(concept, state=self._state or concept.state))
            self._added.add(concept.uid)
            self._termbase.journal.add(self.id, concept.uid, 0, self._termbase.get(concept.uid).version)
            report.new += 1
            report.beside += known is not None

    def _revise(self, concept: Concept) -> None:
        after = self._termbase.revise(concept)
        self._termbase.journal.add(self.id, concept.uid, concept.version, after.version)


def _sorted_out(
    termbase: TermBase, concepts: Iterable[Concept], ours: Container[str] = ()
) -> Iterator[tuple[str, KnownMatch]]:
    """Yields each concept with what it is to the term base as this was when its batch began, without what is `ours`."""
    batch: list[tuple[Concept, Concept | None]] = []
    for pair in termbase.beside(concepts):
        batch.append(pair)
        if len(batch) == _BATCH:
            yield from _told_apart(termbase, batch, ours)
            batch = []
    yield from _told_apart(termbase, batch, ours)


def _told_apart(
    termbase: TermBase, batch: list[tuple[Concept, Concept | None]], ours: Container[str]
) -> Iterator[tuple[str, KnownMatch]]:
    fresh = [concept for concept, known in batch if known is None]
    met = _with_the_same_term(termbase, fresh, ours)
    for concept, known in batch:
        if known is not None:
            yield ("unchanged" if known == concept else "changed"), KnownMatch(concept, known)
        elif concept.uid in met:
            yield "conflicting", KnownMatch(concept, met[concept.uid])
        else:
            yield "new", KnownMatch(concept)


def _with_the_same_term(termbase: TermBase, concepts: list[Concept], ours: Container[str]) -> dict[str, Concept]:
    """Returns for concepts by their uids the stored one that has a term of theirs in the same language."""
    stored: dict[tuple[str, str], str] = {}
    keys = {(term.language, search_key(term.text)) for concept in concepts for term in concept.terms}
    for language in {language for language, _ in keys}:
        for uid, of, text in termbase.with_keys([key for other, key in keys if other == language], language):
            if uid not in ours:
                stored.setdefault((of, search_key(text)), uid)
    met = {
        concept.uid: stored[key]
        for concept in concepts
        for key in ((term.language, search_key(term.text)) for term in reversed(concept.terms))
        if key in stored
    }
    known = {concept.uid: concept for concept in termbase.get_all(dict.fromkeys(met.values()))}
    return {uid: known[other] for uid, other in met.items()}
