"""Search: concepts by what stands in their terms, in any language or in pinyin, and by facets."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from glossary.concepts import State, Status
from glossary.pinyin import typed
from glossary.termbase.keys import search_key
from glossary.termbase.subjects import BELOW

# Fewer letters stand inside too many syllables.
_INSIDE_LETTERS = 4


@dataclass(frozen=True)
class Query:
    """What is looked for; an empty field asks for nothing.

    `subject` stands for all below it as well, `missing` is a language without a usable term, `author` who changed the
    concept last.
    """

    text: str = ""
    subject: str = ""
    status: Status | None = None
    state: State | None = None
    missing: str = ""
    author: str = ""


def uids(db: Database, query: Query, limit: int = -1) -> tuple[list[str], int]:
    """Returns the uids of the concepts found, the best `limit` of them, and how many there are in all.

    Whole terms come first, then beginnings, then parts, then readings. Case, accents and width do not count; pinyin is
    found from the beginning of a term or, with four letters or more, anywhere, and initials from the beginning.
    """
    facets, values = _facets(query)
    key = search_key(query.text)
    if not key:
        count = db.execute(f"SELECT count(*) FROM concepts WHERE {facets}", values).fetchone()[0]  # noqa: S608
        rows = db.execute(
            f"SELECT uid FROM concepts WHERE {facets} ORDER BY first_key, id LIMIT :limit",  # noqa: S608
            {**values, "limit": limit},
        )
        return [row[0] for row in rows], count
    pinyin = typed(query.text)
    readings = "OR instr(pinyin, :pinyin) BETWEEN 1 AND :last OR instr(initials, :pinyin) = 1"
    found = db.execute(
        f"""
        WITH found AS (
            SELECT concept, min(length(search_key)) AS size, min(search_key) AS first, min(
                CASE WHEN search_key = :key THEN 0 ELSE ifnull(nullif(min(instr(search_key, :key), 2), 0), 3) END
            ) AS rank
            FROM terms WHERE instr(search_key, :key) {readings if len(pinyin) > 1 else ""} GROUP BY concept
        )
        SELECT uid, count(*) OVER () FROM found JOIN concepts ON uid = concept WHERE {facets}
        ORDER BY rank, size, first LIMIT :limit
        """,  # noqa: S608
        {
            **values,
            "key": key,
            "pinyin": pinyin,
            "last": 1 if len(pinyin) < _INSIDE_LETTERS else sys.maxsize,
            "limit": limit,
        },
    ).fetchall()
    return [row[0] for row in found], found[0][1] if found else 0


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
