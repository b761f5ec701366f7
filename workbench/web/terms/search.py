"""Search with its facets, and what is done with a selection of the concepts that were found."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from glossary.concepts import ConceptState, Status
from glossary.termbase import Query
from workbench.services import concept_editing
from workbench.web.request_context import open_desk
from workbench.web.terms.blueprint import LANGUAGES, blueprint

LIMIT = 200


@blueprint.get("/")
def search() -> str:
    termbase = open_desk().termbase
    query = query_of(request.args)
    concepts, total = termbase.find(query, LIMIT)
    languages = list(dict.fromkeys([*LANGUAGES, *termbase.languages()]))
    found = {"query": query, "arguments": arguments_of(query), "concepts": concepts, "total": total, "limit": LIMIT,
             "languages": LANGUAGES, "all_languages": languages}  # fmt: skip
    # htmx asks for the list alone as one types; a browser for the whole page.
    if "HX-Request" in request.headers:
        return render_template("terms/list.html", subjects=termbase.subject_tree.tree(), **found)
    return render_template(
        "terms/search.html",
        subjects=termbase.subject_tree.tree(),
        states=termbase.states(),
        authors=termbase.authors(),
        count=termbase.count()[0],
        **found,
    )


def query_of(arguments: MultiDict[str, str]) -> Query:
    """Returns the query of an address or a form."""
    return Query(
        arguments.get("q", "").strip(),
        arguments.get("subject", ""),
        arguments.get("status", None, Status),
        arguments.get("state", None, ConceptState),
        arguments.get("missing", ""),
        arguments.get("author", ""),
    )


def arguments_of(query: Query) -> dict[str, Any]:
    """The query of an address that asks for the same."""
    named = {**vars(query), "q": query.text, "text": ""}
    return {name: str(value) for name, value in named.items() if value}


@blueprint.post("/selection")
def change_selection() -> Response:
    """Approves the chosen concepts, sends them to review, or gives them a subject or their terms a status."""
    desk = open_desk()
    uids, action = request.form.getlist("uid"), request.form.get("action", "")
    if not uids:
        abort(400, gettext("No concept is selected: select one or more."))
    if action in (ConceptState.APPROVED, ConceptState.UNDER_REVIEW):
        concept_editing.decide_on_concepts(desk, uids, ConceptState(action))
    elif action == "subject":
        concept_editing.set_subject(desk, uids, request.form.get("to_subject", "").strip())
    elif action == "status":
        status = Status(request.form.get("to_status", Status.ADMITTED, Status))
        concept_editing.set_status(desk, uids, request.form.get("of_language", ""), status)
    else:
        abort(400)
    return redirect(url_for("terms.search", **arguments_of(query_of(request.form))), 303)
