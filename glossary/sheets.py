"""CSV and XLSX: a term a row in and out, or a language a column in.

A term a row has the columns of `COLUMNS`, of which concept, language and term are needed. A language a column has
language tags in its first row and takes the terms of a row as one concept.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import IO

import openpyxl

from glossary.concepts import Concept, Definition, PartOfSpeech, Status, Term, TermType
from glossary.errors import InvalidSheet

COLUMNS = (
    "concept",
    "language",
    "term",
    "status",
    "type",
    "part_of_speech",
    "source",
    "note",
    "subject",
    "definition",
    "definition_source",
    "concept_note",
)
# A cell that starts with one of these is a formula to a spreadsheet program (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Rows = Iterable[list[str]]


def read_csv(text: str, name: str, canonical_language: Callable[[str], str] = str) -> Iterator[Concept]:
    """Yields the concepts of a CSV text; `name` stands in the message of the InvalidSheet raised for wrong columns."""
    sample = text.lstrip("\ufeff")
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(sample[:10_000], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    return _concepts(csv.reader(io.StringIO(sample), dialect), name, canonical_language)


def read_xlsx(stream: IO[bytes], name: str, canonical_language: Callable[[str], str] = str) -> Iterator[Concept]:
    """Yields the concepts of the first sheet of an XLSX file; raises InvalidSheet for wrong columns."""
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except Exception as error:
        # openpyxl passes on whatever zip, XML and its own readers raise.
        raise InvalidSheet("{name} is not an XLSX file: save it anew as XLSX or CSV.", name=name) from error
    rows = ([("" if cell is None else str(cell)) for cell in row] for row in book.worksheets[0].values)
    return _concepts(rows, name, canonical_language)


def _concepts(rows: Rows, name: str, canonical_language: Callable[[str], str]) -> Iterator[Concept]:
    rows = iter(rows)
    header = [cell.strip() for cell in next(rows, [])]
    if {"concept", "language", "term"} <= set(header):
        return _from_terms((dict(zip(header, row, strict=False)) for row in rows), name, canonical_language)
    try:
        tags = [canonical_language(cell) for cell in header or [""]]
    except Exception as error:
        raise InvalidSheet(
            "{name} has the columns {found}: name them concept, language, term and so on, or by language tags.",
            name=name,
            found=", ".join(header) or "—",
        ) from error
    return _from_languages(rows, tags)


def _from_languages(rows: Rows, tags: list[str]) -> Iterator[Concept]:
    for row in rows:
        terms = tuple(Term(tag, cell.strip()) for tag, cell in zip(tags, row, strict=False) if cell.strip())
        if terms:
            yield Concept(uid=f"c-{terms[0].language}-{terms[0].text}".replace(" ", "-"), terms=terms)


def _from_terms(
    rows: Iterable[dict[str, str]], name: str, canonical_language: Callable[[str], str]
) -> Iterator[Concept]:
    filled = (row for row in rows if row.get("concept") and row.get("term"))
    for uid, group in groupby(filled, key=lambda row: row["concept"]):
        members = list(group)
        terms = []
        definitions: dict[str, Definition] = {}
        for row in members:
            try:
                term = _term(row, canonical_language)
            except Exception as error:
                raise InvalidSheet("{name}, concept {uid}: {error}", name=name, uid=uid, error=error) from error
            terms.append(term)
            if row.get("definition"):
                definitions[term.language] = Definition(
                    term.language, _plain(row["definition"]), row.get("definition_source", "")
                )
        first = members[0]
        yield Concept(
            uid, tuple(terms), first.get("subject", ""), tuple(definitions.values()), first.get("concept_note", "")
        )


def _term(row: dict[str, str], canonical_language: Callable[[str], str]) -> Term:
    return Term(
        language=canonical_language(row["language"]),
        text=_plain(row["term"]),
        status=Status(row.get("status") or Status.PREFERRED),
        type=TermType(row["type"]) if row.get("type") else None,
        part_of_speech=PartOfSpeech(row["part_of_speech"]) if row.get("part_of_speech") else None,
        source=_plain(row.get("source", "")),
        note=_plain(row.get("note", "")),
    )


def write_csv(stream: IO[str], concepts: Iterable[Concept]) -> int:
    """Writes concepts a term a row and returns the number of concepts; no cell can be taken for a formula."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    written = 0
    for concept in concepts:
        writer.writerows([_safe(cell) for cell in row] for row in _rows(concept))
        written += 1
    return written


def write_xlsx(stream: IO[bytes], concepts: Iterable[Concept]) -> int:
    """Writes concepts a term a row as the one sheet of an XLSX file and returns the number of concepts."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("terms")
    sheet.append(COLUMNS)
    written = 0
    for concept in concepts:
        for row in _rows(concept):
            sheet.append([_safe(cell) for cell in row])
        written += 1
    book.save(stream)
    return written


def _rows(concept: Concept) -> Iterator[tuple[str, ...]]:
    defined: set[str] = set()
    for term in concept.terms:
        definition = None if term.language in defined else concept.definition(term.language)
        defined.add(term.language)
        yield (
            concept.uid,
            term.language,
            term.text,
            term.status,
            term.type or "",
            term.part_of_speech or "",
            term.source,
            term.note,
            concept.subject,
            definition.text if definition else "",
            definition.source if definition else "",
            concept.note,
        )


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    """Takes back what `_safe` put before a formula's sign."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text
