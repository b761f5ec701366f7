"""Concepts and terms as rows of the tables, and back."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from typing import Any

from corpus.text.folding import search_key
from corpus.text.languages import is_chinese
from corpus.text.pinyin import reading
from glossary import json_codec
from glossary.concepts import Concept, PartOfSpeech, Status, Term, TermType

_TERM_COLUMNS = ("language", "text", "status", "type", "part_of_speech", "source", "note")
_CONCEPT_COLUMNS = ("uid", "subject", "note", "version", "changed_at", "changed_by", "state")


def concept_row(concept: Concept) -> dict[str, str]:
    """The columns of a concept, by their names; not those that say which one it is and who changed it when."""
    return {
        "subject": concept.subject,
        "definitions": json_codec.dumps(_plain(concept.definitions)),
        "note": concept.note,
        "state": concept.state,
        "more": json_codec.dumps(_set(concept, ("references", "images", "extras", "transactions"))),
        "first_key": min(search_key(term.text) for term in concept.terms),
    }


def term_row(uid: str, position: int, term: Term) -> tuple[object, ...]:
    """The columns of a term in their order."""
    more = _set(term, ("usage", "register", "contexts", "reliability", "forms", "extras"))
    more["case_sensitive"] = term.case_sensitive
    return (
        uid,
        position,
        term.language,
        term.text,
        search_key(term.text),
        term.status,
        term.type or "",
        term.part_of_speech or "",
        term.source,
        term.note,
        json_codec.dumps(more),
        *(reading(term.text) if is_chinese(term.language) else ("", "")),
    )


def _set(item: Concept | Term, names: Iterable[str]) -> dict[str, Any]:
    """Returns those of the fields that are set."""
    return {name: _plain(value) for name in names if (value := getattr(item, name))}


def _plain(value: Any) -> Any:
    # asdict() of all of a concept takes longer than to write it.
    if isinstance(value, tuple):
        return [asdict(item) if is_dataclass(item) and not isinstance(item, type) else item for item in value]
    return value


def concept_from(row: dict[str, Any]) -> Concept:
    """Returns a concept from its row, which has its terms as a JSON array of arrays."""
    return json_codec.from_json(
        {
            **{name: row[name] for name in _CONCEPT_COLUMNS},
            **json.loads(row["more"]),
            "terms": [
                {**dict(zip(_TERM_COLUMNS, term[1:-1], strict=True)), **term[-1]}
                for term in sorted(json.loads(row["terms"]), key=lambda term: int(term[0]))
            ],
            "definitions": json.loads(row["definitions"]),
        }
    )


def named_term(row: tuple[Any, ...]) -> Term:
    """Returns a term with all that recognition needs, from its columns, whether case counts and its forms."""
    language, text, status, kind, part, case_sensitive, forms = row
    return Term(
        sys.intern(language),
        text,
        Status(status),
        TermType(kind) if kind else None,
        PartOfSpeech(part) if part else None,
        case_sensitive=None if case_sensitive is None else bool(case_sensitive),
        forms=tuple(json.loads(forms)) if forms else (),
    )
