"""Pages of what is in the memory: any part of it found, and each entry with its history, to be edited or deleted."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.bitexts.model import UnitState
from corpus.errors import NotFound
from corpus.memory import Entry, Hit, MatchSettings, Penalties
from workbench.web.file_uploads import lines_of
from workbench.web.intake.views import LANGUAGES
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("concordance", __name__, url_prefix="/memory")

PAGE = 30

Piece = tuple[str, bool]
"""A stretch of a text, and whether it is what was looked for."""


@dataclass(frozen=True)
class Found:
    """An entry with its texts cut at the places of a hit."""

    entry: Entry
    source: list[Piece]
    target: list[Piece]


@blueprint.get("/search")
def search() -> str:
    text = request.args.get("q", "").strip()
    language = request.args.get("language", "")
    start = max(request.args.get("start", 0, whole), 0)
    hits = open_desk().memory.search(text, language, PAGE + 1, start)
    # htmx asks for the list alone as one types; a browser for the whole page.
    template = "memory/hits.html" if "HX-Request" in request.headers else "memory/search.html"
    return render_template(
        template,
        text=text,
        language=language,
        languages=LANGUAGES,
        found=[_found(hit) for hit in hits[:PAGE]],
        start=start,
        page=PAGE,
        more=len(hits) > PAGE,
    )


def _found(hit: Hit) -> Found:
    return Found(hit.entry, _pieces(hit.entry.source, hit.source), _pieces(hit.entry.target, hit.target))


def _pieces(text: str, places: Iterable[tuple[int, int]]) -> list[Piece]:
    pieces, end = [], 0
    for start, stop in places:
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


@blueprint.get("/entries/<int:id>")
def entry(id: int) -> str:
    """An entry and what it was; of one that was deleted, what it was alone."""
    memory = open_desk().memory
    history = memory.history(id)
    try:
        entry, gone = memory.get(id), False
    except NotFound:
        if not history:
            raise
        entry, gone = history[0].entry, True
    return render_template(
        "memory/entry.html",
        entry=entry,
        gone=gone,
        history=history,
        state=UnitState(entry.state) if entry.state else None,
        neighbours=_neighbours(entry),
    )


def _neighbours(entry: Entry) -> list[tuple[str, str]]:
    """The sentences before and after it wherever it stood, empty where there was none."""
    places = [(entry.previous, entry.next), *entry.contexts]
    return [(before or "", after or "") for before, after in places if before or after]


@blueprint.post("/entries/<int:id>")
def change(id: int) -> Response:
    memory = open_desk().memory
    version = request.form.get("version", 0, whole)
    if request.form.get("action") == "delete":
        memory.delete(id, version)
    else:
        source, target, note = (lines_of(request.form.get(name, "")) for name in ("source", "target", "note"))
        id = memory.edit(id, version, source or None, target or None, note).id or id
    return redirect(url_for("concordance.entry", id=id), 303)


@blueprint.post("/versions/<int:version>")
def restore(version: int) -> Response:
    """Makes a version what its entry is again."""
    return redirect(url_for("concordance.entry", id=open_desk().memory.restore(version).id), 303)


@blueprint.post("/collections")
def put_collection() -> Response:
    """Makes a collection, or changes the place and the flag of one."""
    name = request.form.get("name", "").strip()
    if name:
        read_only = "read_only" in request.form
        open_desk().memory.put_collection(name, request.form.get("priority", 1, whole), read_only)
    return redirect(url_for("memory.page", _anchor="collections"), 303)


@blueprint.post("/settings")
def put_settings() -> Response:
    """Changes from which score on matches are offered, and what is taken off them; what is no number stays."""
    memory = open_desk().memory
    now = memory.settings()
    points = {
        name: request.form.get(name, getattr(now.penalties, name), whole)
        for name in ("form", "variant", "unreviewed", "doubtful", "codes")
    }
    below = request.form.get("doubtful_below", now.penalties.doubtful_below, float)
    memory.set(MatchSettings(request.form.get("floor", now.floor, whole), Penalties(**points, doubtful_below=below)))
    return redirect(url_for("memory.page", _anchor="settings"), 303)
