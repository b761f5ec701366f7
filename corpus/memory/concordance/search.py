"""The search for a text in the memory: any part of either side, whatever its case, width and accents.

The full-text index says where the words and pairs of a text are, see `substring_terms`; whether they stand together
as asked is seen in the text itself. A word of which only a part was asked for is found in the list of all words.

Hits are in the order of relevance: whole words before parts of words, then the texts of which the hit is a larger
share, that is, the shorter ones (in 16 classes, two for each doubling of the length), then the order they came in. What
came in lately and is not in the index yet is read from end to end, and comes last.
"""

import math
from collections.abc import Iterator
from itertools import islice

from sqlite_utils import Database

from corpus.memory.concordance.substring_terms import HEAD, is_letter, is_word, pairs, parts
from corpus.memory.model import Entry, Hit
from corpus.memory.rows import SELECT, VISIBLE, entry_from
from corpus.text.folding import fold_for_search, fold_for_search_with_offsets

# A part that more words have is no condition: the list of its texts would be longer than the way through all of them.
_MOST_WORDS = 300
# What SQLite's index of parts of words can find; a shorter part is looked for word by word.
_TRIGRAM = 3
_CLASSES = 16
_ID_BITS = 36


def row_id(entry: int, side: int, text: str) -> int:
    """Returns the row of a text in the index, by which it is in the order of relevance; side 0 is the source."""
    relevance = min(_CLASSES - 1, int(2 * math.log2(len(text) or 1)))
    return relevance << _ID_BITS | entry << 1 | side


def indexed(db: Database) -> int:
    """Returns the last id up to which entries are findable by any part of their texts."""
    return int(db.execute("SELECT last FROM memory_indexed").fetchone()[0])


def search(db: Database, text: str, language: str = "", limit: int = 50, start: int = 0) -> list[Hit]:
    """Returns the entries that a text stands in, in the order of relevance: `limit` of them from number `start` on.

    With a `language`, in texts of it or of a variant of it. White space at the ends of `text` does not count.
    """
    needle = fold_for_search(text.strip())
    if not needle:
        return []
    ids = islice(_ids(db, needle, language), start, start + limit)
    return [_hit(_entry(db, id), needle, language) for id in ids]


def _ids(db: Database, needle: str, language: str) -> Iterator[int]:
    seen: set[int] = set()
    found = [(_texts(db, condition), whole) for condition, whole in _conditions(db, needle)]
    for texts, whole in [*found, (_read(db, after=indexed(db)), False)]:
        for id, side_language, text in texts:
            fits = id not in seen and _of_language(side_language, language)
            if fits and any(not whole or _stands_alone(text, *place) for place in _places(text, needle)):
                seen.add(id)
                yield id


def _conditions(db: Database, needle: str) -> Iterator[tuple[str, bool]]:
    """Yields the queries of the full-text index, one after the other, and whether each is for whole words alone.

    It is empty where the index cannot help.
    """
    found = parts(needle)
    yield _whole(found), True
    if len(found) == 1 and not is_word(found[0]):
        yield _token(found[0], open_end=True), True
    elif is_letter(needle[0]) or is_letter(needle[-1]):
        condition = _partly(db, found, begins=not is_letter(needle[0]), ends=not is_letter(needle[-1]))
        if condition is not None:
            yield condition, False


def _texts(db: Database, condition: str) -> Iterator[tuple[int, str, str]]:
    """Yields id, language and folded text of each side that meets a condition; all of them for an empty one."""
    if condition:
        rows = db.execute(
            f"""
            SELECT id, iif(memory_text.rowid & 1, target_language, source_language),
                iif(memory_text.rowid & 1, target, source)
            FROM memory_text CROSS JOIN memory ON id = (memory_text.rowid & {(1 << _ID_BITS) - 1}) >> 1
            WHERE memory_text MATCH ? AND {VISIBLE} ORDER BY memory_text.rowid
            """,  # noqa: S608
            [condition],
        )
        for id, language, text in rows:
            yield id, language, fold_for_search(text)
    else:
        yield from _read(db)


