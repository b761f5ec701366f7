"""The units of the desk's bitexts in which a concept is named, and whether rightly."""

from flask import render_template, request

from workbench.services.terminology_check import units_of
from workbench.web.request_context import open_desk
from workbench.web.term_check import listing
from workbench.web.terms.names import blueprint


@blueprint.get("/<uid>/units")
def units(uid: str) -> str:
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
