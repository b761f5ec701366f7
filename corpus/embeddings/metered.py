"""An encoder that tells how far it is."""

from collections.abc import Sequence

import numpy as np

from corpus.embeddings import Encoder, Vectors
from corpus.text.progress import Meter

# So many texts at a time take a fraction of a second.
_BATCH = 32


class MeteredEncoder:
    """An encoder whose work counts at a meter: a step a text, or with `whole` a step a call."""

    def __init__(self, encoder: Encoder, meter: Meter, whole: bool = False) -> None:
        self._encoder = encoder
        self._meter = meter
        self._whole = whole
        self.name = encoder.name
        self.dimension = encoder.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        batches = [np.zeros((0, self.dimension), np.float32)]
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            batches.append(self._encoder.encode(batch))
            self._meter.go_to(self._meter.done + (0 if self._whole else len(batch)))
        if self._whole:
            self._meter.go_to(self._meter.done + 1)
        return np.concatenate(batches)