def _read(db: Database, after: int = 0) -> Iterator[tuple[int, str, str]]:
    """Yields id, language and folded text of each side of the entries with higher ids, without the index."""
    columns = "id, source_language, source, target_language, target"
    rows = db.execute(f"SELECT {columns} FROM memory WHERE id > ? AND {VISIBLE} ORDER BY id", [after])  # noqa: S608
    for id, language, text, other_language, other in rows:
        yield id, language, fold_for_search(text)
        yield id, other_language, fold_for_search(other)


def _whole(found: list[str]) -> str:
    """Returns the query of the full-text index for these parts side by side."""
    # A short word is as good as told by its pairs.
    long = [part for part in found if len(part) > HEAD or len(found) == 1]
    return " AND ".join(map(_token, [*pairs(found)[:-1], *long]))


def _partly(db: Database, found: list[str], begins: bool, ends: bool) -> str | None:
    """Returns the query of the full-text index if the words at the ends may go on, or None: no word does.

    `begins` and `ends` say that the first and the last part are complete.
    """
    inner = found[not begins : len(found) - (not ends)]
    conditions = [_whole(inner)] if len(inner) > 1 else []
    if len(found) > 1 and not ends and (begins or len(found) > 2):
        conditions.append(_before(found[-2], found[-1], ends))
    if not begins or len(found) == 1:
        complete = ends or len(found) > 2
        words = _words_with(db, found[0], begins, ends or len(found) > 1)
        tokens = [_before(word, found[1], complete) if len(found) > 1 else _token(word) for word in words]
        if len(words) > _MOST_WORDS and len(found) == 2 and not ends:
            words = _words_with(db, found[1], begins=True, ends=False)
            tokens = list(map(_token, words))
        if not words:
            return None
        if len(words) <= _MOST_WORDS:
            conditions.append(f"({' OR '.join(dict.fromkeys(tokens))})")
    if not conditions and inner:
        conditions.append(_token(inner[0], open_end=not is_word(inner[0])))
    return " AND ".join(conditions)


def _before(part: str, following: str, complete: bool) -> str:
    """The pair of a part and a following one, of which perhaps only the beginning is known."""
    return _token(part[:HEAD] + following[:HEAD], open_end=not complete and len(following) < HEAD)


def _token(text: str, open_end: bool = False) -> str:
    return f'"{text}"' + "*" * open_end


def _words_with(db: Database, part: str, begins: bool, ends: bool) -> list[str]:
    """The words with a part at their beginning, at their end, or anywhere; not all if they are too many."""
    table = "memory_word_parts" if len(part) >= _TRIGRAM else "memory_words"
    pattern = f"{'' if begins else '%'}{part}{'' if ends else '%'}"
    rows = db.execute(f"SELECT word FROM {table} WHERE word LIKE ? LIMIT ?", [pattern, _MOST_WORDS + 1])  # noqa: S608
    return [word for (word,) in rows]


def _places(text: str, needle: str) -> Iterator[tuple[int, int]]:
    start = text.find(needle)
    while start >= 0:
        yield start, start + len(needle)
        start = text.find(needle, start + len(needle))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Returns whether a place begins and ends where words do."""
    return not (_inside_word(text, start) or _inside_word(text, end))


def _inside_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and is_letter(text[place - 1]) and is_letter(text[place])


def _of_language(tag: str, language: str) -> bool:
    return not language or tag == language or tag.startswith(language + "-")


def _entry(db: Database, id: int) -> Entry:
    return entry_from(next(db.query(f"{SELECT} WHERE memory.id = ?", [id])))


def _hit(entry: Entry, needle: str, language: str) -> Hit:
    source = _marks(entry.source, needle) if _of_language(entry.source_language, language) else ()
    target = _marks(entry.target, needle) if _of_language(entry.target_language, language) else ()
    return Hit(entry, source, target)


def _marks(text: str, needle: str) -> tuple[tuple[int, int], ...]:
    folded, offsets = fold_for_search_with_offsets(text)
    return tuple((offsets[start], offsets[end]) for start, end in _places(folded, needle))
