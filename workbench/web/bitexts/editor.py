"""Pages of a bitext: the editor, its units one by one."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.bitexts.model import Bitext, Unit
from corpus.errors import Conflict, NotFound
from corpus.text import languages
from workbench.errors import EngineError
from workbench.services.suggestions import Rendered, Suggestion, machine_translation, matches
from workbench.services.unit_editing import save_unit
from workbench.web.bitexts.labels import detail_label, origin_label, state_label
from workbench.web.bitexts.pretranslation import pretranslating
from workbench.web.bitexts.term_markup import Part, mark_rendered, mark_terms
from workbench.web.labels import label
from workbench.web.messages import translated
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("bitexts", __name__, url_prefix="/bitexts")

PAGE = 50


@dataclass(frozen=True)
class UnitView:
    """A unit as the editor shows it."""

    unit: Unit
    source: list[Part]
    target: str
    state: str
    origin: str
    starts_paragraph: bool


@dataclass(frozen=True)
class SuggestionView:
    """A suggestion as the editor offers it, its terms marked."""

    suggestion: Suggestion
    parts: list[tuple[str, Rendered | None]]
    origin: str


@blueprint.get("/<int:id>")
def editor(id: int) -> str | Response:
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    if "unit" in request.args:
        return _page_of(_unit_of(bitext, request.args.get("unit", 0, whole)))
    if "after" in request.args:
        return _page_of_open(bitext, request.args.get("after", 0, whole))
    pretranslated = request.args.get("pretranslated", None, whole)
    if "page" not in request.args:
        first = desk.bitexts.first_open(id) or 0 if bitext.confirmed else 0
        if first >= PAGE:
            address = url_for("bitexts.editor", id=id, page=_page_number(first), pretranslated=pretranslated)
            return redirect(address, 303)
    pages = max(-(-bitext.units // PAGE), 1)
    page = min(max(request.args.get("page", 1, whole), 1), pages)
    units = desk.bitexts.units(id, (page - 1) * PAGE, PAGE)
    more = desk.bitexts.first_open(id, page * PAGE) is not None
    return render_template(
        "bitexts/editor.html",
        bitext=bitext,
        units=_views(bitext, units),
        pretranslating=pretranslating(bitext, pretranslated),
        page=page,
        pages=pages,
        next_open=url_for("bitexts.editor", id=id, after=page * PAGE) if more else "",
    )


def _views(bitext: Bitext, units: list[Unit]) -> list[UnitView]:
    sources = [languages.join(unit.source, bitext.source_language) for unit in units]
    marked = mark_terms(open_desk(), sources, bitext.source_language, bitext.target_language)
    return [
        UnitView(
            unit=unit,
            source=parts,
            target=languages.join(unit.target, bitext.target_language),
            state=state_label(unit),
            origin=origin_label(unit),
            starts_paragraph=before is None or before.paragraph != unit.paragraph,
        )
        for unit, before, parts in zip(units, [None, *units], marked, strict=False)
    ]


@blueprint.post("/<int:id>/units/<int:unit>")
def save(id: int, unit: int) -> Response | tuple[Response, int]:
    """Saves a unit's target; answers JSON to the editor's script, and a page to a plain form."""
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    _unit_of(bitext, unit)
    scripted = request.accept_mimetypes.best == "application/json"
    try:
        saved = save_unit(
            desk,
            unit,
            version=request.form.get("version", 0, whole),
            text=request.form["text"],
            confirm=request.form.get("action") == "confirm",
            taken_over=_taken_over(),
            confirm_empty=request.form.get("action") == "confirm-empty",
        )
    except Conflict as conflict:
        if not scripted:
            raise
        current = desk.bitexts.unit(unit)
        return jsonify(_state(bitext, current) | {"message": translated(conflict)}), 409
    if scripted:
        return jsonify(_state(desk.bitexts.get(id), saved))
    return _page_of(saved)


def _page_of_open(bitext: Bitext, position: int) -> Response:
    """To the page of the first open unit from a position on, or to the last page where all are confirmed."""
    first = open_desk().bitexts.first_open(bitext.id, position)
    last = max(bitext.units - 1, 0)
    return redirect(url_for("bitexts.editor", id=bitext.id, page=_page_number(last if first is None else first)), 303)


def _page_number(position: int) -> int:
    """The number of the page on which a unit is, from 1 on."""
    return position // PAGE + 1


def _page_of(unit: Unit) -> Response:
    """To the unit on its page of the editor."""
    page = _page_number(unit.position)
    return redirect(url_for("bitexts.editor", id=unit.bitext, page=page, _anchor=f"unit-{unit.id}"), 303)


def _unit_of(bitext: Bitext, unit: int) -> Unit:
    """The unit, if it is one of the bitext that the address names."""
    found = open_desk().bitexts.unit(unit)
    if found.bitext != bitext.id:
        raise NotFound("There is no unit {id} in this bitext.", id=unit)
    return found


def _taken_over() -> Suggestion | None:
    """The suggestion that the text was taken from, if the form names one."""
    text = request.form.get("suggestion_text", "")
    if not text:
        return None
    return Suggestion(
        text=text,
        origin=Suggestion.origin_named(request.form.get("suggestion_origin", "")),
        score=request.form.get("suggestion_score", None, float),
        detail=request.form.get("suggestion_detail", "")[:200],
        repaired=bool(request.form.get("suggestion_repaired")),
    )


def _state(bitext: Bitext, unit: Unit) -> dict[str, object]:
    return {
        "version": unit.version,
        "text": languages.join(unit.target, bitext.target_language),
        "state": unit.state,
        "state_name": state_label(unit),
        "origin": origin_label(unit),
        "confirmed": bitext.confirmed,
        "units": bitext.units,
        "revision": bitext.revision,
    }


@blueprint.get("/<int:id>/units/<int:unit>/suggestions")
def suggestions(id: int, unit: int) -> str:
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    return _suggestions(bitext, matches(desk, bitext, _unit_of(bitext, unit)))


@blueprint.get("/<int:id>/units/<int:unit>/machine")
def machine(id: int, unit: int) -> str:
    """The machine's suggestion, apart from the memory's: a model that is loaded first takes a moment."""
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    try:
        found = machine_translation(desk, bitext, _unit_of(bitext, unit))
    except EngineError as error:
        return _suggestions(bitext, [], translated(error))
    return _suggestions(bitext, found)


def _suggestions(bitext: Bitext, found: Iterable[Suggestion], problem: str = "") -> str:
    views = [
        SuggestionView(suggestion, mark_rendered(suggestion.text, suggestion.terms), _came_from(suggestion))
        for suggestion in found
    ]
    return render_template("bitexts/suggestions.html", bitext=bitext, views=views, problem=problem)


def _came_from(suggestion: Suggestion) -> str:
    """Origin, match or engine, and who confirmed it."""
    return f"{label(suggestion.origin)} {detail_label(suggestion)} {suggestion.changed_by}".strip()


@blueprint.get("/<int:id>/units/<int:unit>/history")
def history(id: int, unit: int) -> str:
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    versions = desk.bitexts.history(_unit_of(bitext, unit).id)
    return render_template("bitexts/history.html", bitext=bitext, versions=versions)
