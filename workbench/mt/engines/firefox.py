"""The engine over Mozilla's translation models, by Mozilla's own code (the package fxtranslate, extra `firefox`).

Models are in folders below that of WORKBENCH_FIREFOX_MODELS, or below fxtranslate's own: each has the files of one
pair, such as model.enzh.intgemm.alphas.bin, srcvocab.enzh.spm, trgvocab.enzh.spm and lex.50.50.enzh.s2t.bin.
"""

import importlib.util
import os
import re
import threading
import weakref
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from corpus.text.progress import Progress
from workbench.errors import EngineError
from workbench.mt import codes, normalise
from workbench.mt.engines import text_engine
from workbench.mt.protocol import Draft
from workbench.mt.terminology.terms import Terms

NAME = "firefox"
_MODEL = re.compile(r"model\.([a-z]{2,3})([a-z]{2,3})\..*\.bin")


@dataclass(frozen=True)
class Model:
    """The files of a model, and the pair that it translates, as codes."""

    pair: tuple[str, str]
    folder: Path
    state: tuple[int, int]
    """The time at which its file was written, and its size: another one in its place is another model."""


class Firefox:
    """Translates by the models that are there; looks anew at each call which these are."""

    name = NAME

    def __init__(self, translators: "Translators | None" = None) -> None:
        self._translators = translators or Translators()

    def pairs(self) -> list[tuple[str, str]]:
        return [(codes.tag(model.pair[0]), codes.tag(model.pair[1])) for model in installed()]

    def supports(self, source_language: str, target_language: str) -> bool:
        return _model(source_language, target_language) is not None

    def translate(
        self,
        sentences: Sequence[str],
        source_language: str,
        target_language: str,
        *,
        terms: Terms | None = None,
        alternatives: int = 0,
        progress: Progress | None = None,
    ) -> list[Draft]:
        model = _model(source_language, target_language)
        if model is None:
            raise EngineError(
                "There is no Firefox model from {source} to {target}: see `workbench mt list`.",
                source=source_language,
                target=target_language,
            )
        loaded = self._translators.load(model)

        def translate_texts(texts: Sequence[str]) -> list[str]:
            written = [normalise.to_script(text, source_language, codes.tag(model.pair[0])) for text in texts]
            return [
                normalise.to_script(text, codes.tag(model.pair[1]), target_language)
                for text in loaded.translate(written)
            ]

        return text_engine.translate(
            self.name, translate_texts, sentences, source_language, target_language, terms, progress
        )


def installed() -> list[Model]:
    """Returns the models that are there, one a pair, where fxtranslate is installed."""
    folder = _folder()
    if folder is None or not folder.is_dir():
        return []
    found: dict[tuple[str, str], Model] = {}
    for file in sorted(folder.glob("*/model.*.bin")):
        match = _MODEL.fullmatch(file.name)
        if match:
            status = file.stat()
            found[match[1], match[2]] = Model((match[1], match[2]), file.parent, (status.st_mtime_ns, status.st_size))
    return list(found.values())


def install(source: str, target: str) -> None:
    """Downloads the model of a pair, or the two that make it through English, from Mozilla's server.

    Raises EngineError where fxtranslate is missing, and where the models cannot be had.
    """
    folder = _folder()
    if folder is None:
        raise EngineError("Firefox models need the package fxtranslate: install it with `pip install fxtranslate`.")
    from fxtranslate import discovery

    try:
        discovery.add_models(codes.code(source), codes.code(target), cache_dir=str(folder))
    except ValueError as error:
        raise EngineError(
            "The Firefox model from {source} to {target} cannot be had ({reason}): connect to the network, or put its "
            "files into a folder and name that one in WORKBENCH_FIREFOX_MODELS.",
            source=source,
            target=target,
            reason=error,
        ) from None


def _folder() -> Path | None:
    if importlib.util.find_spec("fxtranslate") is None:
        return None
    named = os.environ.get("WORKBENCH_FIREFOX_MODELS")
    if named:
        return Path(named)
    from fxtranslate import Cache

    return Path(Cache().root)


def _model(source_language: str, target_language: str) -> Model | None:
    sources, targets = codes.codes(source_language), codes.codes(target_language)
    fitting = [model for model in installed() if model.pair[0] in sources and model.pair[1] in targets]
    return min(fitting, key=lambda model: (sources.index(model.pair[0]), targets.index(model.pair[1])), default=None)


class _Loaded:
    """A model in memory, with a thread of its own: only the one that made a translator may use it and let it go."""

    def __init__(self, model: Model) -> None:
        self._name = model.folder.name
        self._requests: SimpleQueue[_Request | None] = SimpleQueue()
        # Nothing here may wait for a lock: the collector may call it while its thread holds any. This queue is made so.
        weakref.finalize(self, self._requests.put, None).atexit = False
        threading.Thread(target=_work, args=(model.folder, self._requests), name="firefox", daemon=True).start()
        # A model that cannot be loaded is told of at once.
        self.translate([])

    def translate(self, texts: Sequence[str]) -> list[str]:
        answer: Future[list[str]] = Future()
        self._requests.put((texts, answer))
        try:
            return answer.result()
        except (OSError, ValueError, RuntimeError, StopIteration) as error:
            raise EngineError(
                "The Firefox model in {name} cannot be used ({reason}): get its files again.",
                name=self._name,
                reason=error or "a file is missing",
            ) from None


_Request = tuple[Sequence[str], "Future[list[str]]"]


def _work(folder: Path, requests: "SimpleQueue[_Request | None]") -> None:
    """Answers requests until there are no more; the translator is made, used and let go of here."""
    translator = None
    while request := requests.get():
        texts, answer = request
        try:
            translator = translator or _make(folder)
            answer.set_result([translator.translate(text) for text in texts])
        except Exception as error:
            answer.set_exception(error)


def _make(folder: Path) -> Any:
    from fxtranslate import Translator

    def bytes_of(*patterns: str) -> bytes:
        return next(file for pattern in patterns for file in sorted(folder.glob(pattern))).read_bytes()

    shortlists = sorted(folder.glob("lex.*.bin"))
    return Translator(
        bytes_of("model.*.bin"),
        bytes_of("srcvocab.*.spm", "vocab.*.spm"),
        bytes_of("trgvocab.*.spm", "vocab.*.spm"),
        shortlists[0].read_bytes() if shortlists else None,
    )


class Translators:
    """The last models that were used, in memory; threads may share them."""

    def __init__(self) -> None:
        self.load = lru_cache(maxsize=4)(_Loaded)
        """Returns a model in memory; raises EngineError where its files cannot be used."""
