"""What the columns of a sheet are: a mapping of columns to fields, guessed from their names or chosen by a person.

A field is a name of `FIELDS`; one that belongs to a language is followed by `@` and a language tag, or by `@source` or
`@target`, whose language a column or the mapping says. A sheet with the field `term` has a term a row, one with fields
such as `term@en` a concept a row.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

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
    "usage",
    "register",
    "contexts",
    "reliability",
    "case_sensitive",
    "forms",
    "references",
    "images",
    "state",
)
SIDES = ("source", "target")
# What belongs to the concept, whatever the language.
_OF_CONCEPT = frozenset({"concept", "subject", "concept_note", "part_of_speech"})
FIELDS = COLUMNS
# The names by which other programs and people call the fields, without case, spaces and signs.
_NAMES = {
    "id": "concept",
    "conceptid": "concept",
    "entryid": "concept",
    "stringid": "concept",
    "编号": "concept",
    "sourcelang": "language@source",
    "sourcelanguage": "language@source",
    "targetlang": "language@target",
    "targetlanguage": "language@target",
    "sourcestring": "term@source",
    "sourceterm": "term@source",
    "targetstring": "term@target",
    "targetterm": "term@target",
    "translation": "term@target",
    "english": "term@en",
    "英文": "term@en",
    "英语": "term@en",
    "chinese": "term@zh-Hans",
    "simplifiedchinese": "term@zh-Hans",
    "中文": "term@zh-Hans",
    "汉语": "term@zh-Hans",
    "简体中文": "term@zh-Hans",
    "traditionalchinese": "term@zh-Hant",
    "繁體中文": "term@zh-Hant",
    "pos": "part_of_speech",
    "partofspeech": "part_of_speech",
    "词性": "part_of_speech",
    "description": "definition",
    "definition": "definition",
    "定义": "definition",
    "domain": "subject",
    "subjectfield": "subject",
    "subject": "subject",
    "领域": "subject",
    "学科": "subject",
    "note": "concept_note",
    "notes": "concept_note",
    "comment": "concept_note",
    "备注": "concept_note",
}


@dataclass(frozen=True)
class ColumnMapping:
    """The fields of the columns in their order, empty for a column that is left out.

    `separator` stands between several terms in a cell, the preferred one first; `languages` says what is the language
    of `source` and `target` where no column does.
    """

    columns: tuple[str, ...]
    separator: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether the columns are enough to make concepts of them."""
        if "term" in self.columns:
            return {"concept", "language"} <= set(self.columns)
        return any(column.startswith("term@") for column in self.columns)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ColumnMapping":
        return cls(tuple(data["columns"]), data["separator"], data["languages"])


def guess(header: Sequence[str], canonical_language: Callable[[str], str] = str) -> ColumnMapping:
    """Returns what the columns of a header seem to be; `complete` tells whether that is enough."""
    names = [cell.strip() for cell in header]
    if {"concept", "language", "term"} <= set(names):
        return ColumnMapping(tuple(name if name in COLUMNS else "" for name in names))
    columns = tuple(_guessed(name, canonical_language) for name in names)
    pair = "term@source" in columns
    return ColumnMapping(
        tuple(_of_language(column, columns) for column in columns),
        " : " if pair else "",
        {"source": "en", "target": "zh-Hans"} if pair else {},
    )


def _guessed(name: str, canonical_language: Callable[[str], str]) -> str:
    known = _NAMES.get(re.sub(r"[\W_]", "", name.lower()), "")
    if known:
        return known
    if name in _OF_CONCEPT:
        return name
    try:
        return f"term@{canonical_language(name)}" if name else ""
    except Exception:
        return ""


def _of_language(column: str, columns: Sequence[str]) -> str:
    """Gives a field that must be in a language that of the first terms."""
    if column != "definition":
        return column
    first = next((other for other in columns if other.startswith("term@")), "")
    return column + first.removeprefix("term") if first else ""
