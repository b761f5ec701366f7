"""Web pages as they were saved: trafilatura tells which text is the article, the page itself its structure."""

import email
import email.policy
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from corpus.intake.pages import Block, Limits, Page
from corpus.intake.readers import formulas, lines, shifted
from corpus.text import languages
from corpus.text.charset import pages
from corpus.text.errors import UnknownLanguage, UnreadableFile
from corpus.text.messages import sentence
from corpus.text.xml import XML_LANG

# Above this number of elements the search for the main text takes minutes.
_MAX_ELEMENTS = 30_000
_MAX_CHARACTERS = 2_000_000
# The parser drops what is nested deeper than this.
_MAX_DEPTH = 2_048
# Trafilatura's own 250 is meant for Latin letters: a short news item in Chinese has fewer.
_MIN_CHARACTERS = "60"
# The parser compares the attributes of a tag each with each.
_MAX_ATTRIBUTES = 5_000
_COMMENT_OR_TAG = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))|<([A-Za-z][^\s/<>"']*+)((?:[^<>"']|"[^"]*"|'[^']*')*+)""", re.DOTALL
)
_ATTRIBUTE = re.compile(r"""[^\s/=]+(?:\s*+=\s*+(?:"[^"]*"|'[^']*'|[^\s"']*+))?""")
# What stands in these is no markup, however much it looks like it.
_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_RAW_END = {tag: re.compile(f"</{tag}", re.IGNORECASE) for tag in _RAW}
_NAVIGATION_SHARE = 0.6
_PROSE_CHARACTERS = 60

_DROPPED = sentence("{file}: {detail} of the text among its paragraphs was taken for no part of the article: check it.")
_DROPPED_SHARE = 0.2

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# fmt: off
_BLOCKS = _HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol", "option",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}
_UNREAD = frozenset({
    "button", "head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea",
})
# fmt: on
_KINDS = {"li": "list", "dd": "list", "dt": "list", "figcaption": "caption", "caption": "caption"} | dict.fromkeys(
    _HEADINGS, "heading"
)
_FURNITURE = frozenset({"nav", "footer"})
_SHIFTS = {"sup": "super", "sub": "sub"}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SHIFTED_BY_STYLE = ("span", "small", "font", "a")
_SHIFT_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
# What stands between headline and text and says who wrote it, when and for whom; trafilatura drops most of it.
_CREDIT = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}|来源|來源|作者|记者|記者|编辑|^By\s|^Source\b|^Edited by\s", re.IGNORECASE
)
_CREDIT_CHARACTERS = 150


@dataclass
class _Line:
    """A line of the page as a browser would set it, with what the page says it is.

    `start` and `end` are its place in the page's text without white space; `breaks` says that a soft break ends it.
    """

    text: str
    kind: str
    number: int
    start: int
    end: int
    links: int = 0
    furniture: bool = False
    breaks: bool = False


