"""The context of a request: its desk, no writes from other sites, and what a page may load."""

import re

from flask import Flask, abort, current_app, g, request
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response

from workbench import settings
from workbench.desk import Desk
from workbench.errors import InvalidName
from workbench.stores.people import person_name

NAME_COOKIE = "workbench_name"

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    # The desk's pages use their own files alone; texts of a desk can bring in nothing.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Id(IntegerConverter):
    """A number in an address; one that SQLite cannot hold (above 64 bits) matches none and names nothing: 404."""

    regex = "[0-9]{1,18}"


def whole(text: str) -> int:
    """A whole number of a query or a form; raises ValueError for all else, also for what SQLite cannot hold."""
    if not re.fullmatch(r"\s*[+-]?[0-9]{1,18}\s*", text):
        raise ValueError(text)
    return int(text)


def name_given() -> str:
    """Returns the name that was given in this browser; empty where there is none."""
    try:
        return person_name(request.cookies.get(NAME_COOKIE, ""))
    except InvalidName:
        return ""


def open_desk() -> Desk:
    """Returns the desk of the running request, opened at the first call."""
    if "desk" not in g:
        resources = current_app.config["RESOURCES"]
        g.desk = Desk.open(current_app.config["DESK"], name_given(), resources, account=settings.user())
    desk: Desk = g.desk
    return desk


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = Id
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)
    app.teardown_appcontext(_close_desk)


def _refuse_other_sites() -> None:
    """Refuses writes that another site's page sends (CSRF), by what browsers say of a request.

    `Sec-Fetch-Site` is sent by every current browser and cannot be set by a page; older ones send `Origin`. A request
    with neither comes from a program, which no site can steer.
    """
    if request.method in _SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    same = site in ("same-origin", "none") if site else origin in (None, request.host_url.rstrip("/"))
    if not same:
        abort(403)


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers and request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _close_desk(_: BaseException | None) -> None:
    desk = g.pop("desk", None)
    if desk is not None:
        desk.close()
