"""An import of terms goes on beside the work of others; one that is interrupted is taken back."""

import os
import subprocess
import sys

import pytest

from corpus.pace import Pace
from glossary import importing
from glossary.concepts import Concept, ConceptState, Term
from glossary.importing import Policy
from workbench.desk import Desk
from workbench.jobs.handlers import HANDLERS, order_index
from workbench.jobs.worker import Worker
from workbench.services.termbase_files import import_terms
from workbench.stores.database import connect
from workbench.stores.job_arguments import IndexMemory

RICE = Concept("c-rice", (Term("en", "rice"), Term("zh-Hans", "稻")), state=ConceptState.APPROVED)


def sheet(count: int) -> str:
    return "concept,language,term\nc-rice,en,paddy\n" + "".join(
        f"c-{n},en,station {n}\nc-{n},zh-Hans,{n}号站\n" for n in range(count)
    )


class Enough(Exception):
    pass


def enough(read: int) -> None:
    if read > 60:
        raise Enough


def content(desk: Desk) -> list[tuple]:
    return [(concept.uid, concept.terms, concept.state) for concept in desk.termbase.all()]


@pytest.fixture
def file(desk, tmp_path):
    desk.termbase.add(RICE)
    path = tmp_path / "terms.csv"
    path.write_text(sheet(500))
    return path


def test_others_write_while_it_goes_on(desk, file):
    other = connect(desk.path)
    other.execute("PRAGMA busy_timeout = 0")
    steps = []

    def progress(read: int) -> None:
        # Fails at once where somebody else holds the lock.
        with other.atomic():
            other.execute("UPDATE memory_settings SET settings = settings")
        steps.append(read)

    report = import_terms(desk, file, progress=progress)
    assert (report.new, report.revised, steps[-1], len(steps) > 502) == (500, 1, 501, True)
    other.close()


def test_one_that_is_told_to_end_is_taken_back(desk, file):
    before = content(desk)
    with pytest.raises(Enough):
        import_terms(desk, file, progress=enough)
    assert content(desk) == before
    assert not desk.termbase.journal.any()
    # What was taken back is in the history.
    assert [concept.terms[0].text for concept in desk.termbase.history("c-rice")] == ["paddy", "rice"]
    assert import_terms(desk, file).new == 500


def test_a_file_that_breaks_changes_nothing(desk, file):
    file.write_text(sheet(300) + "c-1,en,apart\n")
    with pytest.raises(Exception, match="the rows of the concept c-1 do not stand together"):
        import_terms(desk, file)
    assert (content(desk), desk.termbase.history("c-rice")) == ([("c-rice", RICE.terms, ConceptState.APPROVED)], [])


def test_what_somebody_has_changed_since_stays(desk, file):
    def progress(read: int) -> None:
        if read > 60:
            with Desk.open(desk.path) as other:
                concept = other.termbase.get("c-3")
                other.termbase.revise(Concept("c-3", (*concept.terms, Term("fr", "gare")), version=concept.version))
            raise Enough

    with pytest.raises(Enough):
        import_terms(desk, file, progress=progress)
    assert [uid for uid, *_ in content(desk)] == ["c-rice", "c-3"]


def test_several_that_merge_with_one_are_taken_back_together(desk):
    desk.termbase.add(RICE)
    alike = [Concept(f"c-{n}", (Term("en", "rice"), Term("fr", f"riz {n}"))) for n in range(100)]
    with pytest.raises(Enough):
        importing.import_concepts(desk.termbase, alike, Policy.MERGE, progress=enough, pace=Pace(40))
    assert content(desk) == [("c-rice", RICE.terms, ConceptState.APPROVED)]


KILLED = """
import os, sys
from pathlib import Path
from workbench.desk import Desk
from workbench.services.termbase_files import import_terms
desk, file = map(Path, sys.argv[1:])
import_terms(Desk.open(desk), file, progress=lambda read: read > 60 and os._exit(9))
"""


@pytest.fixture
def killed(desk, file):
    """A desk at which a process died over an import."""
    done = subprocess.run([sys.executable, "-c", KILLED, desk.path, file], check=False)
    assert (done.returncode, desk.termbase.count()[0] > 60) == (9, True)
    return desk


def test_one_whose_process_died_is_begun_anew(killed, file):
    report = import_terms(killed, file)
    assert (report.new, report.revised, killed.termbase.count()[0]) == (500, 1, 501)
    assert not killed.termbase.journal.any()


def test_one_whose_process_died_is_taken_back_by_the_service(killed):
    killed.db.execute("UPDATE termbase_imports SET beat_at = '2020-01-01T00:00:00Z'")
    order_index(killed)
    (job,) = killed.jobs.active(IndexMemory)
    worker = Worker(killed.path, HANDLERS, resources=killed.resources)
    worker.start()
    while killed.jobs.get(job.id).state.active:
        os.sched_yield()
    worker.stop()
    assert content(killed) == [("c-rice", RICE.terms, ConceptState.APPROVED)]
