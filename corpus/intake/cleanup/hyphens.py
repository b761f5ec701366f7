"""Hyphens before a space or a line break: `sci- tech` is sci-tech, `techno-` `logical` is technological.

Whether the hyphen belongs to the word is judged by the same word elsewhere in the pages given together, then by
`lists/hyphens.txt`, and only then by where it stands: a hyphen in the middle of a line was typed, one at the end of a
line or column was most likely put there to break the word.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from corpus.intake.cleanup import texts
from corpus.intake.cleanup.texts import Match
from corpus.intake.decisions import Ledger
from corpus.intake.lists import words
from corpus.intake.pages import Page
from corpus.text.messages import sentence

_KEPT = sentence("Closed up a hyphen: {before} → {after}")
_DROPPED = sentence("Took out a hyphen that broke a word: {before} → {after}")
_RESTORED = sentence("Put back a hyphen that was lost: {before} → {after}")

# The second half is only looked at, so that people- to- people is two hyphens.
_BROKEN = regex.compile(
    r"(?P<first>(?<![\p{L}\p{N}])[\p{Latin}\p{N}]{1,40})(?P<hyphen>[-‐\u00ad])(?P<gap>\s+)"
    r"(?=(?P<second>[\p{Latin}\p{N}]{1,40})(?P<after>-?))"
)
_SOFT = regex.compile(r"\p{L}++(?:\u00ad\p{L}++)+")
_WORD = regex.compile(r"[\p{Latin}\p{N}]+(?:[-‐][\p{Latin}\p{N}]+){0,8}+")
_LONG_WORD = regex.compile(r"(?<![\p{L}\p{N}-])\p{Latin}{6,30}(?![\p{L}\p{N}-])")
# A joined form counts as damaged where the hyphenated one is this many times as frequent.
_OFTEN = 5


@dataclass(frozen=True)
class Evidence:
    """The counts of words and hyphenated pairs in the pages, in lower case."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    joined: dict[str, tuple[str, str]]


def mend(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages with hyphens closed up, taken out or put back."""
    evidence = _evidence(pages)

    def one(text: str, file: str, place: str) -> str:
        if "-" in text or "‐" in text or "\u00ad" in text:
            take = texts.taker(ledger, "hyphens", _DROPPED, file, place)
            text = texts.substitute(text, _SOFT, lambda match: match[0].replace("\u00ad", ""), take)
            text = _BROKEN.sub(lambda match: _closed(match, evidence, ledger, file, place), text)
        if evidence.joined:
            take = texts.taker(ledger, "hyphens", _RESTORED, file, place)
            text = texts.substitute(text, _LONG_WORD, lambda match: _restored(match[0], evidence), take)
        return text

    return texts.each_text(pages, one)


def _evidence(pages: Sequence[Page]) -> Evidence:
    counts: Counter[str] = Counter()
    for _, block in texts.walk(pages):
        counts.update(_WORD.findall(block.text.casefold()))
    pairs: Counter[tuple[str, str]] = Counter()
    for word, count in counts.items():
        parts = regex.split("[-‐]", word)
        for pair in pairwise(parts):
            pairs[pair] += count
    damaged = {
        "".join(pair): pair
        for pair, count in pairs.items()
        if count >= _OFTEN * counts["".join(pair)] > 0 and count >= 3 and not _is_known("".join(pair))
    }
    return Evidence(counts, pairs, damaged)


def _is_known(word: str) -> bool:
    return word in words("hyphens", "words")


def _closed(match: Match, evidence: Evidence, ledger: Ledger, file: str, place: str) -> str:
    first, second = match["first"], match["second"]
    at_line_end = "\n" in match["gap"]
    if not match["after"] and _stands_apart(first, second, at_line_end, evidence):
        return match[0]
    keeps = keeps_hyphen(first, second, at_line_end, evidence)
    before = f"{first}{match['hyphen']}{match['gap']}{second}"
    after = f"{first}-" if keeps else first
    taken = ledger.take("hyphens", _KEPT if keeps else _DROPPED, file, place, before, after + second)
    return after if taken else match[0]


def _stands_apart(first: str, second: str, at_line_end: bool, evidence: Evidence) -> bool:
    """Returns whether the hyphen is for a word left out (short- and long-term), or a dash (labs- these …)."""
    left, right = first.casefold(), second.casefold()
    if right in words("hyphens", "suspended"):
        return True
    seen = evidence.pairs[(left, right)] or evidence.words[left + right] or _is_known(left + right)
    return right in words("line_classification", "function words") and not at_line_end and not seen


def keeps_hyphen(first: str, second: str, at_line_end: bool, evidence: Evidence) -> bool:
    """Returns whether the hyphen between two halves belongs to the word."""
    left, right = first.casefold(), second.casefold()
    hyphenated, joined = evidence.pairs[(left, right)], evidence.words[left + right]
    if hyphenated != joined:
        return hyphenated > joined
    if second[0].isupper() and not first.isupper():
        return True
    if first[-1].isdigit() or second[0].isdigit():
        return True
    return _by_lists(left, right, not at_line_end, evidence)


def _by_lists(left: str, right: str, otherwise: bool, evidence: Evidence) -> bool:
    if _is_known(left + right):
        return False
    if left in words("hyphens", "first parts"):
        return True
    if right in words("hyphens", "suffixes") or left in words("hyphens", "joining prefixes"):
        return False
    if right in words("hyphens", "second parts"):
        return True
    both_stand_alone = evidence.words[left] > 0 and evidence.words[right] > 0 and min(len(left), len(right)) > 2
    return both_stand_alone or otherwise


def _restored(word: str, evidence: Evidence) -> str:
    pair = evidence.joined.get(word.casefold())
    return f"{word[: len(pair[0])]}-{word[len(pair[0]) :]}" if pair else word
