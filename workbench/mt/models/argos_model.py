"""The model of an installed package, loaded: from the tokens of a text to translations of it."""

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.errors import EngineError
from workbench.mt.models import argos_library

MAX_TOKENS = 150
"""The longest input a model gets: models were trained on sentences, and some have no more than 512 positions."""

# As argostranslate.translate.apply_packaged_translation has it.
_LENGTH_PENALTY = 0.2
# The longest output for an input: with MAX_TOKENS it stays below 512 positions too.
_TOKENS_A_TOKEN = 3
_TOKENS_MORE = 32


_Attention = NDArray[np.float32]


@dataclass(frozen=True)
class Output:
    """A model's output for one input: a text, its tokens, and the logarithm of the probability of those it chose.

    `chosen` counts these, with the end; tokens that it was given are not among them. `attention` says for each token
    how much each token of the input had to do with it, shape (tokens, input); empty where it was not asked for.
    """

    text: str
    tokens: tuple[str, ...]
    log_probability: float
    chosen: int
    attention: _Attention = field(default_factory=lambda: np.zeros((0, 0), np.float32), repr=False, compare=False)

    @property
    def per_token(self) -> float:
        """The mean logarithm of the probability of a token that it chose."""
        return self.log_probability / max(1, self.chosen)


class Model:
    """A CTranslate2 model and its tokenizer, set up as Argos Translate's settings say; threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Loads the package in `folder`; raises what CTranslate2, the tokenizer and the file system raise."""
        import ctranslate2  # Imported here: commands and pages that translate nothing need it not.

        settings = argos_library.settings()
        package = argos_library.package().Package(folder)
        self._settings = settings
        self._tokenizer = package.tokenizer
        self._prefix: list[str] = [package.target_prefix] if package.target_prefix else []
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
        """The number of inputs that are worth a call of `translate`."""
        size: int = max(1, self._settings.batch_size) * max(1, self._settings.inter_threads)
        return size

    def tokens(self, text: str) -> list[str]:
        """Returns the tokens of a text."""
        return list(self._tokenizer.encode(text))

    def text(self, tokens: Sequence[str]) -> str:
        """Returns the text of tokens of the target language."""
        text: str = self._tokenizer.decode(list(tokens))
        return text.strip()

    def translate(
        self,
        inputs: Sequence[list[str]],
        count: int = 1,
        *,
        attention: bool = False,
        beginnings: Sequence[Sequence[str]] | None = None,
        suppressed: Collection[Sequence[str]] = (),
        beam: int = 0,
    ) -> list[list[Output]]:
        """Returns the `count` best outputs, the best first, for each input of 1 to MAX_TOKENS tokens.

        Similar lengths are best for the sake of speed. With `beginnings` an output goes on from the tokens that it is
        given; no output has one of the `suppressed` sequences of tokens, but where it was given. `beam` is the width
        of the search, if not that of the settings.
        """
        given = [[*self._prefix, *beginning] for beginning in beginnings or [()] * len(inputs)]
        width = max(beam or self._settings.beam_size, count)
        results = self._translator.translate_batch(
            list(inputs),
            target_prefix=given if any(given) else None,
            max_batch_size=max(1, self._settings.batch_size),
            beam_size=width,
            num_hypotheses=count,
            length_penalty=_LENGTH_PENALTY,
            max_input_length=0,
            max_decoding_length=_TOKENS_MORE + _TOKENS_A_TOKEN * max(map(len, inputs)),
            suppress_sequences=[list(sequence) for sequence in suppressed] or None,
            replace_unknowns=True,
            return_attention=attention,
            return_scores=True,
        )
        return [self._outputs(result, len(prefix)) for result, prefix in zip(results, given, strict=True)]

    def log_probabilities(self, inputs: Sequence[list[str]], outputs: Sequence[Sequence[str]]) -> list[list[float]]:
        """Returns the logarithms of the probabilities of the tokens of given outputs, the end being the last."""
        results = self._translator.score_batch(
            list(inputs),
            [[*self._prefix, *output] for output in outputs],
            max_batch_size=max(1, self._settings.batch_size),
            max_input_length=0,
        )
        return [list(result.log_probs)[len(self._prefix) :] for result in results]

    def _outputs(self, result: Any, given: int) -> list[Output]:
        attentions = result.attention or [None] * len(result.hypotheses)
        return [
            self._output(tokens, score, attention, given)
            for tokens, score, attention in zip(result.hypotheses, result.scores, attentions, strict=True)
        ]

    def _output(self, tokens: list[str], score: float, attention: list[list[float]] | None, given: int) -> Output:
        # What was given has no part in the score, which was divided by the length to the power of the penalty.
        length = len(tokens) + 1
        start = len(self._prefix)
        output = Output(
            self.text(tokens[start:]), tuple(tokens[start:]), score * length**_LENGTH_PENALTY, max(1, length - given)
        )
        if attention is None:
            return output
        return replace(output, attention=np.asarray(attention[start:], np.float32))


class Models:
    """The models of installed packages, loaded once and anew where its package was replaced; threads may share them."""

    def __init__(self) -> None:
        self._loaded: dict[Path, tuple[tuple[int, int, int], Model]] = {}
        self._lock = threading.Lock()

    def load(self, folder: Path) -> Model:
        """Returns the model of a package; raises EngineError where it has gone or its model cannot be used."""
        with self._lock:
            self._forget_removed()
            try:
                state = _state(folder)
                known = self._loaded.get(folder)
                if known is None or known[0] != state:
                    known = self._loaded[folder] = state, Model(folder)
                return known[1]
            except EngineError:
                raise
            except Exception as error:
                # The file comes from anywhere, and each library that reads it has failures of its own.
                raise _unusable(folder.name, error) from None

    def _forget_removed(self) -> None:
        for folder in [folder for folder in self._loaded if not (folder / "model" / "model.bin").exists()]:
            del self._loaded[folder]


def try_out(folder: Path, name: str) -> None:
    """Loads the package in a folder and translates a word; raises EngineError, which says `name`, where that fails."""
    try:
        model = Model(folder)
        model.translate([model.tokens("a")])
    except EngineError:
        raise
    except Exception as error:
        raise _unusable(name, error) from None


def _state(folder: Path) -> tuple[int, int, int]:
    """Returns the time, size and number of a model's file, which tell it from another one that took its place."""
    status = (folder / "model" / "model.bin").stat()
    return status.st_mtime_ns, status.st_size, status.st_ino


def _unusable(name: str, error: Exception) -> EngineError:
    return EngineError(
        "The model of {name} cannot be used ({reason}): get the package again and install it with "
        "`workbench mt install`.",
        name=name,
        reason=error,
    )
