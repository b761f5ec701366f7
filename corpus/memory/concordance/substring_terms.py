"""The terms of a text in the concordance's index: its words, and its pairs of neighbours.

A text is a row of parts: words, and single characters where a script has no spaces or where there is a mark. Each part
and its neighbour make a pair, in which a word stands with its first three letters: enough to tell the short words that
are everywhere, and little enough to keep the index small.

A single character is what some pairs begin with. To ask for these is slow only if they are many, and then short texts,
which come first, have more than enough of them: there single characters stand in the index themselves.
"""

from operator import add, itemgetter

import regex

from corpus.text.folding import Folding, fold_for_search

# Scripts that put no spaces between words.
_DENSE = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = regex.compile(rf"[\w--[_{_DENSE}]]", regex.V1)
# The index takes marks of ASCII for spaces: there they stand in the private use area.
_MARKS = 0xE000
HEAD = 3  # letters of a word in a pair
# Characters of a text in which single ones are indexed: the shorter classes of `corpus.memory.concordance.row_id`.
SHORT = 22
_head = itemgetter(slice(HEAD))


class _Splitting(Folding):
    """Letters of words as they are folded, any other character set apart by spaces."""

    def __init__(self) -> None:
        super().__init__()
        self.single: set[str] = set()

    def _fold(self, character: str) -> str:
        return "".join(map(self._piece, fold_for_search(character)))

    def _piece(self, character: str) -> str:
        if is_letter(character) or character.isspace():
            return character
        mark = chr(_MARKS + ord(character)) if character.isascii() else character
        self.single.add(mark)
        return f" {mark} "


def is_letter(character: str) -> bool:
    """Returns whether a folded character belongs to a word that spaces set apart from others."""
    return bool(_LETTER.match(character))


_SPLITTING = _Splitting()


def parts(text: str) -> list[str]:
    """Returns the parts of a text in their order, folded."""
    return text.translate(_SPLITTING).split()


def is_word(part: str) -> bool:
    """Returns whether a part is a word."""
    return part not in _SPLITTING.single


def words(parts: list[str]) -> list[str]:
    """Returns those parts that are words."""
    single = _SPLITTING.single
    return [part for part in parts if part not in single]


def pairs(parts: list[str]) -> list[str]:
    """Returns the pairs of neighbours, and the last part, so that each part begins one of them."""
    heads = list(map(_head, parts))
    return [*map(add, heads, heads[1:]), *heads[-1:]]


def terms(text: str, found: set[str]) -> str:
    """Returns the terms of a text in the index, with spaces between; puts its words into `found`."""
    all_parts = parts(text)
    own = words(all_parts)
    found.update(own)
    return " ".join((all_parts if len(text) <= SHORT else own) + pairs(all_parts))
