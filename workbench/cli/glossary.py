"""Commands on the term base: glossary import, export, check, find; terms."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

import corpus.intake
from glossary.concepts import Concept, Term
from glossary.recognition import Verdict
from glossary.tbx import Dialect, Style
from workbench import glossaries, term_check
from workbench.cli.base import READABLE, as_json, open_desk, print_json, print_table, say, writing
from workbench.roles import Permission

_FORMATS = ["tbx", "csv", "xlsx"]


@click.group()
def glossary() -> None:
    """The term base: import, export, check, find."""


@glossary.command("import")
@click.argument("file", type=READABLE)
@as_json
def import_(file: Path, as_json: bool) -> None:
    """Bring the concepts of a TBX, CSV or XLSX file into the term base."""
    report = open_desk(Permission.IMPORT).import_terms(file)
    if as_json:
        print_json(asdict(report))
    else:
        say(f"{report.read} concepts read: {report.new} new, {report.revised} revised, {report.unchanged} unchanged")


@glossary.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, writable=True))
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default=None,
    help="Default: by the ending of FILE, else TBX.",
)
@click.option(
    "--dialect",
    type=click.Choice([dialect.value for dialect in Dialect]),
    default=None,
    help="Default: TBX-Basic where it holds everything, else one that does.",
)
@click.option("--style", type=click.Choice([style.value for style in Style]), default="dca", show_default=True)
def export(file: Path, format_: str | None, dialect: str | None, style: str) -> None:
    """Write the term base as a TBX, CSV or XLSX file."""
    desk = open_desk()
    ending = file.suffix.removeprefix(".").lower()
    form = format_ or (ending if ending in _FORMATS else "tbx")
    title = f"Term base of the desk {desk.path.name}"
    with writing(file) as stream:
        written = glossaries.write(
            stream, desk.termbase.all(), form, title, Dialect(dialect) if dialect else None, Style(style)
        )
    say(f"{written} concepts written to {file}")


@glossary.command()
@click.argument("bitext_or_file")
@as_json
def check(bitext_or_file: str, as_json: bool) -> None:
    """Check the terms of a bitext (its number) or a TBX file, and exit with 1 where something is wrong.

    A line of a bitext has the number of the unit, the term in its source, what became of it, and the terms that the
    translation may use; what is right is not printed. A line of a file has a breach of the rules of its dialect.
    """
    if bitext_or_file.isdecimal():
        wrong = _check_bitext(int(bitext_or_file), as_json)
    else:
        wrong = _check_file(Path(bitext_or_file), as_json)
    if wrong:
        raise click.exceptions.Exit(1)


def _check_bitext(id: int, as_json: bool) -> bool:
    checked = term_check.check_bitext(open_desk(), id)
    rows: list[dict[str, Any]] = [
        {
            "unit": each.unit.position + 1,
            "term": each.source[slice(*finding.occurrence.place)],
            "verdict": finding.verdict,
            "required": required,
        }
        for each in checked
        for finding, required in zip(each.findings, each.required, strict=True)
    ]
    wrong = [row for row in rows if row["verdict"] is not Verdict.FOUND]
    if as_json:
        print_json(rows)
    else:
        print_table((row["unit"], row["term"], row["verdict"], "; ".join(row["required"])) for row in wrong)
    say(f"{len(rows)} terms in {len(checked)} units: {len(wrong)} not as they should be")
    return bool(wrong)


def _check_file(file: Path, as_json: bool) -> bool:
    problems = glossaries.check(file)
    if as_json:
        print_json([{"line": problem.values.get("line"), "problem": str(problem)} for problem in problems])
    else:
        print_table((str(problem),) for problem in problems)
    say(f"{len(problems)} breaches of the rules" if problems else f"{file.name} keeps the rules of its dialect")
    return bool(problems)


@glossary.command()
@click.argument("text")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1))
@as_json
def find(text: str, limit: int, as_json: bool) -> None:
    """Print the concepts with a term that holds TEXT, in any language."""
    concepts = open_desk().termbase.search(text, limit=limit)
    if as_json:
        print_json([asdict(concept) for concept in concepts])
    else:
        print_table((concept.uid, concept.subject, *_by_language(concept)) for concept in concepts)
    if not concepts:
        say("no concept found")


def _by_language(concept: Concept) -> list[str]:
    return [
        f"{language}: {'; '.join(map(_with_status, concept.in_language(language)))}" for language in concept.languages()
    ]


def _with_status(term: Term) -> str:
    return term.text if term.status.usable else f"{term.text} ({term.status})"


@click.command()
@click.argument("file", type=READABLE)
@click.option("--lang", default="", help="Language of the text; told by its script where not named.")
@as_json
def terms(file: Path, lang: str, as_json: bool) -> None:
    """Print which terms of the term base stand in a file, and where."""
    desk = open_desk()
    article = corpus.intake.read_one(file, lang)
    recogniser = desk.recogniser(article.language)
    rows: list[dict[str, Any]] = []
    for number, sentence in enumerate(article.sentences()):
        for occurrence in recogniser.find(sentence):
            concepts = desk.concepts_of(occurrence.concepts)
            rows.append(
                {
                    "sentence": number,
                    "start": occurrence.start,
                    "end": occurrence.end,
                    "text": sentence[occurrence.start : occurrence.end],
                    "concepts": [concept.uid for concept in concepts],
                    "terms": [text for concept in concepts for text in _by_language(concept)],
                }
            )
    if as_json:
        print_json(rows)
    else:
        print_table((row["sentence"], row["start"], row["text"], " | ".join(row["terms"])) for row in rows)
    say(f"{len(rows)} terms in {len(article.sentences())} sentences")
