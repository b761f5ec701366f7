"""PDF files: their letters with positions, put together into lines; the order of the lines is the layout's business."""

import ctypes
import re
import statistics
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from math import hypot

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.intake.pages import Block, Limits, Page
from corpus.intake.readers import headers_footers, layout, lines, shifted
from corpus.intake.readers.headers_footers import Edge, PrintedPage
from corpus.intake.readers.layout import Line
from corpus.text.errors import UnreadableFile

# PDFium may be in one thread at a time only, and is one library in the process.
_PDFIUM = threading.Lock()

# Shares of the size of the letters.
_GAP = 0.8
_SHIFT = 0.6
_HEADING = 1.15
_SMALL = 0.85
_RAISED = 0.15
_LOWERED = 0.05
_TITLE = 1.3
_TAIL_BYTES = 4_096
# A newspaper page has a thousand lines; to find columns among many more takes too long.
_MAX_LINES = 5_000
# A text of which more than this has no character codes is a picture for any reader.
_UNKNOWN_SHARE = 0.1
_VERTICAL_SHARE = 0.5
_BOLD_WEIGHT = 700
_PRIVATE_USE = range(0xE000, 0xF900)
# PDFium gives a hyphen at a line's end as one of these.
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
_PROGRAM_TITLE = re.compile(r"microsoft word|untitled|\.(docx?|indd|pdf|qxd|wps|fbd)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Letter:
    """A character on the page as it is seen: its stretch from left to right, and the point it stands on."""

    code: int
    left: float
    right: float
    baseline: float
    size: float


def read_pages(data: bytes, name: str, limits: Limits) -> list[Page]:
    """Returns the pages of a PDF file, their blocks in reading order.

    Raises UnreadableFile for a file that is encrypted, damaged, too long, or without a text layer.
    """
    _check_end(data, name)
    with _PDFIUM, _opened(data, name) as document:
        _check_pages(document, name, limits)
        sheets = [_sheet(document, index, name, limits) for index in range(len(document))]
        metadata = document.get_metadata_dict()
    if not any(sheet.lines for sheet in sheets):
        raise UnreadableFile(
            "{name} has no text layer, only pictures of its pages: run text recognition (OCR) on it first.", name=name
        )
    body = _body_size(sheets)
    split = headers_footers.split(sheets)
    pages = [_page(index, rest, edge, body, name) for index, (rest, edge) in enumerate(split)]
    pages[0] = _with_title(pages[0], metadata.get("Title", ""))
    return pages


def _check_end(data: bytes, name: str) -> None:
    """A file that was cut off may open all the same, with some of its pages; half an article is worse than none."""
    if b"startxref" not in data.rstrip(b"\0\r\n\t ")[-_TAIL_BYTES:]:
        raise UnreadableFile("{name} is cut off before its end: get the file again.", name=name)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFile(
                "{name} is protected by a password: open it with the password and save it without one.", name=name
            ) from None
        raise _damaged(name) from None
    try:
        yield document
    finally:
        document.close()


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile("{name} is damaged and cannot be read as a PDF: get the file again.", name=name)


def _check_pages(document: pypdfium2.PdfDocument, name: str, limits: Limits) -> None:
    if len(document) == 0:
        raise _damaged(name)
    if len(document) > limits.pdf_pages:
        raise UnreadableFile(
            "{name} has {count} pages; the limit is {limit}: split the file.",
            name=name,
            count=len(document),
            limit=limits.pdf_pages,
        )


def _sheet(document: pypdfium2.PdfDocument, index: int, name: str, limits: Limits) -> PrintedPage:
    try:
        page = document[index]
        text = page.get_textpage()
        reader = _LetterReader(page, text.raw)
    except pypdfium2.PdfiumError:
        raise UnreadableFile(
            "Page {page} of {name} is damaged: get the file again.", page=index + 1, name=name
        ) from None
    try:
        count = text.count_chars()
        if count > limits.block_characters:
            raise UnreadableFile(
                "Page {page} of {name} has {count} characters; the limit is {limit}: is it an article?",
                page=index + 1,
                name=name,
                count=count,
                limit=limits.block_characters,
            )
        return PrintedPage(list(_page_lines(reader, count)), page.get_height())
    finally:
        text.close()
        page.close()


def _page_lines(reader: "_LetterReader", count: int) -> Iterator[Line]:
    """The lines of a page in the order of the file: letters on one baseline, without a gap between them."""
    letters: list[_Letter] = []
    first = last = 0
    for index in range(count):
        letter = reader.read(index)
        if letter is None:
            continue
        if letters and not _continues(letters[-1], letter):
            yield from _line(letters, reader.is_bold(first) and reader.is_bold(last))
            letters = []
        if not letters:
            first = index
        letters.append(letter)
        last = index
    if letters:
        yield from _line(letters, reader.is_bold(first) and reader.is_bold(last))


class _LetterReader:
    """Reads the letters of a page with their places on it as it is seen, its own rotation included."""

    def __init__(self, page: pypdfium2.PdfPage, text: pdfium.FPDF_TEXTPAGE) -> None:
        self._text = text
        self._rotation = page.get_rotation()
        self._box = page.get_bbox()
        self._width, self._height = page.get_size()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._rectangle, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()

    def read(self, index: int) -> _Letter | None:
        """Returns a letter, or None for what is no letter, stands outside of the page or does not run across it."""
        code = pdfium.FPDFText_GetUnicode(self._text, index)
        if code in (0x0A, 0x0D) or not pdfium.FPDFText_GetCharOrigin(self._text, index, self._x, self._y):
            return None
        pdfium.FPDFText_GetMatrix(self._text, index, self._matrix)
        pdfium.FPDFText_GetLooseCharBox(self._text, index, self._rectangle)
        matrix, rectangle = self._matrix, self._rectangle
        runs_across = self._seen_direction(matrix.a, matrix.b)
        size = pdfium.FPDFText_GetFontSize(self._text, index) * hypot(matrix.c, matrix.d)
        one = self._seen(rectangle.left, rectangle.top)
        other = self._seen(rectangle.right, rectangle.bottom)
        x, baseline = self._seen(self._x.value, self._y.value)
        if not runs_across or size <= 0 or not (0 <= x <= self._width and 0 <= baseline <= self._height):
            return None
        return _Letter(code, min(one[0], other[0]), max(one[0], other[0]), baseline, size)

    def is_bold(self, index: int) -> bool:
        """Returns whether the letter is in a bold font, by its weight or its name."""
        if pdfium.FPDFText_GetFontWeight(self._text, index) >= _BOLD_WEIGHT:
            return True
        name = ctypes.create_string_buffer(256)
        pdfium.FPDFText_GetFontInfo(self._text, index, name, len(name), None)
        return any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))

    def _seen(self, x: float, y: float) -> tuple[float, float]:
        """Returns the page's own coordinates as points from the upper left corner of the page as it is seen."""
        left, bottom, right, top = self._box
        if self._rotation == 90:
            return y - bottom, x - left
        if self._rotation == 180:
            return right - x, y - bottom
        if self._rotation == 270:
            return top - y, right - x
        return x - left, top - y

    def _seen_direction(self, a: float, b: float) -> bool:
        """Returns whether letters with such a matrix follow one another from left to right."""
        along = {0: a, 90: b, 180: -a, 270: -b}[self._rotation]
        return along > 0.9 * hypot(a, b)


