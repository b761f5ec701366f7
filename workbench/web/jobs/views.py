"""Pages of jobs: one with its progress and how it ended, and the list of the last ones."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from workbench.stores.job_arguments import (
    Align,
    Analyse,
    FetchPackages,
    FillDemo,
    ImportMemory,
    ImportTerms,
    IndexMemory,
    InstallPackage,
    InstallPackageFile,
    JobArguments,
    Pretranslate,
    PreviewTerms,
    ProposePairs,
    ReadUpload,
    Realign,
    TakeCandidates,
)
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
_PLACES: Mapping[type[JobArguments], Callable[[Job, Any], str]] = {
    ReadUpload: lambda job, of: url_for("intake.preview", id=of.upload),
    Align: lambda job, of: _bitext(job.result.get("bitext")) or url_for("desk.article", id=of.source),
    Realign: lambda job, of: _bitext(of.bitext),
    ImportMemory: lambda job, of: _if_done(job, "memory.report", "memory.page"),
    IndexMemory: lambda job, of: url_for("memory.page"),
    TakeCandidates: lambda job, of: _if_done(job, "candidates.found", "candidates.page"),
    ImportTerms: lambda job, of: _if_done(job, "terms.report", "terms.upload"),
    PreviewTerms: lambda job, of: (
        url_for("terms.preview", sent=number_of(Path(of.path)), job=job.id)
        if job.state is JobState.DONE
        else url_for("terms.upload")
    ),
    Pretranslate: lambda job, of: url_for(
        "bitexts.editor", id=of.bitext, pretranslated=job.id if job.state is JobState.DONE else None
    ),
    Analyse: lambda job, of: url_for("statistics.page", id=of.bitext, bitext=of.bitexts),
    FetchPackages: lambda job, of: url_for("packages.page", _anchor="index"),
    InstallPackage: lambda job, of: url_for("packages.page"),
    InstallPackageFile: lambda job, of: url_for("packages.page"),
    FillDemo: lambda job, of: url_for("desk.home"),
    ProposePairs: lambda job, of: url_for("pairs.page", source=of.source_language, target=of.target_language),
}


def _if_done(job: Job, endpoint: str, before: str) -> str:
    """The address of what a job did, or of the page it was ordered on while it is not done."""
    return url_for(endpoint, id=job.id) if job.state is JobState.DONE else url_for(before)


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
    """The progress of a job, for a page that shows it; `said` is the state that the page has said already.

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
    return _PLACES[type(job.arguments)](job, job.arguments)


def _bitext(id: int | None) -> str:
    return url_for("alignment.page", id=id) if id else ""


def job_state(job: Job) -> str:
    """Returns the state of a job in a word or two."""
    if job.cancelling and job.state.active:
        stopping: str = gettext("cancelling …")
        return stopping
    return label(job.state)


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {"job_state": job_state, "job_place": place}
