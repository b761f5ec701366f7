"""Pages of the memory: what is in it, the import of a TMX file with its report, the export."""

import tempfile

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from corpus.errors import NotFound
from corpus.text import languages
from workbench.services.memory_exchange import export_tmx
from workbench.stores.job_arguments import ImportMemory
from workbench.stores.jobs import JobState
from workbench.web.file_uploads import receive, sweep
from workbench.web.intake.views import LANGUAGES
from workbench.web.request_context import open_desk

blueprint = Blueprint("memory", __name__, url_prefix="/memory")


@blueprint.get("/")
def page() -> str:
    memory = open_desk().memory
    stats = memory.stats()
    known = {row[side] for row in stats for side in ("source_language", "target_language")}
    return render_template(
        "memory/page.html",
        stats=stats,
        collections=memory.collections(),
        settings=memory.settings(),
        languages=[*LANGUAGES, *sorted(known - set(LANGUAGES))],
        pairs=sorted({(row["source_language"], row["target_language"]) for row in stats}),
        jobs=[job for job in open_desk().jobs.recent(20) if isinstance(job.arguments, ImportMemory)],
    )


@blueprint.post("/import")
def send() -> Response:
    name, path = receive()
    try:
        desk = open_desk()
        sweep(desk.jobs.active())
        job = desk.jobs.add(
            ImportMemory(
                path=str(path),
                title=name,
                source_language=languages.canonical(request.form.get("source", "")),
                target_language=languages.canonical(request.form.get("target", "")),
                collection=request.form.get("collection", ""),
                keep_going="keep_going" in request.form,
            )
        )
    except BaseException:
        path.unlink()
        raise
    return redirect(url_for("jobs.job", id=job, then=1), 303)


@blueprint.get("/imports/<int:id>")
def report(id: int) -> str | Response:
    """The report of an import; the progress of one that is not over."""
    job = open_desk().jobs.get(id)
    if not isinstance(job.arguments, ImportMemory):
        raise NotFound("There is no job {id}: it may have been done more than 30 days ago.", id=id)
    if job.state is not JobState.DONE:
        return redirect(url_for("jobs.job", id=id), 303)
    return render_template("memory/report.html", job=job, report=job.result)


@blueprint.get("/export.tmx")
def export() -> Response:
    """The memory as a file, which is written beside the pages' way and sent as a stream."""
    source, _, target = request.args.get("pair", "").partition(" ")
    collection = request.args.get("collection", "")
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        export_tmx(open_desk(), stream, source, target, collection, "legacy" in request.args)
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    return send_file(stream, "application/x-tmx+xml", as_attachment=True, download_name="memory.tmx")
