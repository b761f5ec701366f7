"""Jobs: work that takes longer than a page should wait, ordered by a user and done in the background; the store.

A job is one kind of work with its arguments. A worker claims it, tells every few seconds that it still lives, and
writes down how far it is; what a dead worker had claimed is free again after a while. So a kind of work must stand
being done once more from the beginning.
"""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlite_utils import Database, Migrations

from corpus.errors import NotFound
from corpus.text.messages import sentence
from corpus.text.timestamps import ago, now
from workbench.stores.job_arguments import JobArguments
from workbench.stores.job_signals import Key, LiveProgress, ProgressRegistry, Wakeups

migrations = Migrations("workbench.jobs")

# A worker beats in seconds; one that was not heard of for this long is dead.
LEASE = timedelta(seconds=15)
_KEPT = timedelta(days=30)
# A job over which so many workers died is not begun again: the next one would die of it, too.
_MOST_ATTEMPTS = 3
_DEADLY = sentence(
    "The workbench ended {attempts} times while it was at this, so it is not tried again. The log may say more."
)


class JobState(StrEnum):
    """The states of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def active(self) -> bool:
        """True where there is still something to wait for."""
        return self in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True)
class JobMessage:
    """The reason of a failure: an English sentence with `{places}` and their values, as the failures have them."""

    template: str
    values: dict[str, object]


@dataclass(frozen=True)
class Job:
    """A job: `done` of `total` steps are behind it, if `total` is known.

    `user` ordered it, under the role of `account`. `result` is what its kind of work gave, or keeps while it is not
    over. `cancelling` says that somebody wants it to stop; `worker` names who claimed it last.
    """

    id: int
    kind: str
    arguments: JobArguments
    user: str
    account: str
    state: JobState
    done: int
    total: int
    message: JobMessage | None
    result: dict[str, Any]
    cancelling: bool
    worker: str
    created_at: str
    started_at: str
    finished_at: str


class Jobs:
    """The desk's jobs."""

    def __init__(
        self, db: Database, user: str, registry: ProgressRegistry, wakeups: Wakeups, account: str = ""
    ) -> None:
        self._db = db
        self._user = user
        self._account = account or user
        self._registry = registry
        self._wakeups = wakeups
        self._file = str(db.execute("PRAGMA database_list").fetchone()[2])

    def begin(self, id: int) -> LiveProgress:
        """Returns the live progress of a job, which a worker of this process keeps up to date until `end`."""
        return self._registry.begin(self._key(id))

    def end(self, id: int) -> None:
        """Says that no worker of this process is at a job any more."""
        self._registry.end(self._key(id))

    def _key(self, id: int) -> Key:
        return self._file, id

    def add(self, arguments: JobArguments) -> int:
        """Queues a job and returns its id; wakes the workers of this process. What finished long ago is let go."""
        with self._db.atomic():
            self._db.execute("DELETE FROM jobs WHERE finished_at != '' AND finished_at < ?", [ago(_KEPT)])
            row = {
                "kind": arguments.kind,
                "arguments": _json(arguments.described()),
                "user": self._user,
                "account": self._account,
                "created_at": now(),
            }
            id = int(self._db.table("jobs").insert(row).last_pk or 0)
        self._wakeups.ring()
        return id

    def add_once(self, arguments: JobArguments) -> int:
        """Queues a job and returns its id, or that of one which is not over yet and has these arguments."""
        for job in self.active(type(arguments)):
            if job.arguments == arguments:
                return job.id
        return self.add(arguments)

    def get(self, id: int) -> Job:
        """Returns a job, or raises NotFound."""
        for job in self._query("WHERE id = ?", [id]):
            return job
        raise NotFound("There is no job {id}: it may have been done more than 30 days ago.", id=id)

    def active(self, kind: type[JobArguments] = JobArguments, **arguments: object) -> list[Job]:
        """The jobs of a kind, or of any, that are not over, in their order, with at least these arguments."""
        jobs = self._query("WHERE ? IN ('', kind) AND state IN ('queued', 'running') ORDER BY id", [kind.kind])
        return [job for job in jobs if job.arguments.agrees(**arguments)]

    def recent(self, count: int) -> list[Job]:
        """The last jobs: those that are not over, then the others, the newest first."""
        return self._query("ORDER BY state IN ('queued', 'running') DESC, id DESC LIMIT ?", [count])

    def last_done(self, kind: type[JobArguments], **arguments: object) -> Job | None:
        """Returns the last job of a kind with at least these arguments that was done, if there is one."""
        jobs = self._query("WHERE kind = ? AND state = 'done' ORDER BY id DESC", [kind.kind])
        return next((job for job in jobs if job.arguments.agrees(**arguments)), None)

    def cancel(self, id: int) -> None:
        """Stops a job: at once where it still waits, else as soon as its work looks up; never one that is over."""
        live = self._registry.get(self._key(id))
        if live is not None:
            live.cancelling = True
        # A job that keeps the desk to itself has been told.
        with suppress(sqlite3.OperationalError) if live else nullcontext(), self._db.atomic():
            self._db.execute("UPDATE jobs SET cancelling = 1 WHERE id = ? AND finished_at = ''", [id])
            self._db.execute(
                "UPDATE jobs SET state = 'cancelled', finished_at = ? WHERE id = ? AND state = 'queued'", [now(), id]
            )

    # What a worker needs

    def claim(self, worker: str) -> Job | None:
        """Gives the oldest job that nobody works at to a worker, if there is one.

        A job over which its workers died too often is failed first.
        """
        time, dead = now(), ago(LEASE)
        with self._db.atomic():
            self._db.execute(
                """
                UPDATE jobs SET state = 'failed', message = ?, finished_at = ?
                WHERE state = 'running' AND beat_at < ? AND attempts >= ?
                """,
                [_json(_written(JobMessage(_DEADLY, {"attempts": _MOST_ATTEMPTS}))), time, dead, _MOST_ATTEMPTS],
            )
            rows = self._db.query(
                """
                UPDATE jobs SET state = 'running', worker = ?, beat_at = ?, started_at = ?, done = 0,
                    attempts = attempts + 1
                WHERE id = (
                    SELECT id FROM jobs WHERE state = 'queued' OR (state = 'running' AND beat_at < ?)
                    ORDER BY id LIMIT 1
                )
                RETURNING *
                """,
                [worker, time, time, dead],
            )
            return next(map(_job, rows), None)

    def beat(self, job: Job) -> None:
        """Says that the worker of a job lives."""
        self._update(job, "beat_at = ?", now())

    def advance(self, job: Job, done: int, total: int) -> bool:
        """Writes down how far a job is; says whether to go on: it is still the worker's, and wanted."""
        self._update(job, "done = ?, total = ?, beat_at = ?", done, total, now())
        present = self.get(job.id)
        return present.worker == job.worker and present.state is JobState.RUNNING and not present.cancelling

    def keep(self, id: int, result: dict[str, Any]) -> None:
        """Keeps the result that a running job has so far, for whoever begins it again."""
        self._db.execute("UPDATE jobs SET result = ? WHERE id = ? AND state = 'running'", [_json(result), id])

    def finish(
        self, job: Job, state: JobState, result: dict[str, Any] | None = None, message: JobMessage | None = None
    ) -> None:
        """Writes down how a job ended, if it is still its worker's."""
        values = (state, _json(result or {}), _json(_written(message)), now())
        self._update(job, "state = ?, result = ?, message = ?, finished_at = ?", *values)

    def release(self, job: Job) -> None:
        """Puts a job back into the queue: its worker ends, and not of it."""
        self._update(job, "state = 'queued', worker = '', done = 0, attempts = attempts - 1")

    def _update(self, job: Job, changes: str, *values: object) -> None:
        self._db.execute(
            f"UPDATE jobs SET {changes} WHERE id = ? AND worker = ? AND state = 'running'",  # noqa: S608
            [*values, job.id, job.worker],
        )

    def _query(self, rest: str, values: Sequence[object]) -> list[Job]:
        jobs = [_job(row) for row in self._db.query(f"SELECT * FROM jobs {rest}", list(values))]  # noqa: S608
        return [self._as_it_is(job) for job in jobs]

    def _as_it_is(self, job: Job) -> Job:
        """A job with what this process knows better than the desk."""
        live = self._registry.get(self._key(job.id))
        if live is None or job.state is not JobState.RUNNING:
            return job
        done, total = (live.done, live.total) if live.total else (job.done, job.total)
        return replace(job, done=done, total=total, cancelling=job.cancelling or live.cancelling)