@dataclass
class _Walk:
    """The state of a walk through the elements of a page: the lines so far, and what is open."""

    lines: list[_Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    started: bool = False
    open: list[str] = field(default_factory=list)
    links: int = 0
    number: int = 0
    position: int = 0

    def add(self, text: str | None, number: int) -> None:
        if not text:
            return
        if not self.started and text.strip():
            self.started, self.number = True, number
        self.pieces.append(text)
        if "a" in self.open:
            self.links += len(lines.squeezed(text))

    def end_line(self, breaks: bool = False) -> None:
        text = lines.collapse("".join(self.pieces))
        end = self.position + len(lines.squeezed(text))
        if end > self.position or (breaks and self.lines):
            kind = next((_KINDS[tag] for tag in reversed(self.open) if tag in _KINDS), "text")
            furniture = not _FURNITURE.isdisjoint(self.open)
            line = _Line(text, kind, self.number, self.position, end, self.links, furniture, breaks)
            self.lines.append(line)
        self.pieces, self.started, self.links, self.position = [], False, 0, end


def read_pages(data: bytes, name: str, limits: Limits) -> list[Page]:
    """Returns a saved web page as one page with its main text; nothing is fetched.

    Raises UnreadableFile for a page that holds no article, or that is built to be unreadable.
    """
    text, warnings = pages.decode_page(data, name)
    notes: tuple[str, ...] = ()
    if _has_huge_tag(text):
        raise UnreadableFile("{name} has a tag with thousands of attributes: save the page again.", name=name)
    tree = _parse(text, name)
    page_lines = _lines(tree)
    _check_lengths(page_lines, name, limits)
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS or page_lines[-1].end > _MAX_CHARACTERS:
        found = Page((), name)
        kept = {i for i, line in enumerate(page_lines) if not line.furniture and not _is_link(line)}
        notes += ("The page is too large to tell its article from what surrounds it: all of its text is here.",)
    else:
        found, main = _extract(tree, name)
        kept = _kept(page_lines, main)
    if not kept or _is_navigation([page_lines[i] for i in kept]):
        raise UnreadableFile("{name} holds links but no article: save the page of the article itself.", name=name)
    warnings += _dropped(page_lines, kept)
    blocks = list(_blocks(page_lines, kept))
    found, blocks, title_notes = _with_title(found, blocks, page_lines)
    language = _language(tree.get("lang") or tree.get(XML_LANG) or "", blocks)
    return [replace(found, blocks=tuple(blocks), language=language, notes=notes + title_notes, warnings=warnings)]


def read_web_archive(data: bytes, name: str, limits: Limits) -> list[Page]:
    """Returns the page of a web archive (MHTML), the single file that browsers save a page with its pictures in."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return read_pages(content, name, limits)
    raise UnreadableFile("{name} is a web archive without a page in it: save the page again as HTML.", name=name)


def _has_huge_tag(text: str) -> bool:
    """Returns whether a tag has more attributes than the parser can take; scripts and comments hold no tags."""
    position = 0
    while match := _COMMENT_OR_TAG.search(text, position):
        position = match.end()
        if len(match[2] or "") > _MAX_ATTRIBUTES and len(_ATTRIBUTE.findall(match[2])) > _MAX_ATTRIBUTES:
            return True
        if raw_end := _RAW_END.get((match[1] or "").lower()):
            end = raw_end.search(text, position)
            position = end.start() if end else len(text)
    return False


def _write_formulas(tree: lxml_html.HtmlElement) -> None:
    """Writes formulas as text; what shows the same formula once more is left out."""
    for element in list(tree.iter("math")):
        parent = element.getparent()
        if parent is None:
            continue
        shown = parent.getnext()
        if shown is not None and "katex-html" in (shown.get("class") or ""):
            shown.drop_tree()
        # Pages that show pictures of their formulas hide the formulas themselves.
        if _HIDDEN.search(parent.get("style") or ""):
            del parent.attrib["style"]
        text = formulas.linear(element)
        element[:] = []
        element.text = text
        element.drop_tag()


def _write_shifted(tree: lxml_html.HtmlElement) -> None:
    """Writes superscripts and subscripts so that the text keeps them, in place of the elements that say so."""
    # From the last one on, so that what is inside of another is written first.
    for element in reversed(list(tree.iter(*_SHIFTS, *_SHIFTED_BY_STYLE))):
        style = _SHIFT_STYLE.search(element.get("style") or "")
        shift = _SHIFTS.get(str(element.tag), "") or (style[1].lower() if style else "")
        parent, before = element.getparent(), element.getprevious()
        if shift and parent is not None:
            text = parent.text if before is None else before.tail or before.text
            inner = element.text_content()
            element[:] = []
            element.text = shifted.lowered(inner) if shift == "sub" else shifted.raised(inner, text or "")
            element.drop_tag()


def _parse(text: str, name: str) -> lxml_html.HtmlElement:
    # The text goes in as UTF-8 bytes: lxml refuses text that declares an encoding, and the one declared may be wrong.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise UnreadableFile("{name} is a web page without any text: save it again.", name=name) from None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableFile(
            "{name} nests its elements deeper than {depth} levels: save the article as plain text instead.",
            name=name,
            depth=_MAX_DEPTH,
        )
    _write_formulas(tree)
    _write_shifted(tree)
    return tree


def _check_lengths(page_lines: list[_Line], name: str, limits: Limits) -> None:
    if not page_lines:
        raise UnreadableFile("{name} is a web page without any text: save it again.", name=name)
    longest = max(page_lines, key=lambda line: len(line.text))
    if len(longest.text) > limits.block_characters:
        raise UnreadableFile(
            "{name} has a paragraph of {count} characters in line {line}; the limit is {limit}: is it an article?",
            name=name,
            count=len(longest.text),
            line=longest.number,
            limit=limits.block_characters,
        )


def _lines(tree: lxml_html.HtmlElement) -> list[_Line]:
    """The text of the page line by line, in the order of the file."""
    walk = _Walk()
    unread = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        number = element.sourceline or 0
        if event == "start":
            unread += tag in _UNREAD
            if tag in _BLOCKS:
                walk.end_line()
            walk.open.append(tag)
            if not unread:
                walk.add(element.text, number)
            continue
        if tag in _BLOCKS or tag == "br":
            walk.end_line(breaks=tag == "br")
        walk.open.pop()
        unread -= tag in _UNREAD
        if not unread:
            walk.add(element.tail, number)
    walk.end_line()
    return walk.lines


def _extract(tree: lxml_html.HtmlElement, name: str) -> tuple[Page, list[str]]:
    """Returns trafilatura's metadata of the page, and the pieces of its main text."""
    # Imported here: the import takes a quarter of a second, which no command without a web page should pay.
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = _MIN_CHARACTERS
    document: Any = bare_extraction(
        deepcopy(tree),
        with_metadata=True,
        include_comments=False,
        include_formatting=False,
        # Without guessing: a wrong date is worse than none.
        date_extraction_params={"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"},
        config=config,
    )
    if document is None:
        return Page((), name), []
    page = Page(
        (),
        name,
        title=lines.collapse(document.title or ""),
        byline=document.author or "",
        date=document.date or "",
        source=document.sitename or "",
    )
    pieces = (piece for text in document.body.itertext() for piece in text.split("\n"))
    return page, [squeezed for piece in pieces if (squeezed := lines.squeezed(piece))]


def _kept(page_lines: list[_Line], main: list[str]) -> set[int]:
    """The numbers of the lines that the main text covers by half or more, and of the captions among them."""
    whole = "".join(lines.squeezed(line.text) for line in page_lines)
    covered = bytearray(len(whole))
    position = 0
    for piece in main:
        # From the last place on, so that a short piece is not found in the navigation above.
        start = whole.find(piece, position)
        if start < 0:
            start = whole.find(piece)
        if start >= 0:
            covered[start : start + len(piece)] = b"\x01" * len(piece)
            position = max(position, start + len(piece))
    kept = {
        number
        for number, line in enumerate(page_lines)
        if line.end > line.start and 2 * sum(covered[line.start : line.end]) >= line.end - line.start
    }
    if kept:
        inside = range(min(kept), max(kept) + 1)
        kept |= {number for number in inside if page_lines[number].kind == "caption" and page_lines[number].text}
        kept |= _credits(page_lines, min(kept))
    return kept


def _dropped(page_lines: list[_Line], kept: set[int]) -> pages.Warnings:
    """A warning where much prose stands among what is kept and is not kept itself."""
    inside = [line for number, line in enumerate(page_lines) if min(kept) < number < max(kept) and number not in kept]
    prose = [
        line for line in inside if len(line.text) >= _PROSE_CHARACTERS and not line.furniture and not _is_link(line)
    ]
    lost = sum(len(line.text) for line in prose if lines.ends_sentence(line.text))
    whole = lost + sum(len(page_lines[number].text) for number in kept)
    return ((_DROPPED, f"{100 * lost / whole:.0f} %"),) if lost > _DROPPED_SHARE * whole else ()


def _credits(page_lines: list[_Line], first: int) -> set[int]:
    """The lines of credits after the page's headline, up to a little way into the text."""
    head = next((number for number, line in enumerate(page_lines) if line.kind == "heading" and line.text), None)
    if head is None or head > first:
        return set()
    return {
        number
        for number in range(head + 1, max(first, head + 4))
        if number < len(page_lines)
        and not _is_link(page_lines[number])
        and len(page_lines[number].text) <= _CREDIT_CHARACTERS
        and _CREDIT.search(page_lines[number].text)
    }


def _is_link(line: _Line) -> bool:
    return 2 * line.links > line.end - line.start


def _is_navigation(kept: list[_Line]) -> bool:
    if any(not _is_link(line) and line.end - line.start >= _PROSE_CHARACTERS for line in kept):
        return False
    return sum(line.links for line in kept) > _NAVIGATION_SHARE * sum(line.end - line.start for line in kept)


def _blocks(page_lines: list[_Line], kept: set[int]) -> Iterator[Block]:
    """The kept lines as blocks, those that only soft breaks set apart put together."""
    group: list[_Line] = []
    for number, line in enumerate(page_lines):
        if number in kept or (group and line.breaks and not line.text):
            group.append(line)
        if group and (not line.breaks or (number not in kept and line.text)):
            yield from _group_blocks(group)
            group = []
    if group:
        yield from _group_blocks(group)


def _group_blocks(group: list[_Line]) -> Iterator[Block]:
    texts = lines.paragraphs(line.text for line in group)
    starts = iter(line for line in group if line.text)
    squeezed_end = 0
    for text in texts:
        line = next(line for line in starts if line.start >= squeezed_end)
        squeezed_end = line.start + len(lines.squeezed(text))
        yield Block(text, f"line {line.number}", line.kind, link=all(_is_link(each) for each in group if each.text))


def _with_title(page: Page, blocks: list[Block], page_lines: list[_Line]) -> tuple[Page, list[Block], tuple[str, ...]]:
    """Marks the block that is the page's title, or puts it first where the main text has it not."""
    headline = next((line for line in page_lines if line.kind == "heading" and line.text), None)
    title = page.title or next((block.text for block in blocks if block.kind == "heading"), "")
    if not title:
        return page, blocks, ("The page has no headline: check the title.",)
    for index, block in enumerate(blocks):
        if lines.squeezed(block.text) == lines.squeezed(title):
            blocks[index] = replace(block, kind="title")
            return replace(page, title=title), blocks, ()
    same = next((line for line in page_lines if lines.squeezed(line.text) == lines.squeezed(title)), None)
    place = f"line {same.number}" if same else "metadata"
    notes = () if headline or same else ("The page has no headline: its title is from the page's metadata.",)
    return replace(page, title=title), [Block(title, place, "title"), *blocks], notes


def _language(declared: str, blocks: list[Block]) -> str:
    """The language that the page declares, unless its own script contradicts it, as on many pages made from a template.

    A bare `zh` says nothing about Simplified or Traditional and so is left to the text.
    """
    if not re.search(r"[A-Za-z]", declared) or languages.leaves_script_open(declared):
        return ""
    try:
        tag = languages.canonical(declared)
        guessed = languages.guess("\n".join(block.text for block in blocks))
    except UnknownLanguage:
        return ""
    return tag if languages.is_spaced(tag) == languages.is_spaced(guessed) else ""
