"""The signals about jobs between the threads of one process, faster than the desk or without it.

A job that writes much at once keeps the desk to itself until it is done: what it would write down of its progress is
seen by nobody before, and nobody can write down that it is to stop.
"""

import threading
from dataclasses import dataclass

Key = tuple[str, int]
"""The file of a desk, and a job in it."""


@dataclass
class LiveProgress:
    """The progress of a job, and whether somebody wants it to stop."""

    done: int = 0
    total: int = 0
    cancelling: bool = False


class ProgressRegistry:
    """The jobs that workers of this process are at."""

    def __init__(self) -> None:
        self._jobs: dict[Key, LiveProgress] = {}
        self._lock = threading.Lock()

    def begin(self, key: Key) -> LiveProgress:
        """Returns the live progress of a job, which its worker keeps up to date from now on."""
        with self._lock:
            return self._jobs.setdefault(key, LiveProgress())

    def get(self, key: Key) -> LiveProgress | None:
        """Returns the live progress of a job that is done in this process."""
        return self._jobs.get(key)

    def end(self, key: Key) -> None:
        """Lets go of a job."""
        with self._lock:
            self._jobs.pop(key, None)


class Wakeups:
    """The events that workers of this process wait for while there is no job."""

    def __init__(self) -> None:
        self._events: set[threading.Event] = set()

    def add(self, event: threading.Event) -> None:
        """Sets an event from now on whenever a job is queued."""
        self._events.add(event)

    def discard(self, event: threading.Event) -> None:
        """Leaves an event alone from now on."""
        self._events.discard(event)

    def ring(self) -> None:
        """Wakes all that wait."""
        for event in list(self._events):
            event.set()
