"""The blueprint of the term base's pages, and what its statuses, kinds and fields are called in the page's language."""

from collections.abc import Mapping

from flask import Blueprint
from flask_babel import gettext

from glossary.concepts import ConceptState, PartOfSpeech, Register, Relation, Status, TermType, sensitive_by_rule

blueprint = Blueprint("terms", __name__, url_prefix="/terms")

LANGUAGES = ("en", "zh-Hans")


def status_name(status: str) -> str:
    names: dict[str, str] = {
        "preferred": gettext("preferred"),
        "admitted": gettext("admitted"),
        "deprecated": gettext("deprecated"),
        "superseded": gettext("superseded"),
    }
    return names[status]


def type_name(kind: str | None) -> str:
    names: dict[str, str] = {
        "fullForm": gettext("full form"),
        "acronym": gettext("acronym"),
        "abbreviation": gettext("abbreviation"),
        "shortForm": gettext("short form"),
        "variant": gettext("variant"),
        "phrase": gettext("phrase"),
    }
    return names.get(kind or "", "")


def part_of_speech_name(part: str | None) -> str:
    names: dict[str, str] = {
        "noun": gettext("noun"),
        "properNoun": gettext("proper noun"),
        "verb": gettext("verb"),
        "adjective": gettext("adjective"),
        "adverb": gettext("adverb"),
        "other": gettext("other"),
    }
    return names.get(part or "", "")


def register_name(register: str | None) -> str:
    names: dict[str, str] = {
        "neutralRegister": gettext("neutral"),
        "technicalRegister": gettext("technical"),
        "in-houseRegister": gettext("in-house"),
        "bench-levelRegister": gettext("of the laboratory"),
        "colloquialRegister": gettext("colloquial"),
        "slangRegister": gettext("slang"),
        "vulgarRegister": gettext("vulgar"),
    }
    return names.get(register or "", "")


def concept_state_name(state: str) -> str:
    names: dict[str, str] = {
        "proposed": gettext("proposed"),
        "under review": gettext("under review"),
        "approved": gettext("approved"),
        "rejected": gettext("rejected"),
    }
    return names[state]


def log_action_name(action: str) -> str:
    """What was done with a concept, in its log."""
    names: dict[str, str] = {
        "commented": gettext("commented"),
        "proposed": gettext("proposed"),
        "sent to review": gettext("sent to review"),
        "approved": gettext("approved"),
        "rejected": gettext("rejected"),
        "restored": gettext("restored version"),
        "merged": gettext("merged into"),
        "took in": gettext("took in"),
        "split": gettext("split: see"),
        "removed": gettext("removed"),
    }
    return names[action]


def verdict_name(verdict: str) -> str:
    """What became of a term in a translation."""
    names: dict[str, str] = {
        "found": gettext("as it should be"),
        "missing": gettext("missing in the translation"),
        "deprecated": gettext("translated by a term that is not to be used"),
        "forbidden": gettext("translated by a term that is not to be used, and there is no other"),
    }
    return names[verdict]


def likeness_name(likeness: str) -> str:
    names: dict[str, str] = {
        "same term": gettext("the same term"),
        "same acronym": gettext("the same acronym"),
        "same in the other Chinese script": gettext("the same in the other Chinese script"),
        "nearly the same spelling": gettext("nearly the same spelling"),
    }
    return names[likeness]


def field_name(name: str) -> str:
    """A field of a concept or a term, in a difference or as a column of a sheet."""
    names: Mapping[str, str] = {
        "concept": gettext("Number of the concept"),
        "language": gettext("Language"),
        "term": gettext("Term"),
        "status": gettext("Status"),
        "type": gettext("Type"),
        "part_of_speech": gettext("Part of speech"),
        "source": gettext("Source"),
        "note": gettext("Note"),
        "subject": gettext("Subject"),
        "definition": gettext("Definition"),
        "definition_source": gettext("Source of the definition"),
        "concept_note": gettext("Note on the concept"),
        "usage": gettext("Where it is used"),
        "register": gettext("Register"),
        "contexts": gettext("Contexts"),
        "reliability": gettext("Reliability"),
        "case_sensitive": gettext("Capitals count"),
        "forms": gettext("Further forms"),
        "references": gettext("Other concepts"),
        "images": gettext("Pictures"),
        "state": gettext("State"),
        "broader": gettext("broader"),
        "related": gettext("related"),
        "see also": gettext("see also"),
        "image": gettext("Picture"),
        "extra": gettext("From an imported file"),
    }
    return names[name]


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {
        "status_name": status_name,
        "type_name": type_name,
        "part_of_speech_name": part_of_speech_name,
        "register_name": register_name,
        "concept_state_name": concept_state_name,
        "log_action_name": log_action_name,
        "likeness_name": likeness_name,
        "verdict_name": verdict_name,
        "field_name": field_name,
        "by_rule": sensitive_by_rule,
        "statuses": list(Status),
        "term_types": list(TermType),
        "parts_of_speech": list(PartOfSpeech),
        "registers": list(Register),
        "concept_states": list(ConceptState),
        "relations": list(Relation),
    }
