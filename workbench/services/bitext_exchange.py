"""A bitext on its way out as TMX, as XLIFF and as a Word table, and back from the program in which it was edited."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from corpus import documents, tmx, xliff
from corpus.bitexts.model import Bitext, Unit, UnitState
from corpus.bitexts.reimport import ReimportedUnit, ReimportReport, merge_reimported, reimported
from corpus.bitexts.undo import Change
from corpus.documents import TableNames
from corpus.errors import Conflict
from corpus.intake.readers.archive import is_archive
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


def write_bitext_table(desk: Desk, bitext: int, stream: IO[bytes], names: TableNames = documents.ENGLISH) -> int:
    """Writes all units of a bitext as a Word table, to be edited elsewhere, and returns their number."""
    return documents.write_table(stream, desk.bitexts.get(bitext), desk.bitexts.units(bitext), names)


def reimport(desk: Desk, bitext: int, path: Path, name: str = "") -> ReimportReport:
    """Takes over what was changed in a file of a bitext, an XLIFF or a Word table, as a step that can be undone.

    What was changed here as well stays as it is and is contested. Raises UnreadableFile, InvalidXliff and InvalidDocx;
    `name` is the file's in them.
    """
    found = desk.bitexts.get(bitext)
    returned = _returned(found, path, name or path.name)
    reports: list[ReimportReport] = []

    def take_over(units: Sequence[Unit]) -> Sequence[Unit]:
        after, report = merge_reimported(found, units, returned, desk.bitexts.history, settings.segmenter())
        reports.append(report)
        return after

    record_step(desk, lambda: desk.undo_log.record(bitext, "return", take_over))
    return reports[0]


def _returned(bitext: Bitext, path: Path, name: str) -> list[ReimportedUnit]:
    """The units of a file, which is told by its first bytes."""
    with files.open_file(path) as stream:
        if not is_archive(stream.read(4)):
            stream.seek(0)
            return list(xliff.read(stream, name, bitext))
    return documents.read_table(files.read_bytes(path), name, bitext)


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
