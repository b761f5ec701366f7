"""Sentence vectors: the protocol an encoder follows, and the encoders there are."""

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


_lock = threading.Lock()
_loaded: dict[Path | None, Encoder] = {}


def default_encoder() -> Encoder:
    """Returns the encoder that is installed with the workbench, loaded at the first call."""
    return encoder_from(None)


def encoder_from(folder: Path | None) -> Encoder:
    """Returns the encoder of a model folder, or the installed one; each is loaded once in a process.

    Raises UnusableEncoder where the folder holds no model that can be loaded.
    """
    # Imported here: most commands encode nothing, and weights take a while to load.
    from corpus.embeddings.transformers import SentenceTransformers
    from corpus.embeddings.usem3 import UseM3

    with _lock:
        if folder not in _loaded:
            _loaded[folder] = SentenceTransformers(folder) if folder else UseM3()
        return _loaded[folder]
