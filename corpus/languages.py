"""Language tags: which are valid, how they are written, and what script and spacing they imply.

Tags are BCP 47 (RFC 5646). A Chinese tag carries its script, never a region alone, since the script is what a
reader, a memory and a font depend on: zh-CN is zh-Hans, zh-TW is zh-Hant.
"""

import re
from functools import lru_cache

import opencc
import regex
from babel import Locale

from corpus.errors import UnknownLanguage

# RFC 5646, section 2.1, without grandfathered and private tags, which name no language that a newsroom writes.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*)"
    r"(?P<private>-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
_HANT_REGIONS = frozenset({"TW", "HK", "MO"})
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

_HAN = regex.compile(r"\p{Han}")
_SCRIPTS = (
    # Kana and Hangul come before Han: a Japanese text is mostly Han as well.
    ("ja", regex.compile(r"[\p{Hiragana}\p{Katakana}]"), 0.1),
    ("ko", regex.compile(r"\p{Hangul}"), 0.2),
    ("zh", _HAN, 0.3),
    ("ru", regex.compile(r"\p{Cyrillic}"), 0.5),
    ("ar", regex.compile(r"\p{Arabic}"), 0.5),
    ("en", regex.compile(r"\p{Latin}"), 0.5),
)
_LETTER = regex.compile(r"\p{L}")


@lru_cache(maxsize=1024)
def canonical(tag: str) -> str:
    """Returns the one way this project writes a language tag: `ZH_cn` gives `zh-Hans`, `en-us` gives `en-US`.

    Raises UnknownLanguage where `tag` is not a BCP 47 tag or its language is not in CLDR.
    """
    match = _TAG.fullmatch(tag.strip().replace("_", "-"))
    language = match["language"].lower() if match else ""
    if not match or language not in _known_languages():
        raise UnknownLanguage("“{tag}” is not a language tag: use one such as en, zh-Hans or pt-BR (BCP 47).", tag=tag)
    script = (match["script"] or "").title()
    region = (match["region"] or "").upper()
    if language == "zh":
        script = script or ("Hant" if region in _HANT_REGIONS else "Hans")
        region = ""
    rest = match["variants"] + match["extensions"] + (match["private"] or "")
    return "-".join(filter(None, (language, script, region))) + rest.lower()


@lru_cache(maxsize=1)
def _known_languages() -> frozenset[str]:
    return frozenset(str(code).split("_")[0] for code in Locale("en").languages)


def primary(tag: str) -> str:
    """Returns the language subtag alone: `zh-Hans` gives `zh`."""
    return tag.split("-", 1)[0].lower()


@lru_cache(maxsize=1024)
def regionless(tag: str) -> str:
    """Returns a canonical tag without its region: `en-US` gives `en`, `zh-Hans` stays."""
    match = _TAG.fullmatch(tag)
    if not match or not match["region"]:
        return tag
    return tag[: match.start("region") - 1] + tag[match.end("region") :]


def is_spaced(tag: str) -> bool:
    """Whether the language puts spaces between words, and so between sentences."""
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
            return _chinese_script(sample) if language == "zh" else language
    raise UnknownLanguage("The language of the text cannot be told: name it, for instance with --lang zh-Hans.")


def contradicts(text: str, tag: str) -> bool:
    """Whether the script of a text tells of another language than `tag`, of those that a script can tell apart."""
    try:
        found = primary(guess(text))
    except UnknownLanguage:
        return False
    return found != primary(tag) and primary(tag) in {language for language, _, _ in _SCRIPTS}


def chinese(text: str) -> str:
    """Tells a Chinese text into zh-Hans and zh-Hant by its characters; one that could be either is zh-Hans."""
    return "zh-Hans" if _traditional().isdisjoint(text) else _chinese_script(text)


@lru_cache(maxsize=1)
def _traditional() -> frozenset[str]:
    """The characters of Unicode's basic block that Simplified Chinese writes in another way."""
    characters = list(map(chr, range(0x4E00, 0xA000)))
    changed = _converter("t2s").convert("\n".join(characters)).split("\n")
    return frozenset(before for before, after in zip(characters, changed, strict=True) if before != after)


def _chinese_script(text: str) -> str:
    """Tells Simplified from Traditional by which of the two conversions changes fewer characters."""
    han = "".join(_HAN.findall(text))
    changed_to = {
        name: sum(a != b for a, b in zip(han, _converter(name).convert(han), strict=False)) for name in ("t2s", "s2t")
    }
    return "zh-Hant" if changed_to["t2s"] > changed_to["s2t"] else "zh-Hans"


@lru_cache(maxsize=4)
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)
