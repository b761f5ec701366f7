"""Progress of long work: how much of it is done, told as it goes on. Who is told may raise, to end the work."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[int, int], None]
"""A callback for the steps done, and their total. Never called while something is being written to the desk."""

# So many things are counted before they are told on.
_STEP = 500
_Item = TypeVar("_Item")


def silent(done: int, total: int) -> None:
    """Ignores the progress of work that nobody waits for."""


class Meter:
    """Counts what is done of a total, and tells it on."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.done = 0
        self._total = total
        self._progress = progress

    def go_to(self, done: int) -> None:
        """Says that so much is done altogether; it never gets less, nor more than the total."""
        self.done = max(self.done, min(done, self._total))
        self._progress(self.done, self._total)

    def count(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Yields things, each a step."""
        for item in items:
            yield item
            self.done += 1
            if self.done % _STEP == 0:
                self.go_to(self.done)
