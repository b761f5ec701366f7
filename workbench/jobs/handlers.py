"""The kinds of work that are done as jobs: each a function of a desk, arguments and progress that returns a result."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import Conflict
from corpus.pace import Pace
from corpus.reports import ImportReport
from corpus.text.messages import Message
from corpus.text.progress import Progress
from glossary import importing
from glossary.concepts import ConceptState
from glossary.importing import Policy
from glossary.sheets import ColumnMapping
from glossary.termbase import TermImportReport
from workbench.desk import Desk
from workbench.errors import EngineError
from workbench.jobs.worker import Handlers
from workbench.services import (
    article_intake,
    demo,
    mt_engines,
    pretranslation,
    statistics,
    term_candidates,
    termbase_files,
)
from workbench.services.alignment import align_articles, realign_bitext
from workbench.services.article_pairing import propose
from workbench.services.memory_exchange import import_tmx
from workbench.stores.job_arguments import (
    Align,
    AlignResult,
    Analyse,
    FetchPackages,
    FetchPackagesResult,
    FillDemo,
    ImportMemory,
    ImportTerms,
    IndexMemory,
    InstalledPackage,
    InstallPackage,
    InstallPackageFile,
    Pretranslate,
    PreviewTerms,
    ProposePairs,
    ProposePairsResult,
    ReadUpload,
    Realign,
    RealignResult,
    TakeCandidates,
    TakeCandidatesResult,
)
from workbench.stores.jobs import Job
from workbench.stores.pair_proposals import PairFilter

R = TypeVar("R")

# So many candidates are kept of a bitext: nobody looks at more.
_BEST = 500


def align(desk: Desk, arguments: Align, progress: Progress, job: int) -> AlignResult:
    """Aligns the articles `source` and `target`; where they are aligned already, that is their bitext."""
    source, target = arguments.source, arguments.target
    known = [bitext.id for bitext in desk.bitexts.of_article(source) if bitext.target_article == target]
    return {"bitext": known[0] if known else align_articles(desk, source, target, progress=progress)}


def realign(desk: Desk, arguments: Realign, progress: Progress, job: int) -> RealignResult:
    """Runs the aligner again over a `bitext` that is at `revision`."""
    conflict = Conflict(
        "This bitext was changed while it was to be realigned, so it was left as it is now. "
        "Realign it again if that is still wanted."
    )
    # Before the work, too: it may have waited long.
    if desk.bitexts.get(arguments.bitext).revision != arguments.revision:
        raise conflict
    try:
        change = realign_bitext(desk, arguments.bitext, arguments.revision, progress)
    except Conflict:
        raise conflict from None
    return {"bitext": arguments.bitext, "changed": bool(change.before or change.after)}


def pair(desk: Desk, arguments: ProposePairs, progress: Progress, job: int) -> ProposePairsResult:
    """Proposes pairs among the free articles in two languages that were taken in `since` a day."""
    wanted = PairFilter(arguments.source_language, arguments.target_language, arguments.since)
    return {"proposed": propose(desk, wanted, progress)}


def pretranslate(desk: Desk, arguments: Pretranslate, progress: Progress, job: int) -> dict[str, Any]:
    """Fills the empty units of a `bitext` from the memory and, with `machine`, by the machine.

    What it counts is kept as it goes on: begun again, it finds filled what was filled before.
    """
    wanted = pretranslation.PretranslationOptions(arguments.threshold, arguments.machine)
    filled = pretranslation.PretranslationReport.of(desk.jobs.get(job).result)

    def keep(done: int, total: int) -> None:
        desk.jobs.keep(job, filled.described())
        progress(done, total)

    return pretranslation.pretranslate(desk, arguments.bitext, wanted, keep, filled).described()


def fetch_packages(desk: Desk, arguments: FetchPackages, progress: Progress, job: int) -> FetchPackagesResult:
    """Fetches the index of translation packages."""
    return {"packages": mt_engines.fetch_index(desk)}


def install_package(desk: Desk, arguments: InstallPackage, progress: Progress, job: int) -> InstalledPackage:
    """Downloads and installs the newest package from `source` to `target`; its progress counts bytes."""
    return {"pair": mt_engines.install_package(desk, arguments.source, arguments.target, progress).pair}


def install_sent_package(desk: Desk, arguments: InstallPackageFile, progress: Progress, job: int) -> InstalledPackage:
    """Installs the package file at `path`, which was sent for this."""
    try:
        return {"pair": mt_engines.install_package_file(desk, Path(arguments.path)).pair}
    except EngineError as error:
        # The file has a name of our own; whoever sent it knows it by theirs.
        named = {"name": arguments.title} if "name" in error.values else {}
        raise EngineError(error.template, **(error.values | named)) from None


def import_memory(desk: Desk, arguments: ImportMemory, progress: Progress, job: int) -> dict[str, Any]:
    """Imports the TMX file at `path`, which was sent for this."""

    def work(done: Callable[[ImportReport], None]) -> ImportReport:
        return import_tmx(
            desk,
            Path(arguments.path),
            arguments.source_language,
            arguments.target_language,
            arguments.collection,
            arguments.keep_going,
            progress,
            arguments.title,
            done,
        )

    result = _once(desk, job, work, _of_memory)
    order_index(desk)
    return result


def _of_memory(report: ImportReport) -> dict[str, Any]:
    return {
        "read": report.read,
        "new": report.new,
        "merged": report.merged,
        "skipped": _counted(report.skipped),
        "remarks": _counted(report.remarks),
        "problems": [{"line": problem.line, **problem.reason.described()} for problem in report.problems],
    }


def order_index(desk: Desk) -> None:
    """Queues the indexing of what came into the memory and is not in its index yet, if it is not queued already.

    What an interrupted import has left is done away with by the same job.
    """
    if desk.memory.to_be_indexed() or desk.memory.left_over() or desk.termbase.journal.any():
        desk.jobs.add_once(IndexMemory())


def index(desk: Desk, arguments: IndexMemory, progress: Progress, job: int) -> dict[str, Any]:
    """Puts what came into the memory lately into the concordance's index, once interrupted imports are swept up."""
    desk.memory.sweep()
    importing.sweep(desk.termbase, Pace())
    desk.memory.index_texts(progress)
    return {}


