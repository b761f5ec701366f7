"""The statistics of bitexts as sheets, CSV and XLSX: a row a bitext and band, in the words of whoever asks."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import IO

import openpyxl

from corpus.memory.matching.bands import Band
from glossary.sheets.escaping import safe
from workbench.services.statistics import Analysis

Cell = str | int | float
Name = Callable[[str], str]
"""What a column, or a band, is called."""

COLUMNS = ("bitext", "title", "band", "units", "words", "weight", "weighted words")
"""The columns; a weight is in percent."""


def write_csv(stream: IO[bytes], analysis: Analysis, weights: Mapping[Band, int], name: Name = str) -> None:
    """Writes an analysis as CSV in UTF-8 with a mark, without which Excel takes it for another encoding."""
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    csv.writer(text, lineterminator="\n").writerows(_rows(analysis, weights, name))
    text.detach()


def write_xlsx(stream: IO[bytes], analysis: Analysis, weights: Mapping[Band, int], name: Name = str) -> None:
    """Writes an analysis as the one sheet of an XLSX file."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("statistics")
    for row in _rows(analysis, weights, name):
        sheet.append(row)
    book.save(stream)


def _rows(analysis: Analysis, weights: Mapping[Band, int], name: Name) -> Iterator[list[Cell]]:
    """Yields the head and the rows; no cell can be taken for a formula."""
    yield [safe(name(column)) for column in COLUMNS]
    for bitext in analysis.bitexts:
        for band, amount in bitext.bands.items():
            weight = weights[band]
            words = amount.words * weight / 100
            yield [bitext.id, safe(bitext.title), safe(name(band)), amount.units, amount.words, weight, words]
