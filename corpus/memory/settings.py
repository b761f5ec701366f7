"""The settings of a memory: from which score on matches are offered, and what is taken off them."""

import json
from dataclasses import asdict, dataclass, replace

from sqlite_utils import Database

from corpus.memory.matching.scoring import Penalties

_LOWEST, _HIGHEST = 50, 100
_MOST = 30


@dataclass(frozen=True)
class MatchSettings:
    """`floor` is the lowest score that is offered, in percent."""

    floor: int = 70
    penalties: Penalties = Penalties()  # noqa: RUF009 - it is frozen


def load(db: Database) -> MatchSettings:
    for (text,) in db.execute("SELECT settings FROM memory_settings"):
        values = json.loads(text)
        return MatchSettings(values["floor"], Penalties(**values["penalties"]))
    return MatchSettings()


def save(db: Database, settings: MatchSettings) -> MatchSettings:
    """Keeps settings, each brought into its range: floor 50 to 100, penalties 0 to 30 points, a score 0 to 1.

    For codes it is a point at least.
    """
    points = settings.penalties
    kept = MatchSettings(
        _within(settings.floor, _LOWEST, _HIGHEST),
        replace(
            points,
            form=_within(points.form, 0, _MOST),
            variant=_within(points.variant, 0, _MOST),
            unreviewed=_within(points.unreviewed, 0, _MOST),
            doubtful=_within(points.doubtful, 0, _MOST),
            codes=_within(points.codes, 1, _MOST),
            doubtful_below=min(max(points.doubtful_below, 0.0), 1.0),
        ),
    )
    with db.atomic():
        db.execute("DELETE FROM memory_settings")
        db.execute("INSERT INTO memory_settings VALUES (?)", [json.dumps(asdict(kept))])
    return kept


def _within(value: int, lowest: int, highest: int) -> int:
    return min(max(value, lowest), highest)
