"""Progress of long work: how much of it is done, told as it goes on. Who is told may raise, to end the work."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from corpus.encoding import Encoder, Vectors

Progress = Callable[[int, int], None]
"""Is told how many steps are done, and of how many. Never called while something is being written to the desk."""

# So many texts at a time take a fraction of a second.
_BATCH = 32
# So many things are counted before they are told on.
_TOLD = 500
_Item = TypeVar("_Item")


def silent(done: int, total: int) -> None:
    """For work that nobody waits for."""


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
            if self.done % _TOLD == 0:
                self.go_to(self.done)


class Watched:
    """An encoder whose work counts at a meter: a step a text, or with `whole` a step a call."""

    def __init__(self, encoder: Encoder, meter: Meter, whole: bool = False) -> None:
        self._encoder = encoder
        self._meter = meter
        self._whole = whole
        self.name = encoder.name
        self.dimension = encoder.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        batches = [np.zeros((0, self.dimension), np.float32)]
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            batches.append(self._encoder.encode(batch))
            self._meter.go_to(self._meter.done + (0 if self._whole else len(batch)))
        if self._whole:
            self._meter.go_to(self._meter.done + 1)
        return np.concatenate(batches)
