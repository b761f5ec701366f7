"""Comments on units: those of one unit, as a page or as a part of another one, and lists of the open ones."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.bitexts.model import Bitext
from workbench.services.commenting import LONGEST_COMMENT, add_comment, settle_comment, split_mentions
from workbench.stores.comments import Comment, CommentFilter, CommentPlace
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("comments", __name__)

SHOWN = 50


@dataclass(frozen=True)
class CommentView:
    """A comment as a page shows it: its text in parts, each with the name that it mentions, if it does."""

    comment: Comment
    parts: list[tuple[str, str]]


@dataclass(frozen=True)
class Listing:
    """A page of a list of comments: their places, how many there are, and the addresses of the pages around."""

    places: list[tuple[CommentPlace, CommentView]]
    count: int
    before: str
    after: str


@blueprint.get("/bitexts/<int:id>/units/<int:unit>/comments")
def of_unit(id: int, unit: int) -> str:
    return _of_unit(id, unit)


@blueprint.post("/bitexts/<int:id>/units/<int:unit>/comments")
def add(id: int, unit: int) -> str | Response:
    add_comment(open_desk(), id, unit, request.form["text"])
    return _answer(id, unit)


@blueprint.post("/bitexts/<int:id>/units/<int:unit>/comments/<int:comment>")
def settle(id: int, unit: int, comment: int) -> str | Response:
    """Resolves a comment, or reopens it, as the button says."""
    settle_comment(open_desk(), id, unit, comment, resolved=request.form.get("action") != "reopen")
    return _answer(id, unit)


def _answer(bitext: int, unit: int) -> str | Response:
    """The comments as they are now, for a script; a plain form is sent to their page."""
    if not _is_page():
        return _of_unit(bitext, unit)
    return redirect(url_for("comments.of_unit", id=bitext, unit=unit), 303)


def _is_page() -> bool:
    """Returns whether a browser asks for a page; what a script fetches accepts anything."""
    return "text/html" in request.headers.get("Accept", "")


def _of_unit(id: int, unit: int) -> str:
    desk = open_desk()
    found = desk.bitexts.unit_in(id, unit)
    return render_template(
        "bitexts/comments_page.html" if _is_page() else "bitexts/comments.html",
        bitext=desk.bitexts.get(id),
        unit=found,
        comments=comment_views(desk.comments.of_unit(unit)),
        names=[name for name in desk.people.known() if name != desk.user],
        longest=LONGEST_COMMENT,
    )


def comment_views(comments: list[Comment]) -> list[CommentView]:
    """Returns comments as pages show them."""
    return [CommentView(comment, split_mentions(comment.text, comment.mentions)) for comment in comments]


@blueprint.get("/bitexts/<int:id>/comments")
def of_bitext(id: int) -> str | Response:
    """The comments of a bitext; with the number of a unit, to the comments on that one."""
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    number = request.args.get("number", 0, whole)
    if number:
        for unit in desk.bitexts.units(id, number - 1, 1):
            return redirect(url_for("comments.of_unit", id=id, unit=unit.id), 303)
    return _list("bitexts/comment_list.html", bitext)


@blueprint.get("/comments")
def of_desk() -> str:
    return _list("desk/comments.html", None)


def _list(template: str, bitext: Bitext | None) -> str:
    desk = open_desk()
    mine, resolved = "mine" in request.args, "resolved" in request.args
    id = bitext.id if bitext else None
    start = max(request.args.get("start", 0, whole), 0)
    wanted = CommentFilter(id, desk.user if mine else "", resolved)
    places = desk.comments.places(wanted, start, SHOWN)
    count = desk.comments.count(wanted)

    def address(start: int) -> str:
        endpoint = request.endpoint or ""
        return url_for(endpoint, id=id, mine=mine or None, resolved=resolved or None, start=start or None)

    views = comment_views([place.comment for place in places])
    listing = Listing(
        list(zip(places, views, strict=True)),
        count,
        address(max(start - SHOWN, 0)) if start else "",
        address(start + SHOWN) if start + SHOWN < count else "",
    )
    return render_template(template, bitext=bitext, listing=listing, mine=mine, resolved=resolved)
