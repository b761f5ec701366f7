"""Pages of a bitext: the editor, its units one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from corpus.bitexts.filtering import Stage
from corpus.bitexts.model import Bitext, Origin, Unit
from corpus.errors import CannotRearrange, Conflict
from corpus.memory import Entry, Hit
from corpus.text import languages
from corpus.text.word_count import count_words
from workbench.desk import Desk
from workbench.errors import EngineError
from workbench.services import source_editing
from workbench.services.findings import Noted, findings_in, next_noted
from workbench.services.suggestions import Rendered, Suggestion, machine_translation, matches
from workbench.services.text_changes import text_changes
from workbench.services.unit_editing import redo_step, save_unit, undo_step, withdraw_unit
from workbench.web.bitexts import keys
from workbench.web.bitexts.labels import detail_label, origin_label, state_label
from workbench.web.bitexts.pretranslation import pretranslating
from workbench.web.bitexts.states import changed_shares, standing, unit_state, unit_states
from workbench.web.bitexts.term_markup import OfferedTerm, Part, mark_rendered, mark_terms, offered_terms
from workbench.web.bitexts.window import PAGE, asked, asked_filter, page_number, window
from workbench.web.labels import label
from workbench.web.messages import translated
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("bitexts", __name__, url_prefix="/bitexts")

# Of the concordance, beside a unit.
_HITS = 30
# Templates of what follows a unit's source.
_OF_SOURCE = ("source", "offered_terms")


@dataclass(frozen=True)
class UnitView:
    """A unit as the editor shows it."""

    unit: Unit
    source: list[Part]
    terms: list[OfferedTerm]
    target: str
    state: str
    origin: str
    starts_paragraph: bool
    comments: int


@dataclass(frozen=True)
class SuggestionView:
    """A suggestion as the editor offers it, its terms marked."""

    suggestion: Suggestion
    parts: list[tuple[str, Rendered | None]]
    origin: str
    differs: bool


@dataclass(frozen=True)
class HitView:
    """A hit of the concordance: its two sides, each as its language and text, that of the bitext's target last."""

    entry: Entry
    sides: tuple[tuple[str, str], tuple[str, str]]

    @classmethod
    def of(cls, hit: Hit, bitext: Bitext) -> "HitView":
        entry = hit.entry
        sides = (entry.source_language, entry.source), (entry.target_language, entry.target)
        backwards = languages.primary(entry.source_language) == languages.primary(bitext.target_language)
        return cls(entry, sides[::-1] if backwards else sides)


@blueprint.get("/<int:id>")
def editor(id: int) -> str | Response:
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    if "unit" in request.args:
        return _page_of(_unit_of(bitext, request.args.get("unit", 0, whole)))
    if "number" in request.args and bitext.units:
        position = min(max(request.args.get("number", 1, whole), 1), bitext.units) - 1
        return _page_of(*desk.bitexts.units(id, position, 1))
    if "after" in request.args:
        return _page_of_open(bitext, request.args.get("after", 0, whole))
    pretranslated = request.args.get("pretranslated", None, whole)
    if not {"page", *asked()} & request.args.keys():
        first = desk.bitexts.first_open(id) or 0 if bitext.confirmed else 0
        if first >= PAGE:
            address = url_for("bitexts.editor", id=id, page=page_number(first), pretranslated=pretranslated)
            return redirect(address, 303)
    wanted = asked_filter(bitext)
    shown = window(bitext, wanted)
    return render_template(
        "bitexts/editor.html",
        bitext=bitext,
        window=shown,
        units=_views(bitext, shown.units),
        tally=desk.bitexts.tally(id),
        wanted=wanted,
        asked=asked(),
        noted=[*Noted],
        writers=desk.bitexts.writers(id),
        steps=desk.undo_log.state(id),
        pretranslating=pretranslating(bitext, pretranslated),
        stages=list(Stage),
        origins=list(Origin),
        keys=keys,
        settings=desk.settings.get(),
    )


