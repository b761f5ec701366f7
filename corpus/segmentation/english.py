"""The ends of English sentences: . ! ? and … before white space and what can start a sentence.

The stop of an abbreviation is the hard case: it ends the sentence where a word follows that starts sentences and not
names (in the U.S. The …, but U.S. Navy).
"""

import re
from pathlib import Path

import regex

from corpus.segmentation import marks
from corpus.segmentation.marks import Match


def _lists(text: str) -> dict[str, frozenset[str]]:
    """The lists of words by their names."""
    data = re.sub(r"^#.*\n?", "", text, flags=re.MULTILINE)
    _, *parts = re.split(r"^\[(.+)\]$", data, flags=re.MULTILINE)
    return {name: frozenset(words.split()) for name, words in zip(parts[::2], parts[1::2], strict=True)}


_LISTS = _lists(Path(__file__).with_name("english.txt").read_text(encoding="utf-8"))

_NEVER_LAST = _LISTS["never last"]
_NUMBERED = _LISTS["numbered"]
_ANYWHERE = _LISTS["anywhere"]
_LABELLED = _LISTS["labelled"]
_NAMES_WITH_MARK = _LISTS["names with a mark"]
_STARTERS = _LISTS["starters"]
_SURNAMES = _LISTS["surnames"]


# Dots with spaces between them are one ellipsis; a note number closes with the mark (. . . [3], .³).
_PATTERN = (
    r"(?P<mark>[.!?…]++(?:[ \u00a0]\.(?!\w))*+[.!?…]*+|[。！？]++%s)"
    r"(?P<close>(?:\s?+”|['’)\]»]|\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}+(?!\p{Latin}))*+)"
    r"(?P<space>\s*+)"
)
_MARKS = regex.compile(_PATTERN % "")
_MARKS_AND_SEMICOLONS = regex.compile(_PATTERN % "|[;；]")

# A straight quotation mark that does not open closes, one with white space on both sides too.
_OPENING_QUOTE = regex.compile(r'(?<![^\s(\[{:—–-])"(?=\S)')

_START = regex.compile(r"[“‘'«(\[¿¡*•#@]*+(?:\p{Lu}|\p{Lt}|\p{Lo}|\p{N}|\p{Sc}|\p{Ll}\p{Lu})")
_NUMBER = regex.compile(r"[(\[]?(?:\p{N}|[IVXLC]{2,}\b)")
_PLAIN_WORD = regex.compile(r"\p{L}{3,}")
_LONG_CAPITALISED_WORD = regex.compile(r"\p{Lu}\p{Ll}{3,}+[ ,]")
_NEXT_WORD = regex.compile(r"[“‘'«(\[]*+(\p{L}++)(?!\.)")
# The word before a stop and the one before that. Han is no part of them, for the sake of Latin words in Chinese.
_LAST_WORDS = regex.compile(
    r"(?:(?P<before>\b[[\p{L}\p{N}'’-]--\p{Han}]++)[\s(]++)?"
    r"(?P<word>(?<![[\p{L}\p{N}.]--\p{Han}])[[\p{L}\p{N}]--\p{Han}][[\p{L}\p{N}.&'’-]--\p{Han}]*+)$",
    regex.V1,
)
_LONGEST_WORDS = 40
_ACRONYM = regex.compile(r"(?:\p{L}{1,3}\.)+\p{L}{1,3}")
# The number of a caption or heading, as in “Figure 1.1. Radar bands”, is no sentence.
_CAPTION = regex.compile(
    r"\s*+(?:figure|fig\.?|table|box|chart|map|photo|chapter|section|part|step|appendix|article)\s"
    r"(?:\d{1,3}|[ivx]{1,5}|[a-z])(?:\.\d{1,3})*+",
    regex.IGNORECASE,
)
# “Why me?” Li Wei asked.
_SPEAKER = regex.compile(
    r"(?P<first>\p{Lu}[\p{L}.'’-]*+)\s(?:(?:\p{Lu}[\p{L}.'’-]*+|of|de|van|von|the)\s){0,4}"
    r"(?:says|said|asks|asked|adds|added|replies|replied|answers|answered|shouts|shouted|exclaims|exclaimed|jokes|joked|"
    r"recalls|recalled|wonders|wondered|writes|wrote|cries|cried)\b"
)


