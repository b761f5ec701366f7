"""Commands on the translation memory."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from corpus.errors import InvalidTmx, OtherFormat
from corpus.text import languages
from workbench.cli.base import (
    LEGACY_TAGS,
    READABLE,
    Failure,
    as_json,
    echo_status,
    open_desk,
    print_json,
    print_table,
    progress_bar,
    writing,
)
from workbench.services.memory_exchange import export_tmx, import_tmx


@click.command("import")
@click.argument("file", type=READABLE)
@click.option("--source-lang", default="en", show_default=True)
@click.option("--target-lang", default="zh-Hans", show_default=True)
@click.option("--collection", default="", help="Where they come; default: the first that is not read-only.")
@click.option("--keep-going", is_flag=True, help="Leave out what cannot be read, instead of importing nothing.")
@click.option("--report", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@as_json
def import_(
    file: Path, source_lang: str, target_lang: str, collection: str, keep_going: bool, form: str, as_json: bool
) -> None:
    """Bring the units of a TMX file into the memory."""
    desk = open_desk()
    try:
        with progress_bar(f"importing {file.name}", in_bytes=True) as progress:
            report = import_tmx(desk, file, source_lang, target_lang, collection, keep_going, progress)
    except OtherFormat:
        raise
    except InvalidTmx as error:
        raise Failure(f"{error} Nothing was imported; --keep-going imports all but what cannot be read.") from None
    with progress_bar("concordance") as progress:
        desk.memory.index_texts(progress)
    if as_json or form == "json":
        print_json({"file": file.name, **report.described()})
    else:
        echo_status(
            f"{report.read} units read: {report.new} new, {report.merged} merged, {report.skipped.total()} skipped"
        )
        for reason, count in report.skipped.most_common():
            echo_status(f"  {count} skipped: {reason}")
        for reason, count in report.remarks.most_common():
            echo_status(f"  {count} times: {reason}")
        for problem in report.problems if keep_going else ():
            echo_status(f"  line {problem.line}: {problem.reason}")
    report.check(file.name)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, writable=True))
@click.option("--source-lang", default="", help="Only entries from this language.")
@click.option("--target-lang", default="", help="Only entries into this language.")
@click.option("--collection", default="", help="Only this collection.")
@LEGACY_TAGS
def export(file: Path, source_lang: str, target_lang: str, collection: str, legacy_tags: bool) -> None:
    """Write the memory as a TMX file."""
    desk = open_desk()
    with writing(file) as stream, progress_bar(f"writing {file.name}") as progress:
        written = export_tmx(desk, stream, source_lang, target_lang, collection, legacy_tags, progress)
    echo_status(f"{written} units written to {file}")


@click.command()
@click.argument("sentence")
@click.option("--from", "--source-lang", "source_lang", default="", help="Language of SENTENCE; else by its script.")
@click.option("--to", "--target-lang", "target_lang", default="", help="Default: zh-Hans, or en from Chinese.")
@click.option("--floor", type=click.IntRange(1, 102), default=70, show_default=True, help="The lowest score.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="The most matches.")
@as_json
def lookup(sentence: str, source_lang: str, target_lang: str, floor: int, limit: int, as_json: bool) -> None:
    """Print the memory's matches for a sentence, exact and similar ones."""
    source = languages.canonical(source_lang) if source_lang else languages.guess(sentence)
    default = "en" if languages.is_chinese(source) else "zh-Hans"
    target = languages.canonical(target_lang or default)
    matches = open_desk().memory.lookup(sentence, source, target, floor=floor, limit=limit)
    if as_json:
        print_json([asdict(match) for match in matches])
    else:
        print_table(
            (match.score, match.entry.source, match.entry.target, *(["with inline codes"] * match.entry.codes))
            for match in matches
        )
    if not matches:
        echo_status("no match")


@click.command()
@click.argument("text")
@click.option("--lang", default="", help="Only in texts of this language.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="The most units.")
@click.option("--start", type=click.IntRange(0), default=0, show_default=True, help="How many to pass over.")
@as_json
def search(text: str, lang: str, limit: int, start: int, as_json: bool) -> None:
    """Print the units that TEXT stands in, any part of either side, the place in brackets."""
    language = languages.canonical(lang) if lang else ""
    hits = open_desk().memory.search(text, language, limit, start)
    if as_json:
        print_json([asdict(hit) for hit in hits])
    else:
        print_table((marked(hit.entry.source, hit.source), marked(hit.entry.target, hit.target)) for hit in hits)
    if not hits:
        echo_status("no hit")


def marked(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with brackets around the places."""
    for start, end in reversed(places):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@click.command()
@click.argument("name", default="")
@click.option("--priority", type=int, default=1, show_default=True, help="For NAME: the lowest is first.")
@click.option("--read-only", is_flag=True, help="For NAME: nothing in it is changed.")
@as_json
def collections(name: str, priority: int, read_only: bool, as_json: bool) -> None:
    """Print the memory's collections; with NAME, first make that one, or give it another priority and flag."""
    store = open_desk().memory
    if name:
        store.put_collection(name, priority, read_only)
    found = store.collections()
    if as_json:
        print_json([asdict(collection) for collection in found])
    else:
        print_table(
            (each.priority, each.name, "read-only" if each.read_only else "writable", f"{each.units} units")
            for each in found
        )


@click.command()
@as_json
def stats(as_json: bool) -> None:
    """Print how many units the memory has, by languages and origin."""
    rows = open_desk().memory.stats()
    if as_json:
        print_json(rows)
    else:
        print_table(row.values() for row in rows)
        echo_status(f"{sum(row['units'] for row in rows)} units")
