"""A bitext as a Word table: a row a unit, to be edited in Word and brought back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from corpus.bitexts.model import Bitext, Unit, UnitState
from corpus.documents.docx_package import element, paragraph, run, write_package
from corpus.documents.marks import mark_of
from corpus.text import languages

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
    rows = [_row(number, bitext, unit, names) for number, unit in enumerate(units, 1)]
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


def _row(number: int, bitext: Bitext, unit: Unit, names: TableNames) -> Any:
    mark = str(mark_of(bitext, unit))
    source, target = bitext.source_language, bitext.target_language
    numbered = _control(run(str(number), "en"), mark, element("lock", val="sdtContentLocked"))
    start, end = element("bookmarkStart", id=number, name=mark), element("bookmarkEnd", id=number)
    read_only = _control(run(languages.join(unit.source, source), source), "", element("lock", val="sdtContentLocked"))
    states = [element("listItem", displayText=names.states[state], value=state) for state in UnitState]
    chosen = _control(run(names.states[unit.state], names.language), "", element("dropDownList", *states))
    cells = (
        paragraph("", "en", start, numbered, end),
        paragraph("", source, read_only),
        paragraph("", target, run(languages.join(unit.target, target), target)),
        paragraph("", names.language, chosen),
    )
    return element(
        "tr",
        element("trPr", element("cantSplit")),
        *(_cell(width, content) for width, content in zip(_WIDTHS, cells, strict=True)),
    )


def _cell(width: int, content: Any) -> Any:
    return element("tc", element("tcPr", element("tcW", w=width, type="dxa")), content)


def _control(content: Any, tag: str, kind: Any) -> Any:
    """Returns a content control round a run."""
    properties = element("sdtPr", *([element("tag", val=tag)] if tag else []), kind)
    return element("sdt", properties, element("sdtContent", content))
