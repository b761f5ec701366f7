"""A bitext on its way out as TMX or XLIFF, and back from a program in which it was edited."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from corpus import tmx, xliff
from corpus.bitexts.model import Unit, UnitState
from corpus.bitexts.reimport import ReimportReport, merge_reimported, reimported
from corpus.bitexts.undo import Change
from corpus.errors import Conflict
from corpus.text.charset import files
from corpus.tmx import mapping
from workbench import __version__, settings
from workbench.desk import Desk
from workbench.services.unit_editing import record_step


def write_bitext_tmx(
    desk: Desk, bitext: int, stream: IO[bytes], confirmed_only: bool = False, legacy_tags: bool = False
) -> int:
    """Writes a bitext as TMX and returns the number of units written."""
    found = desk.bitexts.get(bitext)
    units = mapping.units_to_tmx(found, desk.bitexts.units(bitext), confirmed_only)
    return tmx.write(stream, units, found.source_language, __version__, legacy_tags)


def write_bitext_xliff(desk: Desk, bitext: int, stream: IO[bytes]) -> int:
    """Writes all units of a bitext as XLIFF, to be edited elsewhere, and returns their number."""
    return xliff.write(stream, desk.bitexts.get(bitext), desk.bitexts.units(bitext))


def reimport_xliff(desk: Desk, bitext: int, path: Path, name: str = "") -> ReimportReport:
    """Takes over what was changed in an XLIFF file of a bitext, as a step that can be undone.

    What was changed here as well stays as it is and is contested. Raises InvalidXliff; `name` is the file's in it.
    """
    found = desk.bitexts.get(bitext)
    with files.open_file(path) as stream:
        returned = list(xliff.read(stream, name or path.name, found))
    reports: list[ReimportReport] = []

    def take_over(units: Sequence[Unit]) -> Sequence[Unit]:
        after, report = merge_reimported(found, units, returned, desk.bitexts.history, settings.segmenter())
        reports.append(report)
        return after

    record_step(desk, lambda: desk.undo_log.record(bitext, "return", take_over))
    return reports[0]


def resolve_conflicts(desk: Desk, bitext: int, chosen: Sequence[tuple[int, int, str, UnitState]]) -> Change:
    """Writes over contested units what a file says, each as id, the version seen, text and state; as one step.

    Raises Conflict where a unit is not at that version any more.
    """
    found = desk.bitexts.get(bitext)

    def write(units: Sequence[Unit]) -> Sequence[Unit]:
        here = {unit.id: unit for unit in units}
        for id, version, text, state in chosen:
            if id not in here or here[id].version != version:
                raise Conflict("Unit {id} was changed meanwhile: send the file again.", id=id)
            here[id] = reimported(found, here[id], text, state, settings.segmenter())
        return list(here.values())

    return record_step(desk, lambda: desk.undo_log.record(bitext, "return", write))
