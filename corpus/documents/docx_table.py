"""A bitext as a Word table: a row a unit, to be edited in Word and brought back."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import IO, Any

from corpus.bitexts.model import Bitext, Unit, UnitState
from corpus.documents.docx_package import element, paragraph, run, w, write_package
from corpus.documents.marks import mark_of
from corpus.text import languages
from corpus.text.xml import legal

_WIDTHS = (700, 6200, 6200, 1300)  # twentieths of a point, on A4 across


@dataclass(frozen=True)
class TableNames:
    """The words of a table, in the `language` of whoever asks for it: the heads of its columns, the states."""

    heads: tuple[str, str, str, str] = ("No.", "Source", "Translation", "State")
    states: Mapping[UnitState, str] = field(default_factory=lambda: {state: state.value for state in UnitState})
    language: str = "en"


ENGLISH = TableNames()


def write_table(stream: IO[bytes], bitext: Bitext, units: Iterable[Unit], names: TableNames = ENGLISH) -> int:
    """Writes all units of a bitext as the table of a Word document and returns their number.

    The numbers and the sources are locked in Word, and the state is chosen from a list.
    """
    empty = _empty_row(bitext, names)
    rows = [_filled(empty, number, bitext, unit, names) for number, unit in enumerate(units, 1)]
    page = element(
        "sectPr",
        element("pgSz", w=16838, h=11906, orient="landscape"),
        element("pgMar", top=1000, right=1000, bottom=1000, left=1000, header=600, footer=600, gutter=0),
    )
    title = paragraph("Title", bitext.source_language, run(bitext.title, bitext.source_language))
    body = element("body", title, _table(_head(names), rows), paragraph("", names.language), page)
    write_package(stream, body, bitext.title, bitext.target_language)
    return len(rows)


def _table(head: Any, rows: list[Any]) -> Any:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = element("tblBorders", *(element(side, val="single", sz=4, space=0, color="A0A0A0") for side in sides))
    properties = element(
        "tblPr", element("tblW", w=sum(_WIDTHS), type="dxa"), borders, element("tblLayout", type="fixed")
    )
    return element(
        "tbl", properties, element("tblGrid", *(element("gridCol", w=width) for width in _WIDTHS)), head, *rows
    )


def _head(names: TableNames) -> Any:
    cells = [
        _cell(width, paragraph("", names.language, run(name, names.language, element("b"))))
        for width, name in zip(_WIDTHS, names.heads, strict=True)
    ]
    return element("tr", element("trPr", element("cantSplit"), element("tblHeader")), *cells)


def _empty_row(bitext: Bitext, names: TableNames) -> Any:
    """Returns a row without a unit: copies of it are filled, which is much quicker than to make each anew."""
    source, target = bitext.source_language, bitext.target_language
    states = [element("listItem", displayText=names.states[state], value=state) for state in UnitState]
    numbered = _control(run("", "en"), element("tag", val=""), element("lock", val="contentLocked"))
    read_only = _control(run("", source), element("lock", val="contentLocked"))
    chosen = _control(run("", names.language), element("dropDownList", *states))
    cells = (
        paragraph("", "en", element("bookmarkStart", id=0, name=""), numbered, element("bookmarkEnd", id=0)),
        paragraph("", source, read_only),
        paragraph("", target, run("", target)),
        paragraph("", names.language, chosen),
    )
    return element(
        "tr",
        element("trPr", element("cantSplit")),
        *(_cell(width, content) for width, content in zip(_WIDTHS, cells, strict=True)),
    )


def _filled(empty: Any, number: int, bitext: Bitext, unit: Unit, names: TableNames) -> Any:
    row, mark = deepcopy(empty), str(mark_of(bitext, unit))
    for tag in row.iter(w("tag")):
        tag.set(w("val"), mark)
    for bookmark in row.iter(w("bookmarkStart"), w("bookmarkEnd")):
        bookmark.set(w("id"), str(number))
    for start in row.iter(w("bookmarkStart")):
        start.set(w("name"), mark)
    source = languages.join(unit.source, bitext.source_language)
    target = languages.join(unit.target, bitext.target_language)
    for place, text in zip(row.iter(w("t")), (str(number), source, target, names.states[unit.state]), strict=True):
        place.text = legal(text)
    return row


def _cell(width: int, content: Any) -> Any:
    return element("tc", element("tcPr", element("tcW", w=width, type="dxa")), content)


def _control(content: Any, *properties: Any) -> Any:
    """Returns a content control round a run."""
    return element("sdt", element("sdtPr", *properties), element("sdtContent", content))