def _views(bitext: Bitext, units: list[Unit]) -> list[UnitView]:
    sources = [languages.join(unit.source, bitext.source_language) for unit in units]
    changed = changed_shares(bitext, units)
    remarks = open_desk().comments.of_units([unit.id for unit in units])
    marked = mark_terms(open_desk(), sources, bitext.source_language, bitext.target_language)
    return [
        UnitView(
            unit=unit,
            source=parts,
            terms=offered_terms(parts, bitext.target_language),
            target=languages.join(unit.target, bitext.target_language),
            state=state_label(unit),
            origin=origin_label(unit, changed.get(unit.id)),
            starts_paragraph=before is None or before.paragraph != unit.paragraph,
            comments=sum(not comment.resolved for comment in remarks.get(unit.id, ())),
        )
        for unit, before, parts in zip(units, [None, *units], marked, strict=False)
    ]


@blueprint.post("/<int:id>/units/<int:unit>")
def save(id: int, unit: int) -> Response | tuple[Response, int]:
    """Saves a unit's target; answers JSON to the editor's script, and a page to a plain form."""
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    _unit_of(bitext, unit)
    filled: list[Unit] = []
    try:
        saved = _saved(desk, unit, filled)
    except Conflict as conflict:
        if not _scripted():
            raise
        current = desk.bitexts.unit(unit)
        return jsonify(unit_state(bitext, current) | _contested(bitext, current, conflict)), 409
    if _scripted():
        bitext = desk.bitexts.get(id)
        return jsonify(unit_state(bitext, saved) | _filled(bitext, filled))
    return _page_of(saved)


def _contested(bitext: Bitext, current: Unit, conflict: Conflict) -> dict[str, str]:
    """Why the form's text was not taken, how it differs from that of the desk, and what can be done."""
    language = bitext.target_language
    pieces = text_changes(languages.join(current.target, language), request.form["text"].strip(), language)
    message = translated(conflict)
    shown = render_template("bitexts/conflict.html", pieces=pieces, language=language, message=message)
    return {"message": message, "conflict": shown}


def _filled(bitext: Bitext, units: Sequence[Unit]) -> dict[str, object]:
    """What a save has filled beside its unit; as many as a page may show are told of one by one."""
    if not units:
        return {}
    said = ngettext("%(num)s repetition was filled", "%(num)s repetitions were filled", len(units))
    return {"others": unit_states(bitext, units[:PAGE]), "filled": said}


def _saved(desk: Desk, unit: int, filled: list[Unit]) -> Unit:
    """The unit as the form wants it; others that were filled with it are added to `filled`."""
    version, text, action = request.form.get("version", 0, whole), request.form["text"], request.form.get("action")
    if action == "withdraw":
        return withdraw_unit(desk, unit, version, text)
    return save_unit(
        desk,
        unit,
        version=version,
        text=text,
        confirm=action == "confirm",
        taken_over=_taken_over(),
        confirm_empty=action == "confirm-empty",
        filled=filled.extend,
    )


def _page_of_open(bitext: Bitext, position: int) -> Response:
    """To the page of the first open unit from a position on, or to the last page where all are confirmed."""
    first = open_desk().bitexts.first_open(bitext.id, position)
    last = max(bitext.units - 1, 0)
    return redirect(url_for("bitexts.editor", id=bitext.id, page=page_number(last if first is None else first)), 303)


def _page_of(unit: Unit) -> Response:
    """To the unit on its page of the editor."""
    page = page_number(unit.position)
    return redirect(url_for("bitexts.editor", id=unit.bitext, page=page, _anchor=f"unit-{unit.id}"), 303)


def _unit_of(bitext: Bitext, unit: int) -> Unit:
    """The unit, if it is one of the bitext that the address names."""
    return open_desk().bitexts.unit_in(bitext.id, unit)


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


@blueprint.post("/<int:id>/units/<int:unit>/source")
def edit_source(id: int, unit: int) -> Response | tuple[Response, int]:
    """Writes a unit's source, and answers with how it is shown and the terms that it has now."""
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    _unit_of(bitext, unit)
    try:
        saved = source_editing.edit_source(desk, unit, request.form.get("version", 0, whole), request.form["text"])
    except (Conflict, CannotRearrange) as error:
        return jsonify(unit_state(bitext, desk.bitexts.unit(unit)) | {"message": translated(error)}), 409
    (view,) = _views(bitext, [saved])
    parts = {name: render_template(f"bitexts/{name}.html", view=view, bitext=bitext) for name in _OF_SOURCE}
    return jsonify(unit_state(desk.bitexts.get(id), saved) | parts)


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
    suggestions = list(found)
    exact = [each for each in suggestions if each.origin is Origin.MEMORY and (each.score or 0) >= 1]
    views = [
        SuggestionView(
            suggestion,
            mark_rendered(suggestion.text, suggestion.terms),
            _came_from(suggestion),
            differs=len(exact) > 1 and suggestion in exact,
        )
        for suggestion in suggestions
    ]
    return render_template("bitexts/suggestions.html", bitext=bitext, views=views, problem=problem)


