"""Much to write beside people who save: in short transactions, with time for those of others between them."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from sqlite_utils import Database

_Item = TypeVar("_Item")

# Seconds that a transaction is to hold the lock to write: a good deal less than anybody notices.
_GOAL = 0.06
# Who waits for the lock looks every tenth of a second: it is free for as long as it was held, but never longer.
_REST = 0.05


class Pace:
    """A pace of writing: batches as large as what was written in the time that a transaction may take."""

    def __init__(self, first: int = 100, most: int = 5_000) -> None:
        self.size = min(first, most)
        self._most = most
        self._held = 0.0
        self._free_since = 0.0

    def batches(self, items: Iterable[_Item]) -> Iterator[list[_Item]]:
        """Yields items in lists, each to be written in a transaction of its own."""
        rest = iter(items)
        while batch := list(islice(rest, self.size)):
            yield batch

    @contextmanager
    def transaction(self, db: Database) -> Iterator[None]:
        """A transaction, after others had time for theirs; how long it takes sets the size of the next batch."""
        time.sleep(min(_REST, max(0.0, self._held - (time.monotonic() - self._free_since))))
        with db.atomic():
            begun = time.monotonic()
            yield
        self._free_since = time.monotonic()
        self._held = self._free_since - begun
        change = min(2.0, max(0.1, _GOAL / max(self._held, 0.001)))
        self.size = min(self._most, max(1, int(self.size * change)))
