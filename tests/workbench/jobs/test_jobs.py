"""Jobs: done once each, by whoever gets to it first, and again where a worker died over them."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from corpus.errors import CannotAlign, NotFound
from tests.present import present
from workbench.desk import Desk
from workbench.jobs.worker import Handlers, Worker
from workbench.stores import jobs
from workbench.stores.job_arguments import JobArguments
from workbench.stores.jobs import JobState


@dataclass(frozen=True, kw_only=True)
class Double(JobArguments):
    kind = "double"
    number: int
    other: int = 0


@dataclass(frozen=True, kw_only=True)
class Note(JobArguments):
    kind = "note"
    number: int


class Deadly(JobArguments):
    kind = "deadly"


class Fill(JobArguments):
    kind = "fill"


class Patient(JobArguments):
    kind = "patient"


class Fail(JobArguments):
    kind = "fail"


class Defect(JobArguments):
    kind = "defect"


class Unknown(JobArguments):
    kind = "nothing of this kind"


LONG_AGO = "2020-01-01T00:00:00Z"


def until(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.02)


def is_done(desk: Desk, id: int) -> bool:
    return desk.jobs.get(id).state is JobState.DONE


def worked(desk: Desk, kinds: Handlers, *ids: int) -> list[jobs.Job]:
    """Lets a worker do jobs until all of them are over."""
    worker = Worker(desk.path, kinds, resources=desk.resources)
    worker.start()
    until(lambda: not any(desk.jobs.get(id).state.active for id in ids))
    worker.stop()
    return [desk.jobs.get(id) for id in ids]


def double(desk: Desk, arguments, progress, job):
    progress(1, 2)
    return {"twice": arguments.number * 2, "user": desk.user}


def noting(numbers: list[int]) -> Handlers:
    """Work that is noted by its number."""

    def note(desk: Desk, arguments: Note, progress: object, job: int) -> dict[str, object]:
        numbers.append(arguments.number)
        return {}

    return {Note: note}


def set_column(desk: Desk, id: int, **values: object) -> None:
    desk.db.table("jobs").update(id, values)


def test_a_job_is_done_as_the_user_who_ordered_it(desk):
    id = desk.jobs.add(Double(number=21))
    assert desk.jobs.get(id).state is JobState.QUEUED
    (job,) = worked(desk, {Double: double}, id)
    assert (job.state, job.result, job.user) == (JobState.DONE, {"twice": 42, "user": "Li"}, "Li")
    assert job.created_at <= job.started_at <= job.finished_at


def test_a_job_that_is_queued_later_wakes_the_worker(desk):
    worker = Worker(desk.path, {Double: double}, resources=desk.resources)
    worker.start()
    for number in range(5):
        id = desk.jobs.add(Double(number=number))
        until(partial(is_done, desk, id))
    worker.stop()


def test_a_job_that_another_process_queued_is_found_by_looking(desk):
    worker = Worker(desk.path, {Double: double}, resources=desk.resources)
    worker.start()
    id = desk.db.table("jobs").insert(
        {"kind": "double", "arguments": '{"number": 1}', "user": "Wang", "created_at": LONG_AGO}
    ).last_pk  # fmt: skip
    until(lambda: desk.jobs.get(id).state is JobState.DONE)
    worker.stop()
    assert desk.jobs.get(id).result["user"] == "Wang"


def test_the_oldest_job_comes_first(desk):
    order: list[int] = []
    worked(desk, noting(order), *[desk.jobs.add(Note(number=number)) for number in range(4)])
    assert order == [0, 1, 2, 3]


def test_many_workers_do_each_job_once(desk):
    done: list[int] = []
    ids = [desk.jobs.add(Note(number=number)) for number in range(20)]
    workers = [Worker(desk.path, noting(done), resources=desk.resources) for _ in range(4)]
    for worker in workers:
        worker.start()
    until(lambda: not any(desk.jobs.get(id).state.active for id in ids))
    for worker in workers:
        worker.stop()
    assert sorted(done) == list(range(20))


def test_a_job_is_claimed_once(desk):
    id = desk.jobs.add(Double(number=1))
    with Desk.open(desk.path) as other:
        assert present(other.jobs.claim("one")).id == id
    assert desk.jobs.claim("two") is None


def test_what_was_begun_goes_on_after_the_workbench_was_stopped(desk):
    """A worker that is stopped puts its job back; the next one does it from the beginning."""
    begun = threading.Event()

    def endless(desk: Desk, arguments, progress, job):
        begun.set()
        while True:
            progress(1, 10)

    id = desk.jobs.add(Double(number=1))
    worker = Worker(desk.path, {Double: endless}, resources=desk.resources)
    worker.start()
    begun.wait()
    worker.stop()
    assert desk.jobs.get(id).state is JobState.QUEUED
    (job,) = worked(desk, {Double: double}, id)
    assert job.state is JobState.DONE


def test_the_job_of_a_dead_worker_is_done_by_another(desk):
    id = desk.jobs.add(Double(number=1))
    dead = desk.jobs.claim("dead")
    assert desk.jobs.claim("other") is None
    set_column(desk, id, beat_at=LONG_AGO)
    (job,) = worked(desk, {Double: double}, id)
    assert job.state is JobState.DONE
    # Should it come back to life, it has nothing to say any more.
    assert desk.jobs.advance(dead, 1, 2) is False
    desk.jobs.finish(dead, JobState.FAILED)
    desk.jobs.release(dead)
    assert desk.jobs.get(id) == job


def test_a_job_that_kills_its_workers_is_not_begun_for_ever(desk):
    """A worker that was told to end does not count."""
    deadly, other = desk.jobs.add(Deadly()), desk.jobs.add(Double(number=1))
    desk.jobs.release(desk.jobs.claim("told to end"))
    for worker in ("one", "two", "three"):
        assert desk.jobs.claim(worker).id == deadly
        set_column(desk, deadly, beat_at=LONG_AGO)
    assert worked(desk, {Double: double}, other)[0].state is JobState.DONE
    job = desk.jobs.get(deadly)
    assert (job.state, job.message.values) == (JobState.FAILED, {"attempts": 3})
    assert job.message.template.startswith("The workbench ended {attempts} times while it was at this")


def test_a_process_that_a_job_ends_is_survived_by_its_desk(desk):
    """A fault that takes the whole process with it, as one in a library of C does."""
    id = desk.jobs.add(Deadly())
    script = (
        "import os, sys, time; from pathlib import Path; from workbench.jobs.worker import Worker;"
        "from workbench.stores.job_arguments import JobArguments;"
        "Deadly = type('Deadly', (JobArguments,), {'kind': 'deadly'});"
        "Worker(Path(sys.argv[1]), {Deadly: lambda *_: os.abort()}).start(); time.sleep(60)"
    )
    for _ in range(3):
        set_column(desk, id, beat_at=LONG_AGO)
        assert subprocess.run([sys.executable, "-c", script, desk.path], capture_output=True).returncode == -6
    set_column(desk, id, beat_at=LONG_AGO)
    assert worked(desk, {}, id)[0].state is JobState.FAILED


def test_what_the_disk_says_of_a_job_is_said_of_it(desk):
    def fill(desk: Desk, arguments, progress, job):
        desk.db.execute("PRAGMA max_page_count = 1")
        desk.db.execute("CREATE TABLE filling AS SELECT zeroblob(1000000)")

    (job,) = worked(desk, {Fill: fill}, desk.jobs.add(Fill()))
    assert present(job.message).template.startswith("The disk is full")


def test_a_worker_that_lives_keeps_its_job(desk):
    id = desk.jobs.add(Double(number=1))
    job = desk.jobs.claim("one")
    set_column(desk, id, beat_at=LONG_AGO)
    desk.jobs.beat(job)
    assert desk.jobs.claim("other") is None


def test_a_waiting_job_is_cancelled_at_once(desk):
    id = desk.jobs.add(Double(number=1))
    desk.jobs.cancel(id)
    assert desk.jobs.get(id).state is JobState.CANCELLED
    assert desk.jobs.claim("one") is None


def test_a_running_job_is_cancelled_when_it_looks_up(desk):
    id = desk.jobs.add(Patient())

    def patient(desk: Desk, arguments, progress, job):
        with Desk.open(desk.path) as other:
            other.jobs.cancel(id)
        while True:
            progress(1, 10)

    (job,) = worked(desk, {Patient: patient}, id)
    assert (job.state, job.done, job.total, job.message) == (JobState.CANCELLED, 1, 10, None)
    desk.jobs.cancel(id)
    assert desk.jobs.get(id) == job


def test_a_job_that_died_while_it_was_to_be_cancelled_is_cancelled(desk):
    id = desk.jobs.add(Double(number=1))
    desk.jobs.claim("dead")
    desk.jobs.cancel(id)
    set_column(desk, id, beat_at=LONG_AGO)
    (job,) = worked(desk, {Double: double}, id)
    assert job.state is JobState.CANCELLED


def test_a_failure_is_kept_as_its_sentence(desk):
    def fail(desk: Desk, arguments, progress, job):
        raise CannotAlign("The {side} text at {path} has no sentences.", side="source", path=Path("a.txt"))

    (job,) = worked(desk, {Fail: fail}, desk.jobs.add(Fail()))
    assert job.state is JobState.FAILED
    message = present(job.message)
    assert message.template.format(**message.values) == "The source text at a.txt has no sentences."


def test_a_defect_is_one_sentence_and_a_trace_in_the_log(desk, caplog):
    (job,) = worked(desk, {Defect: lambda *_: {"never": 1 / 0}}, desk.jobs.add(Defect()))
    assert job.state is JobState.FAILED
    assert present(job.message).template.startswith("Something went wrong in the workbench itself")
    assert "ZeroDivisionError" in caplog.text


def test_one_job_s_failure_is_not_the_next_one_s(desk):
    ids = desk.jobs.add(Unknown()), desk.jobs.add(Double(number=1))
    assert [job.state for job in worked(desk, {Double: double}, *ids)] == [JobState.FAILED, JobState.DONE]


def test_a_worker_waits_for_a_desk_that_is_away(desk, caplog):
    id = desk.jobs.add(Double(number=1))
    away = desk.path.with_suffix(".away")
    desk.path.rename(away)
    worker = Worker(desk.path, {Double: double}, resources=desk.resources)
    worker.start()
    until(lambda: "cannot be looked at" in caplog.text)
    away.rename(desk.path)
    until(lambda: desk.jobs.get(id).state is JobState.DONE)
    worker.stop()


def test_the_jobs_that_are_not_over_are_found_by_their_arguments(desk):
    first, second = (desk.jobs.add(Double(number=number, other=0)) for number in (1, 2))
    assert [job.id for job in desk.jobs.active(Double)] == [first, second]
    assert [job.id for job in desk.jobs.active(Double, number=2)] == [second]
    desk.jobs.cancel(second)
    assert [job.id for job in desk.jobs.recent(5)] == [first, second]
    assert desk.jobs.active(Double, number=2) == []


def test_what_finished_long_ago_is_let_go(desk):
    old, waiting = desk.jobs.add(Double(number=1)), desk.jobs.add(Double(number=2))
    set_column(desk, old, state="done", finished_at=LONG_AGO)
    desk.jobs.add(Double(number=3))
    assert desk.jobs.get(waiting).state is JobState.QUEUED
    with pytest.raises(NotFound, match="30 days"):
        desk.jobs.get(old)


def test_a_job_of_another_version_is_listed_with_what_it_says(desk):
    kept = '{"title": "Rice", "language": "en", "more": 1}'
    for kind in ("double", "one of another version"):
        desk.db.table("jobs").insert({"kind": kind, "arguments": kept, "user": "Li", "created_at": LONG_AGO})
    unknown, double = desk.jobs.recent(9)
    assert double.arguments.described() == {"title": "Rice", "language": "en", "number": None, "other": 0}
    assert (unknown.kind, unknown.arguments.title) == ("one of another version", "Rice")
