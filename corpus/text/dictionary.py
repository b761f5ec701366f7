"""CC-CEDICT, which the package lindera brings: the words of Chinese texts, with their pinyin and English glosses."""

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def tokenizer() -> Any:
    """Returns the tokenizer of Chinese; `token.details` has the reading at 4, and from 7 on the glosses."""
    # Imported here: the dictionary takes 0.2 s to load, and a term base without Chinese does without it.
    import lindera

    builder = lindera.TokenizerBuilder()
    builder.set_dictionary("embedded://cc-cedict")
    return builder.build()
