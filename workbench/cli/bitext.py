"""Commands on bitexts: list, export, import."""

from dataclasses import asdict
from pathlib import Path

import click

from corpus.bitexts.reimport import UnitConflict
from workbench.cli.base import LEGACY_TAGS, READABLE, as_json, echo_status, open_desk, print_json, print_table, writing
from workbench.errors import DeskError
from workbench.services.bitext_exchange import reimport
from workbench.services.exports import EXPORTS, ExportOptions


@click.command("list")
@as_json
def list_(as_json: bool) -> None:
    """List the bitexts of the desk, the newest first."""
    found = open_desk().bitexts.all()
    if as_json:
        print_json([asdict(each) for each in found])
    else:
        print_table(
            (each.id, f"{each.source_language} → {each.target_language}", f"{each.confirmed}/{each.units}", each.title)
            for each in found
        )


@click.command()
@click.argument("id", type=int)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, writable=True))
@click.option("--table", is_flag=True, help="FILE.docx is a table of both languages, which can be imported again.")
@LEGACY_TAGS
def export(id: int, file: Path, table: bool, legacy_tags: bool) -> None:
    """Write the bitext ID as what the ending says: .xlf and .tmx for programs, .docx, .html and .txt to be read."""
    desk = open_desk()
    suffix = ".xlf" if file.suffix.lower() == ".xliff" else file.suffix.lower()
    forms = [EXPORTS["table"]] if table else [form for form in EXPORTS.values() if form.suffix == suffix]
    if not forms or forms[0].suffix != suffix:
        raise DeskError(
            "{name} ends in none of {endings}: the ending says what is written.",
            name=file.name,
            endings=".docx" if table else ", ".join(sorted({form.suffix for form in EXPORTS.values()})),
        )
    with writing(file) as stream:
        written = forms[0].write(desk, id, stream, ExportOptions(legacy_tags=legacy_tags))
    echo_status(f"{written} units written to {file}")
    found = desk.bitexts.get(id)
    if forms[0].article and found.confirmed < found.units:
        echo_status(f"{found.units - found.confirmed} of {found.units} units are not confirmed")


@click.command("import")
@click.argument("id", type=int)
@click.argument("file", type=READABLE)
@as_json
def import_(id: int, file: Path, as_json: bool) -> None:
    """Take over what was changed in an XLIFF file or Word table of the bitext ID; what both sides changed is left."""
    home = reimport(open_desk(), id, file)
    if as_json:
        print_json(asdict(home))
        return
    print_table(map(_row, home.contested))
    echo_status(f"{home.read} units read: {len(home.taken)} taken over, {len(home.contested)} contested")
    for unit, note in home.notes:
        echo_status(f"  unit {unit}: {note}")


def _row(contested: UnitConflict) -> tuple[object, ...]:
    here = "".join(contested.here.target) if contested.here else ""
    return contested.returned.id, contested.reason, here, contested.returned.target
