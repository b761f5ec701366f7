"""Who works here: the name is asked on some pages, given, changed or put off, and shown on every page."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from workbench.errors import InvalidName
from workbench.services.naming import give_name
from workbench.stores.people import LONGEST_NAME
from workbench.web.interface import local_address
from workbench.web.messages import translated
from workbench.web.request_context import NAME_COOKIE, name_given, open_desk

blueprint = Blueprint("people", __name__)

# Where a name is asked for: nobody is in the middle of a sentence there.
ASKING = frozenset({"desk.home", "comments.of_bitext", "comments.of_desk", "review.page"})
_LATER_COOKIE = "workbench_name_later"
_DAY = 24 * 3600


@blueprint.get("/me")
def me() -> str:
    return _page(name_given(), request.args.get("back", "/"))


def _page(name: str, back: str, problem: str = "") -> str:
    account = open_desk().account
    return render_template("people/me.html", name=name, back=back, problem=problem, account=account)


@blueprint.post("/me")
def give() -> Response | tuple[str, int]:
    """Keeps the name in the browser, or asks again another week; goes back to where it was asked."""
    back = request.form.get("back", "/")
    response = redirect(local_address(back), 303)
    if "later" in request.form:
        response.set_cookie(_LATER_COOKIE, "1", max_age=7 * _DAY, samesite="Lax", httponly=True)
        return response
    text = request.form.get("name", "")
    try:
        name = give_name(open_desk(), text)
    except InvalidName as error:
        return _page(text, back, translated(error)), 400
    response.set_cookie(NAME_COOKIE, name, max_age=400 * _DAY, samesite="Lax", httponly=True)
    return response


@blueprint.app_context_processor
def _person() -> dict[str, object]:
    given = name_given()
    return {
        "person_given": given,
        "asks_name": not given and request.endpoint in ASKING and _LATER_COOKIE not in request.cookies,
        "longest_name": LONGEST_NAME,
    }
