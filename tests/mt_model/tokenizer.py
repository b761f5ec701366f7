"""A package's pieces: from texts to pieces and back, where they stand in a text, and which come from which."""

from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import numpy as np
import sentencepiece

_WAYS = 8


class Tokenizer:
    """Pieces as numbers of the model's vocabulary, and where they stand in a text."""

    def __init__(self, model: bytes) -> None:
        self._pieces = sentencepiece.SentencePieceProcessor(model_proto=model)
        self.vocabulary = [self._pieces.id_to_piece(number) for number in range(self._pieces.get_piece_size())]
        self.begin, self.end = self._pieces.bos_id(), self._pieces.eos_id()

    def encode(self, text: str) -> list[int]:
        return self._pieces.encode(text)

    def ways(self, text: str) -> list[list[int]]:
        """The likeliest ways of cutting a text into pieces."""
        return self._pieces.nbest_encode(text, nbest_size=_WAYS, out_type=int)

    def decode(self, pieces: list[int]) -> str:
        return self._pieces.decode(pieces)

    def overlapping(self, pieces: list[int], start: int, end: int) -> range:
        """The pieces of a text that stand between two of its characters; the text has an invisible first one."""
        lengths = [len(self.vocabulary[piece]) for piece in pieces]
        ends = np.cumsum(lengths) - 1
        starts = ends - lengths
        inside = np.flatnonzero((ends > start) & (starts < end))
        return range(int(inside[0]), int(inside[-1]) + 1) if len(inside) else range(0)


@dataclass(frozen=True)
class Translation:
    """A translation as text and as pieces, and how much each of them looks at each piece of the source."""

    text: str
    source: list[int]
    target: list[int]
    attention: list[list[float]]
    tokenizer: Tokenizer

    def points(self, place: tuple[int, int], source_place: tuple[int, int]) -> list[bool]:
        """For each piece in a place of the translation, whether it looks most at one in a place of the source."""
        expected = self.tokenizer.overlapping(self.source, *source_place)
        rows = [self.attention[number] for number in self.tokenizer.overlapping(self.target, *place)]
        return [int(np.argmax(row)) in expected for row in rows]


class Translator:
    """The model of an installed package, asked for its attention."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer((folder / "sentencepiece.model").read_bytes())
        self._model = ctranslate2.Translator(str(folder / "model"), intra_threads=1)

    def translate(self, text: str) -> Translation:
        """Translates a sentence as `workbench.mt` does."""
        source = self._tokenizer.encode(text)
        named = [self._tokenizer.vocabulary[piece] for piece in source]
        (result,) = self._model.translate_batch([named], beam_size=4, length_penalty=0.2, return_attention=True)
        target = [self._tokenizer.vocabulary.index(piece) for piece in result.hypotheses[0]]
        return Translation(self._tokenizer.decode(target), source, target, result.attention[0], self._tokenizer)
