"""A translation as a web page of its own, with nothing in it but the text and what each part of it is."""

from itertools import groupby
from typing import IO, Any

from lxml.html import builder as tags
from lxml.html import tostring

from corpus.bitexts.translation import Block, Translation
from corpus.text import languages
from corpus.text.xml import legal

_ELEMENTS = {"title": tags.H1, "heading": tags.H2, "list": tags.LI}


def write_html(stream: IO[bytes], translation: Translation) -> None:
    """Writes a translation as HTML in UTF-8; what is not translated is marked, in its own language."""
    article = tags.ARTICLE()
    shown = [block for block in translation.blocks if block.read(translation.language)]
    for listed, blocks in groupby(shown, key=lambda block: block.kind == "list"):
        elements = [_element(block, translation) for block in blocks]
        article.extend([tags.UL(*elements)] if listed else elements)
    page = tags.HTML(
        tags.HEAD(tags.META(charset="utf-8"), tags.TITLE(legal(translation.title))),
        tags.BODY(article),
        lang=translation.language,
        dir=languages.direction(translation.language),
    )
    stream.write(tostring(page, doctype="<!doctype html>", encoding="utf-8") + b"\n")


def _element(block: Block, translation: Translation) -> Any:
    element = _ELEMENTS.get(block.kind, tags.P)()
    if block.kind == "caption":
        element.set("class", "caption")
    space = " " if languages.is_spaced(translation.language) else ""
    for number, each in enumerate(each for each in block.texts if each.text):
        part = tags.MARK(legal(each.text), lang=translation.bitext.source_language) if each.missing else None
        _append(element, (space if number else "") + ("" if each.missing else legal(each.text)))
        if part is not None:
            element.append(part)
    return element


def _append(element: Any, text: str) -> None:
    """Puts a text at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
