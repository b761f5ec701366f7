"""The input of a model for a sentence: without invisible characters, and in pieces that it can take in."""

from collections.abc import Callable, Iterable

import regex

# Control characters other than white space, lone surrogates (which no encoder takes), and code points that are none.
_UNWANTED = regex.compile(r"[[\p{Cc}\p{Cs}\uFFFE\uFFFF]--\s]", regex.V1)
_SPACE = regex.compile(r"\s+")
_VISIBLE = regex.compile(r"[\p{L}\p{M}\p{N}\p{P}\p{S}]")

_CLOSING = r"""["'”’»)\]）」』》】]*"""
# Where a text may be cut, the best first: after a sentence or clause, after a comma, at a space, between characters.
_CUTS = (
    regex.compile(rf"[.!?;:]{_CLOSING}\s+|[。！？；：…]{_CLOSING}\s*"),
    regex.compile(rf",{_CLOSING}\s+|[，、]{_CLOSING}\s*|\s[–—-]\s|—+"),
    _SPACE,
    regex.compile(r"\X"),
    regex.compile(r".", regex.DOTALL),
)


def clean(sentence: str) -> str:
    """Returns a sentence on one line, without control characters; empty where nothing in it can be seen."""
    text = _SPACE.sub(" ", _UNWANTED.sub("", sentence)).strip()
    return text if _VISIBLE.search(text) else ""


def cut(text: str, tokens: Callable[[str], list[str]], limit: int) -> list[tuple[str, list[str]]]:
    """Returns the pieces of a text, each with its tokens, at most `limit`; it is cut near the middle, where it harms
    least.

    Pieces without tokens are left out; a single character is never cut.
    """
    whole = tokens(text)
    if len(whole) <= limit or len(text) < 2:
        return [(text, whole)] if whole else []
    middle = _middle(text)
    return cut(text[:middle], tokens, limit) + cut(text[middle:], tokens, limit)


def _middle(text: str) -> int:
    """The best place to cut a text of two characters or more, in its middle half."""
    half = len(text) / 2
    for pattern in _CUTS:
        places = _between(text, (match.end() for match in pattern.finditer(text)))
        if places:
            return min(places, key=lambda place: abs(place - half))
    return len(text) // 2


def _between(text: str, places: Iterable[int]) -> list[int]:
    return [place for place in places if 0 < place < len(text) and len(text) <= 4 * place <= 3 * len(text)]
