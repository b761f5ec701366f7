"""The resources that a process keeps from one use of a desk to the next: indexes, recognisers, weights, job signals.

The application makes one `Resources` and passes it on; whoever makes none has one of their own, and loads anew.
"""

import threading
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


class Resources:
    """All that one process keeps; threads may share it."""

    def __init__(self) -> None:
        self.memory_indexes = MemoryIndexes()
        self.recognisers = Recognisers()
        self.encoders = Encoders()
        self.models = LoadedModels()
        self.progress = ProgressRegistry()
        self.wakeups = Wakeups()
