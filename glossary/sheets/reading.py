"""Reads concepts from CSV and XLSX, as a mapping of their columns says."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, zip_longest
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from glossary.concepts import (
    Concept,
    ConceptState,
    Context,
    Definition,
    Image,
    PartOfSpeech,
    Reference,
    Register,
    Relation,
    Status,
    Term,
    TermType,
)
from glossary.errors import InvalidSheet
from glossary.remarks import Remark, Remarks
from glossary.sheets.escaping import plain, several
from glossary.sheets.mapping import SIDES, ColumnMapping, guess
from glossary.sheets.tables import Row, csv_rows, is_no_term, xlsx_rows

_WORD = re.compile(r"[\W_]")


def read_csv(
    text: str,
    name: str,
    canonical_language: Callable[[str], str] = str,
    mapping: ColumnMapping | None = None,
    remarks: Remarks | None = None,
) -> Iterator[Concept]:
    """Yields the concepts of a CSV text; the mapping is guessed from the first row where none is given.

    `remarks` takes up what is left out. Raises InvalidSheet, with `name` and the line, for wrong columns or cells: also
    after concepts have been yielded.
    """
    return _concepts(csv_rows(text, name), name, canonical_language, mapping, remarks)


def read_xlsx(
    stream: IO[bytes],
    name: str,
    canonical_language: Callable[[str], str] = str,
    mapping: ColumnMapping | None = None,
    remarks: Remarks | None = None,
) -> Iterator[Concept]:
    """Yields the concepts of the first sheet of an XLSX file, as `read_csv` does."""
    return _concepts(xlsx_rows(stream, name), name, canonical_language, mapping, remarks)


def _concepts(
    rows: Iterator[Row],
    name: str,
    canonical_language: Callable[[str], str],
    mapping: ColumnMapping | None,
    remarks: Remarks | None,
) -> Iterator[Concept]:
    header = next(rows, Row(1, []))
    mapping = mapping or guess(header.cells, canonical_language)
    if not mapping.complete:
        raise InvalidSheet(
            "{name} has the columns {found}: name them concept, language, term and so on, or by language tags.",
            name=name,
            found=", ".join(header.cells) or "—",
        )
    reader = _Reader(name, canonical_language, mapping, remarks or Remarks())
    all_rows = rows if mapping.header else chain([header], rows)
    filled = (_Cells.of(row, mapping.columns) for row in all_rows)
    return reader.terms_a_row(filled) if "term" in mapping.columns else reader.concepts_a_row(filled)


@dataclass(frozen=True)
class _Cells:
    """The filled cells of a row by their fields: several columns may have one."""

    line: int
    by_field: dict[str, list[str]]

    @classmethod
    def of(cls, row: Row, columns: Iterable[str]) -> "_Cells":
        found: dict[str, list[str]] = {}
        for name, cell in zip(columns, row.cells, strict=False):
            if cell.strip():
                found.setdefault(name, []).append(cell)
        return cls(row.line, found)

    def __call__(self, name: str) -> str:
        return plain(self.by_field.get(name, [""])[0])


class _Reader:
    """Makes concepts of rows; holds what its messages need."""

    def __init__(
        self, name: str, canonical_language: Callable[[str], str], mapping: ColumnMapping, remarks: Remarks
    ) -> None:
        self._name = name
        self._remarks = remarks
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
                self._term(row, text, self._language(row, row("language")), "")
                for row in members
                for text in self._texts(row, "term")
            )
            if not terms:
                if any(row("term") for row in members):
                    continue
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
        separator = self._mapping.separator
        texts = self._texts(row, f"term@{side}")
        parts = [part for text in texts for part in (text.split(separator) if separator else [text])]
        for number, part in enumerate(filter(None, (part.strip() for part in parts))):
            yield self._term(row, part, self._language_of(row, side), f"@{side}", number > 0)

    def _texts(self, row: _Cells, name: str) -> Iterator[str]:
        """The cells of a field that can be terms."""
        for cell in row.by_field.get(name, ()):
            if is_no_term(cell):
                self._remarks.add(
                    Remark(
                        "{name}, line {line}: “{value}” is a day, a truth value or an error and no term: left out.",
                        **self._at(row, ""),
                        value=str(cell),
                    )
                )
            else:
                yield plain(cell)

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
            state=self._one_of(ConceptState, row, row("state"), "state") or ConceptState.APPROVED,
        )

    def _term(self, row: _Cells, text: str, language: str, side: str, further: bool = False) -> Term:
        def cell(name: str) -> str:
            return row(f"{name}{side}") or (row(name) if side else "")

        default = Status.ADMITTED if further else Status.PREFERRED
        reliability = cell("reliability")
        if reliability and not re.fullmatch("10|[1-9]", reliability):
            raise self._wrong(row, reliability, "reliability")
        extras: list[str] = []
        kinds = {
            name: self._kept_kind(kind, row, cell(name), tag, extras)
            for name, kind, tag in (
                ("type", TermType, "termType"),
                ("part_of_speech", PartOfSpeech, "partOfSpeech"),
                ("register", Register, "register"),
            )
        }
        return Term(
            language=language,
            text=text,
            status=default if further else self._one_of(Status, row, cell("status"), "status") or default,
            **kinds,
            source=cell("source"),
            note=cell("note"),
            usage=cell("usage"),
            contexts=tuple(Context(*item) for item in _in_pairs(cell("contexts"))),
            reliability=int(reliability) if reliability else None,
            case_sensitive={"yes": True, "no": False}.get(cell("case_sensitive").lower()),
            forms=tuple(several(cell("forms"))),
            extras=tuple(extras),
        )

    def _kept_kind(self, kinds: Any, row: _Cells, text: str, name: str, extras: list[str]) -> Any:
        """Returns the value of a list that a cell names; a text that is not in it is kept as a TBX file has it."""
        found = _kind(kinds, _ABBREVIATIONS.get(text.lower().rstrip("."), text))
        if text and found is None:
            extras.append(f"<termNote type={quoteattr(name)}>{escape(text)}</termNote>")
            self._remarks.add(
                Remark(
                    "{name}, line {line}: “{value}” is not a {field}: kept as it is.",
                    **self._at(row, ""),
                    value=text,
                    field=name,
                )
            )
        return found

    def _language(self, row: _Cells, tag: str) -> str:
        try:
            return self._canonical_language(tag)
        except Exception:
            raise InvalidSheet(
                "{name}, line {line}: “{value}” is not a language tag.", **self._at(row, ""), value=tag
            ) from None

    def _one_of(self, kinds: Any, row: _Cells, text: str, field: str) -> Any:
        """Returns the value of a list that a cell names, however it is written: `under-review` is under review."""
        found = _kind(kinds, text)
        if text and found is None:
            raise self._wrong(row, text, field)
        return found

    def _wrong(self, row: _Cells, value: str, field: str) -> InvalidSheet:
        return InvalidSheet(
            "{name}, line {line}, concept {uid}: “{value}” is not a {field}.",
            **self._at(row, row("concept")),
            value=value,
            field=field,
        )

    def _at(self, row: _Cells, uid: str) -> dict[str, Any]:
        return {"name": self._name, "line": row.line, "uid": uid}


_ABBREVIATIONS = {
    "n": "noun",
    "v": "verb",
    "adj": "adjective",
    "adv": "adverb",
    "propn": "proper noun",
    "名词": "noun",
    "动词": "verb",
    "形容词": "adjective",
    "副词": "adverb",
    "专有名词": "proper noun",
}


def _kind(kinds: Any, text: str) -> Any:
    """The one of a list that a text names, however it is written: `proper noun` is properNoun; None for none."""
    wanted = _WORD.sub("", text.lower())
    for kind in kinds:
        name = _WORD.sub("", kind.value.lower())
        if wanted in (name, name.removesuffix("register")):
            return kind
    return None


def _in_pairs(cell: str) -> Iterator[tuple[str, str]]:
    """The texts of a cell two by two; what is missing at the end is empty."""
    texts = iter(several(cell))
    return zip_longest(texts, texts, fillvalue="")
