"""The base of all commands: the desk they work on, their failures, their output."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten
from typing import IO, TYPE_CHECKING, Any

import click

from workbench.errors import DeskError

if TYPE_CHECKING:
    # Imported where they are needed: help needs none of them.
    from corpus.intake import Intake
    from corpus.text.progress import Progress
    from workbench.desk import Desk

_EXCERPT = 70
READABLE = click.Path(path_type=Path)
LEGACY_TAGS = click.option(
    "--legacy-tags", is_flag=True, help="Name Chinese by region, zh-CN and zh-TW, for tools that know no script tags."
)


class Failure(click.ClickException):
    """One line on standard error, exit 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"workbench: {self.format_message()}", err=True)


def open_desk() -> "Desk":
    """Opens the desk of the running command, and closes it with the command."""
    from workbench.desk import Desk

    ctx = click.get_current_context()
    return ctx.with_resource(Desk.open(ctx.obj))


@contextmanager
def writing(file: Path) -> Iterator[IO[bytes]]:
    """A file to write, `-` for standard output; one that is there is replaced only when all of it is written."""
    if str(file) == "-":
        yield sys.stdout.buffer
        return
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as stream:
            unfinished = Path(stream.name)
            try:
                yield stream
            except BaseException:
                unfinished.unlink()
                raise
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(file)
    except OSError as error:
        raise DeskError("{name} cannot be written: {reason}.", name=file, reason=error.strerror) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def as_json(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")(function)


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(rows: Iterable[Iterable[object]]) -> None:
    """A row a line, the cells set apart by tabs; tabs and line breaks inside a cell become spaces."""
    for row in rows:
        click.echo("\t".join(" ".join(str(cell).split()) for cell in row))


def echo_status(message: str) -> None:
    """A message to the person, on standard error."""
    click.echo(message, err=True)


def say_found(found: "Intake") -> None:
    """Prints the remarks on files that a person should know: omissions and their places, files that cannot be read."""
    for note in found.notes:
        if not note.warns:
            echo_status(note.message)
            continue
        echo_status(f"WARNING: {note.message}")
        for omission in found.omissions:
            if omission.file == note.file:
                echo_status(f"  {omission.place}: {shorten(omission.text, _EXCERPT, placeholder=' …')}")
    for refusal in found.refusals:
        echo_status(f"Not taken in: {refusal.error}")


@contextmanager
def progress_bar(label: str, in_bytes: bool = False) -> "Iterator[Progress]":
    """Yields the callback for the progress of some work; a bar on standard error if that is a terminal.

    What counts bytes is shown in megabytes too.
    """
    # Imported here: most commands show none.
    from corpus.text.progress import silent

    if not sys.stderr.isatty():
        yield silent
        return
    shown = _megabytes if in_bytes else None
    with click.progressbar(length=1, label=label, file=sys.stderr, item_show_func=shown) as bar:

        def show(done: int, total: int) -> None:
            # Of a download that does not say how long it is, the total is 0.
            bar.length = total or None
            bar.finished = False
            if done < bar.pos:
                # Other work begins under the same bar.
                bar.pos = 0
            bar.update(done - bar.pos, (done, total))

        yield show


def _megabytes(steps: tuple[int, int] | None) -> str:
    done, total = steps or (0, 0)
    return f"{done / 1e6:.1f}/{total / 1e6:.1f} MB" if total else f"{done / 1e6:.1f} MB"
