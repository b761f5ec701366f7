"""Imports: what a file would change is looked at first, and then taken in as was decided."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from glossary import curation, serial
from glossary.concepts import Concept, State
from glossary.termbase import Report, TermBase, search_key

_SHOWN = 100
_BATCH = 500


class Policy(StrEnum):
    """What is done with a new concept that has a term of one that is there."""

    ADD = "add"
    MERGE = "merge"
    LEAVE = "leave"


@dataclass(frozen=True)
class Found:
    """A concept of a file, and the one of the term base that it meets: by its uid, or by a term."""

    concept: Concept
    known: Concept | None = None


@dataclass
class Preview:
    """What an import would do: numbers of concepts, and of each kind the first ones."""

    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("new", "changed", "conflicting", "unchanged"), 0)
    )
    shown: dict[str, list[Found]] = field(default_factory=dict)

    @property
    def read(self) -> int:
        return sum(self.counts.values())

    def described(self) -> dict[str, Any]:
        """All of it, as plain data."""
        return asdict(self)

    @classmethod
    def from_described(cls, data: Mapping[str, Any]) -> "Preview":
        """Returns what `described` gave plainly, which may have been JSON meanwhile."""
        shown = {
            kind: [
                Found(serial.from_json(each["concept"]), serial.from_json(each["known"]) if each["known"] else None)
                for each in found
            ]
            for kind, found in data["shown"].items()
        }
        return cls(dict(data["counts"]), shown)


def preview(
    termbase: TermBase, concepts: Iterable[Concept], told: Callable[[int], None] = lambda read: None
) -> Preview:
    """Says what an import of concepts would do; nothing is written. `told` hears how many concepts were read."""
    seen = Preview()
    for kind, found in _sorted_out(termbase, concepts):
        seen.counts[kind] += 1
        told(seen.read)
        shown = seen.shown.setdefault(kind, [])
        if len(shown) < _SHOWN:
            shown.append(found)
    return seen


def take_in(
    termbase: TermBase,
    concepts: Iterable[Concept],
    policy: Policy = Policy.ADD,
    state: State | None = None,
    told: Callable[[int], None] = lambda read: None,
) -> Report:
    """Adds the concepts that are new and revises those that differ; a conflicting one goes as the policy says.

    `state` is that of what is new, if it is not to keep its own; `told` hears how many concepts were read. The caller
    sees to it that all comes in or nothing.
    """
    report = Report()
    for kind, found in _sorted_out(termbase, concepts):
        report.read += 1
        told(report.read)
        _take(termbase, kind, found, policy, state, report)
    return report


def _take(termbase: TermBase, kind: str, found: Found, policy: Policy, state: State | None, report: Report) -> None:
    concept, known = found.concept, found.known
    if kind == "unchanged":
        report.unchanged += 1
    elif kind == "changed" and known is not None:
        termbase.revise(replace(concept, version=known.version, state=known.state))
        report.revised += 1
    elif known is not None and policy is Policy.LEAVE:
        report.left_out += 1
    elif known is not None and policy is Policy.MERGE:
        # Several of the file may meet the same one.
        now = termbase.get(known.uid)
        merged = curation.merged(now, concept)
        if merged != now:
            termbase.revise(merged)
        report.merged += 1
    else:
        termbase.add(replace(concept, state=state or concept.state))
        report.new += 1


def _sorted_out(termbase: TermBase, concepts: Iterable[Concept]) -> Iterator[tuple[str, Found]]:
    """Yields each concept with what it is to the term base as this was when its batch began."""
    batch: list[tuple[Concept, Concept | None]] = []
    for pair in termbase.beside(concepts):
        batch.append(pair)
        if len(batch) == _BATCH:
            yield from _told_apart(termbase, batch)
            batch = []
    yield from _told_apart(termbase, batch)


def _told_apart(termbase: TermBase, batch: list[tuple[Concept, Concept | None]]) -> Iterator[tuple[str, Found]]:
    fresh = [concept for concept, known in batch if known is None]
    met = _with_the_same_term(termbase, fresh)
    for concept, known in batch:
        if known is not None:
            yield ("unchanged" if known == concept else "changed"), Found(concept, known)
        elif concept.uid in met:
            yield "conflicting", Found(concept, met[concept.uid])
        else:
            yield "new", Found(concept)


def _with_the_same_term(termbase: TermBase, concepts: list[Concept]) -> dict[str, Concept]:
    """Returns for concepts by their uids the stored one that has a term of theirs in the same language."""
    stored: dict[tuple[str, str], str] = {}
    keys = {(term.language, search_key(term.text)) for concept in concepts for term in concept.terms}
    for language in {language for language, _ in keys}:
        for uid, of, text in termbase.with_keys([key for other, key in keys if other == language], language):
            stored.setdefault((of, search_key(text)), uid)
    met = {
        concept.uid: stored[key]
        for concept in concepts
        for key in ((term.language, search_key(term.text)) for term in reversed(concept.terms))
        if key in stored
    }
    known = {concept.uid: concept for concept in termbase.get_all(dict.fromkeys(met.values()))}
    return {uid: known[other] for uid, other in met.items()}