def _continues(before: _Letter, letter: _Letter) -> bool:
    em = max(before.size, letter.size)
    gap = letter.left - before.right
    return abs(letter.baseline - before.baseline) < _SHIFT * em and -_GAP * em < gap < _GAP * em


def _line(letters: list[_Letter], bold: bool) -> Iterator[Line]:
    printed = [letter for letter in letters if not _character(letter).isspace()]
    if printed:
        baseline = statistics.median_low(letter.baseline for letter in printed)
        size = max(letter.size for letter in printed if letter.baseline == baseline)
        yield Line(
            text=lines.collapse(_text(letters, baseline, size)),
            left=min(letter.left for letter in printed),
            right=max(letter.right for letter in printed),
            baseline=baseline,
            size=statistics.median_low(letter.size for letter in printed),
            bold=bold,
        )


def _character(letter: _Letter) -> str:
    return "-" if letter.code in _HYPHENS else chr(letter.code)


def _text(letters: list[_Letter], baseline: float, size: float) -> str:
    """The text of a line with letters of a size; small ones above or below its baseline are written as such."""

    def shift(letter: _Letter) -> str:
        if letter.size > _SMALL * size or chr(letter.code).isspace():
            return ""
        rise = (baseline - letter.baseline) / size
        return "super" if rise > _RAISED else "sub" if rise < -_LOWERED else ""

    text = ""
    for shifting, group in groupby(letters, key=shift):
        piece = "".join(map(_character, group))
        text += shifted.raised(piece, text) if shifting == "super" else shifted.lowered(piece) if shifting else piece
    return text


def _body_size(sheets: list[PrintedPage]) -> float:
    """The size that most letters have."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def _page(index: int, page_lines: list[Line], edge: Edge, body: float, name: str) -> Page:
    columns = layout.columns(page_lines) if len(page_lines) <= _MAX_LINES else [page_lines]
    blocks = []
    largest = max((line.size for line in page_lines), default=0.0) if index == 0 else 0.0
    numbers = layout.numbers(columns)
    for number, column in zip(numbers, columns, strict=True):
        place = f"page {index + 1}" + (f", column {number}" if max(numbers) > 1 else "")
        for paragraph in layout.paragraphs(column):
            size = paragraph[0].size
            kind = "list" if layout.is_item(paragraph[0]) else "heading" if size >= _HEADING * body else "text"
            if size >= largest - 0.1 and size >= _TITLE * body and largest:
                # The largest letters of the first page are its title, once.
                kind, largest = "title", 0.0
            blocks.append(Block(lines.join(line.text for line in paragraph), place, kind))
    return Page(tuple(blocks), name, number=edge.number or str(index + 1), notes=_notes(index, page_lines, edge))


def _notes(index: int, page_lines: list[Line], edge: Edge) -> tuple[str, ...]:
    notes = [f"Left out of page {index + 1} as a running head: {head}" for head in edge.heads]
    if len(page_lines) > _MAX_LINES:
        notes.append(f"Page {index + 1} has too many lines to find its columns: check the order of its text.")
    text = "".join(line.text for line in page_lines)
    if not text:
        notes.append(f"Page {index + 1} has no text layer: what is on it was not read.")
    unknown = sum(character == "\ufffd" or ord(character) in _PRIVATE_USE or character == "\0" for character in text)
    if unknown > _UNKNOWN_SHARE * len(text):
        notes.append(f"Many letters of page {index + 1} have no character codes: run text recognition (OCR) on it.")
    if sum(len(line.text) == 1 for line in page_lines) > max(_VERTICAL_SHARE * len(page_lines), 10):
        notes.append(f"The text of page {index + 1} seems to run from top to bottom: check the order of its letters.")
    return tuple(notes)


def _with_title(page: Page, title: str) -> Page:
    """Gives the first page the title in the file's properties, if it is one: then it stands on the page as well."""
    squeezed = lines.squeezed(title)
    if not squeezed or _PROGRAM_TITLE.search(title):
        return page
    on_page = lines.squeezed("".join(block.text for block in page.blocks))
    return replace(page, title=title.strip()) if squeezed.lower() in on_page.lower() else page