def _json(value: object) -> str:
    # The values of a failure may be paths and the like.
    return json.dumps(value, ensure_ascii=False, default=str)


def _written(message: JobMessage | None) -> dict[str, object] | None:
    return {"template": message.template, "values": message.values} if message else None


def _job(row: dict[str, Any]) -> Job:
    message = json.loads(row["message"])
    return Job(
        **{name: row[name] for name in _PLAIN},
        state=JobState(row["state"]),
        arguments=JobArguments.of(row["kind"], json.loads(row["arguments"])),
        message=JobMessage(**message) if message else None,
        result=json.loads(row["result"]),
        cancelling=bool(row["cancelling"]),
    )


_PLAIN = ("id", "kind", "user", "account", "done", "total", "worker", "created_at", "started_at", "finished_at")


@migrations()
def create_jobs(db: Database) -> None:
    db.execute("""
        CREATE TABLE jobs (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            arguments TEXT NOT NULL,
            user TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'queued',
            done INTEGER NOT NULL DEFAULT 0,
            total INTEGER NOT NULL DEFAULT 0,
            message TEXT NOT NULL DEFAULT 'null',
            result TEXT NOT NULL DEFAULT '{}',
            cancelling INTEGER NOT NULL DEFAULT 0,
            worker TEXT NOT NULL DEFAULT '',
            beat_at TEXT NOT NULL DEFAULT '',
            created_at TEXT NOT NULL,
            started_at TEXT NOT NULL DEFAULT '',
            finished_at TEXT NOT NULL DEFAULT ''
        )
    """)
    db.execute("CREATE INDEX jobs_state ON jobs (state, id)")


@migrations()
def count_attempts(db: Database) -> None:
    db.execute("ALTER TABLE jobs ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0")


@migrations()
def keep_the_account_whose_role_counts(db: Database) -> None:
    db.execute("ALTER TABLE jobs ADD COLUMN account TEXT NOT NULL DEFAULT ''")
    # So far nobody could give another name than the account's.
    db.execute("UPDATE jobs SET account = user")
