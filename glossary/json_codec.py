"""Concepts as JSON, as the store and its history keep them; what an older version wrote is read as well."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from glossary.concepts import (
    Concept,
    ConceptState,
    Context,
    Definition,
    Extra,
    Image,
    PartOfSpeech,
    Reference,
    Register,
    Relation,
    Status,
    Term,
    TermType,
    Transaction,
)


def dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def to_json(concept: Concept) -> str:
    """Returns all of a concept."""
    return dumps(asdict(concept))


def from_json(data: Mapping[str, Any]) -> Concept:
    """Returns the concept that `to_json` wrote, from its parsed text."""
    lists = {
        "terms": tuple(term_from(term) for term in data["terms"]),
        "definitions": tuple(Definition(**item) for item in data["definitions"]),
        "references": tuple(Reference(Relation(item["relation"]), item["uid"]) for item in data.get("references", ())),
        "images": tuple(Image(**item) for item in data.get("images", ())),
        "extras": tuple(Extra(**item) for item in data.get("extras", ())),
        "transactions": tuple(Transaction(**item) for item in data.get("transactions", ())),
        "state": ConceptState(data.get("state", ConceptState.APPROVED)),
    }
    return Concept(**{**data, **lists})


def term_from(data: Mapping[str, Any]) -> Term:
    """Returns a term from its fields as JSON has them."""
    kinds = {
        "status": Status(data["status"]),
        "type": TermType(data["type"]) if data["type"] else None,
        "part_of_speech": PartOfSpeech(data["part_of_speech"]) if data["part_of_speech"] else None,
        "register": Register(data["register"]) if data.get("register") else None,
        "contexts": tuple(Context(**item) for item in data.get("contexts", ())),
        "forms": tuple(data.get("forms", ())),
        "extras": tuple(data.get("extras", ())),
    }
    return Term(**{**data, **kinds})
