"""What the workers of this process are at, known without the desk.

A job that writes much at once keeps the desk to itself until it is done: what it would write down of its progress is
seen by nobody before, and nobody can write down that it is to stop.
"""

import threading
from dataclasses import dataclass

Key = tuple[str, int]
"""The file of a desk, and a job in it."""


@dataclass
class Live:
    """How far a job is, and whether somebody wants it to stop."""

    done: int = 0
    total: int = 0
    cancelling: bool = False


_jobs: dict[Key, Live] = {}
_lock = threading.Lock()


def begin(key: Key) -> Live:
    with _lock:
        return _jobs.setdefault(key, Live())


def get(key: Key) -> Live | None:
    """Returns what is known of a job that is done in this process."""
    return _jobs.get(key)


def end(key: Key) -> None:
    with _lock:
        _jobs.pop(key, None)
