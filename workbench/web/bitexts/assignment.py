"""The page on which a bitext is given to people, by a day."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from workbench.errors import CannotAssign, InvalidName
from workbench.services.assigning import assign_bitext
from workbench.stores.assignments import Assignment
from workbench.web.messages import translated
from workbench.web.request_context import open_desk

blueprint = Blueprint("assignment", __name__, url_prefix="/bitexts/<int:id>/assignment")


@blueprint.get("")
def page(id: int) -> str:
    return _page(id, open_desk().assignments.of(id))


def _page(id: int, assignment: Assignment, problem: str = "") -> str:
    desk = open_desk()
    return render_template(
        "bitexts/assignment.html",
        bitext=desk.bitexts.get(id),
        assignment=assignment,
        names=desk.people.known(),
        problem=problem,
    )


@blueprint.post("")
def assign(id: int) -> Response | tuple[str, int]:
    wanted = Assignment(*(request.form.get(name, "") for name in ("assignee", "reviewer", "due")))
    try:
        assign_bitext(open_desk(), id, wanted.assignee, wanted.reviewer, wanted.due)
    except (CannotAssign, InvalidName) as error:
        return _page(id, wanted, translated(error)), 400
    return redirect(url_for("assignment.page", id=id), 303)
