"""Numbers in English and Chinese texts by their value, so that 2.5亿 and 250 million are the same.

Read are digits with separators, decimals and full width, English and Chinese multipliers, English number words up to
twelve, Chinese numerals, and 百分之; dates give the numbers in them, an English month its number.
"""

from collections.abc import Iterator

import regex

_ENGLISH_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}  # fmt: skip
_MONTHS = {
    month: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct"
        "|november nov|december dec".split("|"),
        1,
    )
    for month in names.split()
}
_MULTIPLIERS = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12,
}  # fmt: skip
_DIGITS = dict(zip("〇零一二三四五六七八九两", [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2], strict=True))
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE_UNITS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

_NUMBER = regex.compile(
    r"(?P<digits>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:st|nd|rd|th)?"
    r"(?:[\s-]?(?P<english>thousand|million|billion|trillion)\b|(?:[多余餘几幾])?(?P<chinese>[十百千]?[万萬亿億兆]+|[十百千]))?"
    r"|(?P<numeral>[〇零一二三四五六七八九十百千万萬亿億两]{1,20})"
    r"|\b(?P<word>\p{Latin}+)\b",
    regex.IGNORECASE,
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def values(text: str) -> list[float]:
    """Returns the values of the numbers in a text, in order."""
    return list(_values(text.translate(_FULL_WIDTH)))


def _values(text: str) -> Iterator[float]:
    for match in _NUMBER.finditer(text):
        if match["digits"]:
            yield _digits(match)
        elif match["numeral"]:
            value = chinese_value(match["numeral"])
            if value is not None:
                yield value
        elif match["word"].lower() in _ENGLISH_WORDS:
            yield float(_ENGLISH_WORDS[match["word"].lower()])
        elif match["word"][0].isupper() and match["word"].lower() in _MONTHS and match["word"] != "May":
            yield float(_MONTHS[match["word"].lower()])


def _digits(match: regex.Match[str]) -> float:
    value = float(regex.sub("[,，]", "", match["digits"]))
    if match["english"]:
        value *= _MULTIPLIERS[match["english"].lower()]
    for unit in match["chinese"] or "":
        value *= _MULTIPLIERS[unit]
    return round(value, 6)


def chinese_value(numeral: str) -> float | None:
    """Returns the value of a Chinese numeral: 三千二百 is 3200, 二〇二五 is 2025; None for one that is not written so.

    A single character is too often a part of a word (一起, 十分) to count.
    """
    if len(numeral) < 2:
        return None
    if all(character in _DIGITS for character in numeral):
        return float("".join(str(_DIGITS[character]) for character in numeral)) if len(numeral) > 2 else None
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
