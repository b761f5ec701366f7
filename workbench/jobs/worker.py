"""The worker: a thread of a served process that does the desk's jobs, one after the other, the oldest first."""

import logging
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus.text.messages import Message, UserError
from corpus.text.progress import Progress
from workbench.desk import Desk
from workbench.errors import JobError
from workbench.resources import Resources
from workbench.stores.database import explained
from workbench.stores.job_arguments import JobArguments
from workbench.stores.jobs import LEASE, Job, JobMessage, JobState

log = logging.getLogger(__name__)

Handlers = Mapping[type[JobArguments], Callable[[Desk, Any, Progress, int], Mapping[str, Any]]]
"""For each kind of work a function that does it: it is given the desk of the user who ordered it, the arguments, whom
to tell its progress, and the id of the job; it returns its result as plain values."""

# Seconds. Jobs that another process queued are found by looking; those of this one wake it.
_LOOK = 2.0
_BEAT = LEASE.total_seconds() / 5
_WRITE = 0.25


class Cancelled(Exception):
    """Somebody wants the job to end."""


class Stopped(Exception):
    """The worker is to end before the job."""


class Worker:
    """Does the jobs of a desk from `start` to `stop`."""

    def __init__(
        self,
        path: Path,
        handlers: Handlers,
        over: Callable[[Job], None] = lambda job: None,
        resources: Resources | None = None,
    ) -> None:
        """`over` is called with each job that is over, and marked as that."""
        self._path = path
        self._resources = resources or Resources()
        self._over = over
        self._handlers = handlers
        self._name = uuid.uuid4().hex
        self._wakeup = threading.Event()
        self._stopping = threading.Event()
        # A daemon: a process that is told twice to end does not wait for it.
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        self._resources.wakeups.add(self._wakeup)
        self._thread.start()

    def stop(self) -> None:
        """Ends the work as soon as it looks up; what was begun goes back into the queue."""
        self._stopping.set()
        self._wakeup.set()
        self._thread.join()
        self._resources.wakeups.discard(self._wakeup)

    def _run(self) -> None:
        trouble = ""
        while not self._stopping.is_set():
            self._wakeup.clear()
            try:
                # Opened anew each time: a desk that was replaced is noticed, one that is away may come back.
                with Desk.open(self._path, resources=self._resources) as desk:
                    job = desk.jobs.claim(self._name)
                trouble = ""
                if job is not None:
                    self._do(job)
                    continue
            except (UserError, sqlite3.Error) as error:
                # Said once, and not every time that it is the same.
                if str(error) != trouble:
                    log.warning("the jobs of %s cannot be looked at: %s", self._path, error)
                trouble = str(error)
            self._wakeup.wait(_LOOK)

    def _do(self, job: Job) -> None:
        with self._beating(job):
            result: dict[str, Any] = {}
            message = None
            state: JobState | None = JobState.DONE
            try:
                with Desk.open(self._path, job.user, self._resources, job.account) as desk:
                    handler = self._handlers[type(job.arguments)]
                    result = dict(handler(desk, job.arguments, self._progress(desk, job), job.id))
            except Stopped:
                state = None
            except Cancelled:
                state = JobState.CANCELLED
            except UserError as error:
                state, message = JobState.FAILED, _message(error)
            except Exception as error:
                log.exception("job %s, %s", job.id, job.kind)
                failure = explained(error, self._path) if isinstance(error, sqlite3.DatabaseError) else None
                state, message = JobState.FAILED, _message(failure) if failure else _defect()
        with Desk.open(self._path, resources=self._resources) as desk:
            desk.jobs.end(job.id)
            if state is None:
                desk.jobs.release(job)
            else:
                desk.jobs.finish(job, state, result, message)
                self._over(job)

    def _progress(self, desk: Desk, job: Job) -> Progress:
        """Returns the progress callback of a job, which raises Stopped or Cancelled where the job is not to go on."""
        due = time.monotonic()
        live = desk.jobs.begin(job.id)

        def progress(done: int, total: int) -> None:
            nonlocal due
            if self._stopping.is_set():
                raise Stopped
            live.done, live.total = done, total
            if time.monotonic() >= due or live.cancelling:
                if not desk.jobs.advance(job, done, total) or live.cancelling:
                    raise Cancelled
                due = time.monotonic() + _WRITE

        progress(0, 0)
        return progress

    @contextmanager
    def _beating(self, job: Job) -> Iterator[None]:
        """Says every few seconds that the worker lives, whatever the job is doing."""
        over = threading.Event()
        thread = threading.Thread(target=self._beat, args=(job, over), name="beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _beat(self, job: Job, over: threading.Event) -> None:
        while not over.wait(_BEAT):
            try:
                with Desk.open(self._path, resources=self._resources) as desk:
                    desk.jobs.beat(job)
            except (UserError, sqlite3.Error) as error:
                log.warning("job %s could not be marked as running: %s", job.id, error)


def _defect() -> JobMessage:
    error = JobError("Something went wrong in the workbench itself while it was at this. The log says more.")
    return _message(error)


def _message(error: UserError) -> JobMessage:
    values = {name: value.described() if isinstance(value, Message) else value for name, value in error.values.items()}
    return JobMessage(error.template, values)
