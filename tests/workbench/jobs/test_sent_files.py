"""Files that are sent for a job: it may be begun again at any moment, and the file goes when the job is over."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import mt_package
from tests.present import present
from workbench.desk import Desk
from workbench.jobs.handlers import HANDLERS, discard_sent
from workbench.jobs.worker import Worker
from workbench.stores.job_arguments import ImportMemory, ImportTerms, InstallPackageFile
from workbench.stores.jobs import Job, JobState

LONG_AGO = "2020-01-01T00:00:00Z"
TMX = """<?xml version="1.0"?><tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence"
 o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body>{}</body></tmx>"""
UNIT = '<tu><tuv xml:lang="en"><seg>Line {0}.</seg></tuv><tuv xml:lang="zh-Hans"><seg>第{0}行。</seg></tuv></tu>'


def order_memory(desk: Desk, folder: Path) -> int:
    path = folder / "sent-1"
    path.write_text(TMX.format("".join(UNIT.format(number) for number in range(5))), "utf-8")
    languages = {"source_language": "en", "target_language": "zh-Hans"}
    return desk.jobs.add(ImportMemory(path=str(path), title="a.tmx", collection="", keep_going=False, **languages))


def order_terms(desk: Desk, folder: Path) -> int:
    path = folder / "sent-2"
    path.write_text("en,zh-Hans\nrice,水稻\nwheat,小麦\n", "utf-8")
    shutil.move(path, path.with_suffix(".csv"))
    sent: dict[str, Any] = {"path": str(path.with_suffix(".csv")), "title": "a.csv", "concepts": 2}
    return desk.jobs.add(ImportTerms(mapping=None, policy="add", state="", **sent))


def order_package(desk: Desk, folder: Path) -> int:
    path = mt_package.build(folder, "en", "zh")
    return desk.jobs.add(InstallPackageFile(path=str(path), title="a.argosmodel"))


SENT = ImportMemory | ImportTerms | InstallPackageFile
ORDERS = [order_memory, order_terms, order_package]


def done_but_not_marked(desk: Desk, id: int) -> tuple[Job, Mapping[str, Any]]:
    """The process of a job ends between the end of its work and that of the job."""
    job = present(desk.jobs.claim("dead"))
    result = HANDLERS[type(job.arguments)](desk, job.arguments, lambda *_: None, job.id)
    desk.db.table("jobs").update(id, {"beat_at": LONG_AGO})
    return job, result


def worked(desk: Desk, id: int) -> Job:
    worker = Worker(desk.path, HANDLERS, discard_sent, resources=desk.resources)
    worker.start()
    while desk.jobs.get(id).state.active:
        pass
    worker.stop()
    return desk.jobs.get(id)


@pytest.mark.parametrize("order", ORDERS)
def test_a_job_that_was_done_and_not_marked_is_done_and_not_repeated(desk, tmp_path, order):
    id = order(desk, tmp_path)
    job, result = done_but_not_marked(desk, id)
    before = desk.memory.stats(), desk.termbase.count()
    again = worked(desk, id)
    assert (again.state, again.message) == (JobState.DONE, None)
    assert again.result == {**result, "pair": list(result["pair"])} if "pair" in result else again.result == result
    assert (desk.memory.stats(), desk.termbase.count()) == before
    assert isinstance(job.arguments, SENT)
    assert not Path(job.arguments.path).exists()


@pytest.mark.parametrize("order", ORDERS)
def test_the_file_is_there_until_its_job_is_over(desk, tmp_path, order):
    id = order(desk, tmp_path)
    path = Path(desk.jobs.get(id).arguments.path)
    done_but_not_marked(desk, id)
    assert path.exists()
    worked(desk, id)
    assert not path.exists()


@pytest.mark.parametrize("order", ORDERS)
def test_the_file_of_a_job_that_failed_is_taken_away_after_it(desk, tmp_path, order):
    id = order(desk, tmp_path)
    path = Path(desk.jobs.get(id).arguments.path)
    path.write_bytes(b"\0\1\2nothing of the kind")
    assert worked(desk, id).state is JobState.FAILED
    assert not path.exists()
