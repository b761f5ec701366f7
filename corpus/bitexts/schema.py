"""The tables of bitexts, their units and what these were before, made and changed in steps."""

from sqlite_utils import Database, Migrations

migrations = Migrations("corpus.bitexts")


@migrations()
def create_bitexts(db: Database) -> None:
    db.execute("""
        CREATE TABLE bitexts (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL,
            source_language TEXT NOT NULL,
            target_language TEXT NOT NULL,
            source_article INTEGER REFERENCES articles (id),
            target_article INTEGER REFERENCES articles (id),
            created_at TEXT NOT NULL,
            created_by TEXT NOT NULL
        )
    """)
    db.execute("""
        CREATE TABLE units (
            id INTEGER PRIMARY KEY,
            bitext INTEGER NOT NULL REFERENCES bitexts (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            paragraph INTEGER NOT NULL,
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('initial', 'translated', 'reviewed', 'final')),
            origin TEXT NOT NULL CHECK (origin IN ('', 'typed', 'memory', 'machine', 'aligned')),
            score REAL,
            detail TEXT NOT NULL,
            version INTEGER NOT NULL,
            changed_at TEXT NOT NULL,
            changed_by TEXT NOT NULL
        )
    """)
    db.execute("CREATE INDEX units_position ON units (bitext, position)")
    db.execute("""
        CREATE TABLE unit_history (
            unit INTEGER NOT NULL REFERENCES units (id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            state TEXT NOT NULL,
            origin TEXT NOT NULL,
            score REAL,
            detail TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            changed_by TEXT NOT NULL,
            PRIMARY KEY (unit, version)
        )
    """)


@migrations()
def keep_the_history_of_units_that_are_taken_away(db: Database) -> None:
    db.execute("ALTER TABLE unit_history RENAME TO unit_history_before")
    db.execute("""
        CREATE TABLE unit_history (
            unit INTEGER NOT NULL,
            version INTEGER NOT NULL,
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            state TEXT NOT NULL,
            origin TEXT NOT NULL,
            score REAL,
            detail TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            changed_by TEXT NOT NULL,
            PRIMARY KEY (unit, version)
        )
    """)
    db.execute("INSERT INTO unit_history SELECT * FROM unit_history_before")
    db.execute("DROP TABLE unit_history_before")


@migrations()
def count_revisions(db: Database) -> None:
    db.execute("ALTER TABLE bitexts ADD COLUMN revision INTEGER NOT NULL DEFAULT 0")


@migrations()
def say_in_columns_what_crosses_and_what_was_repaired(db: Database) -> None:
    for table in ("units", "unit_history"):
        for column in ("crossing", "repaired"):
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0")
        # Both stood in the detail: the one alone, the other behind the match.
        db.execute(f"UPDATE {table} SET crossing = 1, detail = '' WHERE origin = 'aligned' AND detail = 'crossing'")  # noqa: S608
        db.execute(
            f"UPDATE {table} SET repaired = 1, detail = replace(detail, ' repaired', '') "  # noqa: S608
            "WHERE origin = 'memory' AND detail LIKE '% repaired'"
        )


@migrations()
def find_bitexts_by_age_article_and_what_is_left_in_them(db: Database) -> None:
    db.execute("CREATE INDEX bitexts_listed ON bitexts (created_at, id)")
    db.execute("CREATE INDEX bitexts_source_article ON bitexts (source_article)")
    db.execute("CREATE INDEX bitexts_target_article ON bitexts (target_article)")
    db.execute("CREATE INDEX units_state ON units (bitext, state)")
