"""Coverage of the term base: concepts by subject and language, what is missing; and the tree of subjects."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from workbench.services import concept_editing
from workbench.web.request_context import open_desk
from workbench.web.terms.blueprint import LANGUAGES, blueprint


@blueprint.get("/coverage")
def coverage() -> str:
    termbase = open_desk().termbase
    return render_template(
        "terms/coverage.html",
        subjects=termbase.subject_tree.tree(),
        covered=termbase.coverage(),
        languages=list(dict.fromkeys([*LANGUAGES, *termbase.languages()])),
        review_after_edit=termbase.settings.review_after_edit,
    )


@blueprint.post("/subjects")
def change_subjects() -> Response:
    """Puts a subject into the tree, renames it, or takes it out, as the button says."""
    desk = open_desk()
    name, action = request.form.get("name", ""), request.form.get("action", "")
    if action == "rename":
        concept_editing.rename_subject(desk, name, request.form.get("new", ""))
    elif action == "remove":
        concept_editing.remove_subject(desk, name)
    else:
        concept_editing.put_subject(desk, name, request.form.get("parent", ""))
    return redirect(url_for("terms.coverage", _anchor="subjects"), 303)


@blueprint.post("/settings")
def change_settings() -> Response:
    concept_editing.review_after_edit(open_desk(), "review_after_edit" in request.form)
    return redirect(url_for("terms.coverage", _anchor="settings"), 303)
