import io
import zipfile

import pytest

from corpus.text.languages import canonical
from glossary import sheets
from glossary.concepts import Concept, Definition, Status, Term
from glossary.errors import InvalidSheet

RICE = Concept(
    "c-rice",
    (Term("en", "hybrid rice", source="a book"), Term("zh-Hans", "杂交稻", Status.ADMITTED, note="short, or not")),
    "agriculture",
    (Definition("en", "Rice, of two lines.", "a book"),),
    "A note.",
)
FORMULA = Concept("c-x", (Term("en", "=cmd|' /C calc'!A0"), Term("zh-Hans", "-1")))


def csv_of(*concepts: Concept) -> str:
    stream = io.StringIO()
    sheets.write_csv(stream, concepts)
    return stream.getvalue()


def test_csv_comes_back():
    assert list(sheets.read_csv("\ufeff" + csv_of(RICE, FORMULA), "x.csv", canonical)) == [RICE, FORMULA]


def test_xlsx_comes_back():
    stream = io.BytesIO()
    assert sheets.write_xlsx(stream, [RICE, FORMULA]) == 2
    stream.seek(0)
    assert list(sheets.read_xlsx(stream, "x.xlsx", canonical)) == [RICE, FORMULA]


def test_no_cell_is_a_formula():
    assert ",'=cmd" in csv_of(FORMULA)
    assert ",'-1" in csv_of(FORMULA)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_language_a_column(delimiter):
    text = "en,zh-CN\nrice,水稻\nwheat,\n".replace(",", delimiter)
    rice, wheat = sheets.read_csv(text, "x.csv", canonical)
    assert [(term.language, term.text) for term in rice.terms] == [("en", "rice"), ("zh-Hans", "水稻")]
    assert len(wheat.terms) == 1


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "", "concept,term\nc,rice\n"])
def test_wrong_columns_are_named(text):
    with pytest.raises(InvalidSheet, match=r"x\.csv has the columns"):
        list(sheets.read_csv(text, "x.csv", canonical))


def test_a_wrong_status_is_said_with_its_concept():
    text = "concept,language,term,status\nc-1,en,rice,good\n"
    with pytest.raises(InvalidSheet, match="concept c-1"):
        list(sheets.read_csv(text, "x.csv", canonical))


def test_what_is_no_xlsx_is_refused():
    with pytest.raises(InvalidSheet, match="is not an XLSX file"):
        list(sheets.read_xlsx(io.BytesIO(b"PK\x03\x04broken"), "x.xlsx", canonical))


def _damaged(part: str, content: bytes | None) -> io.BytesIO:
    """A sheet with one part of its package replaced, or without it."""
    stream, damaged = io.BytesIO(), io.BytesIO()
    sheets.write_xlsx(stream, [RICE])
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif content is not None:
                new.writestr(name, content)
    damaged.seek(0)
    return damaged


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/workbook.xml", b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c r='A1'"),
        ("xl/worksheets/sheet1.xml", b"no XML"),
        ("xl/worksheets/sheet1.xml", None),
        ("xl/workbook.xml", None),
    ],
)
def test_a_damaged_xlsx_file_is_refused_in_one_sentence(part, content):
    with pytest.raises(InvalidSheet, match=r"x\.xlsx is not an XLSX file"):
        list(sheets.read_xlsx(_damaged(part, content), "x.xlsx", canonical))
