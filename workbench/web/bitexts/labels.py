"""Labels of a unit in the editor: its state, and the origin of its target."""

from flask_babel import gettext

from corpus.bitexts.model import Unit
from workbench.services.suggestions import Suggestion
from workbench.web.labels import label


def state_label(unit: Unit) -> str:
    """The state of a unit, which says of a confirmed one without a translation that this is meant."""
    name = label(unit.state)
    if unit.state.confirmed and unit.source and not unit.target:
        return gettext("%(state)s as empty", state=name)  # type: ignore[no-any-return]
    return name


def origin_label(unit: Unit, changed: float | None = None) -> str:
    """Returns the origin of the target with the match, the engine or the aligner's score, as the editor shows it.

    `changed` is the share (0…1) of it that was changed since.
    """
    if changed:
        made = origin_label(unit)
        return gettext("%(origin)s, %(percent)s %% changed", origin=made, percent=max(round(changed * 100), 1))  # type: ignore[no-any-return]
    score = "" if unit.score is None else f"{unit.score:.2f}"
    if unit.crossing:
        return f"{label(unit.origin)} {score} {gettext('crossing')}"
    return f"{label(unit.origin)} {detail_label(unit) or score}".strip()


def detail_label(made: Unit | Suggestion) -> str:
    """The detail of a suggestion or a unit in the language of the page."""
    if made.repaired:
        return gettext("%(score)s repaired", score=made.detail)  # type: ignore[no-any-return]
    return made.detail
