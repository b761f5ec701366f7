"""Search: concepts by what stands in their terms, in any language or in pinyin, and by facets."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

from corpus.text.folding import search_key
from corpus.text.pinyin import typed
from glossary.concepts import ConceptState, Status
from glossary.termbase import ngram_index
from glossary.termbase.subjects import BELOW

# How a text fits a concept: the best first.
_WHOLE, _BEGINNING, _INSIDE, _READ = range(4)
# With more concepts the condition that they meet is read for all there are.
_FEW = 2_000
# Fewer letters stand inside too many syllables.
_INSIDE_LETTERS = 4


@dataclass(frozen=True)
class Query:
    """A search for concepts; an empty field asks for nothing.

    `subject` stands for all below it as well, `missing` is a language without a usable term, `author` who changed the
    concept last.
    """

    text: str = ""
    subject: str = ""
    status: Status | None = None
    state: ConceptState | None = None
    missing: str = ""
    author: str = ""


@dataclass(frozen=True)
class _Sought:
    """The text to look for in keys, and as pinyin or its initials; this is empty where it cannot be these."""

    key: str
    pinyin: str

    def readings(self) -> str:
        """Returns the query of the index for the terms that are read so."""
        inside = ngram_index.holding if len(self.pinyin) >= _INSIDE_LETTERS else ngram_index.beginning
        return (
            f"{inside(self.pinyin, ngram_index.PINYIN)} OR {ngram_index.beginning(self.pinyin, ngram_index.INITIALS)}"
        )

    def is_in(self, key: str, pinyin: str, initials: str) -> bool:
        """Returns whether a term is found."""
        if self.key in key or not self.pinyin:
            return self.key in key
        begins = pinyin.startswith(self.pinyin) or initials.startswith(self.pinyin)
        return begins or (len(self.pinyin) >= _INSIDE_LETTERS and self.pinyin in pinyin)


def uids(db: Database, query: Query, limit: int = -1) -> tuple[list[str], int]:
    """Returns the uids of the concepts found, the best `limit` of them, and how many there are in all.

    Whole terms come first, then beginnings, then parts, then readings; of each the concept with the shortest term that
    is found. Case, accents and width do not count; pinyin is found from the beginning of a term or, with four letters
    or more, anywhere, and initials from the beginning.
    """
    key = search_key(query.text)
    if key:
        pinyin = typed(query.text)
        return _holding(db, query, _Sought(key, pinyin if len(pinyin) > 1 else ""), limit)
    facets, values = _facets(query)
    rows = db.execute(
        f"SELECT uid FROM concepts WHERE {facets} ORDER BY first_key, id LIMIT :limit",  # noqa: S608
        {**values, "limit": limit},
    ).fetchall()
    count = len(rows)
    if count == limit:
        count = db.execute(f"SELECT count(*) FROM concepts WHERE {facets}", values).fetchone()[0]  # noqa: S608
    return [row[0] for row in rows], count


def _holding(db: Database, query: Query, sought: _Sought, limit: int) -> tuple[list[str], int]:
    held = ngram_index.find(db, ngram_index.holding(sought.key))
    rows = np.union1d(held, ngram_index.find(db, sought.readings())) if sought.pinyin else held
    # A concept's rows are in the order of their sizes: the first one has the shortest key.
    concepts, shortest = np.unique(ngram_index.concepts(rows), return_index=True)
    places = _ranks(db, sought.key, held, concepts) << ngram_index.SIZE_BITS | ngram_index.sizes(rows[shortest])
    allowed = _allowed(db, query, concepts)
    concepts, places = concepts[allowed], places[allowed]
    if 0 < limit < len(concepts):
        best = places <= np.partition(places, limit - 1)[limit - 1]
    else:
        best = np.full(len(concepts), True)
    names = _first_keys(db, sought, rows[np.isin(ngram_index.concepts(rows), concepts[best])])
    order = sorted((place, names[concept], concept) for place, concept in
                   zip(places[best].tolist(), concepts[best].tolist(), strict=True))  # fmt: skip
    kept = [concept for _, _, concept in order]
    return _uids(db, kept[:limit] if limit >= 0 else kept), len(concepts)


def _ranks(db: Database, key: str, held: ngram_index.Numbers, concepts: ngram_index.Numbers) -> ngram_index.Numbers:
    """Returns the rank of a text's fit to each of the concepts, 0 for the best."""
    ranks = np.full(len(concepts), _READ)
    for rank, rows in (
        (_INSIDE, held),
        (_BEGINNING, ngram_index.find(db, ngram_index.beginning(key))),
        (_WHOLE, ngram_index.find(db, ngram_index.whole(key))),
    ):
        ranks[np.searchsorted(concepts, ngram_index.concepts(rows))] = rank
    return ranks


def _first_keys(db: Database, sought: _Sought, rows: ngram_index.Numbers) -> dict[int, str]:
    """Returns for each concept the first of its keys that are found, of those in some rows."""
    first: dict[int, str] = {}
    for concept, terms in ngram_index.terms(db, rows):
        key = min(term[0] for term in terms if sought.is_in(*term))
        first[concept] = min(first.get(concept, key), key)
    return first


def _allowed(db: Database, query: Query, concepts: ngram_index.Numbers) -> npt.NDArray[np.bool_]:
    """Returns for each of the concepts whether a query admits it by all but its text."""
    if query == Query(query.text):
        return np.full(len(concepts), True)
    facets, values = _facets(query)
    if len(concepts) <= _FEW:
        facets += " AND id IN (SELECT value FROM json_each(:ids))"
        values["ids"] = json.dumps(concepts.tolist())
    rows = db.execute(f"SELECT id FROM concepts WHERE {facets}", values)  # noqa: S608
    return np.isin(concepts, np.fromiter((row[0] for row in rows), np.int64))


def _uids(db: Database, concepts: list[int]) -> list[str]:
    query = "SELECT uid FROM json_each(?) CROSS JOIN concepts ON concepts.id = value ORDER BY json_each.id"
    return [row[0] for row in db.execute(query, [json.dumps(concepts)])]


def _facets(query: Query) -> tuple[str, dict[str, str | int]]:
    """The condition on concepts, and its values."""
    values: dict[str, str | int] = {
        "subject": query.subject,
        "status": query.status or "",
        "state": query.state or "",
        "missing": query.missing,
        "author": query.author,
    }
    return " AND ".join(["TRUE", *_conditions(query)]), values


def _conditions(query: Query) -> Iterator[str]:
    if query.subject:
        yield f"subject IN ({BELOW})"
    if query.status:
        yield "uid IN (SELECT concept FROM terms WHERE status = :status)"
    if query.state:
        yield "state = :state"
    if query.missing:
        yield """uid NOT IN (
            SELECT concept FROM terms WHERE language = :missing AND status IN ('preferred', 'admitted'))"""
    if query.author:
        yield "changed_by = :author"
