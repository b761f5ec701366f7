"""Commands on offline machine translation: its packages, and sentences through it."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

import workbench.mt
from corpus.text import languages
from corpus.text.charset import files
from workbench.checks import acceptance
from workbench.cli.base import READABLE, as_json, echo_status, open_desk, print_json, print_table, progress_bar
from workbench.errors import DeskError
from workbench.mt.engines import firefox, libretranslate
from workbench.mt.packages import repository
from workbench.mt.packages.metadata import Metadata
from workbench.services import term_candidates, termbase_files


@click.command("list")
@as_json
def list_(as_json: bool) -> None:
    """List the installed packages and models, and the server in use if there is one."""
    _print_packages(repository.installed(), as_json, firefox.installed())
    if libretranslate.address():
        echo_status(f"translations may go to the server {libretranslate.address()}")


@click.command()
@as_json
def available(as_json: bool) -> None:
    """List the packages that the index on the network offers."""
    _print_packages(repository.available(), as_json)


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="SOURCE TARGET | FILE")
@click.option("--firefox", "mozilla", is_flag=True, help="Mozilla's model of the pair; needs the extra firefox.")
@as_json
def install(what: tuple[str, ...], mozilla: bool, as_json: bool) -> None:
    """Install a package from the network (en zh), or from a file (FILE.argosmodel)."""
    match what:
        case (source, target) if mozilla:
            firefox.install(source, target)
            echo_status(f"installed the Firefox model {source} {target}")
            return
        case (file,):
            package = repository.install_file(Path(file))
        case (source, target):
            with progress_bar("Downloading", in_bytes=True) as progress:
                package = repository.install(source, target, progress)
        case _:
            raise click.UsageError("Name two languages, such as en zh, or one file.")
    if as_json:
        print_json(_described(package))
    echo_status(f"installed {package.from_code} {package.to_code}, version {package.version or 'unknown'}")


@click.command()
@click.argument("source")
@click.argument("target")
def remove(source: str, target: str) -> None:
    """Remove the package from SOURCE to TARGET, such as en zh."""
    for package in repository.remove(source, target):
        echo_status(f"removed {package.from_code} {package.to_code}, version {package.version or 'unknown'}")


_SOURCE = click.option("--source-lang", default="en", show_default=True)
_TARGET = click.option("--target-lang", default="zh-Hans", show_default=True)
_ENGINE = click.option(
    "--engine", "name", default="", metavar="NAME", help="argos, firefox or libretranslate; the first that can."
)


@click.command()
@click.argument("file", type=READABLE, required=False)
@_SOURCE
@_TARGET
@_ENGINE
@as_json
def translate(file: Path | None, source_lang: str, target_lang: str, name: str, as_json: bool) -> None:
    """Translate the sentences of FILE or of standard input, one a line."""
    source, target = languages.canonical(source_lang), languages.canonical(target_lang)
    engine = workbench.mt.require(source, target, name)
    sentences = _read(file).removesuffix("\n").split("\n")
    with progress_bar("Translating") as progress:
        drafts = engine.translate(sentences, source, target, progress=progress)
    for line, (sentence, draft) in enumerate(zip(sentences, drafts, strict=True), 1):
        _warn(line, sentence, draft.text, source, target)
    if as_json:
        print_json([asdict(draft) for draft in drafts])
    else:
        click.echo("\n".join(draft.text for draft in drafts))


@click.command()
@click.argument("file", type=READABLE)
@_SOURCE
@_TARGET
@_ENGINE
@click.option("--terms", type=READABLE, help="A glossary (TBX, CSV, XLSX); else the term base of the desk.")
@click.option("--limit", type=click.IntRange(1), help="Of so many units, from the first on.")
@as_json
def evaluate(
    file: Path, source_lang: str, target_lang: str, name: str, terms: Path | None, limit: int | None, as_json: bool
) -> None:
    """Translate the units of FILE.tmx without terms, with terms and with random ones, and compare with their targets.

    A line has the run, chrF, BLEU, the required terms that are in the drafts, and seconds.
    """
    # Imported here: no other command needs it, and it takes a moment.
    from workbench.mt.evaluation import evaluate as run

    source, target = languages.canonical(source_lang), languages.canonical(target_lang)
    engine = workbench.mt.require(source, target, name)
    pairs = term_candidates.from_tmx(file, source, target).pairs[:limit]
    if not pairs:
        raise DeskError("{name} has no units in {source} and {target}.", name=file.name, source=source, target=target)
    if terms:
        with termbase_files.concepts_of(terms, terms.name) as read:
            concepts = list(read)
    else:
        concepts = list(open_desk().termbase.all())
    # One bar for all runs: a terminal shows no two at once.
    with progress_bar("Translating") as progress:
        found = run(engine, pairs, source, target, concepts, lambda label: progress)
    if as_json:
        print_json(asdict(found))
        return
    print_table(
        (
            result.run,
            f"chrF {result.chrf:.2f}",
            f"BLEU {result.bleu:.2f}",
            f"terms {result.found}/{result.required} {result.found / max(1, result.required):.1%}",
            f"{result.seconds:.1f} s",
            ", ".join(f"{means} {count}" for means, count in result.means.items()),
        )
        for result in found.results
    )
    echo_status(f"{len(pairs)} units, engine {engine.name}; chrF {found.signatures[0]}; BLEU {found.signatures[1]}")


def _warn(line: int, sentence: str, draft: str, source: str, target: str) -> None:
    """Says of a draft that is not to be trusted why; it is printed all the same, for a line is a line."""
    problem = acceptance.problem(sentence, draft, source, target)
    if problem:
        echo_status(f"line {line}: {problem}")
    for ours, theirs in acceptance.changed_magnitudes(sentence, draft, source, target):
        echo_status(f"line {line}: check the numbers: {ours} → {theirs}")


def _read(file: Path | None) -> str:
    if file is None or str(file) == "-":
        return files.decode(sys.stdin.buffer.read(), "standard input")
    return files.read_text(file)


def _print_packages(found: list[Any], as_json: bool, models: Sequence[firefox.Model] = ()) -> None:
    if as_json:
        described = [_described(package) for package in found]
        print_json([*described, *({"engine": firefox.NAME, "pair": model.pair} for model in models)])
        return
    print_table(
        (package.from_code, package.to_code, package.version, f"{package.from_name} → {package.to_name}")
        for package in found
    )
    print_table((*model.pair, firefox.NAME, model.folder) for model in models)
    echo_status(f"{len(found)} packages" + (f", {len(models)} Firefox models" if models else ""))


def _described(package: Metadata) -> dict[str, object]:
    fields = {name: str(value) if isinstance(value, Path) else value for name, value in asdict(package).items()}
    return fields | {"source_language": package.source_language, "target_language": package.target_language}
