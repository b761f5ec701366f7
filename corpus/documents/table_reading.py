"""The reading of a Word table that comes back: what it says of each unit, by the marks in its rows.

It is read as the articles of Word documents are: with limits, without entities, tracked changes as accepted. What
somebody noted in a comment on a row is a note on its unit.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from corpus.bitexts.model import Bitext, UnitState
from corpus.bitexts.reimport import ReimportedUnit
from corpus.documents.marks import Mark, made_at, parse
from corpus.errors import InvalidDocx
from corpus.intake.pages import Limits
from corpus.intake.readers.archive import Archive, Budget
from corpus.intake.readers.docx import Document, attribute, below
from corpus.text import languages
from corpus.text.xml import local

_STATES = {state.value: state for state in UnitState}
# The older twin of a drawing holds the text of its boxes once more.
_DELETED = frozenset({"del", "moveFrom", "Fallback"})


class _Row(NamedTuple):
    """A row of a table with its marks, and its number in the document."""

    element: Any
    marks: list[Mark]
    number: int


def read_table(data: bytes, name: str, bitext: Bitext) -> list[ReimportedUnit]:
    """Returns the units of a Word document that a bitext was exported to as a table; `name` stands in messages.

    Raises InvalidDocx where that cannot be told of a row, or it is another bitext's; UnreadableFile where the document
    is damaged or too much.
    """
    with Archive(data, name, Budget(Limits())) as package:
        document = Document.of(package)
        comments = _comments(document)
    rows = list(_rows(document))
    if not rows:
        raise InvalidDocx(
            "{name} has no row that says which unit it is: choose the table that was exported here. If it is that one, "
            "the program it was saved by has lost the marks: export it again and edit it in Word or LibreOffice.",
            name=name,
        )
    states = _states(document)
    units: dict[int, ReimportedUnit] = {}
    for row in rows:
        mark = _mark(row, name, bitext)
        if mark.unit in units:
            raise InvalidDocx(
                "{name}, row {row}: unit {id} is there twice.", name=name, row=row.number, id=row.marks[0].unit
            )
        units[mark.unit] = _unit(document, row, mark, name, bitext, states, comments)
    return list(units.values())


def _rows(document: Document) -> Iterator[_Row]:
    """Yields the rows of those tables that have marked ones, without their heads and what is deleted or empty."""
    number = 0
    for table in document.root.iter("{*}tbl"):
        rows = []
        for element in below(table, "tr"):
            number += 1
            if element.find("{*}trPr/{*}tblHeader") is None and element.find("{*}trPr/{*}del") is None:
                rows.append(_Row(element, _marks(element), number))
        if any(row.marks for row in rows):
            yield from (row for row in rows if row.marks or "".join(row.element.itertext("{*}t")).strip())


def _marks(row: Any) -> list[Mark]:
    """The marks in the first cell of a row, each once."""
    cell = next(below(row, "tc"), None)
    if cell is None:
        return []
    names = [attribute(mark, "name") for mark in cell.iter("{*}bookmarkStart")]
    names += [attribute(tag, "val") for tag in cell.iterfind(".//{*}sdtPr/{*}tag")]
    return list(dict.fromkeys(filter(None, map(parse, names))))


def _mark(row: _Row, name: str, bitext: Bitext) -> Mark:
    if len(row.marks) != 1:
        raise InvalidDocx(
            "{name}, row {row}: the row has lost what says which unit it is, or was made of several: "
            "undo that in the document, or export the bitext again.",
            name=name,
            row=row.number,
        )
    (mark,) = row.marks
    if mark[:2] != (bitext.id, made_at(bitext)):
        raise InvalidDocx(
            "{name} was not exported from “{title}” in this desk: choose the file that was.",
            name=name,
            title=bitext.title,
        )
    return mark


def _unit(
    document: Document,
    row: _Row,
    mark: Mark,
    name: str,
    bitext: Bitext,
    states: Mapping[str, UnitState],
    comments: Mapping[str, str],
) -> ReimportedUnit:
    cells = list(below(row.element, "tc"))
    if len(cells) != 4:
        raise InvalidDocx(
            "{name}, row {row}: there are {count} columns, and not the four that were exported.",
            name=name,
            row=row.number,
            count=len(cells),
        )
    source, target = (
        languages.join(_paragraphs(document, cell), language)
        for cell, language in zip(cells[1:3], (bitext.source_language, bitext.target_language), strict=True)
    )
    state = " ".join(_paragraphs(document, cells[3]))
    if state not in states:
        raise InvalidDocx(
            "{name}, row {row}: “{state}” is none of the states in the list: choose one of those.",
            name=name,
            row=row.number,
            state=state,
        )
    references = (attribute(each, "id") for each in row.element.iter("{*}commentReference"))
    notes = tuple(comments[id] for id in references if comments.get(id))
    return ReimportedUnit(mark.unit, mark.version, source, target, states[state], notes, row.number)


def _paragraphs(document: Document, cell: Any) -> list[str]:
    """The texts of a cell's paragraphs; those that were deleted as a whole are none."""
    found = cell.iter("{*}p")
    return [document.text(each) for each in found if not any(local(up) in _DELETED for up in each.iterancestors())]


def _states(document: Document) -> dict[str, UnitState]:
    """The states by what the document calls them, which its lists of choices say, and by their own names."""
    named = {
        attribute(item, "displayText"): _STATES[attribute(item, "value")]
        for item in document.root.iter("{*}listItem")
        if attribute(item, "value") in _STATES
    }
    return named | _STATES


def _comments(document: Document) -> dict[str, str]:
    """The texts of the comments by their ids."""
    root = document.beside("comments.xml")
    comments = {}
    for comment in root.iterfind("{*}comment") if root is not None else ():
        texts = [document.text(each) for each in comment.iter("{*}p")]
        comments[attribute(comment, "id")] = " ".join(filter(None, texts))
    return comments
