"""CSV and XLSX: concepts in, as a mapping of the columns says, and out, a term a row."""

from glossary.sheets.mapping import COLUMNS, ColumnMapping, guess, named
from glossary.sheets.reading import read_csv, read_xlsx
from glossary.sheets.tables import Row, csv_rows, xlsx_rows
from glossary.sheets.writing import write_csv, write_xlsx

__all__ = [
    "COLUMNS",
    "ColumnMapping",
    "Row",
    "csv_rows",
    "guess",
    "named",
    "read_csv",
    "read_xlsx",
    "write_csv",
    "write_xlsx",
    "xlsx_rows",
]
