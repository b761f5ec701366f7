"""Spaces: ordinary ones instead of a typesetter's, and on the right side of a comma (`High-tech ,Green`)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from corpus.intake.cleanup import texts
from corpus.intake.decisions import Ledger
from corpus.intake.pages import Page
from corpus.text.messages import sentence

_TEMPLATE = sentence("Moved a space: {before} → {after}")
_COMMA = regex.compile(r"(?<=\p{Latin})\p{Zs}+(?P<mark>[,;])\p{Zs}?(?=\p{Latin})")


def mend(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages with the spaces after the commas."""

    def one(text: str, file: str, place: str) -> str:
        take = texts.taker(ledger, "spacing", _TEMPLATE, file, place)
        return texts.substitute(text, _COMMA, lambda match: match["mark"] + " ", take)

    return texts.each_text(pages, one)


# Spaces of a typesetter's widths; the ideographic space is Chinese and stays.
_TYPESET = dict.fromkeys((160, *range(8192, 8203), 8239, 8287), " ")


def plain(pages: Iterable[Page]) -> list[Page]:
    """Returns pages whose spaces are ordinary ones; which of the many a page was set with says nothing."""
    return [
        replace(
            page,
            title=page.title.translate(_TYPESET),
            blocks=tuple(replace(block, text=block.text.translate(_TYPESET)) for block in page.blocks),
        )
        for page in pages
    ]
