"""Commands on the translation memory."""

from dataclasses import asdict
from pathlib import Path

import click

from corpus import languages
from workbench.cli.base import READABLE, as_json, open_desk, print_json, print_table, say


@click.group()
def memory() -> None:
    """The translation memory: import, export, lookup, stats."""


@memory.command("import")
@click.argument("file", type=READABLE)
@click.option("--source-lang", default="en", show_default=True)
@click.option("--target-lang", default="zh-Hans", show_default=True)
@as_json
def import_(file: Path, source_lang: str, target_lang: str, as_json: bool) -> None:
    """Bring the units of a TMX file into the memory."""
    report = open_desk().import_memory(file, source_lang, target_lang)
    if as_json:
        print_json(asdict(report))
        return
    say(f"{report.read} units read: {report.new} new, {report.merged} merged, {report.skipped.total()} skipped")
    for reason, count in report.skipped.most_common():
        say(f"  {count} skipped: {reason}")


@memory.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, writable=True))
@click.option("--source-lang", default="", help="Only entries from this language.")
@click.option("--target-lang", default="", help="Only entries into this language.")
def export(file: Path, source_lang: str, target_lang: str) -> None:
    """Write the memory as a TMX file."""
    desk = open_desk()
    with click.open_file(str(file), "wb", atomic=str(file) != "-") as stream:
        written = desk.export_memory(stream, source_lang, target_lang)
    say(f"{written} units written to {file}")


@memory.command()
@click.argument("sentence")
@click.option("--source-lang", default="", help="Language of SENTENCE; told by its script where not named.")
@click.option("--target-lang", default="", help="Default: zh-Hans, or en for a sentence that is Chinese.")
@as_json
def lookup(sentence: str, source_lang: str, target_lang: str, as_json: bool) -> None:
    """Print the memory's matches for a sentence."""
    source = languages.canonical(source_lang) if source_lang else languages.guess(sentence)
    default = "en" if languages.primary(source) == "zh" else "zh-Hans"
    matches = open_desk().memory.lookup(sentence, source, languages.canonical(target_lang or default))
    if as_json:
        print_json([asdict(match) for match in matches])
    else:
        print_table((match.score, match.entry.source, match.entry.target) for match in matches)
    if not matches:
        say("no match")


@memory.command()
@as_json
def stats(as_json: bool) -> None:
    """Print how many units the memory has, by languages and origin."""
    rows = open_desk().memory.stats()
    if as_json:
        print_json(rows)
    else:
        print_table(row.values() for row in rows)
        say(f"{sum(row['units'] for row in rows)} units")
