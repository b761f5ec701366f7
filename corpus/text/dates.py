"""Dates as newspapers write them in English and Chinese, read as ISO 8601."""

from dataclasses import dataclass
from datetime import date

import regex

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
# An issue of several days: June 14-15, May 30-June 1.
_TO = r"(?:\s?[-–—~]\s?(?:[a-z]+\.?\s)?\d{1,2})?"
_HAN_DIGITS = {character: str(number) for number, character in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
_PATTERNS = tuple(
    regex.compile(pattern, regex.IGNORECASE)
    for pattern in (
        rf"\b{_MONTH}\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_TO},?\s(?P<year>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_TO}\s(?:of\s)?{_MONTH},?\s(?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?(?:[-–—~至]\s?\d{1,2}\s?)?[日号]",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>[一二][〇○零一二三四五六七八九]{3})年(?P<month>十?[一二三四五六七八九]?|十)月"
        r"(?P<day>[二三]?十?[一二三四五六七八九]?)日",
    )
)


@dataclass(frozen=True)
class FoundDate:
    """A date and where in the text it stands; `iso` is the first day where it names several."""

    start: int
    end: int
    iso: str


def find(text: str) -> list[FoundDate]:
    """Returns the dates of a text that name a day, month and year, in reading order."""
    found = [
        FoundDate(match.start(), match.end(), iso)
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
        if (iso := _iso(match))
    ]
    return sorted(found, key=lambda each: each.start)


def _iso(match: regex.Match[str]) -> str:
    try:
        return date(_number(match["year"]), _number(match["month"]), _number(match["day"])).isoformat()
    except ValueError:
        return ""


def _number(text: str) -> int:
    """Reads 2025, June, 二〇二五 or 二十一; raises ValueError for anything else."""
    name = text.casefold().rstrip(".")
    if name in MONTHS:
        return MONTHS[name]
    if "十" in text:
        tens, units = text.split("十")
        return int(_HAN_DIGITS.get(tens, "1")) * 10 + int(_HAN_DIGITS.get(units, "0"))
    return int("".join(_HAN_DIGITS.get(character, character) for character in text))
