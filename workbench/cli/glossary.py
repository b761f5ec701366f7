"""Commands on the term base: glossary import, export, check, find; terms."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

import corpus.intake
from corpus.text import languages
from glossary.concepts import Concept, Term
from glossary.errors import InvalidSheet
from glossary.importing import Policy, Preview
from glossary.recognition import TermResult
from glossary.sheets import ColumnMapping, named
from glossary.tbx import Dialect, Style
from glossary.termbase import TermBase
from workbench.cli.base import READABLE, Failure, as_json, echo_status, open_desk, print_json, print_table, writing
from workbench.services import termbase_files, terminology_check
from workbench.services.term_recognition import concepts_of, recogniser_for
from workbench.services.termbase_files import import_terms, preview_terms

_FORMATS = ["tbx", "csv", "xlsx"]
_POLICIES = {"keep": Policy.ADD, "merge": Policy.MERGE, "skip": Policy.LEAVE}
_LOOKED_AT = 50


@click.command("import")
@click.argument("file", type=READABLE)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--on-conflict",
    type=click.Choice(list(_POLICIES)),
    default="skip",
    show_default=True,
    help="What becomes of a new concept with a term of one that is there: kept beside it, merged into it, left out.",
)
@click.option(
    "--columns",
    default="",
    help="What the columns of a sheet are, with commas: a language tag for terms, - for left out, or a field such as "
    "subject, concept_note, definition@en.",
)
@click.option("--separator", default="", help="What stands between several terms in a cell.")
@click.option("--no-header", is_flag=True, help="The first row of the sheet has terms, too.")
@as_json
def import_(
    file: Path, dry_run: bool, on_conflict: str, columns: str, separator: str, no_header: bool, as_json: bool
) -> None:
    """Bring the concepts of a TBX, CSV or XLSX file into the term base."""
    desk = open_desk()
    mapping = _mapping(desk.termbase, file, columns, separator, no_header)
    if dry_run:
        _print_preview(preview_terms(desk, file, file.name, mapping), on_conflict, as_json)
        return
    report = import_terms(desk, file, file.name, mapping, _POLICIES[on_conflict])
    if as_json:
        print_json({**asdict(report), "columns": mapping.columns if mapping else None})
        return
    echo_status(
        f"{report.read} concepts read: {report.new} new, {report.revised} revised, {report.unchanged} unchanged"
    )
    if conflicting := report.beside + report.merged + report.left_out:
        echo_status(
            f"{conflicting} have a term of a concept that is there: {report.beside} kept beside it, {report.merged} "
            f"merged into it, {report.left_out} left out (--on-conflict {on_conflict}; or {_others(on_conflict)})"
        )
    _say_remarks(report.remarks)


def _mapping(termbase: TermBase, file: Path, columns: str, separator: str, no_header: bool) -> ColumnMapping | None:
    """Returns the mapping of a sheet's columns, which is printed; None for TBX."""
    sheet = termbase_files.sheet_of(termbase, file, file.name, _LOOKED_AT)
    if sheet is None:
        return None
    mapping = sheet.mapping
    if columns:
        mapping = ColumnMapping(named(columns.split(","), languages.canonical))
        if len(mapping.columns) != len(sheet.header):
            raise Failure(f"{file.name} has {len(sheet.header)} columns, and --columns names {len(mapping.columns)}.")
    mapping = replace(mapping, separator=separator or mapping.separator, header=not no_header)
    sheet = replace(sheet, mapping=mapping)
    if not columns:
        try:
            sheet.check()
        except InvalidSheet as error:
            raise Failure(
                f"{error} For instance: --columns en,zh-Hans,- ; with --no-header if the first row has terms, too."
            ) from None
    _say_columns(sheet)
    return mapping


def _say_columns(sheet: termbase_files.Sheet) -> None:
    for name, field in zip(sheet.header, sheet.mapping.columns, strict=False):
        side = field.rpartition("@")[2]
        language = sheet.mapping.languages.get(side, "") if field.startswith("term@") else ""
        said = f"{field} ({language})" if language else field
        echo_status(f"column {name.strip() or '—'}: {said or 'left out'}")


def _others(on_conflict: str) -> str:
    return " or ".join(policy for policy in _POLICIES if policy != on_conflict)


def _print_preview(preview: Preview, on_conflict: str, as_json: bool) -> None:
    if as_json:
        print_json(preview.described())
        return
    counts = preview.counts
    print_table(
        (kind, found.concept.uid, *_by_language(found.concept), *([f"→ {found.known.uid}"] if found.known else []))
        for kind in ("conflicting", "changed", "new")
        for found in preview.shown.get(kind, ())
    )
    echo_status(
        f"{preview.read} concepts read; nothing was imported: {counts['new']} would be new, {counts['changed']} "
        f"revised, {counts['unchanged']} unchanged, {counts['conflicting']} conflicting (--on-conflict {on_conflict})"
    )
    _say_remarks(preview.remarks)


def _say_remarks(remarks: Sequence[Mapping[str, Any]]) -> None:
    for remark in remarks:
        echo_status("  " + remark["template"].format(**remark["values"]))


@click.command()
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
    left_out: Counter[str] = Counter()
    with writing(file) as stream:
        written = termbase_files.write(
            stream, desk.termbase.all(), form, title, Dialect(dialect) if dialect else None, Style(style), left_out
        )
    echo_status(f"{written} concepts written to {file}")
    for category, count in left_out.most_common():
        echo_status(f"  {dialect} has no place for {count} {category}")


@click.command()
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
    checked = terminology_check.check_bitext(open_desk(), id)
    rows: list[dict[str, Any]] = [
        {
            "unit": each.unit.position + 1,
            "term": each.source[slice(*finding.occurrence.place)],
            "verdict": finding.result,
            "required": required,
        }
        for each in checked
        for finding, required in zip(each.findings, each.required, strict=True)
    ]
    wrong = [row for row in rows if row["verdict"] is not TermResult.FOUND]
    if as_json:
        print_json(rows)
    else:
        print_table((row["unit"], row["term"], row["verdict"], "; ".join(row["required"])) for row in wrong)
    echo_status(f"{len(rows)} terms in {len(checked)} units: {len(wrong)} not as they should be")
    return bool(wrong)


def _check_file(file: Path, as_json: bool) -> bool:
    problems = termbase_files.check(file)
    if as_json:
        print_json([{"line": problem.values.get("line"), "problem": str(problem)} for problem in problems])
    else:
        print_table((str(problem),) for problem in problems)
    echo_status(f"{len(problems)} breaches of the rules" if problems else f"{file.name} keeps the rules of its dialect")
    return bool(problems)


@click.command()
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
        echo_status("no concept found")


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
    recogniser = recogniser_for(desk, article.language)
    rows: list[dict[str, Any]] = []
    for number, sentence in enumerate(article.sentences()):
        for occurrence in recogniser.find(sentence):
            concepts = concepts_of(desk, occurrence.concepts)
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
    echo_status(f"{len(rows)} terms in {len(article.sentences())} sentences")
