"""Plain text: an optional header of `key: value` lines, then paragraphs set apart by blank lines."""

import re

from corpus import languages
from corpus.articles import Article, Paragraph
from corpus.errors import UnreadableFile
from corpus.segmentation import sentences

_HEADER_LINE = re.compile(r"(title|byline|date|source|section):\s*(.*)", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n(?:[^\S\n]*\n)+")
# A line with more words or characters than this is prose, not a headline.
_HEADLINE_WORDS = 25
_HEADLINE_CHARACTERS = 60
_SENTENCE_END = tuple(".!?。！？…:：;；,，")


def read(text: str, name: str, language: str = "", presplit: bool = False) -> Article:
    """Returns the text as one article; nothing of it is left out.

    The title is the header's, else the first line if it looks like a headline, else `name`.
    Raises UnknownLanguage where `language` is empty and the script does not tell it.
    """
    header, body, first_line = _header(text)
    language = languages.canonical(language) if language else languages.guess(body or text)
    blocks = list(_blocks(body, first_line))
    if not blocks:
        raise UnreadableFile("{name} has no text below its header: choose a file with an article in it.", name=name)
    title = header.get("title", "")
    paragraphs = []
    if title:
        paragraphs.append(Paragraph((title,), "title", "line 1"))
    for place, block in blocks:
        kind = "text"
        if not paragraphs and len(blocks) > 1 and _is_headline(block, language):
            title, kind = block, "title"
        pieces = tuple(_lines(block)) if presplit else _paragraph(block, kind, language)
        paragraphs.append(Paragraph(pieces, kind, place))
    return Article(
        language=language,
        title=title or name,
        paragraphs=tuple(paragraphs),
        byline=header.get("byline", ""),
        date=header.get("date", ""),
        source=header.get("source", ""),
        section=header.get("section", ""),
    )


def _header(text: str) -> tuple[dict[str, str], str, int]:
    """Splits off a header that starts with `title:`; returns it, the body and the number of the body's first line."""
    header: dict[str, str] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        match = _HEADER_LINE.fullmatch(line.strip())
        if not match or (not header and match[1].lower() != "title"):
            return (header, "\n".join(lines[number:]), number + 1) if header else ({}, text, 1)
        header[match[1].lower()] = match[2]
    return header, "", len(lines)


def _blocks(body: str, first_line: int) -> list[tuple[str, str]]:
    """The blocks between blank lines, each with its place in the file."""
    blocks = []
    start = 0
    for end, after in [*((gap.start(), gap.end()) for gap in _BLANK_LINE.finditer(body)), (len(body), len(body))]:
        block = body[start:end]
        if block.strip():
            leading = len(block) - len(block.lstrip())
            line = first_line + body.count("\n", 0, start + leading)
            blocks.append((f"line {line}", block.strip()))
        start = after
    return blocks


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.split("\n") if line.strip()]


def _paragraph(block: str, kind: str, language: str) -> tuple[str, ...]:
    if kind == "title":
        return (languages.join(_lines(block), language),)
    # Each line of a block is a paragraph of its own in web text, but a wrapped line is not; how pages are taken apart
    # belongs to the readers of such pages. Here a line break counts as the break between two sentences.
    return tuple(sentence for line in _lines(block) for sentence in sentences(line, language))


def _is_headline(block: str, language: str) -> bool:
    if "\n" in block or block.endswith(_SENTENCE_END):
        return False
    if languages.is_spaced(language):
        return len(block.split()) <= _HEADLINE_WORDS
    return len(block) <= _HEADLINE_CHARACTERS
