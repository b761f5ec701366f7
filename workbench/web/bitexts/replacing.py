"""Find and replace: a page with the places that were found, each to be ticked, and what was done with them."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from corpus.bitexts.find_replace import LONGEST, Search
from corpus.errors import CannotReplace
from workbench.services.find_replace import MOST, FoundIn, Key, Replaced, find_places, replace_places
from workbench.services.unit_editing import undo_step
from workbench.web.messages import translated
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("replacing", __name__, url_prefix="/bitexts/<int:id>/replace")


@dataclass(frozen=True)
class Asked:
    """The form of the page as it was sent."""

    search: Search
    everywhere: bool
    keep_state: bool

    @classmethod
    def of_request(cls) -> "Asked":
        given = request.values
        search = Search(
            text=given.get("find", ""),
            replacement=given.get("put", ""),
            regular="regular" in given,
            match_case="case" in given,
            whole_word="word" in given,
        )
        return cls(search, given.get("scope") == "all", "keep" in given)


@blueprint.get("")
def page(id: int) -> str | tuple[str, int]:
    """The form, and what it finds."""
    asked = Asked.of_request()
    if not asked.search.text:
        return _page(id, asked)
    try:
        found, complete = find_places(open_desk(), asked.search, None if asked.everywhere else id)
    except CannotReplace as error:
        return _page(id, asked, problem=translated(error)), 400
    return _page(id, asked, found=found, complete=complete)


@blueprint.post("")
def act(id: int) -> str | tuple[str, int]:
    """Rewrites what was ticked."""
    asked = Asked.of_request()
    chosen = [_key(text) for text in request.form.getlist("place")]
    if not chosen:
        return _page(id, asked, problem=gettext("Tick at least one place.")), 400
    try:
        done = replace_places(open_desk(), asked.search, chosen, asked.keep_state)
    except CannotReplace as error:
        return _page(id, asked, problem=translated(error)), 400
    return _page(id, asked, done=done)


@blueprint.post("/undo")
def undo(id: int) -> str | Response:
    """Takes a replacement back, in each bitext that it changed; raises Conflict where one has gone on since."""
    desk = open_desk()
    steps = [text.partition(":") for text in request.form.getlist("step")]
    with desk.db.atomic():
        for bitext, _, revision in steps:
            undo_step(desk, whole(bitext), whole(revision))
    return _page(id, Asked.of_request(), undone=True)


def _key(text: str) -> Key:
    unit, version, start = (whole(part) for part in text.split("."))
    return unit, version, start


def _page(
    id: int,
    asked: Asked,
    found: list[FoundIn] | None = None,
    complete: bool = True,
    done: list[Replaced] | None = None,
    problem: str = "",
    undone: bool = False,
) -> str:
    return render_template(
        "bitexts/replace.html",
        bitext=open_desk().bitexts.get(id),
        asked=asked,
        found=found,
        places=sum(len(group.places) for group in found or ()),
        complete=complete,
        done=done,
        problem=problem,
        undone=undone,
        most=MOST,
        longest=LONGEST,
    )
