"""Texts and files that a page sends; files of any size are kept beside the desk as they come in, never in memory."""

import errno
import os
import re
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import flask
from flask import abort, current_app

from corpus.errors import NotFound
from workbench.errors import DeskError
from workbench.stores.jobs import Job
from workbench.stores.uploads import safe_name

# A file that no work is for is left over from a process that was ended.
_LEFT_OVER_SECONDS = 24 * 3600


class Request(flask.Request):
    """A request that keeps the files it brings where `receive` says."""

    beside: Path | None = None

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.kept: list[Path] = []

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.beside is None:
            return super()._get_file_stream(total_content_length, content_type, filename, content_length)
        number, name = tempfile.mkstemp(dir=self.beside.parent, prefix=_prefix(self.beside))
        self.kept.append(Path(name))
        return os.fdopen(number, "w+b")


def lines_of(text: str) -> str:
    """A text of several lines as browsers send it, with the line ends of everything else."""
    return text.replace("\r\n", "\n").strip()


def _prefix(desk: Path) -> str:
    return f".{desk.name}-sent-"


def number_of(path: Path) -> str:
    """The number of a file that was sent, by which an address names it."""
    return path.name.rpartition("-")[2]


def sent_file(number: str) -> Path:
    """The file that was sent under a number, which stands in an address; raises NotFound where it is gone."""
    desk: Path = current_app.config["DESK"]
    path = desk.parent / f"{_prefix(desk)}{number}"
    if not re.fullmatch(r"\w{1,32}", number) or not path.is_file():
        raise NotFound("This file is not here any more: send it again.")
    return path


def receive(field: str = "file") -> tuple[str, Path]:
    """Returns the name of the file that the running request brings, and where it is; whoever asks takes it away.

    Raises DeskError where the disk is full.
    """
    request: Request = flask.request  # type: ignore[assignment]
    request.beside = current_app.config["DESK"]
    try:
        file = request.files.get(field)
        for sent in request.files.values():
            sent.close()
    except OSError as error:
        _discard(request.kept)
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise DeskError("The disk is full: the file could not be kept. Make room and send it again.") from None
    if file is None or not file.filename or len(request.kept) != 1:
        _discard(request.kept)
        abort(400)
    return safe_name(file.filename), request.kept[0]


def sweep(jobs: Iterable[Job]) -> None:
    """Takes away files that were sent long ago, but for those that one of the jobs that are not over is for."""
    wanted = {getattr(job.arguments, "path", None) for job in jobs}
    desk: Path = current_app.config["DESK"]
    found = [path for path in desk.parent.glob(f"{_prefix(desk)}*") if str(path) not in wanted]
    _discard(path for path in found if path.stat().st_mtime < time.time() - _LEFT_OVER_SECONDS)


def _discard(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
