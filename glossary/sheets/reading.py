"""Reads concepts from CSV and XLSX, as a mapping of their columns says."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, zip_longest
from typing import IO, Any

from glossary.concepts import (
    Concept,
    Context,
    Definition,
    Image,
    PartOfSpeech,
    Reference,
    Register,
    Relation,
    State,
    Status,
    Term,
    TermType,
)
from glossary.errors import InvalidSheet
from glossary.sheets.escaping import plain, several
from glossary.sheets.mapping import SIDES, ColumnMapping, guess
from glossary.sheets.tables import Row, csv_rows, xlsx_rows

_WORD = re.compile(r"[\W_]")


def read_csv(
    text: str, name: str, canonical_language: Callable[[str], str] = str, mapping: ColumnMapping | None = None
) -> Iterator[Concept]:
    """Yields the concepts of a CSV text; the mapping is guessed from the first row where none is given.

    Raises InvalidSheet, with `name` and the line, for wrong columns or cells: also after concepts have been yielded.
    """
    return _concepts(csv_rows(text, name), name, canonical_language, mapping)


def read_xlsx(
    stream: IO[bytes], name: str, canonical_language: Callable[[str], str] = str, mapping: ColumnMapping | None = None
) -> Iterator[Concept]:
    """Yields the concepts of the first sheet of an XLSX file, as `read_csv` does."""
    return _concepts(xlsx_rows(stream, name), name, canonical_language, mapping)


def _concepts(
    rows: Iterator[Row], name: str, canonical_language: Callable[[str], str], mapping: ColumnMapping | None
) -> Iterator[Concept]:
    header = next(rows, Row(1, []))
    mapping = mapping or guess(header.cells, canonical_language)
    if not mapping.complete:
        raise InvalidSheet(
            "{name} has the columns {found}: name them concept, language, term and so on, or by language tags.",
            name=name,
            found=", ".join(header.cells) or "—",
        )
    reader = _Reader(name, canonical_language, mapping)
    filled = (_Cells(row.line, dict(zip(mapping.columns, row.cells, strict=False))) for row in rows)
    return reader.terms_a_row(filled) if "term" in mapping.columns else reader.concepts_a_row(filled)


@dataclass(frozen=True)
class _Cells:
    """The cells of a row by their fields."""

    line: int
    by_field: dict[str, str]

    def __call__(self, name: str) -> str:
        return plain(self.by_field.get(name, ""))


class _Reader:
    """Makes concepts of rows; holds what its messages need."""

    def __init__(self, name: str, canonical_language: Callable[[str], str], mapping: ColumnMapping) -> None:
        self._name = name
        self._canonical_language = canonical_language
        self._mapping = mapping
        self._seen: set[str] = set()

    # A term a row

    def terms_a_row(self, rows: Iterable[_Cells]) -> Iterator[Concept]:
        filled = (row for row in rows if row("concept") and (row("term") or row("definition")))
        for uid, group in groupby(filled, key=lambda row: row("concept")):
            members = list(group)
            first = members[0]
            if uid in self._seen:
                raise InvalidSheet(
                    "{name}, line {line}: the rows of the concept {uid} do not stand together.", **self._at(first, uid)
                )
            self._seen.add(uid)
            terms = tuple(
                self._term(row, row("term"), self._language(row, row("language")), "") for row in members if row("term")
            )
            if not terms:
                raise InvalidSheet("{name}, line {line}: the concept {uid} has no term.", **self._at(first, uid))
            definitions = (
                Definition(self._language(row, row("language")), row("definition"), row("definition_source"))
                for row in members
                if row("definition")
            )
            yield self._concept(first, uid, terms, tuple(definitions))

    # A concept a row

    def concepts_a_row(self, rows: Iterable[_Cells]) -> Iterator[Concept]:
        sides = list(dict.fromkeys(name.partition("@")[2] for name in self._mapping.columns if "@" in name))
        for row in rows:
            terms = tuple(chain.from_iterable(self._side(row, side) for side in sides))
            if not terms:
                continue
            definitions = tuple(
                Definition(self._language_of(row, side), row(f"definition@{side}"), row(f"definition_source@{side}"))
                for side in sides
                if row(f"definition@{side}")
            )
            yield self._concept(row, self._uid(row, terms[0]), terms, definitions)

    def _side(self, row: _Cells, side: str) -> Iterator[Term]:
        text = row(f"term@{side}")
        separator = self._mapping.separator
        parts = text.split(separator) if separator else [text]
        for number, part in enumerate(filter(None, (part.strip() for part in parts))):
            yield self._term(row, part, self._language_of(row, side), f"@{side}", number > 0)

    def _language_of(self, row: _Cells, side: str) -> str:
        said = row(f"language@{side}") or self._mapping.languages.get(side, "") if side in SIDES else side
        return self._language(row, said)

    def _uid(self, row: _Cells, term: Term) -> str:
        """The file's own number, which another file may have as well, or else the term; told apart within the file."""
        number = row("concept")
        wanted = f"{self._name.rpartition('.')[0]}-{number}" if number else f"c-{term.language}-{term.text}"
        wanted = uid = re.sub(r"\s+", "-", wanted)
        count = 1
        while uid in self._seen:
            count += 1
            uid = f"{wanted}-{count}"
        self._seen.add(uid)
        return uid

    # Cells

    def _concept(self, row: _Cells, uid: str, terms: tuple[Term, ...], definitions: tuple[Definition, ...]) -> Concept:
        """A concept with what a row says of it, whatever the language."""
        return Concept(
            uid,
            terms,
            row("subject"),
            definitions,
            row("concept_note"),
            references=tuple(
                Reference(self._one_of(Relation, row, relation, "relation"), other)
                for relation, other in _in_pairs(row("references"))
                if relation and other
            ),
            images=tuple(Image(*image) for image in _in_pairs(row("images"))),
            state=self._one_of(State, row, row("state"), "state") or State.APPROVED,
        )

    def _term(self, row: _Cells, text: str, language: str, side: str, further: bool = False) -> Term:
        def cell(name: str) -> str:
            return row(f"{name}{side}") or (row(name) if side else "")

        default = Status.ADMITTED if further else Status.PREFERRED
        reliability = cell("reliability")
        if reliability and not re.fullmatch("10|[1-9]", reliability):
            raise self._wrong(row, reliability, "reliability")
        return Term(
            language=language,
            text=text,
            status=default if further else self._one_of(Status, row, cell("status"), "status") or default,
            type=self._one_of(TermType, row, cell("type"), "type"),
            part_of_speech=self._one_of(PartOfSpeech, row, cell("part_of_speech"), "part_of_speech"),
            source=cell("source"),
            note=cell("note"),
            usage=cell("usage"),
            register=self._one_of(Register, row, cell("register"), "register"),
            contexts=tuple(Context(*item) for item in _in_pairs(cell("contexts"))),
            reliability=int(reliability) if reliability else None,
            case_sensitive={"yes": True, "no": False}.get(cell("case_sensitive").lower()),
            forms=tuple(several(cell("forms"))),
        )

    def _language(self, row: _Cells, tag: str) -> str:
        try:
            return self._canonical_language(tag)
        except Exception:
            raise InvalidSheet(
                "{name}, line {line}: “{value}” is not a language tag.", **self._at(row, ""), value=tag
            ) from None

    def _one_of(self, kinds: Any, row: _Cells, text: str, field: str) -> Any:
        """What a cell says, however it is written: `proper noun` is properNoun."""
        if not text:
            return None
        wanted = _WORD.sub("", text.lower())
        for kind in kinds:
            if wanted in (
                _WORD.sub("", kind.value.lower()),
                _WORD.sub("", kind.value.lower()).removesuffix("register"),
            ):
                return kind
        raise self._wrong(row, text, field)

    def _wrong(self, row: _Cells, value: str, field: str) -> InvalidSheet:
        return InvalidSheet(
            "{name}, line {line}, concept {uid}: “{value}” is not a {field}.",
            **self._at(row, row("concept")),
            value=value,
            field=field,
        )

    def _at(self, row: _Cells, uid: str) -> dict[str, Any]:
        return {"name": self._name, "line": row.line, "uid": uid}


def _in_pairs(cell: str) -> Iterator[tuple[str, str]]:
    """The texts of a cell two by two; what is missing at the end is empty."""
    texts = iter(several(cell))
    return zip_longest(texts, texts, fillvalue="")
