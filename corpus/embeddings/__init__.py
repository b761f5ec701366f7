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


class Encoders:
    """The encoders that are loaded, each once; threads may share them."""

    def __init__(self) -> None:
        self._loaded: dict[Path | None, Encoder] = {}
        self._lock = threading.Lock()

    def load(self, folder: Path | None = None) -> Encoder:
        """Returns the encoder of a model folder, or the one that is installed with the workbench.

        Raises UnusableEncoder where the folder holds no model that can be loaded.
        """
        # Imported here: most commands encode nothing, and weights take a while to load.
        from corpus.embeddings.transformers import SentenceTransformers
        from corpus.embeddings.usem3 import UseM3

        with self._lock:
            if folder not in self._loaded:
                self._loaded[folder] = SentenceTransformers(folder) if folder else UseM3()
            return self._loaded[folder]
