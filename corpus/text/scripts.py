"""Chinese in its two scripts, and characters that are written as parts of characters."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import regex

HAN = regex.compile(r"\p{Han}")

# CJK Radicals Supplement, after EquivalentUnifiedIdeograph.txt of Unicode; the Kangxi radicals decompose by themselves.
_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍尐⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爬⺦丬⺧牛⺨犭⺩王"
    "⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艺⻀艻⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辷⻎辸⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝"
    "⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_KANGXI = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_TRADITIONAL_FORMS = _KANGXI | dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True))
# What three of them decompose to is not how Simplified Chinese writes the character.
_SIMPLIFIED_FORMS = _TRADITIONAL_FORMS | {"⼾": "户", "⾭": "青", "⿈": "黄"}


def radical_forms(traditional: bool = False) -> Mapping[str, str]:
    """Returns the character for each part of one that looks like it, which PDF files have in its place: ⾼铁."""
    return _TRADITIONAL_FORMS if traditional else _SIMPLIFIED_FORMS


@lru_cache(maxsize=8)
def _converter(configuration: str) -> Any:
    # Imported here: its tables are needed for Chinese alone.
    import opencc

    return opencc.OpenCC(configuration)


def convert(text: str, configuration: str) -> str:
    """Returns a text in the other script by one of OpenCC's configurations: `t2s`, `s2t`, `tw2s`."""
    converted: str = _converter(configuration).convert(text)
    return converted


def simplified_forms(configuration: str, *blocks: range) -> dict[str, str]:
    """Returns the characters of some blocks of Unicode that Simplified Chinese writes in another way, and how.

    Character by character, not by phrases as a text is converted.
    """
    characters = [chr(code) for block in blocks for code in block]
    simplified = convert("\n".join(characters), configuration).split("\n")
    return {old: new for old, new in zip(characters, simplified, strict=True) if old != new}


@lru_cache(maxsize=1)
def _traditional() -> frozenset[str]:
    """The characters of Unicode's basic block that Simplified Chinese writes in another way."""
    return frozenset(simplified_forms("t2s", range(0x4E00, 0xA000)))


def chinese_tag(text: str) -> str:
    """Returns `zh-Hans` or `zh-Hant` for a Chinese text by its characters; one that could be either is zh-Hans.

    Simplified is told from Traditional by which of the two conversions changes fewer characters.
    """
    if _traditional().isdisjoint(text):
        return "zh-Hans"
    han = "".join(HAN.findall(text))
    changed = {name: sum(a != b for a, b in zip(han, convert(han, name), strict=False)) for name in ("t2s", "s2t")}
    return "zh-Hant" if changed["t2s"] > changed["s2t"] else "zh-Hans"
