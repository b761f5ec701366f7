"""The search for a text in the keys and readings of all terms: an index of their parts of three characters.

A row of the index is what a concept has of terms whose keys are of one length; its number tells both. SQLite's own
trigrams would find no text of fewer than three characters, and Chinese words have two: here every key goes on behind
its end, so that its last characters begin a part as well, and a shorter text is found as the beginning of a part.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

SIZE_BITS = 20
_LONGEST = (1 << SIZE_BITS) - 1
_PART = 3
# No key has full-width letters or signs: these bound it, and stand for what FTS5 would take for the end of a word.
_START, _END = "\uff21\uff21", "\uff3a\uff3a"
_SIGNS = {code: chr(code + 0xFEE0) for code in range(128) if not chr(code).isalnum()}

PINYIN, INITIALS = "\uff30", "\uff29"
"""Before the parts of these readings; those of keys have nothing before them."""
Sought = tuple[str, str, str]
"""The key of a term, its pinyin and its initials."""
Numbers = npt.NDArray[np.int64]
Rows = dict[int, tuple[Sought, ...]]


def create(db: Database) -> None:
    """Makes the tables, and indexes the terms that are there."""
    db.execute("CREATE TABLE term_keys (id INTEGER PRIMARY KEY, terms TEXT NOT NULL)")
    db.execute("CREATE VIRTUAL TABLE term_grams USING fts5 (parts, content='', columnsize=0, tokenize='ascii')")
    query = """
        SELECT concepts.id, json_group_array(json_array(search_key, pinyin, initials))
        FROM concepts CROSS JOIN terms ON concept = uid GROUP BY concepts.id ORDER BY concepts.id
    """
    for concept, terms in db.execute(query).fetchall():
        replace(db, {}, rows(concept, map(tuple, json.loads(terms))))


def stored(db: Database, uid: str) -> Rows:
    """Returns the rows that the index has of a concept."""
    found = db.execute(
        "SELECT concepts.id, search_key, pinyin, initials FROM concepts JOIN terms ON concept = uid WHERE uid = ?",
        [uid],
    ).fetchall()
    return rows(found[0][0], [term[1:] for term in found]) if found else {}


def rows(concept: int, terms: Iterable[Sought]) -> Rows:
    """Returns the rows of a concept, given by its number, by their numbers and in their order."""
    found: defaultdict[int, set[Sought]] = defaultdict(set)
    for term in terms:
        found[concept << SIZE_BITS | min(len(term[0]), _LONGEST)].add(term)
    return {row: tuple(sorted(found[row])) for row in sorted(found)}


def replace(db: Database, before: Rows, after: Rows) -> None:
    """Puts rows into the place of those that the index has of a concept."""
    gone = {row: terms for row, terms in before.items() if after.get(row) != terms}
    new = {row: terms for row, terms in after.items() if before.get(row) != terms}
    db.conn.executemany(
        "INSERT INTO term_grams (term_grams, rowid, parts) VALUES ('delete', ?, ?)",
        [(row, _parts_of(terms)) for row, terms in gone.items()],
    )
    db.conn.executemany("DELETE FROM term_keys WHERE id = ?", [(row,) for row in gone])
    db.conn.executemany(
        "INSERT INTO term_grams (rowid, parts) VALUES (?, ?)", [(row, _parts_of(terms)) for row, terms in new.items()]
    )
    db.conn.executemany(
        "INSERT INTO term_keys (id, terms) VALUES (?, ?)",
        [(row, json.dumps(terms, ensure_ascii=False)) for row, terms in new.items()],
    )


def _parts_of(terms: Iterable[Sought]) -> str:
    parts: list[str] = []
    for key, pinyin, initials in terms:
        parts += _parts(f"{_START}{key}{_END}")
        if pinyin:
            parts += _parts(_START + pinyin, PINYIN)
            parts += _parts(_START + initials, INITIALS)
    return " ".join(parts)


def _parts(text: str, mark: str = "") -> list[str]:
    text = text.translate(_SIGNS)
    return [mark + text[start : start + _PART] for start in range(len(text) - _PART + 1)]


def holding(text: str, mark: str = "") -> str:
    """Returns the query of the index for a text anywhere: in keys, or in readings, three letters or more."""
    if len(text) < _PART:
        return f'"{text.translate(_SIGNS)}" *'
    return _phrase(_parts(text, mark))


def beginning(text: str, mark: str = "") -> str:
    """Returns the query of the index for a text, not empty, at the beginning of a key or a reading."""
    return _phrase(_parts(_START + text, mark))


def whole(text: str) -> str:
    """Returns the query of the index for the keys that are a text."""
    return _phrase(_parts(f"{_START}{text}{_END}"))


def _phrase(parts: Iterable[str]) -> str:
    return f'"{" ".join(parts)}"'


def find(db: Database, condition: str) -> Numbers:
    """Returns the rows, in their order, that meet a condition, or one of several joined by OR."""
    rows = db.execute("SELECT rowid FROM term_grams WHERE term_grams MATCH ? ORDER BY rowid", [condition])
    return np.fromiter((row for (row,) in rows), np.int64)


def concepts(rows: Numbers) -> Numbers:
    """Returns the number of the concept that each row is of."""
    return rows >> SIZE_BITS


def sizes(rows: Numbers) -> Numbers:
    """Returns the lengths of the keys of each row."""
    return rows & _LONGEST


def terms(db: Database, rows: Numbers) -> Iterator[tuple[int, list[list[str]]]]:
    """Yields for each row its concept, and its terms (key, pinyin, initials)."""
    query = "SELECT term_keys.id, terms FROM json_each(?) CROSS JOIN term_keys ON term_keys.id = value"
    for row, texts in db.execute(query, [json.dumps(rows.tolist())]):
        yield row >> SIZE_BITS, json.loads(texts)
