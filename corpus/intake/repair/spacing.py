"""Spaces on the wrong side of a comma: `High-tech ,Green` is `High-tech, Green`."""

from collections.abc import Sequence

import regex

from corpus.intake.decisions import Ledger, sentence
from corpus.intake.pages import Page
from corpus.intake.repair import texts

_TEMPLATE = sentence("Moved a space: {before} → {after}")
_COMMA = regex.compile(r"(?<=\p{Latin})\p{Zs}+(?P<mark>[,;])\p{Zs}?(?=\p{Latin})")


def mend(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages with the spaces after the commas."""

    def one(text: str, file: str, place: str) -> str:
        take = texts.taker(ledger, "spacing", _TEMPLATE, file, place)
        return texts.substitute(text, _COMMA, lambda match: match["mark"] + " ", take)

    return texts.each_text(pages, one)
