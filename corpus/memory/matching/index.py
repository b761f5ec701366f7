"""The index of texts that may be similar to a text: in the memory of the process, kept up with the desk.

The index is a filter alone: what is in the desk decides, so that an entry that was deleted or changed since may stay in
the index. What is new since is told by the table `memory_changes`, whoever in whichever process wrote it.
"""

import threading
from array import array
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein
from sqlite_utils import Database

from corpus.memory.matching.index_shard import Shard
from corpus.memory.matching.scoring import allowed

# Asked for a score below its floor, an index is built anew for the next of these.
_FLOORS = (70, 50, 1)
_LARGEST = 1 << 20  # texts of a segment, so that building one takes no more memory for a larger desk
_LOOSE = 2_000  # texts that are compared one by one before they become a segment
_BLOCK = 20_000
_MOST_SMALL = 8  # segments that are not full before all are built anew


class Pair(NamedTuple):
    """The language of a text and of its translation, without variants."""

    language: str
    other: str


class LastChange(NamedTuple):
    """A write to the memory: its number, and a random one that tells it from that of another file or a lost write."""

    id: int = -1
    token: int = 0


class IndexState(NamedTuple):
    """An index at one state of the desk: never changed, so that many threads may read it."""

    change: LastChange = LastChange()
    floor: int = 101
    segments: tuple[Shard, ...] = ()
    loose: tuple[tuple[int, str], ...] = ()


class Indexes:
    """The indexes of one desk, one for each pair of languages; for all threads that work on it."""

    def __init__(self) -> None:
        self._states: dict[Pair, IndexState] = {}
        self._locks: dict[Pair, threading.Lock] = {}
        self._lock = threading.Lock()

    def candidates(self, db: Database, pair: Pair, code: str, floor: int) -> list[int]:
        """Returns keys of texts: of all that score `floor` (1…100) or more, and of some that do not.

        A key is twice the id of the entry, and 1 more where the text is its target. `code` is that of the text.
        """
        if not code:
            return []
        state = self._current(db, pair, floor)
        wanted = np.frombuffer(code.encode("utf-16-le"), np.uint16)
        keys = {key for segment in state.segments for key in segment.candidates(wanted, floor).tolist()}
        keys.update(key for key, text in state.loose if _similar(code, text, floor))
        return sorted(keys)

    def nbytes(self) -> int:
        """The memory that the segments take, in bytes."""
        return sum(segment.nbytes for state in self._states.values() for segment in state.segments)

    def _current(self, db: Database, pair: Pair, floor: int) -> IndexState:
        state = self._states.get(pair, IndexState())
        if state.change == _last_change(db) and state.floor <= floor:
            return state
        with self._lock:
            lock = self._locks.setdefault(pair, threading.Lock())
        with lock:
            state = _refreshed(db, pair, self._states.get(pair, IndexState()), floor)
            # What a transaction has written may never come to be.
            if not db.conn.in_transaction:
                self._states[pair] = state
        return state


def _similar(code: str, other: str, floor: int) -> bool:
    most = allowed(max(len(code), len(other)), floor)
    return Levenshtein.distance(code, other, score_cutoff=most) <= most


def _last_change(db: Database) -> LastChange:
    return LastChange(*db.execute("SELECT id, token FROM memory_changes ORDER BY id DESC LIMIT 1").fetchone())


def _refreshed(db: Database, pair: Pair, state: IndexState, floor: int) -> IndexState:
    # Read before the texts: what is written meanwhile is read twice, not never.
    change = _last_change(db)
    known = db.execute("SELECT 1 FROM memory_changes WHERE id = ? AND token = ?", state.change).fetchone()
    if not known or state.floor > floor:
        return _with_texts(IndexState(change, next(step for step in _FLOORS if step <= floor)), _texts(db, pair))
    ranges = db.execute("SELECT first, last FROM memory_changes WHERE id > ?", [state.change.id]).fetchall()
    new = (text for first, last in ranges for text in _texts(db, pair, first, last))
    state = _with_texts(state._replace(change=change), new)
    if len(state.segments) > _MOST_SMALL and len(state.segments) * _LARGEST > 2 * sum(map(len, state.segments)):
        return _with_texts(IndexState(change, state.floor), _texts(db, pair))
    return state


def _with_texts(state: IndexState, texts: Iterator[tuple[int, bytes]]) -> IndexState:
    """Returns the state with texts added, in segments where they are many."""
    segments = list(state.segments)
    pile = _Pile()
    pile.add([(key, code.encode("utf-16-le")) for key, code in state.loose])
    while block := list(islice(texts, _BLOCK)):
        pile.add(block)
        if len(pile.keys) >= _LARGEST:
            segments.append(pile.segment(state.floor))
            pile = _Pile()
    if len(pile.keys) <= _LOOSE:
        return state._replace(segments=tuple(segments), loose=pile.loose())
    return state._replace(segments=(*segments, pile.segment(state.floor)), loose=())


class _Pile:
    """Texts on their way into a segment, packed as they come."""

    def __init__(self) -> None:
        self.keys = array("I")
        self._lengths = array("I")
        self._codes = bytearray()

    def add(self, texts: list[tuple[int, bytes]]) -> None:
        self.keys.extend(key for key, _ in texts)
        self._lengths.extend(len(code) // 2 for _, code in texts)
        self._codes += b"".join(code for _, code in texts)

    def segment(self, floor: int) -> Shard:
        lengths = np.array(self._lengths, np.int64)
        return Shard(np.array(self.keys, np.uint32), np.frombuffer(self._codes, np.uint16), lengths, floor)

    def loose(self) -> tuple[tuple[int, str], ...]:
        codes = self._codes.decode("utf-16-le")
        ends = accumulate(self._lengths)
        return tuple((key, codes[end - n : end]) for key, n, end in zip(self.keys, self._lengths, ends, strict=True))


def _texts(db: Database, pair: Pair, first: int = 0, last: int = 1 << 62) -> Iterator[tuple[int, bytes]]:
    """Yields key and code of each text, not empty, of the entries from one id to another that have the languages."""
    for side, languages in (("source", pair), ("target", pair[::-1])):
        yield from db.execute(
            f"""
            SELECT 2 * id + ?, {side} FROM memory_codes
            WHERE source_language = ? AND target_language = ? AND id BETWEEN ? AND ? AND {side} != x'' ORDER BY id
            """,  # noqa: S608
            [side == "target", *languages, first, last],
        )
