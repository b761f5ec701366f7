"""The acceptance of a machine's draft, and those of its numbers that are not the sentence's.

A draft that repeats itself, that leaves the sentence untranslated, or that is not in the script of its language is no
draft. A number of which the magnitude changed may be a slip of the machine, and is for a person to look at.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import log10

import regex

from corpus.text import languages
from corpus.text.messages import sentence
from corpus.text.numbers import Number, numbers
from corpus.text.scripts import HAN

REPEATS = sentence("The machine's draft repeats itself, so it is not offered.")
UNTRANSLATED = sentence("The machine did not translate this, so there is no draft.")

_TOKEN = regex.compile(r"\p{Han}|[\p{L}\p{M}\p{N}]+")
_LETTER = regex.compile(r"\p{L}")
# So often a stretch of so many tokens follows itself in a loop; longer ones need the last of these.
_LOOPS = {True: (4, 3), False: (6, 4, 3)}
_LONGEST_LOOP = 30

_LATIN = regex.compile(r"\p{Latin}")
# Words of running text; a name, a code or an address has none, and may stay as it is.
_RUNNING = regex.compile(r"(?<![\p{L}\d@/.-])\p{Ll}{2,}(?![\p{L}\d@/-])")
_FEWEST_WORDS = 3
_FEWEST_HAN = 2

# The languages whose ways of writing magnitudes `corpus.text.numbers` reads.
_READ = ("en", "zh")
# 5成 is half.
_TENTHS = regex.compile(r"\s*[成折]")


def problem(text: str, draft: str, source_language: str, target_language: str) -> str | None:
    """Returns the reason why a draft of a text is none, as a sentence for the user; None where it can be offered."""
    if not draft.strip():
        return None
    if repeats(draft, target_language) and not repeats(text, source_language):
        return REPEATS
    if _is_untranslated(text, draft, source_language, target_language):
        return UNTRANSLATED
    return None


def repeats(text: str, language: str) -> bool:
    """Returns whether a stretch of words, or of characters where there are no spaces, follows itself repeatedly."""
    tokens = _TOKEN.findall(text.casefold())
    times = _LOOPS[languages.is_spaced(language)]
    return any(
        _run(tokens, length) >= length * (times[min(length, len(times)) - 1] - 1)
        for length in range(1, min(_LONGEST_LOOP, len(tokens) // 2) + 1)
    )


def _run(tokens: Sequence[str], length: int) -> int:
    """Returns the longest run of tokens, each the same as that `length` before it; digits alone do not count."""
    longest = run = 0
    for place in range(length, len(tokens)):
        run = run + 1 if tokens[place] == tokens[place - length] else 0
        if run > longest and _LETTER.search("".join(tokens[place - length : place])):
            longest = run
    return longest


def _is_untranslated(text: str, draft: str, source_language: str, target_language: str) -> bool:
    """Returns whether a text to be translated came back, or came out in another script than its language has."""
    wanted = HAN if languages.is_chinese(target_language) else _LATIN
    if not _is_to_be_translated(text, source_language):
        return False
    if languages.primary(target_language) in ("zh", "en") and not wanted.search(draft):
        return True
    return text.casefold().split() == draft.casefold().split()


def _is_to_be_translated(text: str, language: str) -> bool:
    if languages.is_chinese(language):
        return len(HAN.findall(text)) >= _FEWEST_HAN
    return len(_RUNNING.findall(text)) >= _FEWEST_WORDS


def changed_magnitudes(
    text: str, draft: str, source_language: str, target_language: str
) -> tuple[tuple[str, str], ...]:
    """Returns the numbers of a text that a draft has with another magnitude, each with that of the draft.

    2.2万 is 22 thousand and not 2.2 million. Numbers that are the same on both sides, by value, are no candidates, nor
    are numbers in words.
    """
    if not {languages.primary(source_language), languages.primary(target_language)} <= set(_READ):
        return ()
    ours, theirs = _in_digits(text), _in_digits(draft)
    same = Counter(_value(number) for number in ours) & Counter(_value(number) for number in numbers(draft))
    left = _without(ours, same)
    others = _without(theirs, same)
    found = []
    for number in left:
        other = next((other for other in others if _same_digits(number, other)), None)
        if other is not None:
            others.remove(other)
            found.append((number.text, other.text))
    return tuple(found)


def _in_digits(text: str) -> list[Number]:
    return [
        number
        for number in numbers(text)
        if number.value and any(sign.isdecimal() for sign in number.text) and not _TENTHS.match(text, number.end)
    ]


def _without(found: Sequence[Number], same: Counter[Fraction]) -> list[Number]:
    left, rest = Counter(same), []
    for number in found:
        if left[_value(number)] > 0:
            left[_value(number)] -= 1
        else:
            rest.append(number)
    return rest


def _value(number: Number) -> Fraction:
    return Fraction(number.value).limit_denominator(10**6)


def _same_digits(number: Number, other: Number) -> bool:
    """Returns whether two numbers differ by a power of ten."""
    power = log10(other.value / number.value)
    return abs(power - round(power)) < 1e-9 and round(power) != 0
