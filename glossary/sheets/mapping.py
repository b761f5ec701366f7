"""The mapping of a sheet's columns to fields, guessed from their names or chosen by a person.

A field is a name of `FIELDS`; one that belongs to a language is followed by `@` and a language tag, or by `@source` or
`@target`, whose language a column or the mapping says. A sheet with the field `term` has a term a row, one with fields
such as `term@en` a concept a row.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from babel import Locale

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
    "原文": "term@source",
    "译文": "term@target",
    "序号": "concept",
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
# What people call the languages beside their names in CLDR, and the regions and scripts beside these.
_LANGUAGES = {"英文": "en", "汉语": "zh", "中文简体": "zh-Hans", "中文繁体": "zh-Hant", "繁體中文": "zh-Hant"}
_SCRIPTS = {"simplified": "Hans", "traditional": "Hant", "简体": "Hans", "繁体": "Hant", "繁體": "Hant"}
_PLACES = {**_SCRIPTS, "prc": "CN", "mainland": "CN", "us": "US", "usa": "US", "uk": "GB"}
# Locales whose names for languages are read.
_SPOKEN = ("de", "fr", "es", "it", "pt", "ru", "ja", "ko", "ar", "zh_Hant", "zh", "en")
_TERM = re.compile("(?:terms?|术语|词条|名称)$")
_DEFINITION = re.compile("(?:def|definition|定义)$")
_NO_LETTERS = re.compile(r"[\W_]")


@dataclass(frozen=True)
class ColumnMapping:
    """The fields of the columns in their order, empty for a column that is left out.

    `separator` stands between several terms in a cell, the preferred one first; `languages` says what is the language
    of `source` and `target` where no column does. Without a `header` the first row has terms as all others.
    """

    columns: tuple[str, ...]
    separator: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)
    header: bool = True

    @property
    def complete(self) -> bool:
        """True where the columns are enough to make concepts of them."""
        if "term" in self.columns:
            return {"concept", "language"} <= set(self.columns)
        return any(column.startswith("term@") for column in self.columns)

    @property
    def of_terms(self) -> list[str]:
        """The languages, or sides, that have columns with terms."""
        return list(dict.fromkeys(column[5:] for column in self.columns if column.startswith("term@")))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ColumnMapping":
        return cls(tuple(data["columns"]), data["separator"], data["languages"], data.get("header", True))


def named(names: Sequence[str], canonical_language: Callable[[str], str] = str) -> tuple[str, ...]:
    """Returns the fields that a person names: fields, language tags for columns with terms, `-` for what is left out.

    Raises InvalidSheet for what is none.
    """
    return tuple(_named(name.strip(), canonical_language) for name in names)


def _named(name: str, canonical_language: Callable[[str], str]) -> str:
    field, _, side = name.partition("@")
    if name in ("", "-") or name in FIELDS or (field in FIELDS and side in SIDES):
        return name.strip("-")
    try:
        tag = canonical_language(side or name)
    except Exception:
        tag = ""
    if not tag or (side and field not in FIELDS):
        raise InvalidSheet(
            "“{name}” is no column: use a language tag for terms, - for one that is left out, or one of {fields}.",
            name=name,
            fields=", ".join(FIELDS),
        )
    return f"{field if side else 'term'}@{tag}"


def guess(header: Sequence[str], canonical_language: Callable[[str], str] = str) -> ColumnMapping:
    """Returns the mapping that a header suggests; `complete` tells whether that is enough."""
    names = [cell.strip() for cell in header]
    if {"concept", "language", "term"} <= set(names):
        return ColumnMapping(tuple(name if name in COLUMNS else "" for name in names))
    columns = tuple(_guessed(name, canonical_language) for name in names)
    if {"source", "target"} <= {name.lower() for name in names}:
        columns = tuple(
            f"term@{name.lower()}" if name.lower() in SIDES else column
            for name, column in zip(names, columns, strict=True)
        )
    pair = "term@source" in columns
    return ColumnMapping(
        tuple(_of_language(column, columns) for column in columns),
        " : " if pair else "",
        {"source": "en", "target": "zh-Hans"} if pair else {},
    )


def _guessed(name: str, canonical_language: Callable[[str], str]) -> str:
    squeezed = _NO_LETTERS.sub("", name.lower())
    # Written so, it is a number and not Norwegian.
    known = "concept" if name in ("No", "NO", "No.", "#") else _NAMES.get(squeezed.removeprefix("entry"), "")
    if known or name in _OF_CONCEPT:
        return known or name
    definition = _DEFINITION.sub("", squeezed)
    for tag in (name, _language_named(_TERM.sub("", squeezed)), _language_named(definition)):
        try:
            language = canonical_language(tag) if tag else ""
        except Exception:
            language = ""
        if language:
            return f"{'definition' if definition != squeezed else 'term'}@{language}"
    return ""


def _language_named(name: str) -> str:
    """The tag of a language by its English or Chinese name, with a region or a script after it or without."""
    known = _language_names()
    if name in known:
        return known[name]
    for end in range(len(name) - 1, 1, -1):
        if name[:end] in known:
            rest = name[end:]
            place = next((tag for script, tag in _SCRIPTS.items() if rest.startswith(script)), "")
            if place or rest in _place_names():
                return f"{known[name[:end]]}-{place or _place_names()[rest]}"
    return ""


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    return {**dict(_squeezed("languages")), **_LANGUAGES}


@lru_cache(maxsize=1)
def _place_names() -> dict[str, str]:
    return {**dict(_squeezed("territories")), **_PLACES}


def _squeezed(kind: str) -> Iterator[tuple[str, str]]:
    for locale in _SPOKEN:
        for code, name in getattr(Locale(locale), kind).items():
            yield _NO_LETTERS.sub("", name.lower()), code.replace("_", "-")


def _of_language(column: str, columns: Sequence[str]) -> str:
    """Gives a field that must be in a language that of the first terms."""
    if column != "definition":
        return column
    first = next((other for other in columns if other.startswith("term@")), "")
    return column + first.removeprefix("term") if first else ""
