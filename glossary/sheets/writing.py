"""Writes concepts as CSV and XLSX, a term a row, in the columns of `mapping.COLUMNS`."""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO

import openpyxl

from glossary.concepts import Concept, Definition, Term, sensitive_by_rule
from glossary.sheets.escaping import safe, together
from glossary.sheets.mapping import COLUMNS


def write_csv(stream: IO[str], concepts: Iterable[Concept]) -> int:
    """Writes concepts a term a row and returns the number of concepts; no cell can be taken for a formula."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    written = 0
    for concept in concepts:
        writer.writerows([safe(cell) for cell in row] for row in _rows(concept))
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
            sheet.append([safe(cell) for cell in row])
        written += 1
    book.save(stream)
    return written


def _rows(concept: Concept) -> Iterator[tuple[str, ...]]:
    waiting = list(concept.definitions)
    for term in concept.terms:
        definition = next((item for item in waiting if item.language == term.language), None)
        if definition:
            waiting.remove(definition)
        yield _row(concept, term, definition)
    for definition in waiting:
        yield _row(concept, Term(definition.language, ""), definition)


def _row(concept: Concept, term: Term, definition: Definition | None) -> tuple[str, ...]:
    sensitive = term.case_sensitive
    by_rule = sensitive is sensitive_by_rule(term.type, term.part_of_speech)
    return (
        concept.uid,
        term.language,
        term.text,
        term.status if term.text else "",
        term.type or "",
        term.part_of_speech or "",
        term.source,
        term.note,
        concept.subject,
        definition.text if definition else "",
        definition.source if definition else "",
        concept.note,
        term.usage,
        term.register or "",
        together(chain.from_iterable((context.text, context.source) for context in term.contexts)),
        "" if term.reliability is None else str(term.reliability),
        "" if by_rule else "yes" if sensitive else "no",
        together(term.forms),
        together(chain.from_iterable((item.relation, item.uid) for item in concept.references)),
        together(chain.from_iterable((image.address, image.caption) for image in concept.images)),
        concept.state,
    )
