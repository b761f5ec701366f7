"""Characters that only look like others: parts of characters (⾼铁) that PDF files have for Chinese ones, and the codes
of symbol fonts (U+F0B0 for °).
"""

import unicodedata
from collections.abc import Sequence

import regex

from corpus.intake import symbols
from corpus.intake.decisions import Ledger
from corpus.intake.pages import Page
from corpus.intake.repair import texts
from corpus.text import languages
from corpus.text.errors import UnknownLanguage
from corpus.text.messages import sentence

_RADICALS = sentence("Wrote parts of characters as characters: {before} → {after}")
_SYMBOLS = sentence("Read the code of a symbol font: {before} → {after}")

# CJK Radicals Supplement, after EquivalentUnifiedIdeograph.txt of Unicode; the Kangxi radicals decompose by themselves.
_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍尐⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爬⺦丬⺧牛⺨犭⺩王"
    "⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艺⻀艻⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辷⻎辸⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝"
    "⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_WHOLE = dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True))
# What three of them decompose to is not how Simplified Chinese writes the character.
_SIMPLIFIED = {"⼾": "户", "⾭": "青", "⿈": "黄"}
_RADICAL = r"[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]"
# What stands between them is shown with them.
_RUN = regex.compile(rf"{_RADICAL}(?:\p{{Han}}{{0,3}}{_RADICAL})*+")
_CODE = regex.compile(r"[\uf020-\uf0ff]")
# Before an item of a list they are more likely Wingdings'.
_BULLET = regex.compile(r"^[\uf06c\uf06e\uf071\uf076\uf0a7\uf0a8\uf0d8\uf0e0\uf0fc](?=\s)")


def mend(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages with the characters that were meant."""

    def one(text: str, file: str, place: str) -> str:
        take = texts.taker(ledger, "characters", _RADICALS, file, place)
        forms = _WHOLE if _is_traditional(text) else _WHOLE | _SIMPLIFIED
        text = texts.substitute(text, _RUN, lambda match: "".join(_whole(each, forms) for each in match[0]), take)
        take = texts.taker(ledger, "characters", _SYMBOLS, file, place)
        text = texts.substitute(text, _BULLET, lambda match: symbols.character("wingdings", ord(match[0])), take)
        return texts.substitute(text, _CODE, lambda match: symbols.character("symbol", ord(match[0])), take)

    return texts.each_text(pages, one)


def _whole(character: str, forms: dict[str, str]) -> str:
    if not regex.match(_RADICAL, character):
        return character
    return forms.get(character) or unicodedata.normalize("NFKC", character)


def _is_traditional(text: str) -> bool:
    try:
        return languages.guess(text) == "zh-Hant"
    except UnknownLanguage:
        return False
