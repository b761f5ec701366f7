"""The import of a glossary: it is sent, its columns are mapped, what it would change is shown, then it is taken in."""

from pathlib import Path
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from corpus.text import languages
from glossary.concepts import ConceptState
from glossary.importing import Policy, Preview
from glossary.sheets import COLUMNS, ColumnMapping
from workbench.desk import Desk
from workbench.services import termbase_files
from workbench.services.termbase_files import preview_terms
from workbench.stores.job_arguments import ImportTerms, PreviewTerms
from workbench.stores.jobs import Job
from workbench.stores.jobs import JobState as JobState
from workbench.web.file_uploads import number_of, receive, sent_file, sweep
from workbench.web.intake.views import LANGUAGES
from workbench.web.interface import language_name
from workbench.web.labels import label
from workbench.web.request_context import open_desk, whole
from workbench.web.terms.blueprint import blueprint

# What a file of this size would do is found out while a page waits; for a larger one it is a job.
AT_ONCE_BYTES = 1_000_000

# The fields that belong to a language, where a row is a concept.
_OF_LANGUAGE = ("term", "definition", "definition_source", "status", "note", "usage")
_OF_CONCEPT = ("concept", "subject", "concept_note", "part_of_speech", "references", "images", "state")


@blueprint.get("/import")
def upload() -> str:
    jobs = [job for job in open_desk().jobs.recent(20) if isinstance(job.arguments, ImportTerms)]
    return render_template("terms/upload.html", jobs=jobs)


@blueprint.post("/import")
def send() -> Response:
    name, path = receive()
    sweep(open_desk().jobs.active())
    number = number_of(path)
    if path.stat().st_size > AT_ONCE_BYTES:
        return _order_preview(number, name)
    return redirect(url_for("terms.preview", sent=number, name=name), 303)


@blueprint.post("/import/<sent>/look")
def look(sent: str) -> Response:
    """Has looked at, as a job, what a large file would do, as the form maps its columns."""
    return _order_preview(sent, request.form.get("name", ""))


def _order_preview(number: str, name: str) -> Response:
    desk, path = open_desk(), sent_file(number)
    sheet = termbase_files.sheet_of(desk.termbase, path, name)
    mapping = _mapping(sheet.mapping) if sheet else None
    if mapping and not mapping.complete:
        said: dict[str, Any] = {"column": list(mapping.columns), "separator": mapping.separator, **mapping.languages}
        return redirect(url_for("terms.preview", sent=number, name=name, **said), 303)
    job = desk.jobs.add(PreviewTerms(path=str(path), title=name, mapping=mapping.as_json() if mapping else None))
    return redirect(url_for("jobs.job", id=job, then=1), 303)


@blueprint.get("/import/<sent>")
def preview(sent: str) -> str:
    """The columns of a sheet, and what the file would do to the term base as they are mapped.

    What a large file would do was found out by the job that the address names.
    """
    desk, path = open_desk(), sent_file(sent)
    job = _preview_job(desk, path)
    name = job.arguments.title if job else request.args.get("name", "")
    sheet = termbase_files.sheet_of(desk.termbase, path, name)
    mapping = None
    if sheet:
        mapping = _looked_at(job) if job else _mapping(sheet.mapping)
    large = path.stat().st_size > AT_ONCE_BYTES
    complete = mapping is None or mapping.complete
    found = Preview.from_described(job.result) if job else None
    if complete and not large:
        found = preview_terms(desk, path, name, mapping)
    known = list(dict.fromkeys([*LANGUAGES, *desk.termbase.languages()]))
    return render_template(
        "terms/import.html",
        sent=sent,
        name=name,
        sheet=sheet,
        mapping=mapping,
        fields={field: _field_label(field) for field in _fields(mapping, known)} if mapping else {},
        languages=known,
        found=found,
        complete=complete,
        large=large,
        new_states=[ConceptState.PROPOSED, ConceptState.UNDER_REVIEW],
    )


def _preview_job(desk: Desk, path: Path) -> Job | None:
    """The job that looked at a file, if the address names one."""
    id = request.args.get("job", 0, whole)
    job = desk.jobs.get(id) if id else None
    its_own = job and isinstance(job.arguments, PreviewTerms) and job.arguments.path == str(path)
    if job and not (its_own and job.state is JobState.DONE):
        abort(404)
    return job


def _looked_at(job: Job) -> ColumnMapping | None:
    """The mapping with which a job looked at a sheet."""
    arguments = job.arguments
    return (
        ColumnMapping.from_json(arguments.mapping)
        if isinstance(arguments, PreviewTerms) and arguments.mapping
        else None
    )


def _mapping(guessed: ColumnMapping) -> ColumnMapping:
    """The mapping as the form has it, or as it was guessed where none was sent."""
    columns = request.values.getlist("column")
    if len(columns) != len(guessed.columns):
        return guessed
    said = {side: languages.canonical(tag) for side in ("source", "target") if (tag := request.values.get(side, ""))}
    return ColumnMapping(tuple(columns), request.values.get("separator", ""), said)


def _fields(mapping: ColumnMapping, known: list[str]) -> list[str]:
    """Returns the fields that a column can be, as the mapping has terms in rows or in columns."""
    if "term" in mapping.columns:
        return list(COLUMNS)
    sides = ["source", "target", *known]
    of_language = [f"{name}@{side}" for side in sides for name in _OF_LANGUAGE]
    fields = [*_OF_CONCEPT, "language@source", "language@target", *of_language, "language", "term"]
    return list(dict.fromkeys([*fields, *filter(None, mapping.columns)]))


def _field_label(field: str) -> str:
    """Returns the label of a field, such as `definition@zh-Hans`, in the language of the page."""
    name, _, side = field.partition("@")
    if not side:
        return label(name, "field")
    sides = {"source": gettext("source"), "target": gettext("target")}
    return f"{label(name, 'field')} · {sides.get(side) or language_name(side)}"


@blueprint.post("/import/<sent>")
def take_in(sent: str) -> Response:
    """Takes the file in, as a job, or throws it away, as the button says."""
    desk, path, name = open_desk(), sent_file(sent), request.form.get("name", "")
    if request.form.get("action") == "discard":
        path.unlink()
        return redirect(url_for("terms.upload"), 303)
    sheet = termbase_files.sheet_of(desk.termbase, path, name)
    mapping = _mapping(sheet.mapping) if sheet else None
    if sheet and mapping:
        termbase_files.remember(desk, sheet.header, mapping)
    policy = request.form.get("policy", Policy.ADD, Policy)
    state = request.form.get("state", None, ConceptState)
    job = desk.jobs.add(
        ImportTerms(
            path=str(path),
            title=name,
            mapping=mapping.as_json() if mapping else None,
            policy=policy,
            state=state or "",
            concepts=request.form.get("concepts", 0, whole),
        )
    )
    return redirect(url_for("jobs.job", id=job), 303)


@blueprint.get("/imports/<int:id>")
def report(id: int) -> str | Response:
    """The report of an import; the progress of one that is not over."""
    job = open_desk().jobs.get(id)
    if not isinstance(job.arguments, ImportTerms):
        abort(404)
    if job.state is not JobState.DONE:
        return redirect(url_for("jobs.job", id=id), 303)
    return render_template("terms/report.html", job=job, report=job.result)
