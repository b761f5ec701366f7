"""The metadata in the lines around an article: its byline, its date and its source.

A line is taken for such a line only where nothing else stands in it.
"""

from dataclasses import dataclass
from functools import lru_cache

import regex

from corpus.intake.lists import entries
from corpus.intake.newspaper import line_classification
from corpus.text import dates

_LONGEST = 240
_LONGEST_VALUE_WORDS = 15

_SEPARATOR = regex.compile(r"\s*[|｜丨\n\t]\s*|\s{3,}|\u3000+")
_CLOCK = regex.compile(
    r"(?<![\d:])\d{1,2}[:：]\d{2}(?::\d{2})?(?!\d)\s?(?:[ap]\.?m\.?)?\s?(?:\(?(?:GMT|UTC|BJT|CST)[+-]?\d{0,2}\)?)?"
    r"|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|星期[一二三四五六日天]|(?<!\p{Han})周[一二三四五六日])[,，]?",
    regex.IGNORECASE,
)
_STOPPED = regex.compile(r"[.!?。！？；;]$")

_PARTICLE = r"(?:de|da|dos|del|van|von|der|bin|al|el|la|le|di)"
_NAME = rf"\p{{Lu}}[\p{{L}}'’.-]*+(?:\s(?:{_PARTICLE}\s)?\p{{Lu}}[\p{{L}}'’.-]*+){{1,4}}"
_HAN_NAME = r"\p{Han}(?:[\s·]?\p{Han}){1,7}"


@dataclass(frozen=True)
class Facts:
    """The facts that a line states, empty where it does not; `date` is ISO 8601."""

    byline: str = ""
    date: str = ""
    source: str = ""

    def over(self, other: "Facts") -> "Facts":
        """These facts, completed from the other ones."""
        return Facts(self.byline or other.byline, self.date or other.date, self.source or other.source)


def facts(text: str) -> Facts | None:
    """Returns the facts that a line about an article states, or None for any other text."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if is_byline(text):
        return Facts(byline=" ".join(_bare(text).split()))
    return None if _STOPPED.search(text) else _labelled(text)


def is_byline(text: str) -> bool:
    """Returns whether the text is a byline: By LI Wei, Edited by …, 本报记者 李明."""
    bare = _bare(text)
    return len(bare) <= _LONGEST and bool(_byline().fullmatch(bare) or _chinese_byline().fullmatch(bare))


def is_date(text: str) -> bool:
    """Returns whether the text is nothing but a date, perhaps with a time."""
    found = _labelled(text.strip()) if len(text) < _LONGEST else None
    return found is not None and found.date != "" and not found.byline and not found.source


def is_signature(text: str) -> bool:
    """Returns whether the text can be the signature of an article that ends with a date."""
    return (
        line_classification.count_words(text) <= 8
        and line_classification.is_headline(text)
        and not line_classification.is_item(text)
    )


@lru_cache(maxsize=1)
def _byline() -> regex.Pattern[str]:
    openers = "|".join(sorted(map(regex.escape, entries("metadata", "byline openers")), key=len, reverse=True))
    more = rf"(?:\s?[,;&/]\s?(?:and\s)?|\s(?:and|&)\s){_NAME}"
    return regex.compile(
        rf"[—–-]?\s?(?i:{openers})(?::\s?|\s){_NAME}(?:{more})*+(?:\s?[,|]?\s(?:in|from)\s\p{{Lu}}\p{{L}}+)?"
    )


@lru_cache(maxsize=1)
def _chinese_byline() -> regex.Pattern[str]:
    openers = entries("metadata", "chinese byline openers")
    any_opener = "|".join(sorted(map(regex.escape, openers), key=len, reverse=True))
    # 记者手记 is a column, 记者 李明 a byline, and so is 新华社记者李明.
    safe = "|".join(regex.escape(opener) for opener in openers if len(opener) > 3 or opener.endswith("/"))
    more = rf"(?:[\s,，、]+(?:(?:{any_opener})[\s：:]*)?{_HAN_NAME})*"
    return regex.compile(
        rf"(?:[□■◎●○◆]\s*|(?:{any_opener})[\s：:]+|(?:{safe}))(?:(?:{any_opener})\s*)?{_HAN_NAME}{more}"
    )


def _bare(text: str) -> str:
    """The text without the brackets around it."""
    text = text.strip()
    return text[1:-1].strip() if text[:1] in "(（[【" and text[-1:] in ")）]】" else text


def _labelled(text: str) -> Facts | None:
    text = _bare(text)
    found = dates.find(text)
    rest = text
    for each in reversed(found):
        rest = f"{rest[: each.start]}|{rest[each.end :]}"
    rest = _labels().sub(r"|\g<0>", _CLOCK.sub("|", rest))
    facts, labelled = _collect([part for part in _SEPARATOR.split(rest) if part.strip(" ,，·•-—()（）[]")], text)
    if facts is None or not (found or labelled):
        return None
    return facts.over(Facts(date=found[0].iso if found else ""))


def _collect(parts: list[str], text: str) -> tuple[Facts | None, bool]:
    """Returns the facts in a line's parts, None where one of them says something else; and whether one has a label."""
    facts, labelled = Facts(), False
    for part in parts:
        label = _labels().match(part)
        value = part[label.end() if label else 0 :].strip(" ,，·•-—()（）[]")
        if line_classification.count_words(value) > _LONGEST_VALUE_WORDS:
            return None, False
        new = _by_label(label.lastgroup or "", value) if label else _unlabelled(value, text)
        if new is None:
            return None, False
        facts, labelled = facts.over(new), labelled or label is not None
    if facts.byline and not facts.source and line_classification.is_outlet(facts.byline):
        facts = facts.over(Facts(source=facts.byline))
    return facts, labelled


def _by_label(kind: str, value: str) -> Facts | None:
    match kind:
        case "author" | "editor":
            return Facts(byline=value)
        case "source":
            return Facts(source=value)
        case _:
            return Facts() if not value else None


def _unlabelled(value: str, text: str) -> Facts | None:
    """A part without a label is a source where a bar sets it apart or it is the name of a newspaper."""
    if is_byline(value):
        return Facts(byline=value)
    barred = regex.search(r"[|｜丨]", text) is not None and line_classification.count_words(value) <= 6
    agency = value.casefold() in entries("captions", "agencies")
    return Facts(source=value) if barred or agency or line_classification.is_outlet(value) else None


@lru_cache(maxsize=1)
def _labels() -> regex.Pattern[str]:
    groups = []
    for kind in ("author", "editor", "source", "date"):
        names = sorted(map(regex.escape, entries("metadata", f"{kind} labels")), key=len, reverse=True)
        groups.append(f"(?P<{kind}>{'|'.join(names)})")
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{'|'.join(groups)})\s?[:：]\s*", regex.IGNORECASE)
