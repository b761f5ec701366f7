"""Commands that make and serve a desk: init, demo, serve."""

import signal
import sys
from pathlib import Path

import click

from corpus.bitexts.model import Unit
from glossary import STARTER
from workbench.cli.base import echo_status
from workbench.desk import Desk
from workbench.errors import DeskError
from workbench.services import demo as demonstration
from workbench.services.termbase_files import import_terms
from workbench.web.service import Service

_PORT = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="The port on this machine; 0 takes any free one.",
)


@click.command()
@click.option("--empty", is_flag=True, help="Without the starter term base.")
@click.pass_obj
def init(desk_path: Path, empty: bool) -> None:
    """Make a new desk with the starter term base."""
    with Desk.create(desk_path) as desk:
        if not empty:
            import_terms(desk, STARTER)
        concepts, terms = desk.termbase.count()
    echo_status(f"made {desk_path} with {concepts} concepts, {terms} terms")


@click.command()
@_PORT
@click.pass_obj
def serve(desk_path: Path, port: int) -> None:
    """Serve the desk to a browser on this machine until Ctrl+C."""
    _serve(desk_path, port)


@click.command()
@_PORT
@click.option("--no-serve", is_flag=True, help="Make the demonstration desk and stop.")
@click.pass_context
def demo(ctx: click.Context, port: int, no_serve: bool) -> None:
    """Make a demonstration desk with sample articles, demo.db or the one that --desk names, and serve it."""
    path, tmx = _demonstration(ctx)
    if path.exists():
        echo_status(f"{path} is there already and is used as it is; delete it to start anew")
        with Desk.open(path):
            pass
    else:
        report = demonstration.build(path, tmx)
        echo_status(f"term base   {report.concepts} concepts, {report.terms} terms")
        echo_status(f"articles    {report.articles} in English and Chinese")
        echo_status(
            f"alignment   “{report.title}”: {report.source_sentences} × {report.target_sentences} sentences, "
            f"{len(report.units)} units ({_shapes(report.units)})"
        )
        echo_status(f"{tmx!s:<12}{report.exported} units")
        echo_status(f"desk        {path}")
    if not no_serve:
        _serve(path, port)


def _demonstration(ctx: click.Context) -> tuple[Path, Path]:
    """The desk and the TMX file of the demonstration; a file of somebody's own is not written over."""
    named = ctx.find_root().get_parameter_source("desk_path") is not click.core.ParameterSource.DEFAULT
    if not named:
        return Path("demo.db"), Path("demo.tmx")
    desk: Path = ctx.obj
    tmx = desk.with_suffix(".tmx")
    if tmx.exists() and not desk.exists():
        raise DeskError("{path} exists already: move it, or choose another name for the desk.", path=tmx)
    return desk, tmx


def _shapes(units: list[Unit]) -> str:
    one_to_one = sum(len(unit.source) == len(unit.target) == 1 for unit in units)
    single = sum(not unit.source or not unit.target for unit in units)
    return f"{one_to_one} one to one, {len(units) - one_to_one - single} merged or split, {single} without counterpart"


def _serve(path: Path, port: int) -> None:
    service = Service(path, port)
    # Told to end by another program, as by Ctrl+C: what is being done goes back into the queue.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    echo_status(f"serving {path} at {service.url} (Ctrl+C stops)")
    service.run()
    echo_status("stopped")
