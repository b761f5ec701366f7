"""Glossaries as files: TBX, CSV or XLSX, told apart by how they begin, into the term base and out of it."""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from corpus import decoding, languages
from glossary import sheets, tbx
from glossary.concepts import Concept
from glossary.errors import InvalidTbx
from glossary.sheets import ColumnMapping, Row
from glossary.tbx import Dialect, Style
from glossary.termbase import TermBase

# What may stand before the first `<` of an XML file: byte order marks, the zeros of UTF-16, white space.
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_HEADER = "mapping:"


@dataclass(frozen=True)
class Sheet:
    """The header and first rows of a sheet, and its mapping as it was remembered or is guessed."""

    header: list[str]
    rows: list[Row]
    mapping: ColumnMapping


@contextmanager
def concepts_of(path: Path, name: str, mapping: ColumnMapping | None = None) -> Iterator[Iterator[Concept]]:
    """Gives the concepts of a file, whose format its beginning tells; a mapping is for sheets alone."""
    with decoding.open_file(path) as stream:
        form = _form(stream)
        if form == "xlsx":
            yield sheets.read_xlsx(stream, name, languages.canonical, mapping)
        elif form == "tbx":
            yield tbx.read(stream, name, languages.canonical)
        else:
            yield sheets.read_csv(decoding.read_text(path), name, languages.canonical, mapping)


def _form(stream: IO[bytes]) -> str:
    beginning = stream.read(64).lstrip(_BEFORE_XML)
    stream.seek(0)
    return "xlsx" if beginning.startswith(b"PK") else "tbx" if beginning.startswith(b"<") else "csv"


def sheet_of(termbase: TermBase, path: Path, name: str, shown: int = 5) -> Sheet | None:
    """Returns how a CSV or XLSX file begins, with the mapping for its header; None for TBX."""
    with decoding.open_file(path) as stream:
        form = _form(stream)
        if form == "tbx":
            return None
        rows = sheets.xlsx_rows(stream, name) if form == "xlsx" else sheets.csv_rows(decoding.read_text(path), name)
        first = [row for row, _ in zip(rows, range(shown + 1), strict=False)]
    header = first[0].cells if first else []
    kept = termbase.settings.get(_key(header))
    mapping = ColumnMapping.from_json(kept) if kept else sheets.guess(header, languages.canonical)
    return Sheet(header, first[1:], mapping)


def remember(termbase: TermBase, header: list[str], mapping: ColumnMapping) -> None:
    """Keeps a mapping for the next sheet that has the same header."""
    termbase.settings.put(_key(header), mapping.as_json())


def _key(header: list[str]) -> str:
    return _HEADER + "\t".join(cell.strip() for cell in header)


def check(path: Path) -> list[InvalidTbx]:
    """Returns what a TBX file does against the rules of its dialect."""
    with decoding.open_file(path) as stream:
        return list(tbx.check(stream, path.name, languages.canonical))


def write(
    stream: IO[bytes],
    concepts: Iterable[Concept],
    form: str,
    title: str,
    dialect: Dialect | None = None,
    style: Style = Style.DCA,
) -> int:
    """Writes concepts as `tbx`, `csv` or `xlsx` and returns their number."""
    writers: dict[str, Callable[[], int]] = {
        "tbx": lambda: tbx.write(stream, concepts, title, dialect, style),
        "csv": lambda: sheets.write_csv(text, concepts),
        "xlsx": lambda: sheets.write_xlsx(stream, concepts),
    }
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    try:
        return writers[form]()
    finally:
        # Else it would close what it does not own.
        text.detach()
