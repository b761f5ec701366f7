"""The import of a glossary: it is sent, its columns are mapped, what it would change is shown, then it is taken in."""

import re
from pathlib import Path

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus import languages
from corpus.errors import NotFound
from glossary.concepts import State
from glossary.importing import Policy
from glossary.sheets import COLUMNS, ColumnMapping
from workbench import glossaries
from workbench.jobs import State as JobState
from workbench.web.access import open_desk
from workbench.web.intake import LANGUAGES
from workbench.web.sending import receive, sweep
from workbench.web.terms.names import blueprint

# The fields that belong to a language, where a row is a concept.
_OF_LANGUAGE = ("term", "definition", "definition_source", "status", "note", "usage")
_OF_CONCEPT = ("concept", "subject", "concept_note", "part_of_speech")


@blueprint.get("/import")
def upload() -> str:
    jobs = [job for job in open_desk().jobs.recent(20) if job.kind == "glossary"]
    return render_template("terms/upload.html", jobs=jobs)


@blueprint.post("/import")
def send() -> Response:
    name, path = receive()
    sweep(open_desk().jobs.active())
    return redirect(url_for("terms.preview", sent=_number(path), name=name), 303)


def _number(path: Path) -> str:
    return path.name.rpartition("-")[2]


def _sent(sent: str) -> Path:
    """The file that was sent under a number, which stands in the address; raises NotFound where it is gone."""
    desk: Path = current_app.config["DESK"]
    path = desk.parent / f".{desk.name}-sent-{sent}"
    if not re.fullmatch(r"\w+", sent) or not path.is_file():
        raise NotFound("This file is not here any more: send it again.")
    return path


@blueprint.get("/import/<sent>")
def preview(sent: str) -> str:
    """The columns of a sheet, and what the file would do to the term base as they are mapped."""
    desk, path, name = open_desk(), _sent(sent), request.args.get("name", "")
    sheet = glossaries.sheet_of(desk.termbase, path, name)
    mapping = _mapping(sheet.mapping) if sheet else None
    ready = mapping is None or mapping.complete
    known = list(dict.fromkeys([*LANGUAGES, *desk.termbase.languages()]))
    return render_template(
        "terms/import.html",
        sent=sent,
        name=name,
        sheet=sheet,
        mapping=mapping,
        fields=_fields(mapping, known) if mapping else [],
        languages=known,
        found=desk.preview_terms(path, name, mapping) if ready else None,
    )


def _mapping(guessed: ColumnMapping) -> ColumnMapping:
    """The mapping as the form has it, or as it was guessed where none was sent."""
    columns = request.values.getlist("column")
    if len(columns) != len(guessed.columns):
        return guessed
    said = {side: languages.canonical(tag) for side in ("source", "target") if (tag := request.values.get(side, ""))}
    return ColumnMapping(tuple(columns), request.values.get("separator", ""), said)


def _fields(mapping: ColumnMapping, known: list[str]) -> list[str]:
    """What a column can be, as the mapping has terms in rows or in columns."""
    if "term" in mapping.columns:
        return list(COLUMNS)
    sides = ["source", "target", *known]
    of_language = [f"{name}@{side}" for side in sides for name in _OF_LANGUAGE]
    fields = [*_OF_CONCEPT, "language@source", "language@target", *of_language, "language", "term"]
    return list(dict.fromkeys([*fields, *filter(None, mapping.columns)]))


@blueprint.post("/import/<sent>")
def take_in(sent: str) -> Response:
    """Takes the file in, as a job, or throws it away, as the button says."""
    desk, path, name = open_desk(), _sent(sent), request.form.get("name", "")
    if request.form.get("action") == "discard":
        path.unlink()
        return redirect(url_for("terms.upload"), 303)
    sheet = glossaries.sheet_of(desk.termbase, path, name)
    mapping = _mapping(sheet.mapping) if sheet else None
    if sheet and mapping:
        glossaries.remember(desk.termbase, sheet.header, mapping)
    policy = request.form.get("policy", Policy.ADD, Policy)
    state = request.form.get("state", None, State)
    job = desk.jobs.add(
        "glossary",
        path=str(path),
        title=name,
        language="und",
        mapping=mapping.as_json() if mapping else None,
        policy=policy,
        state=state or "",
        concepts=request.form.get("concepts", 0, int),
    )
    return redirect(url_for("jobs.job", id=job), 303)


@blueprint.get("/imports/<int:id>")
def report(id: int) -> str | Response:
    """What an import did; the progress of one that is not over."""
    job = open_desk().jobs.get(id)
    if job.kind != "glossary":
        abort(404)
    if job.state is not JobState.DONE:
        return redirect(url_for("jobs.job", id=id), 303)
    return render_template("terms/report.html", job=job, report=job.result)