def _came_from(suggestion: Suggestion) -> str:
    """Origin, match or engine, and of a match what is the same around it, who wrote it, when, in which article."""
    made = f"{label(suggestion.origin)} {detail_label(suggestion)}".strip()
    around = {1.01: gettext("one neighbour the same"), 1.02: gettext("both neighbours the same")}
    about = (suggestion.changed_by, suggestion.changed_at[:10], suggestion.place)
    return " · ".join(filter(None, (made, around.get(suggestion.score or 0, ""), *about)))


@blueprint.get("/<int:id>/units/<int:unit>/findings")
def findings(id: int, unit: int) -> str:
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    found = findings_in(desk, bitext, [_unit_of(bitext, unit)]).get(unit, [])
    return render_template("bitexts/findings.html", bitext=bitext, findings=found)


@blueprint.get("/<int:id>/next/<any(finding, comment):noted>")
def next_with(id: int, noted: str) -> Response | tuple[Response, int]:
    """The number of the next unit after one that has a finding, or an open comment."""
    desk = open_desk()
    unit = next_noted(desk, desk.bitexts.get(id), Noted(noted), request.args.get("after", 0, whole) - 1)
    if unit is None:
        none = {Noted.FINDING: gettext("No unit has a finding."), Noted.COMMENT: gettext("There is no open comment.")}
        return jsonify({"message": none[Noted(noted)]}), 404
    return jsonify({"number": unit.position + 1})


@blueprint.get("/<int:id>/units/<int:unit>/hits")
def hits(id: int, unit: int) -> str:
    """What the memory has of a text, each hit with what stands for it in the bitext's target language."""
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    _unit_of(bitext, unit)
    text = request.args.get("q", "").strip()
    found = desk.memory.search(text, limit=_HITS) if text else []
    return render_template(
        "bitexts/hits.html", bitext=bitext, text=text, hits=[HitView.of(hit, bitext) for hit in found]
    )


@blueprint.get("/<int:id>/units/<int:unit>/history")
def history(id: int, unit: int) -> str:
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    versions = desk.bitexts.history(_unit_of(bitext, unit).id)
    return render_template("bitexts/history.html", bitext=bitext, versions=versions)


@blueprint.post("/<int:id>/steps")
def turn_step(id: int) -> Response | tuple[Response, int]:
    """Takes the last step in a bitext back or takes it again; answers JSON to the editor's script, else goes there."""
    desk = open_desk()
    turn = undo_step if request.form.get("turn") == "undo" else redo_step
    try:
        change = turn(desk, id, request.form.get("revision", -1, whole))
    except (Conflict, CannotRearrange) as error:
        if not _scripted():
            raise
        return jsonify({"message": translated(error)} | standing(desk.bitexts.get(id))), 409
    unit = next(iter(change.after), None) or change.units[0]
    if not _scripted():
        return _page_of(unit)
    named = gettext("Undone: %(step)s", step=label(change.step, "step"))
    if turn is redo_step:
        named = gettext("Redone: %(step)s", step=label(change.step, "step"))
    message = gettext("%(step)s, unit %(number)s", step=named, number=unit.position + 1)
    return jsonify({"message": message, "unit": unit.id} | standing(desk.bitexts.get(id)))


def _scripted() -> bool:
    return request.accept_mimetypes.best == "application/json"


@blueprint.get("/<int:id>/left")
def left(id: int) -> str:
    """How much of a bitext is open, in words or in characters: asked for apart, since a long one takes a moment."""
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    words = sum(count_words(text) for text in desk.bitexts.open_sources(bitext))
    if languages.is_chinese(bitext.source_language):
        return ngettext("%(num)s character left", "%(num)s characters left", words)  # type: ignore[no-any-return]
    return ngettext("%(num)s word left", "%(num)s words left", words)  # type: ignore[no-any-return]
