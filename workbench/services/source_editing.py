"""The source of a unit put right: typing errors, errors of recognition; a step that can be undone."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.bitexts.model import Unit
from corpus.bitexts.operations import same_text
from corpus.errors import CannotRearrange
from corpus.text import languages
from workbench import settings
from workbench.desk import Desk
from workbench.services.unit_editing import record_step


def edit_source(desk: Desk, unit: int, version: int, text: str) -> Unit:
    """Writes the source of a unit, and returns the unit; its target and its state stay, and the memory follows.

    Raises Conflict where the unit is no longer at `version`, CannotRearrange for an empty text.
    """
    found = desk.bitexts.unit(unit)
    language = desk.bitexts.get(found.bitext).source_language
    if not text.strip():
        raise CannotRearrange("A source cannot be made empty here: merge or unlink the unit on the page “Alignment”.")
    if same_text(text, languages.join(found.source, language)):
        return found
    sentences = tuple(settings.segment(" ".join(text.split()), language))

    def written(units: Sequence[Unit]) -> list[Unit]:
        return [replace(each, source=sentences) if each.id == unit else each for each in units]

    # Only as it was seen: no revision is the one before the first.
    record_step(desk, lambda: desk.undo_log.record(found.bitext, "source", written, -1, [(unit, version)]))
    return desk.bitexts.unit(unit)
