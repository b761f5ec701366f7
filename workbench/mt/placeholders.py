"""The parts of a text that a translation is to keep: addresses, tags, placeholders, code, numbers by value."""

from collections import Counter
from dataclasses import dataclass

import regex

from corpus.text import numbers
from workbench.mt.terminology import masks
from workbench.mt.terminology.terms import Place

_IN_ADDRESS = r"[^\s<>\"“”，。；）)]"
_LITERAL = regex.compile(
    # A sign at the end of an address is the sentence's.
    rf"(?:https?://|www\.){_IN_ADDRESS}*(?![.,;:!?]){_IN_ADDRESS}"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|</?[A-Za-z][^<>]{0,200}>|\{[^{}\s]{0,60}\}|%(?:\(\w+\))?[sd]\b|`[^`]{1,200}`"
)
# A number with a word such as “million” is written in another way in another language.
_PLAIN = regex.compile(r"[\d.,]+")
_HAN_BEFORE, _HAN_AFTER = (
    regex.compile(r"[\p{Han}，。！？；：、（）《》“”…]\s$"),
    regex.compile(r"\s[\p{Han}，。！？；：、（）《》“”…]"),
)
_DIGITS = regex.compile(r"\d(?:[\d.,'’\s]*\d)?")


@dataclass(frozen=True)
class Masked:
    """A text with masks at some of its places, and what stood there."""

    text: str
    masks: tuple[str, ...]
    originals: tuple[str, ...]
    places: tuple[Place, ...]
    spaces: tuple[tuple[str, str], ...]
    """The text before and after each mask that sets it apart from a word."""

    def undone(self, draft: str) -> str | None:
        """Returns a draft with what was masked in the place of the masks; None unless each is there just once."""
        for mask, original, (before, after) in zip(self.masks, self.originals, self.spaces, strict=True):
            place = masks.place(draft, mask)
            if place is None:
                return None
            start, end = place
            left, right = draft[:start], draft[end:]
            # A space that set the mask apart is none of a text without spaces; between Latin words it is theirs.
            if before and _HAN_BEFORE.search(left):
                left = left.removesuffix(before)
            if after and _HAN_AFTER.match(right):
                right = right.removeprefix(after)
            draft = left + original + right
        return draft

    def place(self, start: int, end: int) -> Place | None:
        """Returns the place of a part of the text now; None where something of it is masked."""
        shift = 0
        for (first, last), mask, (before, after) in zip(self.places, self.masks, self.spaces, strict=True):
            if first < end and start < last:
                return None
            if last <= start:
                shift += len(before + mask + after) - (last - first)
        return start + shift, end + shift


def mask_lost(sentence: str, draft: str) -> Masked | None:
    """Returns a sentence with masks for what its draft has lost; None where nothing is lost that can be masked."""
    if not draft:
        return None
    lost = sorted(_lost_literals(sentence, draft) + _lost_numbers(sentence, draft))
    places = [place for number, place in enumerate(lost) if not number or place[0] >= lost[number - 1][1]]
    if not places:
        return None
    signs = masks.free_masks(sentence + draft, len(places))
    originals = tuple(sentence[start:end] for start, end in places)
    spaces = tuple((_space(sentence[:start][-1:]), _space(sentence[end:][:1])) for start, end in places)
    apart = [f"{before}{sign}{after}" for sign, (before, after) in zip(signs, spaces, strict=True)]
    return Masked(masks.put(sentence, places, apart), tuple(signs), originals, tuple(places), spaces)


def _space(neighbour: str) -> str:
    return " " if neighbour.isalnum() else ""


def _lost_literals(sentence: str, draft: str) -> list[Place]:
    return [match.span() for match in _LITERAL.finditer(sentence) if match[0] not in draft]


def _lost_numbers(sentence: str, draft: str) -> list[Place]:
    literals = [match.span() for match in _LITERAL.finditer(sentence)]
    left = Counter(numbers.values(draft))
    # Other languages set decimals and thousands apart by other signs.
    digits = {_bare(match[0]) for match in _DIGITS.finditer(draft)}
    lost = []
    for number in numbers.numbers(sentence):
        left[number.value] -= 1
        there = left[number.value] >= 0 or _bare(number.text) in digits
        inside = any(start <= number.start < end for start, end in literals)
        if not there and not inside and _PLAIN.fullmatch(number.text):
            lost.append((number.start, number.end))
    return lost


def _bare(number: str) -> str:
    return "".join(sign for sign in number if sign.isdecimal())
