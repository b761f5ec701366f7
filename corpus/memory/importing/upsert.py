"""The adding of entries: new ones are stored, those that are there already are met once more, in another place."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from corpus.memory import writing
from corpus.memory.importing import provenance
from corpus.memory.importing.provenance import Met
from corpus.memory.model import Entry, match_key
from corpus.memory.writing import Coded, Fingerprints, Stored, coded


def add(db: Database, user: str, entries: Sequence[Entry], collection: int) -> int:
    """Stores entries, or merges them with those of a collection that have the same texts; returns how many are new."""
    sorted_out = _match_up(db, entries, [coded(entry) for entry in entries], collection)
    _store(db, user, sorted_out)
    return len(sorted_out.new)


def add_pending(
    db: Database, user: str, entries: Sequence[Entry], codes: Sequence[Coded], collection: int, of: int
) -> tuple[int, list[Entry]]:
    """Stores entries for the import `of`, which nobody sees yet; returns how many are new.

    Returned too are those which have the texts of an entry that everybody sees: with it they are not merged.
    """
    sorted_out = _match_up(db, entries, codes, collection, of)
    _store(db, user, sorted_out, texts=False)
    return len(sorted_out.new), sorted_out.visible


class _MatchedUp(NamedTuple):
    """Entries that are new, met again with the ids of these, and all with what they say; `visible` are to be left."""

    new: list[tuple[Stored, Coded]]
    met: list[tuple[int, Entry]]
    said: list[Met]
    visible: list[Entry]


def _match_up(
    db: Database, entries: Sequence[Entry], codes: Sequence[Coded], collection: int, of: int | None = None
) -> _MatchedUp:
    prints = [code.fingerprints for code in codes]
    alike: dict[Fingerprints, list[tuple[Entry, int, bool]]] = {}
    for found, entry, id, pending in _alike(db, collection, set(prints), of):
        alike.setdefault(found, []).append((entry, id, pending))
    free = writing.free_id(db)
    out = _MatchedUp([], [], [], [])
    for entry, code, found in zip(entries, codes, prints, strict=True):
        twins = alike.setdefault(found, [])
        known, pending = next(((id, own) for other, id, own in twins if same_texts(other, entry)), (None, True))
        if not pending and of is not None:
            out.visible.append(entry)
            continue
        if known is None:
            out.new.append((Stored(free, collection, 1, entry), code))
            twins.append((entry, free, True))
            free += 1
        else:
            out.met.append((known, entry))
        out.said.append(Met(known or free - 1, free - 1, entry, known is None))
    return out


def _store(db: Database, user: str, sorted_out: _MatchedUp, texts: bool = True) -> None:
    writing.insert(db, user, sorted_out.new, texts)
    _insert_contexts(db, sorted_out.new)
    merge(db, sorted_out.met)
    provenance.keep(db, sorted_out.said)


def _insert_contexts(db: Database, new: Sequence[tuple[Stored, Coded]]) -> None:
    db.conn.executemany(
        "INSERT INTO memory_contexts (entry, previous, next) VALUES (?, ?, ?)",
        ([stored.id, *context] for stored, _ in new for context in reversed(stored.entry.contexts)),
    )


def find(db: Database, entry: Entry, collection: int) -> int | None:
    """Returns the id of the entry of a collection that has the same texts, or None."""
    found = _alike(db, collection, {coded(entry).fingerprints})
    return next((id for _, other, id, _ in found if same_texts(other, entry)), None)


def twins(db: Database, entry: Entry, collection: int, ranges: Sequence[tuple[int, int]]) -> list[int]:
    """Returns the ids of the entries of a collection that have the same texts, of those in some ranges."""
    found = _alike(db, collection, {coded(entry).fingerprints})
    ids = [id for _, other, id, _ in found if id != entry.id and same_texts(other, entry)]
    return [id for id in ids if any(first <= id <= last for first, last in ranges)]


def same_texts(entry: Entry, other: Entry) -> bool:
    """Returns whether two entries have the same languages and, white space and composition aside, the same texts."""
    return (entry.source_language, entry.target_language) == (other.source_language, other.target_language) and all(
        a == b or match_key(a) == match_key(b) for a, b in ((entry.source, other.source), (entry.target, other.target))
    )


def _alike(
    db: Database, collection: int, prints: set[Fingerprints], of: int | None = None
) -> Iterator[tuple[Fingerprints, Entry, int, bool]]:
    """Yields the entries that have the fingerprints, with their ids: visible ones, and those pending of an import."""
    rows = db.execute(
        """
        SELECT source_fingerprint, target_fingerprint, source_language, target_language, source, target, memory.id,
            (SELECT import FROM memory_pending WHERE memory.id BETWEEN first AND last) AS pending
        FROM json_each(?) AS wanted CROSS JOIN memory
            ON source_fingerprint = wanted.value ->> 0 AND target_fingerprint = wanted.value ->> 1
        WHERE collection = ? AND (pending IS NULL OR pending = ?)
        """,
        [json.dumps(list(prints)), collection, of],
    )
    for source, target, *texts, id, pending in rows:
        yield Fingerprints(source, target), Entry(*texts), id, pending is not None


# Whether a row's place is the one that an entry is met in: that unit, or these neighbours if only one names a unit.
_SAME_PLACE = """
    (coalesce(unit = :unit, 0) OR previous IS :previous AND next IS :next AND (:unit IS NULL OR unit IS NULL))
"""
_MET = (
    f"""
    INSERT INTO memory_contexts (entry, previous, next, unit, bitext)
    SELECT id, previous, next, unit, bitext FROM memory
    WHERE id = :id AND NOT {_SAME_PLACE} AND (previous IS NOT NULL OR next IS NOT NULL OR unit IS NOT NULL)
    """,  # noqa: S608
    f"DELETE FROM memory_contexts WHERE entry = :id AND {_SAME_PLACE}",  # noqa: S608
    f"""
    UPDATE memory SET previous = :previous, next = :next,
        unit = iif({_SAME_PLACE}, coalesce(:unit, unit), :unit),
        bitext = iif({_SAME_PLACE}, coalesce(:bitext, bitext), :bitext)
    WHERE id = :id
    """,  # noqa: S608
)


def merge(db: Database, met: Sequence[tuple[int, Entry]]) -> None:
    """Adds what entries say that are met anew: where they stand is the latest place, earlier ones are kept."""
    db.conn.executemany(
        "UPDATE memory SET state = ? WHERE id = ?",
        [(entry.state, id) for id, entry in met if entry.state],
    )
    rounds: list[list[dict[str, object]]] = []
    times: Counter[int] = Counter()
    for id, place in ((id, place) for id, entry in met for place in _places(entry)):
        # An entry that is met twice at once is met in two rounds.
        if times[id] == len(rounds):
            rounds.append([])
        rounds[times[id]].append({"id": id, **place})
        times[id] += 1
    for places in rounds:
        for statement in _MET:
            db.conn.executemany(statement, places)


def _places(entry: Entry) -> Iterator[dict[str, object]]:
    """Yields the places of an entry, the latest last, as far as they are known."""
    for previous, following in reversed(entry.contexts):
        yield {"previous": previous, "next": following, "unit": None, "bitext": None}
    if (entry.previous, entry.next, entry.unit) != (None, None, None):
        yield {"previous": entry.previous, "next": entry.next, "unit": entry.unit, "bitext": entry.bitext}
