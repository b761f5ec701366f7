"""Commands on bitexts: list, export, import."""

from dataclasses import asdict
from pathlib import Path

import click

from corpus.bitexts.reimport import UnitConflict
from workbench.cli.base import LEGACY_TAGS, READABLE, as_json, echo_status, open_desk, print_json, print_table, writing
from workbench.errors import DeskError
from workbench.services.bitext_exchange import reimport_xliff, write_bitext_tmx, write_bitext_xliff


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
@LEGACY_TAGS
def export(id: int, file: Path, legacy_tags: bool) -> None:
    """Write the bitext ID as XLIFF (FILE.xlf, to be edited elsewhere) or as TMX (FILE.tmx)."""
    desk = open_desk()
    if file.suffix.lower() not in (".xlf", ".xliff", ".tmx"):
        raise DeskError("{name} is neither .xlf nor .tmx: the ending says what is written.", name=file.name)
    with writing(file) as stream:
        if file.suffix.lower() == ".tmx":
            written = write_bitext_tmx(desk, id, stream, legacy_tags=legacy_tags)
        else:
            written = write_bitext_xliff(desk, id, stream)
    echo_status(f"{written} units written to {file}")


@click.command("import")
@click.argument("id", type=int)
@click.argument("file", type=READABLE)
@as_json
def import_(id: int, file: Path, as_json: bool) -> None:
    """Take over what was changed in an XLIFF file of the bitext ID; what was changed on both sides stays as it is."""
    home = reimport_xliff(open_desk(), id, file)
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
