"""The weights of a desk: how many percent of a word count in each band of matches; the store."""

from collections.abc import Mapping

from sqlite_utils import Database, Migrations

from corpus.memory.matching.bands import Band

migrations = Migrations("workbench.band_weights")

# Near what MateCat starts with.
USUAL: Mapping[Band, int] = {
    Band.BOTH_NEIGHBOURS: 0,
    Band.ONE_NEIGHBOUR: 0,
    Band.REPETITION: 30,
    Band.REPETITION_ACROSS: 30,
    Band.EXACT: 30,
    Band.FROM_95: 60,
    Band.FROM_85: 60,
    Band.FROM_75: 60,
    Band.FROM_50: 100,
    Band.NEW: 100,
}
"""The weights of a desk that has set none."""


class BandWeights:
    """The desk's weights, in percent."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self) -> dict[Band, int]:
        """Returns the weight of every band."""
        set_here = {Band(band): percent for band, percent in self._db.execute("SELECT band, percent FROM band_weights")}
        return {**USUAL, **set_here}

    def put(self, weights: Mapping[Band, int]) -> None:
        """Keeps weights, each brought between 0 and 100."""
        rows = [(band, min(max(percent, 0), 100)) for band, percent in weights.items()]
        with self._db.atomic():
            self._db.conn.executemany("INSERT OR REPLACE INTO band_weights VALUES (?, ?)", rows)


@migrations()
def create_band_weights(db: Database) -> None:
    db.execute("CREATE TABLE band_weights (band TEXT PRIMARY KEY, percent INTEGER NOT NULL)")
