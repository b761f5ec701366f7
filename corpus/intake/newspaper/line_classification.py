"""The classification of blocks by their looks, whatever they say: finished or broken off, headlines, list items."""

import regex

from corpus.intake.lists import words
from corpus.text.scripts import HAN

# A headline at the top of a page may be longer than a heading between paragraphs.
HEADLINE_WORDS = 25
HEADLINE_CHARACTERS = 60
_HEADLINE_COLUMNS = 300
_HEADING_WORDS = 12
_HEADING_CHARACTERS = 30

_LATIN_WORD = regex.compile(r"\p{Latin}[\p{Latin}'’&.-]*+")
_ENDED = regex.compile(r"[.!?…。！？｡：:；;][”’\"'」』）)\]】*_\s]*+$")
_STOPPED = regex.compile(r"[.!…。！｡；：;:,，、—-][”’\"'」』*_]*+$")
_ASKS = regex.compile(r"[?？][”’\"'」』*_]*+$")
_NUMBERED = regex.compile(
    r"(?:[IVX]{1,5}[.．、]\s?|第[一二三四五六七八九十百\d]{1,4}[章节条篇部分]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．]\s?(?=[\p{Lu}\p{Han}]))"
)
_ITEM = regex.compile(r"(?:[•●▪■◆·‣○*–-]\s|\(?\d{1,2}[.)]\s|[（(]\d{1,2}[)）]|[①-⑳])")


def is_chinese(text: str) -> bool:
    """Returns whether Han characters make up most of the text."""
    return len(HAN.findall(text[:400])) * 2 > len(_LATIN_WORD.findall(text[:400]))


def is_ended(text: str) -> bool:
    """Returns whether the text ends as a sentence or an announcement does."""
    return _ENDED.search(text, max(0, len(text) - 20)) is not None


def is_item(text: str) -> bool:
    """Returns whether the text is an item of a list."""
    return _ITEM.match(text) is not None


def is_numbered(text: str) -> bool:
    """Returns whether the text begins with the number of a chapter or section."""
    return _NUMBERED.match(text) is not None


def count_words(text: str) -> int:
    """The number of words; two Chinese characters count as one."""
    return len(_LATIN_WORD.findall(text)) + (len(HAN.findall(text)) + 1) // 2


def is_title_case(text: str) -> bool:
    """Returns whether most words that can are written with a capital letter."""
    long = [
        word for word in _LATIN_WORD.findall(text) if word.casefold() not in words("line_classification", "small words")
    ]
    return len(long) >= 2 and sum(word[0].isupper() for word in long) >= 0.7 * len(long)


def is_headline(text: str) -> bool:
    """Returns whether the text can be the headline at the top of an article."""
    if not _can_be_heading(text):
        return False
    if is_chinese(text):
        return len(text) <= HEADLINE_CHARACTERS
    return len(text.split()) <= HEADLINE_WORDS


def is_heading(text: str) -> bool:
    """Returns whether the text can be a heading between two paragraphs."""
    if not is_headline(text) or is_item(text):
        return False
    if is_numbered(text):
        return True
    if _ASKS.search(text) and not is_title_case(text):
        return False
    if is_chinese(text):
        return len(text) <= _HEADING_CHARACTERS
    return len(text.split()) <= _HEADING_WORDS or is_title_case(text)


def _can_be_heading(text: str) -> bool:
    if "\n" in text or not text or len(text) > _HEADLINE_COLUMNS or _STOPPED.search(text, max(0, len(text) - 20)):
        return False
    if text.split()[-1] in words("line_classification", "function words"):
        return False
    first = next((character for character in text if character.isalpha()), "")
    return bool(first) and not first.islower()


def is_outlet(text: str) -> bool:
    """Returns whether the text can be the name of a newspaper, an agency or a site."""
    name = text.strip().casefold()
    endings = words("metadata", "outlet endings")
    if not name or is_ended(text) or count_words(text) > 8:
        return False
    if is_chinese(text):
        return len(name) <= 16 and any(name.endswith(ending) for ending in endings if not ending.isascii())
    return name.split()[-1].strip(".") in endings and text.strip()[0].isupper()
