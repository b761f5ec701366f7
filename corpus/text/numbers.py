"""Numbers in English and Chinese texts by their value, so that 2.5亿 and 250 million are the same.

Read are digits with separators (also spaces, as in 10 000), decimals and full width, English and Chinese multipliers,
English number words up to twelve, Chinese numerals, and 百分之; dates give the numbers in them, an English month its
number. A number is written again in the way another one is written.
"""

from dataclasses import dataclass
from math import prod

import regex

from corpus.text.dates import MONTHS

_ENGLISH_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}  # fmt: skip
_MULTIPLIERS = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12,
}  # fmt: skip
_DIGITS = dict(zip("〇零一二三四五六七八九两", [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2], strict=True))
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE_UNITS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

# Between groups of three digits: a comma, or a space of any kind (ISO 80000-1 wants a thin one).
_SEPARATOR = "[,， \u00a0\u2009\u202f]"
_NUMBER = regex.compile(
    rf"(?P<digits>\d{{1,3}}(?P<separator>{_SEPARATOR})\d{{3}}(?:(?P=separator)\d{{3}})*(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<ordinal>st|nd|rd|th)?"
    r"(?:[\s-]?(?P<english>thousand|million|billion|trillion)\b|(?:[多余餘几幾])?(?P<chinese>[十百千]?[万萬亿億兆]+|[十百千]))?"
    r"|百分之(?P<percent>[〇零一二三四五六七八九十百两]{1,6}(?:点[〇零一二三四五六七八九]{1,4})?)"
    r"|(?P<numeral>[〇零一二三四五六七八九十百千万萬亿億两]{1,20})"
    r"|\b(?P<word>\p{Latin}+)\b",
    regex.IGNORECASE,
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


@dataclass(frozen=True)
class Number:
    """A number that stands in a text at [start:end], as it is written there."""

    value: float
    text: str
    start: int
    end: int


_MINUS = regex.compile(r"(?:(?<![\p{Latin}\d)\]])[-−–﹣－]|零下|[负負]|\b(?:minus|negative)\s)\s*$", regex.IGNORECASE)
_BELOW_ZERO = regex.compile(r"[^.!?;,。！？；，]{0,20}\bbelow\s+(?:zero|freezing)\b", regex.IGNORECASE)


def is_negative(text: str, number: Number) -> bool:
    """Returns whether the number is below zero where it stands: −5, 零下5度, minus five, 5 degrees below zero."""
    return bool(_MINUS.search(text[: number.start]) or _BELOW_ZERO.match(text, number.end))


def values(text: str) -> list[float]:
    """Returns the values of the numbers in a text, in order."""
    return [number.value for number in numbers(text)]


def numbers(text: str) -> list[Number]:
    """Returns the numbers in a text, in order."""
    found = []
    folded = text.translate(_FULL_WIDTH)
    for match in _NUMBER.finditer(folded):
        value = _value(match, folded)
        if value is not None:
            start, end = match.span("percent") if match["percent"] else match.span()
            found.append(Number(value, text[start:end], start, end))
    return found


def _value(match: regex.Match[str], text: str) -> float | None:
    if match["digits"]:
        return _digits(match)
    if match["percent"]:
        return _percent(match["percent"])
    if match["numeral"]:
        return chinese_value(match["numeral"])
    word = match["word"].lower()
    if word in _ENGLISH_WORDS:
        return float(_ENGLISH_WORDS[word])
    # May is a month only beside a day or a year.
    if match["word"][0].isupper() and word in MONTHS and (word != "may" or _beside_digits(match, text)):
        return float(MONTHS[word])
    return None


def _beside_digits(match: regex.Match[str], text: str) -> bool:
    return text[match.end() : match.end() + 2].strip().isdigit() or text[: match.start()].rstrip()[-1:].isdigit()


def _percent(text: str) -> float:
    """Returns the number behind 百分之, where a single character is a number: 百分之三点五."""
    whole, _, decimals = text.partition("点")
    value = _numeral(whole)
    tenths = sum(float(_DIGITS[digit]) / 10.0**place for place, digit in enumerate(decimals, 1))
    return round(value + tenths, 6)


def _digits(match: regex.Match[str]) -> float:
    value = float(regex.sub(_SEPARATOR, "", match["digits"]))
    return round(value * _multiplier(match), 6)


def _multiplier(match: regex.Match[str]) -> float:
    """Returns the factor of a number's digits: one, a million, a 亿."""
    if match["english"]:
        return _MULTIPLIERS[match["english"].lower()]
    return prod(_MULTIPLIERS[unit] for unit in match["chinese"] or "")


def chinese_value(numeral: str) -> float | None:
    """Returns the value of a Chinese numeral: 三千二百 is 3200, 二〇二五 is 2025; None for one that is not written so.

    A single character is too often a part of a word (一起, 十分) to count.
    """
    if len(numeral) < 2 or (len(numeral) == 2 and all(character in _DIGITS for character in numeral)):
        return None
    return _numeral(numeral)


def _numeral(numeral: str) -> float:
    if all(character in _DIGITS for character in numeral):
        return float("".join(str(_DIGITS[character]) for character in numeral))
    total = section = digit = 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _SMALL_UNITS:
            section += (digit or 1) * _SMALL_UNITS[character]
            digit = 0
        else:
            unit, counted = _LARGE_UNITS[character], section + digit
            # 五万三千亿 is all of 五万三千 by 亿, 一亿三千万 a sum.
            total = (total + counted) * unit if total < unit else total + counted * unit
            section = digit = 0
    return float(total + section + digit)


def written_like(number: Number, pattern: Number) -> str | None:
    """Returns a number as another one is written: its numerals, separators and multiplier; None where that fails.

    3.2亿 like 250 million is 320 million, 12 like 三十 is 十二, and a month like June is a month's name. Whatever is
    returned is read as that number again.
    """
    written = _written_like(number, pattern)
    if written is None:
        return None
    # A single Chinese numeral is read beside 百分之 alone, and was found there.
    return written if [number.value] in (values(written), values(f"百分之{written}")) else None


def _written_like(number: Number, pattern: Number) -> str | None:
    value, like = number.value, pattern.text
    whole = int(value) if value == int(value) else None
    folded = like.translate(_FULL_WIDTH)
    if like.lower() in MONTHS:
        return _month(whole, like)
    if like.lower() in _ENGLISH_WORDS:
        return _word(whole, like)
    if not folded[0].isdigit():
        return None if whole is None else _chinese(whole, folded)
    match = _NUMBER.fullmatch(folded)
    if match is None or any(sign in folded for sign in "多余餘几幾"):
        return None
    unit = match["english"] or match["chinese"] or ""
    counted = value / _multiplier(match)
    # Nobody writes 0.05亿 or 50000亿: it takes another unit.
    if unit and not 1 <= counted < (1000 if match["english"] else 10_000):
        return None
    separator = match["separator"] or ("," if value >= 1e4 and not unit and "," in number.text else "")
    digits = _plain(counted, separator)
    if digits is None or (match["ordinal"] and whole is None):
        return None
    ordinal = _ordinal(whole or 0) if match["ordinal"] else ""
    return digits + ordinal + folded[match.end("ordinal" if ordinal else "digits") :]


def _ordinal(value: int) -> str:
    """Returns the ending of an English ordinal: 21st, but 11th."""
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _chinese(value: int, like: str) -> str | None:
    """A year such as 二〇二五 is written digit by digit."""
    if len(like) > 2 and all(character in _DIGITS for character in like):
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))
    return chinese_numeral(value)