def analyse(desk: Desk, arguments: Analyse, progress: Progress, job: int) -> dict[str, Any]:
    """Counts the units of `bitexts` by their matches in the memory."""
    return statistics.analyse(desk, arguments.bitexts, progress).described()


def take_candidates(desk: Desk, arguments: TakeCandidates, progress: Progress, job: int) -> TakeCandidatesResult:
    """Takes the best candidates for the term base from a bitext, with their contexts."""
    bitext = desk.bitexts.get(arguments.bitext)
    material = term_candidates.from_bitext(bitext, desk.bitexts.units(bitext.id))
    found = term_candidates.propose(desk, material, progress)[:_BEST]
    rows = [asdict(each) | {"contexts": [material.pairs[number] for number in each.contexts]} for each in found]
    return {"languages": material.languages, "candidates": rows}


def read_upload(desk: Desk, arguments: ReadUpload, progress: Progress, job: int) -> dict[str, Any]:
    """Reads the files of an `upload` and keeps what is found in them."""
    article_intake.read_upload(desk, arguments.upload, progress)
    return {}


def preview_terms(desk: Desk, arguments: PreviewTerms, progress: Progress, job: int) -> dict[str, Any]:
    """Returns a preview of importing the glossary at `path`, which was sent; its length is not known."""
    found = termbase_files.preview_terms(
        desk, Path(arguments.path), arguments.title, _mapping(arguments), lambda read: progress(read, 0)
    )
    return found.described()


def import_terms(desk: Desk, arguments: ImportTerms, progress: Progress, job: int) -> dict[str, Any]:
    """Imports the glossary at `path`, which was sent for this, as was decided."""
    state = ConceptState(arguments.state) if arguments.state else None
    total = arguments.concepts

    def work(done: Callable[[TermImportReport], None]) -> TermImportReport:
        return termbase_files.import_terms(
            desk,
            Path(arguments.path),
            arguments.title,
            _mapping(arguments),
            Policy(arguments.policy),
            state,
            lambda read: progress(read, total),
            done,
        )

    return _once(desk, job, work, asdict)


def _mapping(arguments: PreviewTerms | ImportTerms) -> ColumnMapping | None:
    return ColumnMapping.from_json(arguments.mapping) if arguments.mapping else None


def _once(
    desk: Desk,
    job: int,
    work: Callable[[Callable[[R], None]], R],
    described: Callable[[R], dict[str, Any]],
) -> dict[str, Any]:
    """Does some work, or, where its process ended between its end and the job's, gives what it came to.

    The work is given what to call in the transaction that completes it.
    """
    finished: dict[str, Any] | None = desk.jobs.get(job).result.get("finished")
    if finished is not None:
        return finished
    return described(work(lambda report: desk.jobs.keep(job, {"finished": described(report)})))


def discard_sent(job: Job) -> None:
    """Takes away the file that was sent for a job alone, when the job is over."""
    if job.arguments.sent_file:
        Path(getattr(job.arguments, job.arguments.sent_file)).unlink(missing_ok=True)


def _counted(reasons: Mapping[Message, int]) -> list[dict[str, Any]]:
    return [{"count": count, **reason.described()} for reason, count in reasons.items()]


def fill_demo(desk: Desk, arguments: FillDemo, progress: Progress, job: int) -> dict[str, object]:
    """Brings the demonstration into the desk."""
    _, bitext = demo.fill(desk)
    demo.show_matches(desk, bitext)
    return {}


HANDLERS: Handlers = {
    ReadUpload: read_upload,
    Align: align,
    Realign: realign,
    ProposePairs: pair,
    Pretranslate: pretranslate,
    Analyse: analyse,
    FetchPackages: fetch_packages,
    InstallPackage: install_package,
    InstallPackageFile: install_sent_package,
    ImportMemory: import_memory,
    IndexMemory: index,
    TakeCandidates: take_candidates,
    ImportTerms: import_terms,
    PreviewTerms: preview_terms,
    FillDemo: fill_demo,
}
