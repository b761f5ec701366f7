"""The resources that a process keeps from one use of a desk to the next: indexes, recognisers, weights, job signals.

The application makes one `Resources` and passes it on; whoever makes none has one of their own, and loads anew.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.embeddings import Encoders
from corpus.memory import Indexes
from corpus.text import languages
from glossary.recognition import Recogniser
from glossary.termbase import TermBase
from workbench.mt import LoadedModels
from workbench.stores.job_signals import ProgressRegistry, Wakeups


class Recognisers:
    """The recognisers of the terms of languages in desks: built once, and brought up to date as concepts change."""

    def __init__(self) -> None:
        self._built: dict[tuple[Path, str], tuple[tuple[int, int], Recogniser]] = {}
        self._lock = threading.Lock()

    def get(self, path: Path, termbase: TermBase, language: str) -> Recogniser:
        """Returns the recogniser of a language for the term base of the desk at `path`, as it is now."""
        key = path.resolve(), language
        revision = termbase.revision()
        with self._lock:
            built_for, recogniser = self._built.get(key, (None, None))
            # It goes back where a transaction does.
            if built_for is None or recogniser is None or revision[::-1] < built_for[::-1]:
                recogniser = Recogniser(termbase.named(languages.primary(language)), language)
            elif built_for != revision:
                changed = termbase.changed_since(built_for, recogniser)
                recogniser = recogniser.updated(changed, termbase.get_all(dict.fromkeys(changed)))
            self._built[key] = revision, recogniser
            return recogniser


class MemoryIndexes:
    """The indexes of similar texts in the memories of desks, shared by all threads that have one open."""

    def __init__(self) -> None:
        self._indexes: dict[Path, Indexes] = {}
        self._lock = threading.Lock()

    def of(self, path: Path) -> Indexes:
        """Returns the indexes for the desk at `path`."""
        with self._lock:
            return self._indexes.setdefault(path.resolve(), Indexes())


@dataclass(frozen=True)
class Presence:
    """A page that shows a bitext: whose it is, in which unit they are, and until when that holds."""

    name: str
    unit: int
    until: float


class Presences:
    """Who is in which unit of the bitexts of desks: what pages said last, as long as they go on saying it."""

    # A page asks every few seconds; one that does not any more is closed, or out of sight.
    _HOLDS = 15.0  # seconds

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pages: dict[tuple[Path, int], dict[str, Presence]] = {}
        self._lock = threading.Lock()

    def meet(self, path: Path, bitext: int, page: str, name: str, unit: int) -> dict[int, list[str]]:
        """Tells where the person at a page is, and returns the names of the others by the unit they are in."""
        now = self._clock()
        with self._lock:
            pages = self._pages.get((path.resolve(), bitext), {})
            pages = {other: there for other, there in pages.items() if there.until > now}
            pages[page] = Presence(name, unit, now + self._HOLDS)
            self._pages[path.resolve(), bitext] = pages
        others: dict[int, set[str]] = {}
        for there in pages.values():
            if there.name != name and there.unit:
                others.setdefault(there.unit, set()).add(there.name)
        return {unit: sorted(names) for unit, names in others.items()}


class Resources:
    """All that one process keeps; threads may share it."""

    def __init__(self) -> None:
        self.memory_indexes = MemoryIndexes()
        self.recognisers = Recognisers()
        self.encoders = Encoders()
        self.models = LoadedModels()
        self.progress = ProgressRegistry()
        self.wakeups = Wakeups()
        self.presences = Presences()
