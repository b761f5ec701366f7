"""Word documents (DOCX): paragraphs with what their styles say they are, cells of tables, notes, and the properties.

The names of elements are matched without their namespace, since strict and transitional documents differ in nothing
else that is read here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath
from typing import Self

from lxml import etree

from corpus.intake import symbols
from corpus.intake.pages import Block, Page
from corpus.intake.readers import lines, shifted
from corpus.intake.readers.archive import Archive, Budget
from corpus.text import languages
from corpus.text.errors import UnknownLanguage, UnreadableFile
from corpus.text.xml import parse

_DEFAULT_PART = "word/document.xml"
_TEXT_OF = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Not the text as it would be printed: what was deleted or moved away, codes of fields, readings above characters,
# the older twin of a drawing, properties.
_UNREAD = frozenset({"del", "moveFrom", "instrText", "delText", "rt", "Fallback", "rPr", "pPr", "sectPr", "tblPr"})
_BLOCKS = frozenset({"p", "tbl", "tr", "tc"})
_REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_SHIFTS = {"superscript": "super", "subscript": "sub"}
_SHIFTED: dict[str, Callable[[str, str], str]] = {
    "super": shifted.raised,
    "sub": lambda text, before: shifted.lowered(text),
}
_NUMBER = re.compile(r"[+−-]?\d{1,3}")
# Powers and indices in equations.
_MATHS_SHIFTS = {"sup": "super", "sub": "sub"}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# What programs enter as the author where nobody did.
_NO_AUTHORS = frozenset(
    {"administrator", "admin", "user", "microsoft", "microsoft office user", "python-docx", "un-named", "微软用户"}
)


@dataclass(frozen=True)
class _Styles:
    """The effect of a document's styles on a paragraph or a run: kinds and shifts by the style's id.

    `marks` has the marks of notes by their references: the kind of note, and its id.
    """

    kinds: dict[str, str]
    shifts: dict[str, str]
    marks: dict[tuple[str, str], str]

    def kind(self, paragraph: etree._Element) -> str:
        style = paragraph.find("{*}pPr/{*}pStyle")
        kind = self.kinds.get(_value(style), "text")
        properties = paragraph.find("{*}pPr")
        if kind != "text" or properties is None:
            return kind
        return _own_kind(properties)

    def shift(self, run: etree._Element) -> str:
        """Returns `super` for a run above the line, `sub` for one below it, and an empty text for any other."""
        properties = run.find("{*}rPr")
        if properties is None:
            return ""
        shift = _own_shift(properties) or self.shifts.get(_value(properties.find("{*}rStyle")), "")
        # Whole lines are moved a little for their looks; numbers are raised by hand.
        is_moved = _NUMBER.fullmatch("".join(run.itertext("{*}t")).strip()) is not None
        return shift or (_moved(properties) if is_moved else "")


@dataclass(frozen=True)
class Document:
    """The text part of a Word document, and what else is needed to read its texts."""

    root: etree._Element
    styles: _Styles
    package: Archive
    folder: PurePosixPath

    @classmethod
    def of(cls, package: Archive) -> Self:
        """Returns the document in an archive; raises UnreadableFile where it has none or is damaged."""
        main = _main_part(package)
        root, folder = _part(package, main), PurePosixPath(main).parent
        if root is None:
            raise UnreadableFile(
                "{name} is a Word document without its text part: save it again in Word.", name=package.name
            )
        return cls(root, _styles(_part(package, str(folder / "styles.xml")), root), package, folder)

    def beside(self, part: str) -> etree._Element | None:
        """Returns the root of a part that stands beside the text, or None where there is none of that name."""
        return _part(self.package, str(self.folder / part))

    def text(self, paragraph: etree._Element) -> str:
        """Returns the text of a paragraph as printed, tracked changes accepted."""
        return lines.collapse(_text(paragraph, self.styles))


@dataclass
class _Walk:
    """The position of the reading in the document, for the places of its blocks."""

    paragraph: int = 0
    table: int = 0
    blocks: list[Block] = field(default_factory=list)
    pending: str = ""


def read_pages(data: bytes, name: str, budget: Budget) -> list[Page]:
    """Returns a Word document as one page.

    Raises UnreadableFile where it is damaged, declares entities, unpacks to too much, or has no text.
    """
    with Archive(data, name, budget) as package:
        document = Document.of(package)
        blocks = _body_blocks(document.root, document.styles) + _notes(document)
        page = _properties(_part(package, "docProps/core.xml"), name)
    _check(blocks, name, budget)
    return [Page(tuple(blocks), name, title=page.title, byline=page.byline, date=page.date, language=page.language)]


def _check(blocks: list[Block], name: str, budget: Budget) -> None:
    if not blocks:
        raise UnreadableFile("{name} has no text: choose a document with an article in it.", name=name)
    longest = max(blocks, key=lambda block: len(block.text))
    if len(longest.text) > budget.limits.block_characters:
        raise UnreadableFile(
            "{name} has a block of {count} characters at {place}; the limit is {limit}: is it an article?",
            name=name,
            count=len(longest.text),
            place=longest.place,
            limit=budget.limits.block_characters,
        )


def _part(package: Archive, part: str) -> etree._Element | None:
    """The root of a part, or None where the package has not that part."""
    if not package.holds(part):
        return None
    try:
        root: etree._Element = parse(package.read(part))
    except etree.XMLSyntaxError:
        raise UnreadableFile(
            "{part} in {name} is damaged: open the document in Word and save it again.", part=part, name=package.name
        ) from None
    # The standard forbids it (ISO/IEC 29500-2, 9.1.4), so that no document needs what it could be misused for.
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile(
            "{part} in {name} declares entities, which no Word document may: it was left alone as unsafe.",
            part=part,
            name=package.name,
        )
    return root


def _main_part(package: Archive) -> str:
    relations = _part(package, "_rels/.rels")
    for relation in relations if relations is not None else ():
        if (relation.get("Type") or "").endswith("/officeDocument"):
            return (relation.get("Target") or "").lstrip("/")
    return _DEFAULT_PART


def _styles(root: etree._Element | None, document: etree._Element) -> _Styles:
    """Kinds by style id; names are the same in every language of Word, ids are not."""
    kinds: dict[str, str] = {}
    shifts: dict[str, str] = {}
    based: dict[str, str] = {}
    for style in root.iterfind("{*}style") if root is not None else ():
        key = attribute(style, "styleId")
        properties = style.find("{*}pPr")
        kind = _named_kind(_value(style.find("{*}name")).lower())
        if kind == "text" and properties is not None:
            kind = _own_kind(properties)
        kinds[key] = kind
        run_properties = style.find("{*}rPr")
        shifts[key] = "" if run_properties is None else _own_shift(run_properties)
        based[key] = _value(style.find("{*}basedOn"))
    return _Styles({key: _inherited(key, kinds, based) for key in kinds}, shifts, _marks(document))


def _own_shift(properties: etree._Element) -> str:
    return _SHIFTS.get(_value(properties.find("{*}vertAlign")), "")


def _moved(properties: etree._Element) -> str:
    position = _value(properties.find("{*}position"))
    return "" if position.lstrip("-") in ("", "0") else "sub" if position.startswith("-") else "super"


def _marks(document: etree._Element) -> dict[tuple[str, str], str]:
    """The marks of notes as Word prints them where nobody chose others: 1, 2 below the page, i, ii at the end."""
    marks: dict[tuple[str, str], str] = {}
    for kind, style in (("footnote", str), ("endnote", _roman)):
        references = (
            reference
            for reference in document.iter(f"{{*}}{kind}Reference")
            if attribute(reference, "customMarkFollows") not in ("1", "true", "on")
        )
        for number, reference in enumerate(references, start=1):
            marks.setdefault((kind, attribute(reference, "id")), shifted.raised(style(number)))
    return marks


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += number // value * letters
        number %= value
    return text


def _inherited(key: str, kinds: dict[str, str], based: dict[str, str]) -> str:
    seen: set[str] = set()
    while kinds.get(key) == "text" and based.get(key) and key not in seen:
        seen.add(key)
        key = based[key]
    return kinds.get(key, "text")


def _named_kind(style_name: str) -> str:
    if style_name in ("title", "标题"):
        return "title"
    if style_name.startswith(("heading ", "subtitle", "副标题")):
        return "heading"
    if style_name in ("caption", "题注"):
        return "caption"
    # “List Paragraph” is what Word gives to any indented paragraph; whether it is an item its numbering says.
    return "list" if style_name.startswith("list ") and style_name != "list paragraph" else "text"


def _own_kind(properties: etree._Element) -> str:
    level = properties.find("{*}outlineLvl")
    if level is not None and _value(level) in "012345678":
        return "heading"
    numbering = properties.find("{*}numPr/{*}numId")
    return "list" if numbering is not None and _value(numbering) != "0" else "text"


def _body_blocks(document: etree._Element, styles: _Styles) -> list[Block]:
    body = document.find("{*}body")
    walk = _Walk()
    if body is not None:
        _walk(body, styles, walk, "")
    if walk.pending.strip():
        walk.blocks.append(Block(lines.collapse(walk.pending), f"paragraph {walk.paragraph}"))
    return walk.blocks


def _walk(parent: etree._Element, styles: _Styles, walk: _Walk, cell: str) -> None:
    for element in parent:
        tag = _tag(element)
        if tag in _UNREAD:
            continue
        if tag == "p":
            walk.paragraph += 1
            _add_paragraph(element, styles, walk, cell or f"paragraph {walk.paragraph}")
            for box in _text_boxes(element):
                _walk(box, styles, walk, cell or f"text box at paragraph {walk.paragraph}")
        elif tag == "tbl":
            walk.table += 1
            _walk_table(element, styles, walk)
        else:
            # Content controls, tracked insertions and custom XML only wrap what they hold.
            _walk(element, styles, walk, cell)


def _walk_table(table: etree._Element, styles: _Styles, walk: _Walk) -> None:
    number = walk.table
    for row_number, row in enumerate(below(table, "tr"), start=1):
        for cell_number, cell in enumerate(below(row, "tc"), start=1):
            _walk(cell, styles, walk, f"table {number}, row {row_number}, cell {cell_number}")


def below(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The nearest elements of a name below another, through what only wraps them."""
    for element in parent:
        tag = _tag(element)
        if tag == wanted:
            yield element
        elif tag not in _UNREAD and tag not in _BLOCKS:
            yield from below(element, wanted)


