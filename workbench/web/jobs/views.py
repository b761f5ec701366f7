"""Pages of jobs: one with its progress and how it ended, and the list of the last ones."""

from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from workbench.stores.jobs import Job, JobState
from workbench.web.file_uploads import number_of
from workbench.web.labels import label
from workbench.web.request_context import open_desk

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")

SHOWN = 50
# So many sentences are aligned while a page waits; more of them are aligned as a job.
AT_ONCE = 200
# With it an answer says to htmx: ask no more.
_ENOUGH = 286

# Where to see what a job did, or is for.
_PLACES: Mapping[str, Callable[[Job], str]] = {
    "read": lambda job: url_for("intake.preview", id=job.arguments["upload"]),
    "align": lambda job: _bitext(job.result.get("bitext")) or url_for("desk.article", id=job.arguments["source"]),
    "realign": lambda job: _bitext(job.arguments["bitext"]),
    "import": lambda job: url_for("memory.report", id=job.id) if job.state is JobState.DONE else url_for("memory.page"),
    "index": lambda job: url_for("memory.page"),
    "candidates": lambda job: (
        url_for("candidates.found", id=job.id) if job.state is JobState.DONE else url_for("candidates.page")
    ),
    "glossary": lambda job: (
        url_for("terms.report", id=job.id) if job.state is JobState.DONE else url_for("terms.upload")
    ),
    "preview": lambda job: (
        url_for("terms.preview", sent=number_of(Path(job.arguments["path"])), job=job.id)
        if job.state is JobState.DONE
        else url_for("terms.upload")
    ),
    "pretranslate": lambda job: url_for(
        "bitexts.editor",
        id=job.arguments["bitext"],
        pretranslated=job.id if job.state is JobState.DONE else None,
    ),
    "packages": lambda job: url_for("packages.page", _anchor="index"),
    "package": lambda job: url_for("packages.page"),
    "package file": lambda job: url_for("packages.page"),
    "pair": lambda job: url_for(
        "pairs.page", source=job.arguments["source_language"], target=job.arguments["target_language"]
    ),
}


@blueprint.get("/")
def recent() -> Response:
    jobs = open_desk().jobs.recent(SHOWN)
    waiting = any(job.state.active for job in jobs)
    # htmx asks for the list alone, as long as something is to be waited for.
    alone = "HX-Request" in request.headers
    page = render_template("jobs/list.html" if alone else "jobs/recent.html", jobs=jobs, waiting=waiting)
    return make_response(page, _ENOUGH if alone and not waiting else 200)


@blueprint.get("/<int:id>")
def job(id: int) -> str | Response:
    """A job; with `then` in the address, what it did if it is done already."""
    found = open_desk().jobs.get(id)
    if found.state is JobState.DONE and "then" in request.args:
        return redirect(place(found), 303)
    return render_template("jobs/page.html", job=found, go=1)


@blueprint.get("/<int:id>/progress")
def progress(id: int) -> Response:
    """How far a job is, for a page that shows it; `said` is the state that the page has said already.

    A page that has nothing else to show goes with `go=1` to what was done.
    """
    job = open_desk().jobs.get(id)
    go = request.args.get("go")
    fragment = render_template("jobs/progress.html", job=job, go=go, said=request.args.get("said", ""))
    response = make_response(fragment, 200 if job.state.active else _ENOUGH)
    if job.state is JobState.DONE and go:
        response.headers["HX-Redirect"] = place(job)
    return response


@blueprint.post("/<int:id>/cancel")
def cancel(id: int) -> Response:
    desk = open_desk()
    desk.jobs.cancel(id)
    if "HX-Request" in request.headers:
        return make_response(render_template("jobs/progress.html", job=desk.jobs.get(id), said=""))
    return redirect(url_for("jobs.job", id=id), 303)


def place(job: Job) -> str:
    """The address of what a job did; of what it was for, where it did not get that far."""
    return _PLACES[job.kind](job)


def _bitext(id: int | None) -> str:
    return url_for("alignment.page", id=id) if id else ""


def job_state(job: Job) -> str:
    """How far a job is, in a word or two."""
    if job.cancelling and job.state.active:
        stopping: str = gettext("cancelling …")
        return stopping
    return label(job.state)


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {"job_state": job_state, "job_place": place}
