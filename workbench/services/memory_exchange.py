"""Files on their way into the memory: all of a file comes in or nothing, and its progress is told as it is read."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import IO

from corpus import tmx
from corpus.reports import ImportReport
from corpus.text import languages
from corpus.text.charset import files
from corpus.text.progress import Meter, Progress, silent
from corpus.text.xml import Readable
from corpus.tmx import mapping
from workbench import __version__
from workbench.desk import Desk
from workbench.errors import DeskError

# What SQLite says where a file cannot grow: the disk is full, or a limit of the account.
_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE})


def import_tmx(
    desk: Desk,
    path: Path,
    source_language: str,
    target_language: str,
    collection: str = "",
    keep_going: bool = False,
    progress: Progress = silent,
    name: str = "",
    done: Callable[[ImportReport], None] = lambda report: None,
) -> ImportReport:
    """Brings the units of a TMX file that have both languages of a pair into a collection of the memory.

    That is the collection of that name, else the first that is not read-only.

    `keep_going` leaves out what cannot be read, instead of refusing the file; `name` is the file's in messages; `done`
    is called in the transaction in which all of it is seen. The progress is in bytes. Raises InvalidTmx, and DeskError
    where the disk is full: then nothing was imported.
    """
    source, target = languages.canonical(source_language), languages.canonical(target_language)
    name = name or path.name
    report = ImportReport()
    strict = _several_regions(path, name, keep_going, source, target)
    meter = Meter(path.stat().st_size, progress)
    try:
        with files.open_file(path) as stream:
            watched = _Watched(stream, meter)
            units = tmx.read(watched, name, mapping.is_own, report if keep_going else None)
            entries = mapping.entries_from_tmx(units, source, target, report, strict)
            desk.memory.add_all(
                entries, report, collection, str(path.resolve()), lambda: meter.go_to(0), lambda: done(report)
            )
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in _FULL:
            raise
        raise DeskError(
            "The disk is full: nothing of {name} was imported. Make room and do it again.", name=name
        ) from None
    return report


def export_tmx(
    desk: Desk,
    stream: IO[bytes],
    source_language: str = "",
    target_language: str = "",
    collection: str = "",
    legacy_tags: bool = False,
    progress: Progress = silent,
) -> int:
    """Writes the memory, or its units of one pair of languages or one collection, as TMX; returns their number.

    The progress is in units.
    """
    source = languages.canonical(source_language) if source_language else ""
    target = languages.canonical(target_language) if target_language else ""
    entries = desk.memory.imported(source, target, collection)
    meter = Meter(desk.memory.count_imported(source, target, collection), progress)
    units = mapping.entries_to_tmx(meter.count(entries))
    return tmx.write(stream, units, source, __version__, legacy_tags)


def _several_regions(path: Path, name: str, keep_going: bool, *wanted: str) -> bool:
    """Returns whether a region is asked for and the file has several of its language: then it must be that one."""
    bare = {languages.regionless(tag) for tag in wanted if languages.regionless(tag) != tag}
    if not bare:
        return False
    with files.open_file(path) as stream:
        found = [languages.regionless(tag) for tag in tmx.tags(stream, name, keep_going)]
    return any(found.count(tag) > 1 for tag in bare)


class _Watched:
    """A stream that tells how much of it was read."""

    def __init__(self, stream: Readable, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._meter.go_to(self._meter.done + len(data))
        return data
