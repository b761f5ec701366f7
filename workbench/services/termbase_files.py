"""Glossaries as files: TBX, CSV or XLSX, told apart by how they begin, into the term base and out of it."""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from corpus.pace import Pace
from corpus.text import languages
from corpus.text.charset import files
from glossary import importing, sheets, tbx
from glossary.concepts import Concept, ConceptState
from glossary.errors import InvalidSheet, InvalidTbx
from glossary.importing import Policy, Preview
from glossary.remarks import Remarks
from glossary.sheets import ColumnMapping, Row
from glossary.tbx import Dialect, Style
from glossary.termbase import TermBase, TermImportReport
from workbench.desk import Desk
from workbench.stores.roles import Permission

# What may stand before the first `<` of an XML file: byte order marks, the zeros of UTF-16, white space.
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_HEADER = "mapping:"


@dataclass(frozen=True)
class Sheet:
    """The header and first rows of a sheet, and its mapping as it was remembered or is guessed."""

    header: list[str]
    rows: list[Row]
    mapping: ColumnMapping

    @property
    def left_out(self) -> list[str]:
        """The names of the columns that are left out although cells of theirs are filled."""
        filled = [any(row.cells[number].strip() for row in self.rows) for number in range(len(self.header))]
        return [
            name.strip() or str(number)
            for number, (name, field) in enumerate(zip(self.header, self.mapping.columns, strict=False), 1)
            if not field and (filled[number - 1] or not self.rows)
        ]

    def check(self) -> None:
        """Raises InvalidSheet where terms of one language alone were understood beside filled columns."""
        if len(self.mapping.of_terms) == 1 and self.left_out:
            raise InvalidSheet(
                "Of the columns only terms in the language {language} were understood, beside {others}: "
                "say what the columns are.",
                language=self.mapping.of_terms[0],
                others=", ".join(self.left_out),
            )


@contextmanager
def concepts_of(
    path: Path, name: str, mapping: ColumnMapping | None = None, remarks: Remarks | None = None
) -> Iterator[Iterator[Concept]]:
    """Gives the concepts of a file, whose format its beginning tells; a mapping is for sheets alone.

    `remarks` takes up what is left out, or kept as it is.
    """
    with files.open_file(path) as stream:
        form = _form(stream)
        if form == "xlsx":
            yield sheets.read_xlsx(stream, name, languages.canonical, mapping, remarks)
        elif form == "tbx":
            yield tbx.read(stream, name, languages.canonical, remarks)
        else:
            yield sheets.read_csv(files.read_text(path), name, languages.canonical, mapping, remarks)


def import_terms(
    desk: Desk,
    path: Path,
    name: str = "",
    mapping: ColumnMapping | None = None,
    policy: Policy = Policy.ADD,
    state: ConceptState | None = None,
    progress: Callable[[int], None] = lambda read: None,
    done: Callable[[TermImportReport], None] = lambda report: None,
) -> TermImportReport:
    """Brings the concepts of a TBX, CSV or XLSX file into the term base, all or, if the file breaks, none.

    `name` is the file's in messages; `mapping` says what the columns of a sheet are, where that is not to be
    guessed; the rest is as in `glossary.importing`.
    """
    desk.require(Permission.IMPORT)
    with concepts_of(path, name or path.name, mapping) as concepts:
        # All of it is read before anything is written.
        for _ in concepts:
            progress(0)
    remarks = Remarks()

    def remarked(report: TermImportReport) -> TermImportReport:
        return replace(report, remarks=remarks.described())

    with concepts_of(path, name or path.name, mapping, remarks) as concepts:
        owner = str(path.resolve())
        report = importing.import_concepts(
            desk.termbase, concepts, policy, state, progress, Pace(), owner, lambda report: done(remarked(report))
        )
    return remarked(report)


def preview_terms(
    desk: Desk,
    path: Path,
    name: str,
    mapping: ColumnMapping | None = None,
    progress: Callable[[int], None] = lambda read: None,
) -> Preview:
    """Returns a preview of importing a file into the term base; `progress` is told how many concepts were read."""
    desk.require(Permission.IMPORT)
    remarks = Remarks()
    with concepts_of(path, name, mapping, remarks) as concepts:
        found = importing.preview(desk.termbase, concepts, progress)
    return replace(found, remarks=remarks.described())


def _form(stream: IO[bytes]) -> str:
    beginning = stream.read(64).lstrip(_BEFORE_XML)
    stream.seek(0)
    return "xlsx" if beginning.startswith(b"PK") else "tbx" if beginning.startswith(b"<") else "csv"


def sheet_of(termbase: TermBase, path: Path, name: str, shown: int = 5) -> Sheet | None:
    """Returns the beginning of a CSV or XLSX file, with the mapping for its header; None for TBX."""
    with files.open_file(path) as stream:
        form = _form(stream)
        if form == "tbx":
            return None
        rows = sheets.xlsx_rows(stream, name) if form == "xlsx" else sheets.csv_rows(files.read_text(path), name)
        first = [row for row, _ in zip(rows, range(shown + 1), strict=False)]
    header = first[0].cells if first else []
    kept = termbase.settings.get(_key(header))
    mapping = ColumnMapping.from_json(kept) if kept else _guess(header, first[1:])
    return Sheet(header, first[1:], mapping)


def _guess(header: list[str], rows: list[Row]) -> ColumnMapping:
    """The mapping of a header; which of two sides is Chinese is seen in the rows."""
    mapping = sheets.guess(header, languages.canonical)
    texts = {
        side: "".join(row.cells[mapping.columns.index(f"term@{side}")] for row in rows)
        for side in mapping.languages
        if f"term@{side}" in mapping.columns
    }
    if {languages.contradicts(text, mapping.languages[side]) for side, text in texts.items()} == {True}:
        return replace(mapping, languages={"source": "zh-Hans", "target": "en"})
    return mapping


def remember(desk: Desk, header: list[str], mapping: ColumnMapping) -> None:
    """Keeps a mapping for the next sheet that has the same header."""
    desk.require(Permission.IMPORT)
    desk.termbase.settings.put(_key(header), mapping.as_json())


def _key(header: list[str]) -> str:
    return _HEADER + "\t".join(cell.strip() for cell in header)


def check(path: Path) -> list[InvalidTbx]:
    """Returns the violations of its dialect's rules in a TBX file."""
    with files.open_file(path) as stream:
        return list(tbx.check(stream, path.name, languages.canonical))


def write(
    stream: IO[bytes],
    concepts: Iterable[Concept],
    form: str,
    title: str,
    dialect: Dialect | None = None,
    style: Style = Style.DCA,
    left_out: Counter[str] | None = None,
) -> int:
    """Writes concepts as `tbx`, `csv` or `xlsx` and returns their number.

    `left_out` counts by category what a dialect of TBX cannot hold.
    """
    writers: dict[str, Callable[[], int]] = {
        "tbx": lambda: tbx.write(stream, concepts, title, dialect, style, left_out),
        "csv": lambda: sheets.write_csv(text, concepts),
        "xlsx": lambda: sheets.write_xlsx(stream, concepts),
    }
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    try:
        return writers[form]()
    finally:
        # Else it would close what it does not own.
        text.detach()
