"""Pretranslation from the editor: ordering it, and what it did."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from corpus.bitexts.model import Bitext
from corpus.errors import NotFound
from workbench.services import mt_engines
from workbench.services.mt_engines import EngineChoice
from workbench.services.pretranslation import LEAST, MOST, PretranslationOptions, PretranslationReport, engine_for
from workbench.stores.job_arguments import Pretranslate
from workbench.stores.jobs import Job, JobState
from workbench.web.messages import translated
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("pretranslating", __name__, url_prefix="/bitexts")


@dataclass(frozen=True)
class Pretranslating:
    """Pretranslation in the head of the editor: the engine there is, the job that runs, the report of the last one."""

    engine: EngineChoice
    running: Job | None
    filled: PretranslationReport | None
    problem: str
    """Why there is no engine; empty where there is one."""
    threshold: int = PretranslationOptions.threshold
    least: int = LEAST
    most: int = MOST


@blueprint.post("/<int:id>/pretranslate")
def order(id: int) -> Response:
    """Begins a pretranslation, unless one of the bitext runs; raises EngineError where its engine is missing."""
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    running = _running(bitext)
    if running is not None:
        return redirect(url_for("jobs.job", id=running.id, then=1), 303)
    threshold = min(max(request.form.get("threshold", PretranslationOptions.threshold, whole), LEAST), MOST)
    wanted = PretranslationOptions(threshold, "machine" in request.form)
    engine_for(desk, bitext, wanted)
    job = desk.jobs.add(
        Pretranslate(
            bitext=id,
            threshold=wanted.threshold,
            machine=wanted.machine,
            title=bitext.title,
            language=bitext.source_language,
        )
    )
    return redirect(url_for("jobs.job", id=job, then=1), 303)


def pretranslating(bitext: Bitext, done: int | None) -> Pretranslating:
    """Returns what the editor of a bitext shows, with what the job `done` did, if it was one of the bitext."""
    engine = mt_engines.choice(open_desk(), bitext)
    return Pretranslating(
        engine=engine,
        running=_running(bitext),
        filled=_filled(bitext, done) if done else None,
        problem=translated(engine.problem) if engine.problem else "",
    )


def _running(bitext: Bitext) -> Job | None:
    return next(iter(open_desk().jobs.active(Pretranslate, bitext=bitext.id)), None)


def _filled(bitext: Bitext, done: int) -> PretranslationReport | None:
    try:
        job = open_desk().jobs.get(done)
    except NotFound:
        return None
    its_own = isinstance(job.arguments, Pretranslate) and job.arguments.bitext == bitext.id
    return PretranslationReport.of(job.result) if its_own and job.state is JobState.DONE else None