def _month(value: int | None, like: str) -> str | None:
    names = [name for name, number in MONTHS.items() if number == value]
    if not names:
        return None
    return (names[0] if len(like) > 4 or like.lower() in ("june", "july") else names[-1]).capitalize()


def _word(value: int | None, like: str) -> str | None:
    name = next((word for word, number in _ENGLISH_WORDS.items() if number == value), None)
    if name is None:
        return None if value is None else str(value)
    return name.capitalize() if like[0].isupper() else name


def _plain(value: float, separator: str) -> str | None:
    """Digits with at most three decimals, thousands set apart; None for a number that needs more."""
    rounded = round(value, 3)
    if abs(rounded - value) > 1e-9 * max(abs(value), 1) or rounded == 0 != value:
        return None
    return f"{rounded:,.3f}".rstrip("0").rstrip(".").replace(",", separator)


def chinese_numeral(value: int) -> str | None:
    """Writes a whole number up to 99,999,999 in Chinese numerals, as a text does: 12 is 十二, 3200 三千二百."""
    if not 0 <= value < 10**8:
        return None
    if value >= 10**4:
        upper, lower = divmod(value, 10**4)
        rest = _below_ten_thousand(lower) if lower else ""
        return _below_ten_thousand(upper) + "万" + ("零" if 0 < lower < 1000 else "") + rest
    return _below_ten_thousand(value)


def _below_ten_thousand(value: int) -> str:
    if value == 0:
        return "零"
    text, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + unit
        gap = digit == 0
    return text.removeprefix("一") if text.startswith("一十") else text
