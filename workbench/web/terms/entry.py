"""One concept: its entry, the units that name it, comments, decisions, history, restoring, merging and splitting."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from glossary.concept_merge import Line, differences
from glossary.concepts import Concept, ConceptState
from glossary.errors import UnknownConcept
from glossary.termbase.log import LoggedAction
from workbench.services import concept_editing
from workbench.services.terminology_check import units_of
from workbench.web.bitexts.term_check import listing
from workbench.web.request_context import open_desk, whole
from workbench.web.terms.blueprint import blueprint, capitals_decided


@dataclass(frozen=True)
class Version:
    """A replaced version of a concept, with what the version after it took out and put in."""

    concept: Concept
    removed: list[Line]
    added: list[Line]


# What may be decided about a concept, by its state, in the order of the buttons.
_DECISIONS = {
    ConceptState.PROPOSED: (ConceptState.UNDER_REVIEW, ConceptState.APPROVED, ConceptState.REJECTED),
    ConceptState.UNDER_REVIEW: (ConceptState.APPROVED, ConceptState.REJECTED),
    ConceptState.APPROVED: (ConceptState.UNDER_REVIEW, ConceptState.REJECTED),
    ConceptState.REJECTED: (ConceptState.UNDER_REVIEW, ConceptState.APPROVED),
}


@blueprint.get("/<uid>")
def concept(uid: str) -> str | Response:
    termbase = open_desk().termbase
    try:
        found = termbase.get(uid)
    except UnknownConcept:
        # One that was merged is found where it went.
        last = next(iter(termbase.log.of(uid)), None)
        if last is None or last.action is not LoggedAction.MERGED:
            raise
        return redirect(url_for("terms.concept", uid=last.text))
    history = termbase.history(uid)
    after = [found, *history]
    return render_template(
        "terms/concept.html",
        concept=found,
        named={other.uid: other for other in termbase.get_all(item.uid for item in found.references)},
        history=[Version(old, *differences(old, new)) for new, old in zip(after, history, strict=False)],
        log=termbase.log.of(uid),
        decisions=_DECISIONS[found.state],
        capitals_decided=capitals_decided(found.terms),
    )


@blueprint.get("/<uid>/units")
def units(uid: str) -> str:
    """The units of the desk's bitexts in which a concept is named, and whether rightly."""
    desk = open_desk()
    concept = desk.termbase.get(uid)
    checked, complete = units_of(desk, concept)
    # htmx asks for the list alone, once its place on the entry is seen.
    alone = "HX-Request" in request.headers
    return render_template(
        "terms/units_list.html" if alone else "terms/units.html",
        concept=concept,
        listing=listing(checked, "all"),
        complete=complete,
    )


@blueprint.post("/<uid>/comment")
def comment(uid: str) -> Response:
    concept_editing.comment_on_concept(open_desk(), uid, request.form.get("text", "").strip())
    return _back(uid)


@blueprint.post("/<uid>/decide")
def decide(uid: str) -> Response:
    state = ConceptState(request.form.get("state", ConceptState.UNDER_REVIEW, ConceptState))
    concept_editing.decide_on_concept(open_desk(), uid, _version(), state, request.form.get("reason", ""))
    return _back(uid)


@blueprint.post("/<uid>/restore")
def restore(uid: str) -> Response:
    concept_editing.restore_concept(open_desk(), uid, _version(), request.form.get("old", 0, whole))
    return _back(uid)


@blueprint.post("/<uid>/merge")
def merge(uid: str) -> Response:
    concept_editing.merge_concepts(open_desk(), uid, _version(), request.form.get("other", "").strip())
    return _back(uid)


@blueprint.post("/<uid>/split")
def split(uid: str) -> Response:
    new = concept_editing.split_concept(open_desk(), uid, _version(), request.form.getlist("number", whole))
    return _back(new.uid)


def _version() -> int:
    return request.form.get("version", 0, whole)


def _back(uid: str) -> Response:
    return redirect(url_for("terms.concept", uid=uid), 303)
