"""The matches for a text: found by the index, read from the desk, scored by the tokens."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein
from sqlite_utils import Database

from corpus.memory.matching.index import Indexes, Pair
from corpus.memory.matching.scoring import PreparedQuery, allowed, in_order, reversed_entry, similarity
from corpus.memory.matching.tokens import encode, fingerprint
from corpus.memory.model import Context, Entry, Match, match_key
from corpus.memory.rows import SELECT, entry_from
from corpus.text import languages

_BLOCK = 50


def lookup(
    db: Database,
    indexes: Indexes,
    query: PreparedQuery,
    floor: int,
    limit: int | None,
    leave_out: Sequence[int] = (),
) -> list[Match]:
    """Returns the matches that score at least `floor` (1…100), the best `limit` or all of them, the best first.

    The same source and target, from two collections or directions, is one match. What units of the bitexts to
    `leave_out` alone have said is not there.
    """
    code = encode(query.text, query.source_language)
    if not code:
        return []
    scored = _exact(db, code) if floor >= 100 else _similar(db, indexes, query, code, floor)
    matches: list[Match] = []
    for block, ceiling in _blocks(scored):
        # Penalties only lower a score: nothing that comes now can be above those that are better already.
        if limit is not None and sum(match.score > ceiling for match in matches) >= limit:
            break
        found = (query.match(entry, floor) for entry in _entries(db, block, query, leave_out))
        matches = _once(db, [*matches, *filter(None, found)])
    return _told_apart(matches)[:limit]


def _exact(db: Database, code: str) -> list[tuple[int, int]]:
    rows = db.execute(
        """
        SELECT 2 * id FROM memory WHERE source_fingerprint = :code
        UNION ALL SELECT 2 * id + 1 FROM memory WHERE target_fingerprint = :code
        """,
        {"code": fingerprint(code)},
    )
    return [(100, key) for (key,) in rows]


def _similar(db: Database, indexes: Indexes, query: PreparedQuery, code: str, floor: int) -> list[tuple[int, int]]:
    """Returns score and key of the texts whose codes score at least `floor`, the best first."""
    pair = Pair(languages.primary(query.source_language), languages.primary(query.target_language))
    keys = indexes.candidates(db, pair, code, floor)
    found = []
    for key, other in _codes(db, keys):
        most = allowed(max(len(code), len(other)), floor)
        distance = Levenshtein.distance(code, other, score_cutoff=most)
        if distance <= most:
            found.append((similarity(distance, len(code), len(other)), key))
    return sorted(found, reverse=True)


def _codes(db: Database, keys: Sequence[int]) -> Iterator[tuple[int, str]]:
    rows = db.execute(
        """
        SELECT value, iif(value & 1, target, source)
        FROM json_each(?) CROSS JOIN memory_codes ON memory_codes.id = value >> 1
        """,
        [json.dumps(keys)],
    )
    for key, code in rows:
        yield key, code.decode("utf-16-le")


def _blocks(scored: list[tuple[int, int]]) -> Iterator[tuple[list[int], int]]:
    """Yields keys, and what none of them can exceed."""
    for start in range(0, len(scored), _BLOCK):
        block = scored[start : start + _BLOCK]
        # Neighbours lift an exact match by 2 at most.
        yield [key for _, key in block], block[0][0] + 2 * (block[0][0] == 100)


def _entries(db: Database, keys: list[int], query: PreparedQuery, leave_out: Sequence[int]) -> Iterator[Entry]:
    """Yields the entries of keys in the direction of the query."""
    ids = json.dumps(sorted({key >> 1 for key in keys}))
    rows = db.query(f"{SELECT} WHERE memory.id IN (SELECT value FROM json_each(?))", [ids])  # noqa: S608
    found = list(map(entry_from, rows))
    entries = {entry.id: entry for entry in (_elsewhere(db, found, leave_out) if leave_out else found)}
    for key in keys:
        if (entry := entries.get(key >> 1)) is not None:
            turned = reversed_entry(entry) if key & 1 else entry
            if _fits(turned, query):
                yield turned


def _elsewhere(db: Database, entries: Sequence[Entry], leave_out: Sequence[int]) -> Iterator[Entry]:
    """Yields entries as they would be without what units of some bitexts have said."""
    rows = db.execute(
        """
        SELECT entry, previous, next FROM memory_contexts
        WHERE entry IN (SELECT value FROM json_each(?))
            AND (bitext IS NULL OR bitext NOT IN (SELECT value FROM json_each(?)))
        """,
        [json.dumps([entry.id for entry in entries]), json.dumps(list(leave_out))],
    )
    places: dict[int | None, list[Context]] = {}
    for id, before, after in rows:
        places.setdefault(id, []).append((before, after))
    for entry in entries:
        contexts = tuple(places.get(entry.id, ()))
        if entry.bitext not in leave_out:
            yield replace(entry, contexts=contexts)
        elif contexts or entry.origin == "imported":
            yield replace(entry, previous=None, next=None, contexts=contexts)


def _fits(entry: Entry, query: PreparedQuery) -> bool:
    """Returns whether an entry goes from the query's language to the other.

    Between two regions of one language the way back does not count.
    """
    has, wanted = ((each.source_language, each.target_language) for each in (entry, query))
    return all(map(_related, has, wanted)) and not (_related(*wanted) and has == wanted[::-1] and has != wanted)


def _related(tag: str, other: str) -> bool:
    return languages.primary(tag) == languages.primary(other)


def _once(db: Database, matches: list[Match]) -> list[Match]:
    """Returns the matches in their order, each pair of texts once."""
    priorities = dict(db.execute("SELECT name, priority FROM memory_collections").fetchall())
    best: dict[tuple[str, str], Match] = {}
    for match in in_order(matches, lambda entry: priorities[entry.collection]):
        best.setdefault((match_key(match.entry.source), match_key(match.entry.target)), match)
    return list(best.values())


def _told_apart(matches: list[Match]) -> list[Match]:
    """Says of each match whether its source has another target as well."""
    sources = Counter(match_key(match.entry.source) for match in matches)
    return [replace(match, ambiguous=sources[match_key(match.entry.source)] > 1) for match in matches]
