"""Pages of the candidates for the term base: take them from a bitext, look at them with their contexts, accept."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.errors import NotFound
from corpus.text.folding import search_key
from glossary.concepts import Concept
from glossary.extraction import Candidate
from workbench.desk import Desk
from workbench.services import concept_editing, term_candidates
from workbench.services.term_candidates import Material
from workbench.stores.job_arguments import TakeCandidates
from workbench.stores.jobs import Job, JobState
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("candidates", __name__, url_prefix="/candidates")

PAGE = 100


@blueprint.get("/")
def page() -> str:
    """The bitexts that have confirmed units, and what was taken from them lately."""
    desk = open_desk()
    return render_template(
        "candidates/page.html",
        bitexts=[bitext for bitext in desk.bitexts.all() if bitext.confirmed],
        jobs=[job for job in desk.jobs.recent(50) if isinstance(job.arguments, TakeCandidates)],
    )


@blueprint.post("/")
def take() -> Response:
    desk = open_desk()
    bitext = desk.bitexts.get(request.form.get("bitext", 0, whole))
    job = desk.jobs.add(TakeCandidates(bitext=bitext.id, title=bitext.title, language=bitext.source_language))
    return redirect(url_for("jobs.job", id=job, then=1), 303)


@blueprint.get("/<int:id>")
def found(id: int) -> str | Response:
    """The candidates of a job, a page of them; its progress while it is not over."""
    desk = open_desk()
    job = _job(desk, id)
    if job.state is not JobState.DONE:
        return redirect(url_for("jobs.job", id=id), 303)
    rows = job.result["candidates"]
    start = max(request.args.get("start", 0, whole), 0)
    shown = rows[start : start + PAGE]
    return render_template(
        "candidates/found.html",
        job=job,
        rows=list(zip(range(start, start + PAGE), shown, _accepted(desk, job, shown), strict=False)),
        total=len(rows),
        before=max(start - PAGE, 0) if start else None,
        after=start + PAGE if start + PAGE < len(rows) else None,
        languages=job.result["languages"],
    )


@blueprint.post("/<int:id>/<int:number>")
def accept(id: int, number: int) -> str | Response:
    """Proposes a candidate as a concept; one that is there already is not proposed again."""
    desk = open_desk()
    job = _job(desk, id)
    try:
        row = job.result["candidates"][number]
    except (KeyError, IndexError):
        raise NotFound("There is no candidate {number}.", number=number) from None
    (concept,) = _accepted(desk, job, [row])
    if concept is None:
        concept = term_candidates.concept_of(*_material(job, row))
        concept_editing.propose_concept(desk, concept)
    if "HX-Request" in request.headers:
        return render_template("candidates/row.html", job=job, number=number, row=row, concept=concept,
                               languages=job.result["languages"])  # fmt: skip
    return redirect(url_for("candidates.found", id=id, start=number // PAGE * PAGE, _anchor=f"row-{number}"), 303)


def _job(desk: Desk, id: int) -> Job:
    job = desk.jobs.get(id)
    if not isinstance(job.arguments, TakeCandidates):
        raise NotFound("There is no job {id}: it may have been done more than 30 days ago.", id=id)
    return job


def _accepted(desk: Desk, job: Job, rows: Sequence[Mapping[str, Any]]) -> list[Concept | None]:
    """For each candidate the concept of the term base that has its term and its first translation, if there is one."""
    source, target = job.result["languages"]
    keys = {search_key(row["source"]) for row in rows}
    uids = dict.fromkeys(uid for uid, _, _ in desk.termbase.with_keys(keys, source))
    having: dict[tuple[str, str], list[Concept]] = {}
    for concept in desk.termbase.get_all(uids):
        for term in concept.terms:
            having.setdefault((term.language, term.text), []).append(concept)
    return [
        next((concept for concept in having.get((source, row["source"]), ())
              if concept in having.get((target, row["targets"][0]), ())), None)
        for row in rows
    ]  # fmt: skip


def _material(job: Job, row: Mapping[str, Any]) -> tuple[Candidate, Material]:
    source, target = job.result["languages"]
    contexts = [(before, after) for before, after in row["contexts"]]
    candidate = Candidate(
        row["source"], tuple(row["targets"]), row["score"], row["count"], row["support"], row["acronym"],
        tuple(range(len(contexts))),
    )  # fmt: skip
    return candidate, Material(contexts, (source, target), job.arguments.title)
