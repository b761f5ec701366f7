"""The findings in units: terms that are missing or not to be used, and numbers of another magnitude."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.bitexts.model import Bitext, Unit
from workbench.checks import acceptance
from workbench.desk import Desk
from workbench.services.terminology_check import check_units
from workbench.stores.comments import CommentFilter


class Noted(StrEnum):
    """What somebody goes through the units of a bitext for."""

    FINDING = "finding"
    COMMENT = "comment"


@dataclass(frozen=True)
class UnitFinding:
    """A finding in a unit: what stands in the source, what the target has or should have, and by which check.

    `check` is a result of the terminology check, or "number".
    """

    check: str
    source: str
    target: tuple[str, ...]


def findings_in(desk: Desk, bitext: Bitext, units: Sequence[Unit]) -> dict[int, list[UnitFinding]]:
    """Returns the findings in units, by the id of the unit; nothing of one that has none or is not translated."""
    found: dict[int, list[UnitFinding]] = {}
    for checked in check_units(desk, bitext, units):
        for finding, required in zip(checked.findings, checked.required, strict=True):
            if not finding.ok:
                term = checked.source[finding.occurrence.start : finding.occurrence.end]
                found.setdefault(checked.unit.id, []).append(UnitFinding(finding.result, term, required))
        direction = bitext.source_language, bitext.target_language
        for ours, theirs in acceptance.changed_magnitudes(checked.source, checked.target, *direction):
            found.setdefault(checked.unit.id, []).append(UnitFinding("number", ours, (theirs,)))
    return found


def noted_units(desk: Desk, bitext: Bitext, noted: Noted) -> frozenset[int]:
    """Returns the ids of the units of a bitext that have a finding, or an open comment."""
    if noted is Noted.COMMENT:
        return frozenset(place.comment.unit for place in desk.comments.places(CommentFilter(bitext.id)))
    return frozenset(findings_in(desk, bitext, desk.bitexts.units(bitext.id)))


def next_noted(desk: Desk, bitext: Bitext, noted: Noted, after: int) -> Unit | None:
    """Returns the next such unit after a position, or from the beginning on; None where there is none."""
    units = [unit for unit in desk.bitexts.get_units(noted_units(desk, bitext, noted)) if unit.bitext == bitext.id]
    return min(units, key=lambda unit: (unit.position <= after, unit.position), default=None)
