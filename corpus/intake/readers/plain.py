"""Plain text and Markdown: an optional header of `key: value` lines, then blocks set apart by blank lines."""

import re
from dataclasses import replace

from corpus.articles import Article, Paragraph
from corpus.intake.newspaper import line_classification
from corpus.intake.pages import Block, Page
from corpus.segmentation import Segment, sentences
from corpus.text import languages
from corpus.text.errors import UnreadableFile

_HEADER_LINE = re.compile(r"(title|byline|date|source|section):\s*(.*)", re.IGNORECASE)
_CREDITS = ("byline", "date", "source", "section")
_BLANK_LINE = re.compile(r"\n(?:[^\S\n]*\n)+")

# A line with more columns than this is a whole paragraph: nobody wraps text so wide. Han takes two.
_WIDE = 120
_SHORT_LINE = 0.6
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_RULE = re.compile(r"[-=*_~]{3,}")


def read(text: str, name: str, language: str = "", presplit: bool = False, segment: Segment = sentences) -> Article:
    """Returns the text as one article; nothing of it is left out.

    The title is the header's, else the first line if it looks like a headline, else `name`.
    Raises UnknownLanguage where `language` is empty and the script does not tell it.
    """
    header, body, first_line = _header(text)
    language = languages.canonical(language) if language else languages.guess(body or text)
    blocks = _blocks(body, first_line)
    if not blocks:
        raise _empty(name)
    title = header.get("title", "")
    paragraphs = []
    if title:
        paragraphs.append(Paragraph((title,), "title", "line 1"))
    for line, block in blocks:
        kind = "text"
        if not paragraphs and len(blocks) > 1 and "\n" not in block and line_classification.is_headline(block):
            title, kind = block, "title"
        pieces = tuple(_lines(block)) if presplit else _paragraph(block, kind, language, segment)
        paragraphs.append(Paragraph(pieces, kind, f"line {line}"))
    byline, date, source, section = (header.get(key, "") for key in _CREDITS)
    return Article(language, title or name, tuple(paragraphs), byline, date, source, section)


def read_pages(text: str, file: str) -> list[Page]:
    """Returns the text as one page, each paragraph a block; a paragraph that was wrapped keeps its line breaks.

    Raises UnreadableFile where nothing stands below the header.
    """
    header, body, first_line = _header(text)
    stretches = _blocks(body, first_line)
    if not stretches:
        raise _empty(file)
    whole = _sentence_a_line([block for _, block in stretches])
    blocks = [Block(header["title"], "line 1", "title")] if "title" in header else []
    for line, stretch in stretches:
        blocks += [_marked(piece, number) for number, piece in _pieces(stretch, line, whole)]
    byline, date, source, section = (header.get(key, "") for key in _CREDITS)
    found = tuple(block for block in blocks if block.text)
    return [Page(found, file, byline=byline, date=date, source=source, section=section)]


def _empty(name: str) -> UnreadableFile:
    return UnreadableFile("{name} has no text below its header: choose a file with an article in it.", name=name)


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


def _blocks(body: str, first_line: int) -> list[tuple[int, str]]:
    """The blocks between blank lines, each with the number of its first line."""
    blocks = []
    start, line = 0, first_line
    for end, after in [*((gap.start(), gap.end()) for gap in _BLANK_LINE.finditer(body)), (len(body), len(body))]:
        block = body[start:end]
        if block.strip():
            leading = len(block) - len(block.lstrip())
            blocks.append((line + block.count("\n", 0, leading), block.strip()))
        line += body.count("\n", start, after)
        start = after
    return blocks


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.split("\n") if line.strip()]


def _paragraph(block: str, kind: str, language: str, segment: Segment) -> tuple[str, ...]:
    if kind == "title":
        return (languages.join(_lines(block), language),)
    # The file is taken as it is: a line break counts as the break between two sentences.
    return tuple(sentence for line in _lines(block) for sentence in segment(line, language))


def _sentence_a_line(blocks: list[str]) -> bool:
    """Returns whether the file has a sentence a line and a blank line after each paragraph."""
    several = [_lines(block) for block in blocks if "\n" in block]
    if len(several) < 3:
        return False
    lines = [line for block in several for line in block]
    return sum(map(line_classification.is_ended, lines)) >= 0.9 * len(lines)


def _pieces(stretch: str, line: int, whole: bool) -> list[tuple[int, str]]:
    """The paragraphs of a stretch between blank lines, each with the number of its first line."""
    numbered = [(line + offset, text.strip()) for offset, text in enumerate(stretch.split("\n")) if text.strip()]
    width = max(_columns(text) for _, text in numbered)
    pieces: list[tuple[int, list[str]]] = []
    for number, text in numbered:
        if pieces and (whole or not _breaks(pieces[-1][1][-1], text, width)):
            pieces[-1][1].append(text)
        else:
            pieces.append((number, [text]))
    return [(number, "\n".join(lines)) for number, lines in pieces]


def _breaks(line: str, following: str, width: int) -> bool:
    """Returns whether a line is the last of its paragraph rather than wrapped.

    A line is wrapped where the next word has no room on it; the widest line tells how much there was.
    """
    if (
        width > _WIDE
        or line_classification.is_item(following)
        or _MARKDOWN_HEADING.fullmatch(line)
        or following.startswith("#")
    ):
        return True
    columns = _columns(line)
    first_word = 2 if line_classification.is_chinese(following) else _columns(following.split()[0]) + 1
    if columns + first_word > width:
        return False
    return line_classification.is_ended(line) or columns < _SHORT_LINE * width


def _columns(text: str) -> int:
    return len(text) + sum(character > "\u2e80" for character in text)


def _marked(text: str, line: int) -> Block:
    """A block with what Markdown says about it; its marks are no text."""
    block = Block(text, f"line {line}")
    if heading := _MARKDOWN_HEADING.fullmatch(text):
        return replace(block, text=heading[2], kind="title" if len(heading[1]) == 1 else "heading")
    lines = text.split("\n")
    if len(lines) == 2 and _RULE.fullmatch(lines[1]) and lines[1][0] in "=-":
        return replace(block, text=lines[0], kind="title" if lines[1][0] == "=" else "heading")
    if _RULE.fullmatch(text):
        return replace(block, text="")
    if all(each.startswith(">") for each in lines):
        return replace(block, text="\n".join(each.lstrip("> ") for each in lines).strip())
    if line_classification.is_item(text):
        item = text[2:].lstrip() if text[:2] in ("- ", "* ", "+ ") else text
        return replace(block, text=item, kind="list")
    return block
