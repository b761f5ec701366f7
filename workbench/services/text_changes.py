"""The changes from one text to another, by word, or by character where a language has no spaces."""

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from corpus.memory.matching.tokens import tokens
from workbench.services.suggestions import Pieces

# Longer texts are not compared: the time grows with the product of their lengths.
_LONGEST = 5000


def text_changes(old: str, new: str, language: str) -> Pieces:
    """Returns both texts as one, in pieces of the old and the new text, which are equal where nothing changed."""
    if old == new:
        return ((old, new),)
    before, after = _pieces(old, language), _pieces(new, language)
    if max(len(before), len(after)) > _LONGEST:
        return ((old, new),)
    changes: list[tuple[str, str]] = []
    for step in Indel.opcodes(before, after):
        pair = "".join(before[step.src_start : step.src_end]), "".join(after[step.dest_start : step.dest_end])
        changed = pair[0] != pair[1]
        if changes and changed and changes[-1][0] != changes[-1][1]:
            changes[-1] = changes[-1][0] + pair[0], changes[-1][1] + pair[1]
        else:
            changes.append(pair)
    return tuple(changes)


def _pieces(text: str, language: str) -> Sequence[str]:
    """The words or characters of a text as they are written, and what stands between them."""
    pieces, end = [], 0
    for token in tokens(text, language):
        pieces += [text[end : token.start], text[token.start : token.end]]
        end = token.end
    return [piece for piece in [*pieces, text[end:]] if piece]
