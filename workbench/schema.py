"""The tables of a desk: the migrations that make them, in their order, and whether a file has them."""

from functools import cache
from pathlib import Path

from sqlite_utils import Database, Migrations

import corpus.articles
import corpus.bitexts.schema
import corpus.bitexts.undo
import corpus.embeddings.cache
import corpus.memory.importing.provenance
import corpus.memory.importing.staging
import corpus.memory.schema
import glossary.termbase
import workbench.stores.assignments
import workbench.stores.band_weights
import workbench.stores.comments
import workbench.stores.desk_settings
import workbench.stores.jobs
import workbench.stores.pair_proposals
import workbench.stores.people
import workbench.stores.readings
import workbench.stores.roles
import workbench.stores.uploads
from workbench import __version__
from workbench.errors import DeskError

# "STId", in the header of the file: tells a desk from any other SQLite file.
APPLICATION_ID = 0x53544964
MIGRATIONS = (
    corpus.articles.migrations,
    corpus.bitexts.schema.migrations,
    corpus.embeddings.cache.migrations,
    corpus.memory.schema.migrations,
    corpus.memory.importing.provenance.migrations,
    corpus.memory.importing.staging.migrations,
    corpus.bitexts.undo.migrations,
    glossary.termbase.migrations,
    workbench.stores.uploads.migrations,
    workbench.stores.readings.migrations,
    workbench.stores.jobs.migrations,
    workbench.stores.pair_proposals.migrations,
    workbench.stores.roles.migrations,
    workbench.stores.people.migrations,
    workbench.stores.comments.migrations,
    workbench.stores.desk_settings.migrations,
    workbench.stores.assignments.migrations,
    workbench.stores.band_weights.migrations,
)


def check(db: Database, path: Path) -> bool:
    """Returns whether a desk has all tables of this version; raises DeskError for another file or a newer desk."""
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DeskError("{path} is not a desk: make one with `workbench init`, or name another with --desk.", path=path)
    migrations, tables = _known_schema()
    applied = {(row["migration_set"], row["name"]) for row in db.table(Migrations.migrations_table).rows}
    if not applied <= migrations or not set(db.table_names()) <= tables:
        raise DeskError(
            "{path} was made by a newer version of the workbench than {version}: update the workbench.",
            path=path,
            version=__version__,
        )
    return applied == migrations


@cache
def _known_schema() -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """The migrations that this version knows, each with the name of its set, and the tables that they make."""
    db = Database(memory=True)
    names = []
    for migrations in MIGRATIONS:
        names += [(migrations.name, migration.name) for migration in migrations.pending(db)]
        migrations.apply(db)
    # What SQLite itself makes: by ANALYZE, for keys that count on.
    own = ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")
    return frozenset(names), frozenset([*db.table_names(), *own])