def cuts(text: str, semicolons: bool = False) -> list[int]:
    """Returns the ends of the sentences of an English paragraph, except the last."""
    return marks.walk(_uniform(text), _MARKS_AND_SEMICOLONS if semicolons else _MARKS, ends)


def _uniform(text: str) -> str:
    """The text, as long as before, with quotation marks that show whether they open or close."""
    return _OPENING_QUOTE.sub("“", text).replace('"', "”")


def ends(text: str, start: int, match: Match) -> bool:
    """Returns whether the mark of `match` ends the sentence that begins at `start`, as `marks.walk` asks."""
    mark = match["mark"]
    if mark[0] in "。！？；":
        return True
    if not match["close"] + match["space"] and not _lacks_space(text, match):
        return False
    if mark != ";" and not _START.match(text, match.end()):
        return False
    return not _in_bracket(text, start, match) and _mark_ends(text, start, match)


def _lacks_space(text: str, match: Match) -> bool:
    """Returns whether two sentences are stuck together (It rained.The river rose), not parts of a name (Amazon.Com)."""
    words = _last_words(text, 0, match.start())
    if words is None or not _PLAIN_WORD.fullmatch(words["word"]):
        return False
    if words["word"].islower() and _LONG_CAPITALISED_WORD.match(text, match.end()):
        return True
    return _starter_follows(text, match.end())


def _in_bracket(text: str, start: int, match: Match) -> bool:
    """Returns whether the mark belongs to a bracket inside the sentence.

    A stop right before the closing one may end both.
    """
    if match["mark"] == "." and regex.search(r"[)\]]", match["close"]):
        return False
    return marks.open_bracket(text, start, match.start()) != ""


def _mark_ends(text: str, start: int, match: Match) -> bool:
    mark = match["mark"]
    if mark == ".":
        return _stop_ends(text, start, match)
    if "!" in mark or "?" in mark:
        return not is_name(text, match) and not _speaker_follows(text, match)
    return mark == ";" or _ellipsis_ends(text, match)


def _ellipsis_ends(text: str, match: Match) -> bool:
    """Three dots after a space leave something out of a sentence; otherwise they end it, as four dots do."""
    if match["mark"].count(".") != 3 or not text[match.start() - 1].isspace():
        return True
    return " " not in match["mark"] and _starter_follows(text, match.end())


def is_name(text: str, match: Match) -> bool:
    """Returns whether the mark belongs to a name such as Yahoo!"""
    words = _last_words(text, 0, match.start())
    return match["mark"] == "!" and words is not None and words["word"] in _NAMES_WITH_MARK


def _speaker_follows(text: str, match: Match) -> bool:
    speaker = _SPEAKER.match(text, match.end()) if "”" in match["close"] else None
    if speaker is None or speaker["first"] in _STARTERS:
        return False
    # He asked, “Why me?” Li Wei said nothing: who asked has been said.
    return marks.before_quotation(text, match.start(), "”") not in (",", ":")


def _stop_ends(text: str, start: int, match: Match) -> bool:
    stop, after = match.start(), match.end()
    if marks.is_item_number(text, start, stop) or _CAPTION.fullmatch(text, start, min(stop, start + _LONGEST_WORDS)):
        return False
    words = _last_words(text, start, stop)
    if words is None or words["word"] in _NUMBERED:
        return words is None or not _NUMBER.match(text, after)
    word = words["word"]
    if len(word) == 1 and word.isupper():
        return _letter_ends(text, words["before"] or "", after)
    if word in _ANYWHERE or (_ACRONYM.fullmatch(word) and word not in _NEVER_LAST):
        return _starter_follows(text, after)
    return word not in _NEVER_LAST


def _last_words(text: str, start: int, end: int) -> Match | None:
    return _LAST_WORDS.search(text, max(start, end - _LONGEST_WORDS), end)


def _letter_ends(text: str, before: str, after: int) -> bool:
    """Returns whether a single capital letter is the last word (vitamin C. The …) and no initial (J. K. Rowling)."""
    if before.lower() in _LABELLED:
        return True
    following = _NEXT_WORD.match(text, after)
    in_name = before in ("", "and", "by", "of", "with") or before[0].isupper()
    if following and following[1] in _SURNAMES and in_name:
        return False
    return _starter_follows(text, after)


def _starter_follows(text: str, position: int) -> bool:
    word = _NEXT_WORD.match(text, position)
    return word is not None and word[1] in _STARTERS
