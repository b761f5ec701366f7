"""Characters that only look like others: parts of characters (⾼铁) that PDF files have for Chinese ones, and the codes
of symbol fonts (U+F0B0 for °).
"""

import unicodedata
from collections.abc import Mapping, Sequence

import regex

from corpus.intake import symbols
from corpus.intake.cleanup import texts
from corpus.intake.decisions import Ledger
from corpus.intake.pages import Page
from corpus.text import languages
from corpus.text.errors import UnknownLanguage
from corpus.text.messages import sentence
from corpus.text.scripts import radical_forms

_RADICALS = sentence("Wrote parts of characters as characters: {before} → {after}")
_SYMBOLS = sentence("Read the code of a symbol font: {before} → {after}")

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
        forms = radical_forms(_is_traditional(text))
        text = texts.substitute(text, _RUN, lambda match: "".join(_whole(each, forms) for each in match[0]), take)
        take = texts.taker(ledger, "characters", _SYMBOLS, file, place)
        text = texts.substitute(text, _BULLET, lambda match: symbols.character("wingdings", ord(match[0])), take)
        return texts.substitute(text, _CODE, lambda match: symbols.character("symbol", ord(match[0])), take)

    return texts.each_text(pages, one)


def _whole(character: str, forms: Mapping[str, str]) -> str:
    if not regex.match(_RADICAL, character):
        return character
    return forms.get(character) or unicodedata.normalize("NFKC", character)


def _is_traditional(text: str) -> bool:
    try:
        return languages.guess(text) == "zh-Hant"
    except UnknownLanguage:
        return False
