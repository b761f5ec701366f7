"""The reviewer's page: the units of a bitext with what changed in them, one of them to be judged at a time."""

import re
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.bitexts.model import Bitext, Unit, UnitState
from corpus.errors import Conflict
from corpus.text import languages
from workbench.desk import Desk
from workbench.services.reviewing import (
    UnitReview,
    approve_units,
    correct_unit,
    finalise_bitext,
    reviews,
    send_unit_back,
)
from workbench.services.suggestions import Pieces
from workbench.services.text_changes import text_changes
from workbench.services.unit_editing import undo_step
from workbench.web.bitexts.comments import CommentView, comment_views
from workbench.web.bitexts.labels import origin_label, state_label
from workbench.web.messages import translated
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("review", __name__, url_prefix="/bitexts/<int:id>/review")

SHOWN = 20


@dataclass(frozen=True)
class ReviewView:
    """A unit as the reviewer's page shows it; `returned` says that it was sent back and is not confirmed since."""

    review: UnitReview
    source: str
    target: str
    state: str
    origin: str
    comments: list[CommentView]
    returned: bool


@dataclass(frozen=True)
class Contested:
    """A judgement that came too late: the text that the reviewer wrote, and what the desk's text changes in it."""

    message: str
    typed: str
    changes: Pieces


@blueprint.get("")
def page(id: int) -> str:
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    if "unit" in request.args:
        position = desk.bitexts.unit_in(id, request.args.get("unit", 0, whole)).position
    elif "number" in request.args:
        position = min(max(request.args.get("number", 1, whole) - 1, 0), max(bitext.units - 1, 0))
    else:
        position = desk.bitexts.first_in(id, UnitState.TRANSLATED) or 0
    return _page(desk, bitext, position)


def _page(desk: Desk, bitext: Bitext, position: int, contested: Contested | None = None) -> str:
    """The page with a unit to be judged, among those around it."""
    start = position // SHOWN * SHOWN
    views = _views(desk, bitext, desk.bitexts.units(bitext.id, start, SHOWN))
    counts = desk.bitexts.states(bitext.id)
    return render_template(
        "bitexts/review.html",
        bitext=bitext,
        views=views,
        position=position,
        contested=contested,
        counts=counts,
        seen=[view.review.unit for view in views if view.review.reviewable],
        next_open=_next_open(desk, bitext.id, position + 1),
        finished=bitext.units > 0 and counts[UnitState.REVIEWED] + counts[UnitState.FINAL] == bitext.units,
        final=counts[UnitState.FINAL] == bitext.units,
        undo=desk.undo_log.state(bitext.id).undo,
    )


def _views(desk: Desk, bitext: Bitext, units: list[Unit]) -> list[ReviewView]:
    comments = desk.comments.of_units([unit.id for unit in units])
    return [
        ReviewView(
            review=review,
            source=languages.join(review.unit.source, bitext.source_language),
            target=languages.join(review.unit.target, bitext.target_language),
            state=state_label(review.unit),
            origin=origin_label(review.unit),
            comments=comment_views([each for each in comments.get(review.unit.id, []) if not each.resolved]),
            returned=not review.unit.state.confirmed
            and any(each.returns and not each.resolved for each in comments.get(review.unit.id, [])),
        )
        for review in reviews(desk, bitext, units)
    ]


def _next_open(desk: Desk, bitext: int, position: int) -> int | None:
    """The position of the next unit to be reviewed, from a position on, or else from the beginning."""
    found = desk.bitexts.first_in(bitext, UnitState.TRANSLATED, position)
    return desk.bitexts.first_in(bitext, UnitState.TRANSLATED) if found is None else found


@blueprint.post("/<int:unit>")
def judge(id: int, unit: int) -> Response | tuple[str, int]:
    """Approves a unit with the text of the form, or sends it back, and goes on to the next one to be reviewed."""
    desk = open_desk()
    version, text = request.form.get("version", 0, whole), request.form.get("text", "")
    try:
        if request.form.get("action") == "return":
            judged = send_unit_back(desk, id, unit, version, request.form.get("comment", ""))
        else:
            judged = correct_unit(desk, id, unit, version, text)
    except Conflict as conflict:
        return _contested(desk, id, unit, text, conflict), 409
    position = _next_open(desk, id, judged.position + 1)
    return _go_to(id, judged.position if position is None else position)


def _contested(desk: Desk, id: int, unit: int, typed: str, conflict: Conflict) -> str:
    """The page with the text that was typed over one that changed meanwhile: nothing is lost."""
    bitext, found = desk.bitexts.get(id), desk.bitexts.unit_in(id, unit)
    here = languages.join(found.target, bitext.target_language)
    changes = text_changes(typed, here, bitext.target_language)
    return _page(desk, bitext, found.position, Contested(translated(conflict), typed, changes))


@blueprint.post("/seen")
def approve_seen(id: int) -> Response:
    """Approves the units that the page showed, each in the version that it showed."""
    pairs = (re.fullmatch(r"([0-9]{1,18}):([0-9]{1,18})", item) for item in request.form.getlist("seen"))
    desk = open_desk()
    approved = approve_units(desk, id, [(int(pair[1]), int(pair[2])) for pair in pairs if pair])
    last = approved[-1].position if approved else 0
    following = _next_open(desk, id, last + 1)
    return _go_to(id, last if following is None else following)


@blueprint.post("/final")
def finalise(id: int) -> Response:
    finalise_bitext(open_desk(), id)
    return _go_to(id, 0)


@blueprint.post("/undo")
def undo(id: int) -> Response:
    """Takes the last step back, and goes to where it was."""
    change = undo_step(open_desk(), id, request.form.get("revision", -1, whole))
    return _go_to(id, change.after[0].position if change.after else 0)


def _go_to(bitext: int, position: int) -> Response:
    return redirect(url_for("review.page", id=bitext, number=position + 1, _anchor="current"), 303)
