"""Units and their bitext as they are now, as the answers to the editor's script tell of them."""

from collections.abc import Sequence

from flask import render_template
from flask_babel import ngettext

from corpus.bitexts.model import Bitext, Unit
from corpus.bitexts.post_editing import changed_share
from corpus.text import languages
from workbench.services.findings import findings_in
from workbench.web.bitexts.labels import origin_label, state_label
from workbench.web.request_context import open_desk


def unit_states(bitext: Bitext, units: Sequence[Unit]) -> list[dict[str, object]]:
    """Returns units of a bitext as they are, each with the progress of the bitext."""
    found = findings_in(open_desk(), bitext, units)
    progress = standing(bitext)
    changed = changed_shares(bitext, units)
    return [
        {
            "unit": unit.id,
            "version": unit.version,
            "text": languages.join(unit.target, bitext.target_language),
            "state": unit.state,
            "state_name": state_label(unit),
            "origin": origin_label(unit, changed.get(unit.id)),
            "findings": _found(len(found.get(unit.id, ()))),
        }
        | progress
        for unit in units
    ]


def unit_state(bitext: Bitext, unit: Unit) -> dict[str, object]:
    return unit_states(bitext, [unit])[0]


def _found(count: int) -> str:
    return ngettext("%(num)s finding", "%(num)s findings", count) if count else ""


def standing(bitext: Bitext) -> dict[str, object]:
    """How far a bitext is, and what can be undone and redone in it, as the head of the editor shows it."""
    return {
        "confirmed": bitext.confirmed,
        "units": bitext.units,
        "revision": bitext.revision,
        "steps": render_template("bitexts/steps.html", steps=open_desk().undo_log.state(bitext.id)),
    }


def changed_shares(bitext: Bitext, units: Sequence[Unit]) -> dict[int, float]:
    """The shares of targets that were changed since the memory or the machine put them in, by the ids of units."""
    versions = open_desk().bitexts.versions([unit for unit in units if unit.origin.suggested])
    return {id: changed_share(each, bitext.target_language) or 0 for id, each in versions.items()}
