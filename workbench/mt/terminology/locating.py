"""The place in a draft of a source term's rendering, when it was not rendered by a term that is wanted."""

import numpy as np

from workbench.mt.models.argos_model import Output

# A token of a draft belongs to a term if so much of its attention goes there, of what the most attentive token's does.
_SHARE = 0.7
_FILLERS = ("▁", "@@", "</w>")

Span = tuple[int, int]
"""Numbers of tokens: the first, and the one after the last."""


def by_attention(output: Output, source: list[str], text: str, start: int, end: int) -> Span | None:
    """Returns the tokens of an output that attended to `text[start:end]`, where `source` has the tokens of the text."""
    columns = [number for number, place in enumerate(places(source, text)) if place[0] < end and start < place[1]]
    if not columns or not output.attention.size:
        return None
    shares = output.attention[:, columns].sum(axis=1)
    peak = int(shares.argmax())
    inside = shares >= _SHARE * shares[peak]
    first, last = peak, peak
    while first > 0 and inside[first - 1]:
        first -= 1
    while last + 1 < len(inside) and inside[last + 1]:
        last += 1
    return first, last + 1


def by_text(output: Output, rendering: str) -> Span | None:
    """Returns the tokens of an output that hold a rendering which the model is known to give to the term."""
    wanted = "".join(rendering.split()).casefold()
    if not wanted:
        return None
    lengths = np.cumsum([0, *(len(_bare(token)) for token in output.tokens)])
    whole = "".join(map(_bare, output.tokens)).casefold()
    if len(whole) != lengths[-1]:
        return None
    at = whole.find(wanted)
    if at < 0:
        return None
    first = int(np.searchsorted(lengths, at, side="right")) - 1
    last = int(np.searchsorted(lengths, at + len(wanted), side="left"))
    return first, last


def whole_words(tokens: tuple[str, ...], span: Span) -> Span:
    """Returns a span of tokens that cuts no word, in a language that has spaces between its words."""
    first, last = span
    while first > 0 and not _begins(tokens, first):
        first -= 1
    while last < len(tokens) and not _begins(tokens, last):
        last += 1
    return first, last


def _begins(tokens: tuple[str, ...], number: int) -> bool:
    """Returns whether a word begins with a token: SentencePiece marks it, and subword-nmt that a word goes on."""
    if tokens[0].startswith("▁"):
        return tokens[number].startswith("▁")
    return not tokens[number - 1].endswith("@@")


def places(tokens: list[str], text: str) -> list[tuple[int, int]]:
    """Returns the place of each token in its text, by its characters; a near one where the tokenizer changed them."""
    found, at = [], 0
    for token in tokens:
        bare = _bare(token)
        while at < len(text) and text[at].isspace():
            at += 1
        ahead = text.find(bare, at, at + len(bare) + 4) if bare else at
        start = ahead if ahead >= 0 else at
        at = min(len(text), start + len(bare))
        found.append((start, at))
    return found


def _bare(token: str) -> str:
    for filler in _FILLERS:
        token = token.replace(filler, "")
    return token
