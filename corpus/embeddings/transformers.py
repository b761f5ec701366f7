"""Encoders of the kind of LaBSE: a model folder of sentence-transformers, which the extra `labse` installs."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.embeddings import Vectors
from corpus.errors import UnusableEncoder


class SentenceTransformers:
    """The model in a folder as `SentenceTransformer.save` writes it. Works on the processor, and offline.

    Its name changes with its files, so that vectors that were kept are never taken for those of another model.
    """

    def __init__(self, folder: Path) -> None:
        """Loads the model; raises UnusableEncoder where the extra is missing or the folder holds no model."""
        if not (folder / "modules.json").is_file():
            raise UnusableEncoder(
                "{folder} is no folder of a sentence-transformers model: it has no modules.json.", folder=folder
            )
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise UnusableEncoder(
                "The encoder in {folder} needs sentence-transformers: pip install 'sti-workbench[labse]'.",
                folder=folder,
            ) from None
        try:
            self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        # What a damaged model raises is as various as its parts.
        except Exception as error:
            raise UnusableEncoder(
                "The model in {folder} cannot be loaded: {reason}.", folder=folder, reason=str(error).split("\n")[0]
            ) from error
        self.name = f"{folder.resolve().name}-{_fingerprint(folder)}"
        self.dimension = len(self.encode(["."])[0])

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors: Vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)


def _fingerprint(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    listing = "\n".join(f"{path.relative_to(folder)} {path.stat().st_size}" for path in files)
    return hashlib.sha256(listing.encode()).hexdigest()[:8]
