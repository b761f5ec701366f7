"""The alignment editor of a bitext: its page, and the actions that its script sends, each one small request."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext

from corpus.alignment import unrelated
from corpus.bitexts.model import Bitext, Unit
from corpus.bitexts.operations import Action, Side, open_sentences
from corpus.bitexts.undo import Change, Seen
from corpus.errors import CannotRearrange, Conflict
from corpus.text.messages import UserError
from workbench.desk import Desk
from workbench.services.alignment import realign_bitext, rearrange_bitext
from workbench.services.unit_editing import redo_step, undo_step
from workbench.stores.job_arguments import Realign
from workbench.web.jobs.views import AT_ONCE
from workbench.web.labels import label
from workbench.web.messages import translated
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("alignment", __name__, url_prefix="/bitexts/<int:id>/alignment")

# Below the one a unit is likely wrong, from the other on likely right.
LOW, HIGH = 0.5, 0.95


@dataclass(frozen=True)
class Row:
    """A unit as the alignment shows it: its shape, such as `2–1`, and how good its score is."""

    unit: Unit
    shape: str
    irregular: bool
    band: str
    crossing: bool


@dataclass(frozen=True)
class Figures:
    """The figures of a bitext's units for the summary."""

    units: int
    one_to_one: int
    single: int
    mean: float | None
    unrelated: bool


@blueprint.get("")
def page(id: int) -> str:
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    units = desk.bitexts.units(id)
    return render_template(
        "bitexts/alignment.html",
        bitext=bitext,
        rows=_rows(units),
        figures=_figures(units),
        standing=desk.undo_log.state(id),
        jobs=desk.jobs.active(Realign, bitext=id),
        low=LOW,
        high=HIGH,
    )


@blueprint.get("/now")
def now(id: int) -> Response:
    """All rows, for a page that shows the bitext at an older revision; nothing for one that is up to date.

    With `done=1` the page knows why: it has waited for it.
    """
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    if request.args.get("revision", type=int) == bitext.revision:
        return Response(status=204)
    if "done" in request.args:
        message = gettext("Done: %(step)s", step=label("realign", "step"))
    else:
        message = gettext("The bitext was changed elsewhere. This is the current version.")
    return jsonify(_whole(desk, bitext) | {"message": message})


@blueprint.post("")
def act(id: int) -> Response | tuple[Response, int]:
    """Carries an action out and answers with the rows that changed; after a conflict, with all as they are now.

    What takes long becomes a job, and the answer brings what shows its progress.
    """
    desk = open_desk()
    revision = request.form.get("revision", -1, whole)
    name = request.form.get("action", "")
    if name == "realign" and open_sentences(desk.bitexts.units(id)) > AT_ONCE:
        return _realign_later(desk, desk.bitexts.get(id), revision)
    try:
        change = _take(desk, id, name, revision)
    except Conflict as conflict:
        return jsonify(_whole(desk, desk.bitexts.get(id)) | {"message": translated(conflict)}), 409
    except UserError as error:
        if not isinstance(error, CannotRearrange) and name != "realign":
            raise
        return jsonify({"message": translated(error)}), 400
    bitext = desk.bitexts.get(id)
    answer = _changed(desk, bitext, change) if change.revision == revision else _whole(desk, bitext)
    return jsonify(answer | {"message": _done(name, change)})


def _realign_later(desk: Desk, bitext: Bitext, revision: int) -> tuple[Response, int]:
    """Orders the job; one that is not over yet is shown again."""
    jobs = desk.jobs.active(Realign, bitext=bitext.id)
    if jobs:
        job = jobs[0].id
    else:
        about = {"title": bitext.title, "language": bitext.source_language}
        job = desk.jobs.add(Realign(bitext=bitext.id, revision=revision, **about))
    message = gettext("The rest is being realigned. If a unit is changed meanwhile, nothing is realigned.")
    shown = render_template("bitexts/realigning.html", job=desk.jobs.get(job))
    return jsonify({"job": shown, "message": message}), 202


def _take(desk: Desk, bitext: int, name: str, revision: int) -> Change:
    turns: dict[str, Callable[[Desk, int, int], Change]] = {
        "undo": undo_step,
        "redo": redo_step,
        "realign": realign_bitext,
    }
    if name in turns:
        return turns[name](desk, bitext, revision)
    return rearrange_bitext(desk, bitext, revision, _action(name), _seen())


def _action(name: str) -> Action:
    return Action(
        name,
        unit=request.form.get("unit", 0, whole),
        side=Side.TARGET if request.form.get("side") == "target" else Side.SOURCE,
        sentence=request.form.get("sentence", 0, whole),
        texts=tuple(request.form.getlist("text")),
        score=request.form.get("score", 1.0, float),
    )


def _seen() -> Seen:
    """The units round the action's as the page shows them: `12:3` is unit 12 in version 3."""
    pairs = (re.fullmatch(r"([0-9]{1,18}):([0-9]{1,18})", item) for item in request.form.getlist("seen"))
    return {(int(pair[1]), int(pair[2])) for pair in pairs if pair}


def _changed(desk: Desk, bitext: Bitext, change: Change) -> dict[str, object]:
    """The changes for the page: rows that are `gone` go, then new ones come to their positions, in order."""
    return _state(desk, bitext, change.units) | {
        "gone": [unit.id for unit in change.before],
        "rows": _markup(bitext, change.after),
    }


def _whole(desk: Desk, bitext: Bitext) -> dict[str, object]:
    units = desk.bitexts.units(bitext.id)
    return _state(desk, bitext, units) | {"whole": True, "rows": _markup(bitext, units)}


def _state(desk: Desk, bitext: Bitext, units: Sequence[Unit]) -> dict[str, object]:
    standing = desk.undo_log.state(bitext.id)
    return {
        "revision": bitext.revision,
        "confirmed": bitext.confirmed,
        "units": bitext.units,
        "summary": render_template("bitexts/alignment_summary.html", figures=_figures(units)),
        "undo": label(standing.undo, "step"),
        "redo": label(standing.redo, "step"),
    }


def _markup(bitext: Bitext, units: Sequence[Unit]) -> str:
    return render_template("bitexts/alignment_rows.html", bitext=bitext, rows=_rows(units))


def _rows(units: Sequence[Unit]) -> list[Row]:
    return [
        Row(
            unit=unit,
            shape=f"{len(unit.source)}–{len(unit.target)}",
            irregular=not len(unit.source) == len(unit.target) == 1,
            band=band_of(unit.score if unit.source and unit.target else None),
            crossing=unit.crossing,
        )
        for unit in units
    ]


def band_of(score: float | None) -> str:
    """Returns the band of a score, by name."""
    if score is None:
        return "none"
    return "poor" if score < LOW else "fair" if score < HIGH else "good"


def _figures(units: Sequence[Unit]) -> Figures:
    scores = [unit.score for unit in units if unit.source and unit.target and unit.score is not None]
    return Figures(
        units=len(units),
        one_to_one=sum(len(unit.source) == len(unit.target) == 1 for unit in units),
        single=sum(not unit.source or not unit.target for unit in units),
        mean=sum(scores) / len(scores) if scores else None,
        unrelated=unrelated([unit.score for unit in units if unit.score is not None]),
    )


def _done(name: str, change: Change) -> str:
    step = label(change.step, "step")
    if not change.before and not change.after:
        message: str = gettext("Nothing to change: %(step)s", step=step)
    elif name == "undo":
        message = gettext("Undone: %(step)s", step=step)
    elif name == "redo":
        message = gettext("Redone: %(step)s", step=step)
    else:
        message = gettext("Done: %(step)s", step=step)
    return message