def _add_paragraph(paragraph: etree._Element, styles: _Styles, walk: _Walk, place: str) -> None:
    text = walk.pending + _text(paragraph, styles)
    walk.pending = ""
    if paragraph.find("{*}pPr/{*}rPr/{*}del") is not None:
        # Its end was deleted, so that it runs on into the next one.
        walk.pending = text
        return
    kind = styles.kind(paragraph)
    pieces = text.split("\n")
    texts = lines.paragraphs(pieces) if kind == "text" else [lines.join(pieces)]
    walk.blocks.extend(Block(lines.collapse(text), place, kind) for text in texts if text.strip())


def _text(element: etree._Element, styles: _Styles) -> str:
    """The text of a paragraph as printed, without that of the text boxes anchored in it."""
    text = ""
    for shift, pieces in groupby(_pieces(element, styles, "", ""), key=lambda piece: piece[0]):
        piece = "".join(words for _, words in pieces)
        text += _SHIFTED[shift](piece, text) if shift else piece
    return text


def _pieces(element: etree._Element, styles: _Styles, shift: str, font: str) -> Iterator[tuple[str, str]]:
    """The text below an element in pieces, each with whether it stands above (`super`) or below (`sub`) the line."""
    for child in element:
        tag = _tag(child)
        if tag == "t":
            yield shift, symbols.text(font, child.text or "")
        elif tag == "sym":
            yield shift, _symbol(child)
        elif tag in _TEXT_OF:
            yield shift, _TEXT_OF[tag]
        elif tag in _REFERENCES:
            yield "", styles.marks.get((_REFERENCES[tag], attribute(child, "id")), "")
        elif tag == "r":
            if child.find("{*}rPr/{*}vanish") is None:
                yield from _pieces(child, styles, styles.shift(child) or shift, _font(child))
        elif tag not in _UNREAD and tag != "txbxContent":
            yield from _between(tag, _pieces(child, styles, _MATHS_SHIFTS.get(tag, shift), font))


