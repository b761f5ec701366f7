"""The rules that both languages share: the walk from mark to mark, brackets, quotations, the numbers of list items."""

from collections.abc import Callable

import regex

# How far a rule looks from a mark, so that time stays linear. The other half of a longer bracket is more likely lost.
_REACH = 300

_WORD = regex.compile(r"[\p{L}\p{N}]")
_BRACKET = regex.compile(r"[()（）\[\]【】《》〈〉]")
# Half-width and full-width brackets are mixed in many Chinese texts.
_CLOSING = {"(": ")）", "（": ")）", "[": "]", "【": "】", "《": "》", "〈": "〉"}
_QUOTES = {"”": "“", "’": "‘", "」": "「", "』": "『"}
_BEFORE_A_SENTENCE = " \t\u3000“‘「『'"
# “1. Share …”, “(b). …”, “2.1. …”: the number and its stop are not a sentence.
_ITEM = regex.compile(
    r"\s*+[“‘'(（\[]?(?:\d{1,3}(?:\.\d{1,3})*+|[A-Za-z]|[ivx]{2,5}|[IVX]{2,5}|[一二三四五六七八九十]{1,3})[)）\]]?"
)

Match = regex.Match[str]
Rule = Callable[[str, int, Match], bool]


def walk(text: str, marks: regex.Pattern[str], ends: Rule) -> list[int]:
    """Returns the ends of the sentences of `text`, except the last: after each match of `marks` that `ends` agrees to.

    A match has the groups `mark`, `close` (what closes with it) and `space` (the white space after it). `ends` is
    given the text, the start of the sentence and the match.
    """
    cuts = []
    start = 0
    for match in marks.finditer(text):
        if match.end() < len(text) and _has_word(text, start, match.start()) and ends(text, start, match):
            start = match.end()
            cuts.append(start)
    return cuts


def _has_word(text: str, start: int, end: int) -> bool:
    return _WORD.search(text, start, min(end, start + _REACH)) is not None


def is_item_number(text: str, start: int, end: int) -> bool:
    """Returns whether the sentence is nothing yet but the number of a list item."""
    return end - start < _REACH and _ITEM.fullmatch(text, start, end) is not None


def open_bracket(text: str, start: int, position: int) -> str:
    """Returns the bracket inside the sentence that holds `position`, or "".

    A bracket that is the first thing in its sentence does not count, unless it is a title's: it holds sentences.
    """
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text, max(start, position - _REACH), position):
        if bracket[0] in _CLOSING:
            opened.append(bracket.start())
        elif opened and bracket[0] in _CLOSING[text[opened[-1]]]:
            opened.pop()
    ahead = text[position : position + _REACH]
    for place in reversed(opened):
        if any(closing in ahead for closing in _CLOSING[text[place]]):
            return text[place] if text[place] in "《〈" or text[start:place].strip(_BEFORE_A_SENTENCE) else ""
    return ""


def before_quotation(text: str, end: int, closing: str) -> str:
    """Returns the character before the quotation that ends at `end`, or "" where it opens the text.

    `closing` is its closing quotation mark. White space does not count.
    """
    opened = text.rfind(_QUOTES[closing], max(0, end - _REACH), end)
    return text[max(0, opened - 20) : max(0, opened)].rstrip()[-1:]
