"""Commands on offline machine translation: its packages, and sentences through it."""

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

import workbench.mt
from corpus import decoding, languages
from workbench.cli.base import READABLE, as_json, print_json, print_table, say
from workbench.mt import packages
from workbench.mt.engine import Progress
from workbench.mt.metadata import Metadata


@click.group()
def mt() -> None:
    """Offline machine translation: list, available, install, remove, translate."""


@mt.command("list")
@as_json
def list_(as_json: bool) -> None:
    """List the installed packages."""
    _print_packages(packages.installed(), as_json)


@mt.command()
@as_json
def available(as_json: bool) -> None:
    """List the packages that the index on the network offers."""
    _print_packages(packages.available(), as_json)


@mt.command()
@click.argument("what", nargs=-1, required=True, metavar="SOURCE TARGET | FILE")
@as_json
def install(what: tuple[str, ...], as_json: bool) -> None:
    """Install a package from the network (en zh), or from a file (FILE.argosmodel)."""
    match what:
        case (file,):
            package = packages.install_file(Path(file))
        case (source, target):
            with _progress_bar("Downloading", download=True) as progress:
                package = packages.install(source, target, progress)
        case _:
            raise click.UsageError("Name two languages, such as en zh, or one file.")
    if as_json:
        print_json(_described(package))
    say(f"installed {package.from_code} {package.to_code}, version {package.version or 'unknown'}")


@mt.command()
@click.argument("source")
@click.argument("target")
def remove(source: str, target: str) -> None:
    """Remove the package from SOURCE to TARGET, such as en zh."""
    for package in packages.remove(source, target):
        say(f"removed {package.from_code} {package.to_code}, version {package.version or 'unknown'}")


@mt.command()
@click.argument("file", type=READABLE, required=False)
@click.option("--source-lang", default="en", show_default=True)
@click.option("--target-lang", default="zh-Hans", show_default=True)
@as_json
def translate(file: Path | None, source_lang: str, target_lang: str, as_json: bool) -> None:
    """Translate the sentences of FILE or of standard input, one a line."""
    source, target = languages.canonical(source_lang), languages.canonical(target_lang)
    engine = workbench.mt.require(source, target)
    sentences = _read(file).removesuffix("\n").split("\n")
    with _progress_bar("Translating") as progress:
        drafts = engine.translate(sentences, source, target, progress=progress)
    if as_json:
        print_json([asdict(draft) for draft in drafts])
    else:
        click.echo("\n".join(draft.text for draft in drafts))


def _read(file: Path | None) -> str:
    if file is None or str(file) == "-":
        return decoding.decode(sys.stdin.buffer.read(), "standard input")
    return decoding.read_text(file)


def _print_packages(found: list[Any], as_json: bool) -> None:
    if as_json:
        print_json([_described(package) for package in found])
        return
    print_table(
        (package.from_code, package.to_code, package.version, f"{package.from_name} → {package.to_name}")
        for package in found
    )
    say(f"{len(found)} packages")


def _described(package: Metadata) -> dict[str, object]:
    fields = {name: str(value) if isinstance(value, Path) else value for name, value in asdict(package).items()}
    return fields | {"source_language": package.source_language, "target_language": package.target_language}


@contextlib.contextmanager
def _progress_bar(label: str, download: bool = False) -> Iterator[Progress | None]:
    """A bar on standard error that follows what it is told, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    amount = DownloadColumn() if download else MofNCompleteColumn()
    columns = TextColumn("{task.description}"), BarColumn(), amount, TimeRemainingColumn()
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