def _between(tag: str, pieces: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pieces, after the bar where they are what a fraction is divided by."""
    if tag == "den":
        yield "", "/"
    yield from pieces


def _symbol(element: etree._Element) -> str:
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return symbols.UNKNOWN
    return symbols.character(attribute(element, "font"), code)


def _font(run: etree._Element) -> str:
    fonts = run.find("{*}rPr/{*}rFonts")
    return "" if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi")


def _text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    for element in paragraph:
        tag = _tag(element)
        if tag == "txbxContent":
            yield element
        elif tag not in _UNREAD:
            yield from _text_boxes(element)


def _notes(document: Document) -> list[Block]:
    """The footnotes and endnotes, after the text; the separators above them are no notes."""
    blocks = []
    for part, tag in (("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")):
        root, styles = document.beside(part), document.styles
        for note in root.iterfind(f"{{*}}{tag}") if root is not None else ():
            text = lines.collapse(" ".join(_text(paragraph, styles) for paragraph in note.iterfind("{*}p")))
            if text and attribute(note, "type") in ("", "normal"):
                mark = styles.marks.get((tag, attribute(note, "id")), "")
                blocks.append(Block(f"{mark} {text}".strip(), f"{tag} {attribute(note, 'id')}"))
    return blocks


def _properties(core: etree._Element | None, name: str) -> Page:
    """Returns the document's properties, on a page without blocks."""
    if core is None:
        return Page((), name)
    values = {_tag(element): (element.text or "").strip() for element in core}
    author = values.get("creator", "")
    return Page(
        (),
        name,
        title=values.get("title", ""),
        byline="" if author.lower() in _NO_AUTHORS else author,
        date=_day(values.get("created", "")),
        language=_language(values.get("language", "")),
    )


def _day(time: str) -> str:
    day = time[:10]
    return day if len(day) == 10 and day[4] == day[7] == "-" and day.replace("-", "").isdecimal() else ""


def _language(tag: str) -> str:
    try:
        return languages.canonical(tag) if tag else ""
    except UnknownLanguage:
        return ""


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, attribute: str) -> str:
    return next((str(value) for key, value in element.items() if key.endswith("}" + attribute)), "")


def _value(element: etree._Element | None) -> str:
    return "" if element is None else attribute(element, "val")
