"""CSV and XLSX as tables: rows of texts with their lines, whatever the delimiter."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import openpyxl

from glossary.errors import InvalidSheet

_DELIMITERS = ",;\t|"
# A cell beyond this is no cell: a quotation mark was never closed.
_LARGEST_CELL = 1_000_000


class NoTerm(str):
    """The text of a cell that is a day, a truth value or an error to the spreadsheet program."""


@dataclass(frozen=True)
class Row:
    """The cells of a row, and the line (CSV) or row (XLSX) where it ends."""

    line: int
    cells: list[str]


def csv_rows(text: str, name: str) -> Iterator[Row]:
    """Yields the rows of a CSV text, the header first, each with as many cells as this; empty rows are left out.

    The delimiter is the one that gives the header most cells. Raises InvalidSheet, with the line, for a row of more
    cells and for broken quotation marks; `name` stands in it.
    """
    text = text.lstrip("\ufeff")
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    return _regular(_parsed(reader, name), name)


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]

    def cells(delimiter: str) -> int:
        return len(next(csv.reader([header], delimiter=delimiter), []))

    return max(_DELIMITERS, key=cells)


def _parsed(reader: Any, name: str) -> Iterator[Row]:
    try:
        for cells in reader:
            yield Row(reader.line_num, cells)
    except csv.Error as error:
        raise InvalidSheet(
            "{name}, line {line}: a quotation mark is open or stands where none can: save the file anew as CSV.",
            name=name,
            line=reader.line_num,
        ) from error


def xlsx_rows(stream: IO[bytes], name: str) -> Iterator[Row]:
    """Yields the rows of the first sheet of an XLSX file as `csv_rows` does; raises InvalidSheet if it is none."""
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        cells = book.worksheets[0].iter_rows()
    except Exception as error:
        raise _no_xlsx(name) from error
    rows = (Row(number, [_cell(cell) for cell in row]) for number, row in enumerate(_read(cells, name), 1))
    return _regular(rows, name)


def _read(rows: Iterator[Any], name: str) -> Iterator[Any]:
    """Yields rows as they are read, which is when damage is found."""
    try:
        yield from rows
    except Exception as error:
        raise _no_xlsx(name) from error


def _no_xlsx(name: str) -> InvalidSheet:
    # openpyxl passes on whatever zip, XML and its own readers raise.
    return InvalidSheet("{name} is not an XLSX file: save it anew as XLSX or CSV.", name=name)


def _cell(cell: Any) -> str:
    if cell.value is None:
        return ""
    # Dates, booleans and errors, as openpyxl calls them.
    return NoTerm(cell.value) if cell.data_type in ("d", "b", "e") else str(cell.value)


# What a spreadsheet program writes for errors, also into CSV.
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")


def is_no_term(cell: str) -> bool:
    """Returns whether the text of a cell can be no term: a day, a truth value, an error."""
    return isinstance(cell, NoTerm) or _ERROR.fullmatch(cell.strip()) is not None


def _regular(rows: Iterator[Row], name: str) -> Iterator[Row]:
    wide = 0
    for row in rows:
        cells = [*row.cells]
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        wide = wide or len(cells)
        if len(cells) > wide:
            raise InvalidSheet(
                "{name}, line {line}: the row has {cells} cells, the first row {columns}. "
                "A cell with the delimiter in it needs quotation marks.",
                name=name,
                line=row.line,
                cells=len(cells),
                columns=wide,
            )
        yield Row(row.line, cells + [""] * (wide - len(cells)))
