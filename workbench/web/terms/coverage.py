"""What the term base covers: concepts by subject and language, what is missing; and the tree of subjects."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.pace import Pace
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
    termbase = open_desk().termbase
    name, action = request.form.get("name", ""), request.form.get("action", "")
    if action == "rename":
        termbase.rename_subject(name, request.form.get("new", ""), Pace())
    elif action == "remove":
        termbase.subject_tree.take_out(name)
    else:
        termbase.subject_tree.put(name, request.form.get("parent", ""))
    return redirect(url_for("terms.coverage", _anchor="subjects"), 303)


@blueprint.post("/settings")
def change_settings() -> Response:
    open_desk().termbase.settings.put("review_after_edit", "review_after_edit" in request.form)
    return redirect(url_for("terms.coverage", _anchor="settings"), 303)
