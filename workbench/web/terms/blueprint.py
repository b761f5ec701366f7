"""The blueprint of the term base's pages, and what their forms offer."""

from collections.abc import Iterable

from flask import Blueprint

from glossary.concepts import ConceptState, PartOfSpeech, Register, Relation, Status, Term, TermType, sensitive_by_rule

blueprint = Blueprint("terms", __name__, url_prefix="/terms")

LANGUAGES = ("en", "zh-Hans")


@blueprint.context_processor
def _choices() -> dict[str, object]:
    return {
        "statuses": list(Status),
        "term_types": list(TermType),
        "parts_of_speech": list(PartOfSpeech),
        "registers": list(Register),
        "concept_states": list(ConceptState),
        "relations": list(Relation),
    }


def capitals_decided(terms: Iterable[Term]) -> frozenset[Term]:
    """The terms of which somebody said whether their capitals count, other than their type and part of speech do."""
    return frozenset(term for term in terms if term.case_sensitive != sensitive_by_rule(term.type, term.part_of_speech))
