"""Running heads and folios: what stands at the upper or lower edge of several pages, and the numbers of the pages."""

import re
from dataclasses import dataclass

from corpus.intake.readers.layout import Line

# How much of a page's height is edge.
_TOP, _BOTTOM = 0.12, 0.1
# Points within which a place on two pages is the same.
_SAME_PLACE = 4
_FOLIO = re.compile(
    r"\W*(?:page|p\.|第)?\s*([A-Z]?\d{1,3})\s*(?:版|页|頁)?(?:\s*(?:/|of|共)\s*\d+\s*[页頁]?)?\W*", re.IGNORECASE
)
_FOLIO_IN_HEAD = re.compile(r"^([A-Z]?\d{1,3})\b(?![.,-]\d)|(?<![\d.,-])\b([A-Z]?\d{1,3})$")


_Key = tuple[str, int, int]


@dataclass(frozen=True)
class PrintedPage:
    """A page as lines with positions."""

    lines: list[Line]
    height: float


@dataclass(frozen=True)
class Edge:
    """The edges of a page: its number, empty where there is none, and its running heads."""

    number: str
    heads: tuple[str, ...]


def split(sheets: list[PrintedPage]) -> list[tuple[list[Line], Edge]]:
    """Returns the lines of each page without what stands at its edges, and what stood there."""
    pages: dict[_Key, set[int]] = {}
    for number, sheet in enumerate(sheets):
        for line in _edge_lines(sheet):
            pages.setdefault(_key(line), set()).add(number)
    return [_split(sheet, number, pages) for number, sheet in enumerate(sheets)]


def _split(sheet: PrintedPage, page: int, pages: dict[_Key, set[int]]) -> tuple[list[Line], Edge]:
    number = ""
    heads: list[Line] = []
    left_out: set[int] = set()
    outermost = _outermost(sheet)
    for line in _edge_lines(sheet):
        folio = _FOLIO.fullmatch(line.text.strip())
        if folio and (line.top < outermost[0] or line.bottom > outermost[1]):
            number = number or folio[1]
        elif _is_elsewhere(line, page, pages):
            heads.append(line)
        else:
            continue
        left_out.add(id(line))
    for head in heads:
        match = _FOLIO_IN_HEAD.search(head.text.strip())
        number = number or ((match[1] or match[2]) if match else "")
    rest = [line for line in sheet.lines if id(line) not in left_out]
    return rest, Edge(number, tuple(dict.fromkeys(head.text.strip() for head in heads)))


def _edge_lines(sheet: PrintedPage) -> list[Line]:
    return [
        line for line in sheet.lines if line.bottom < _TOP * sheet.height or line.top > (1 - _BOTTOM) * sheet.height
    ]


def _outermost(sheet: PrintedPage) -> tuple[float, float]:
    """Nothing stands between a line that begins above the first and the upper edge, or ends below the second."""
    return min((line.bottom for line in sheet.lines), default=0), max((line.top for line in sheet.lines), default=0)


def _key(line: Line) -> _Key:
    """Returns the parts of a line that are the same on each page: numbers count as one, since they count the pages."""
    return re.sub(r"\d+", "#", line.text.strip()), round(line.baseline / _SAME_PLACE), round(line.size)


def _is_elsewhere(line: Line, page: int, pages: dict[_Key, set[int]]) -> bool:
    """Returns whether the line stands at the same place of another page as well."""
    text, place, size = _key(line)
    near = ((text, place + step, size) for step in (-1, 0, 1))
    return any(pages.get(key, set()) - {page} for key in near)
