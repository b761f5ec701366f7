"""Language tags: which are valid, how they are written, and what script and spacing they imply.

Tags are BCP 47 (RFC 5646). A Chinese tag carries its script, never a region alone, since the script is what a
reader, a memory and a font depend on: zh-CN is zh-Hans, zh-TW is zh-Hant. What other programs write is read as well:
underscores, codes of ISO 639-2, 639-3 and 3166 in three letters, extended and grandfathered tags, zh-CHS and zh-CHT.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import regex
from babel import Locale
from babel.core import get_global

from corpus.text.errors import UnknownLanguage
from corpus.text.scripts import HAN, chinese_tag

# RFC 5646, section 2.1, without private tags, which name no language that a newsroom writes; a region may have the
# three letters of ISO 3166.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})"
    r"(?P<extended>(?:-[a-z]{3}(?![a-z0-9])){0,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2,3}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*)"
    r"(?P<private>-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
# Whole tags: those that the registry keeps from before its rules (RFC 5646, section 2.2.8), and those of Microsoft.
_WHOLE = {
    "art-lojban": "jbo",
    "en-gb-oed": "en-GB-oxendict",
    "i-hak": "hak",
    "i-klingon": "tlh",
    "i-lux": "lb",
    "i-navajo": "nv",
    "no-bok": "nb",
    "no-nyn": "nn",
    "zh-guoyu": "zh",
    "zh-hakka": "hak",
    "zh-min-nan": "nan",
    "zh-xiang": "hsn",
    "zh-chs": "zh-Hans",
    "zh-cht": "zh-Hant",
    "chs": "zh-Hans",
    "cht": "zh-Hant",
}
# The languages that have extended subtags, which are languages themselves: zh-cmn, zh-yue, ar-arb (RFC 5646, 2.2.2).
_EXTENDED = frozenset({"ar", "kok", "lv", "ms", "sgn", "sw", "uz", "zh"})
_HANT_REGIONS = frozenset({"TW", "HK", "MO"})
_UNSPACED = frozenset({"zh", "yue", "wuu", "gan", "hsn", "lzh", "ja", "th", "lo", "km", "my"})
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

_SCRIPTS = (
    # Kana and Hangul come before Han: a Japanese text is mostly Han as well.
    ("ja", regex.compile(r"[\p{Hiragana}\p{Katakana}]"), 0.1),
    ("ko", regex.compile(r"\p{Hangul}"), 0.2),
    ("zh", HAN, 0.3),
    ("ru", regex.compile(r"\p{Cyrillic}"), 0.5),
    ("ar", regex.compile(r"\p{Arabic}"), 0.5),
    ("en", regex.compile(r"\p{Latin}"), 0.5),
)
_LETTER = regex.compile(r"\p{L}")


class _Subtags(NamedTuple):
    """The parts of a tag, as they are written; `rest` is variants, extensions and what is private."""

    language: str
    script: str
    region: str
    rest: str


@lru_cache(maxsize=1024)
def canonical(tag: str) -> str:
    """Returns the one way this project writes a language tag: `ZH_cn` gives `zh-Hans`, `eng-USA` gives `en-US`.

    Raises UnknownLanguage where `tag` is not a BCP 47 tag or its language is not in CLDR.
    """
    language, script, region, rest = _subtags(tag)
    if language == "zh":
        script = script or ("Hant" if region in _HANT_REGIONS else "Hans")
        region = ""
    return "-".join(filter(None, (language, script, region))) + rest


def leaves_script_open(tag: str) -> bool:
    """Returns whether a tag names Chinese without its script: `zh`, `chi`, `cmn`."""
    try:
        return _subtags(tag) == ("zh", "", "", "")
    except UnknownLanguage:
        return False


def _subtags(tag: str) -> _Subtags:
    """Takes a tag apart; raises UnknownLanguage as `canonical` does."""
    written = tag.strip().replace("_", "-")
    match = _TAG.fullmatch(_WHOLE.get(written.lower(), written))
    language, region = _read(match) if match else ("", "")
    # CLDR knows a few languages by one with a script.
    language, _, script = language.partition("_")
    if not match or language not in _known_languages():
        raise UnknownLanguage("“{tag}” is not a language tag: use one such as en, zh-Hans or pt-BR (BCP 47).", tag=tag)
    rest = match["variants"] + match["extensions"] + (match["private"] or "")
    return _Subtags(language, (match["script"] or script).title(), region, rest.lower())


def _read(match: re.Match[str]) -> tuple[str, str]:
    """Returns language and region of a tag, as CLDR writes them."""
    language, region = match["language"].lower(), (match["region"] or "").upper()
    for subtag in match["extended"].lower().split("-")[1:]:
        if subtag.upper() in get_global("territory_aliases") and not region:
            region = subtag.upper()
        else:
            language = subtag if language in _EXTENDED else ""
    if language not in _known_languages():
        language = get_global("language_aliases").get(language, language)
    return language, next(iter(get_global("territory_aliases").get(region, ())), region)


@lru_cache(maxsize=1)
def _known_languages() -> frozenset[str]:
    return frozenset(str(code).split("_")[0] for code in Locale("en").languages)


def primary(tag: str) -> str:
    """Returns the language subtag alone: `zh-Hans` gives `zh`."""
    return tag.split("-", 1)[0].lower()


def is_chinese(tag: str) -> bool:
    """Returns whether the language is Chinese, in either script."""
    return primary(tag) == "zh"


@lru_cache(maxsize=1024)
def regionless(tag: str) -> str:
    """Returns a canonical tag without its region: `en-US` gives `en`, `zh-Hans` stays."""
    match = _TAG.fullmatch(tag)
    if not match or not match["region"]:
        return tag
    return tag[: match.start("region") - 1] + tag[match.end("region") :]


def is_spaced(tag: str) -> bool:
    """Returns whether the language puts spaces between words, and so between sentences."""
    return primary(tag) not in _UNSPACED


def direction(tag: str) -> str:
    """Returns `rtl` for languages written from right to left, `ltr` for the others (HTML's `dir`)."""
    return "rtl" if primary(tag) in _RIGHT_TO_LEFT else "ltr"


def join(sentences: list[str] | tuple[str, ...], tag: str) -> str:
    """Joins sentences into running text as the language does: with a space, or with nothing between Han."""
    return (" " if is_spaced(tag) else "").join(sentence for sentence in sentences if sentence)


def guess(text: str) -> str:
    """Returns the language of a text by the script of its letters; Latin script is taken for English.

    Chinese is told into zh-Hans and zh-Hant by its characters. Raises UnknownLanguage for a text without letters.
    """
    sample = text[:20_000]
    letters = len(_LETTER.findall(sample))
    for language, pattern, share in _SCRIPTS:
        if letters and len(pattern.findall(sample)) >= share * letters:
            return chinese_tag(sample) if language == "zh" else language
    raise UnknownLanguage("The language of the text cannot be told: name it, for instance with --lang zh-Hans.")


def contradicts(text: str, tag: str) -> bool:
    """Returns whether the script of a text tells of another language than `tag`, of those that a script tells apart."""
    try:
        found = primary(guess(text))
    except UnknownLanguage:
        return False
    return found != primary(tag) and primary(tag) in {language for language, _, _ in _SCRIPTS}
