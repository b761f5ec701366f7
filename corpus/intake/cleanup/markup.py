"""The marks of Markdown in running text: emphasis, links, code."""

from collections.abc import Sequence

import regex

from corpus.intake.cleanup import texts
from corpus.intake.decisions import Ledger
from corpus.intake.pages import Page
from corpus.text.messages import sentence

_TEMPLATE = sentence("Took the marks of Markdown away: {before} → {after}")
_MARKS = (
    regex.compile(r"!?\[(?P<text>[^\[\]\n]{1,200})\]\((?:https?://|www\.|mailto:|[./#])[^\s()]{0,300}\)"),
    regex.compile(r"(?<![\w*])(?P<mark>\*{1,3})(?P<text>[^\s*](?:[^*\n]{0,300}[^\s*])?)(?P=mark)(?![\w*])"),
    regex.compile(r"(?<![\w_])(?P<mark>_{1,3})(?P<text>[^\s_](?:[^_\n]{0,300}[^\s_])?)(?P=mark)(?![\w_])"),
    regex.compile(r"(?<!`)`(?P<text>[^`\n]{1,200})`(?!`)"),
)


def mend(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages with the text that the marks enclose and without the marks."""

    def one(text: str, file: str, place: str) -> str:
        take = texts.taker(ledger, "markup", _TEMPLATE, file, place)
        for pattern in _MARKS:
            text = texts.substitute(text, pattern, lambda match: str(match["text"]), take)
        return text

    return texts.each_text(pages, one)
