"""The model of an installed package, loaded: from the tokens of a text to a translation of it."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import EngineError
from workbench.mt import argos_library

MAX_TOKENS = 150
"""The longest input a model gets: models were trained on sentences, and some have no more than 512 positions."""

# As argostranslate.translate.apply_packaged_translation has it.
_LENGTH_PENALTY = 0.2
# The longest output for an input: with MAX_TOKENS it stays below 512 positions too.
_TOKENS_A_TOKEN = 3
_TOKENS_MORE = 32


@dataclass(frozen=True)
class Output:
    """What the model made of one input: the text, the logarithm of its probability, and its tokens with the end."""

    text: str
    log_probability: float
    tokens: int


class Model:
    """A CTranslate2 model and its tokenizer, set up as Argos Translate's settings say; threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Loads the package in `folder`; raises what CTranslate2, the tokenizer and the file system raise."""
        import ctranslate2  # Imported here: commands and pages that translate nothing need it not.

        settings = argos_library.settings()
        package = argos_library.package().Package(folder)
        self._settings = settings
        self._tokenizer = package.tokenizer
        self._target_prefix: str = package.target_prefix
        self._load_tokenizer()
        compute_type = {} if settings.compute_type == "auto" else {"compute_type": settings.compute_type}
        self._translator = ctranslate2.Translator(
            str(folder / "model"),
            device=settings.device,
            inter_threads=settings.inter_threads,
            intra_threads=settings.intra_threads,
            **compute_type,
        )

    def _load_tokenizer(self) -> None:
        """Loads it now: later, several threads would do so at once, or the file be gone."""
        try:
            self._tokenizer.encode("a")
        except SystemExit:  # how the reader of bpe.model takes a line that it does not understand
            raise ValueError("its tokenizer is damaged") from None

    @property
    def batch_size(self) -> int:
        """How many inputs are worth a call of `translate`."""
        size: int = max(1, self._settings.batch_size) * max(1, self._settings.inter_threads)
        return size

    def tokens(self, text: str) -> list[str]:
        """Returns the tokens of a text."""
        return list(self._tokenizer.encode(text))

    def translate(self, inputs: Sequence[list[str]]) -> list[Output]:
        """Translates inputs of 1 to MAX_TOKENS tokens, of similar lengths for the sake of speed."""
        results = self._translator.translate_batch(
            list(inputs),
            target_prefix=[[self._target_prefix]] * len(inputs) if self._target_prefix else None,
            max_batch_size=max(1, self._settings.batch_size),
            beam_size=self._settings.beam_size,
            length_penalty=_LENGTH_PENALTY,
            max_input_length=0,
            max_decoding_length=_TOKENS_MORE + _TOKENS_A_TOKEN * max(map(len, inputs)),
            replace_unknowns=True,
            return_scores=True,
        )
        return [self._output(result) for result in results]

    def _output(self, result: Any) -> Output:
        hypothesis, count = result.hypotheses[0], len(result.hypotheses[0]) + 1
        if self._target_prefix and hypothesis[:1] == [self._target_prefix]:
            hypothesis = hypothesis[1:]
        text = self._tokenizer.decode(hypothesis).strip()
        return Output(text, result.scores[0] * count**_LENGTH_PENALTY, count)


_lock = threading.Lock()
_loaded: dict[Path, tuple[tuple[int, int, int], Model]] = {}


def load(folder: Path) -> Model:
    """Returns the model of an installed package, loaded once a process and anew where the package was replaced.

    Raises EngineError where the package has gone or its model cannot be used.
    """
    with _lock:
        _forget_removed()
        try:
            state = _state(folder)
            known = _loaded.get(folder)
            if known is None or known[0] != state:
                known = _loaded[folder] = state, Model(folder)
            return known[1]
        except (OSError, ValueError, RuntimeError) as error:
            raise _unusable(folder.name, error) from None


def try_out(folder: Path, name: str) -> None:
    """Loads the package in a folder and translates a word; raises EngineError, which says `name`, where that fails."""
    try:
        model = Model(folder)
        model.translate([model.tokens("a")])
    except (OSError, ValueError, RuntimeError) as error:
        raise _unusable(name, error) from None


def _forget_removed() -> None:
    for folder in [folder for folder in _loaded if not (folder / "model" / "model.bin").exists()]:
        del _loaded[folder]


def _state(folder: Path) -> tuple[int, int, int]:
    """What tells a model from another one that took its place."""
    status = (folder / "model" / "model.bin").stat()
    return status.st_mtime_ns, status.st_size, status.st_ino


def _unusable(name: str, error: Exception) -> EngineError:
    return EngineError(
        "The model of {name} cannot be used ({reason}): get the package again and install it with "
        "`workbench mt install`.",
        name=name,
        reason=error,
    )
