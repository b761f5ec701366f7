"""The tables of the memory, and how a desk of an earlier version comes to have them."""

from sqlite_utils import Database, Migrations

from corpus.memory.model import Entry
from corpus.memory.writing import coded, index_codes

migrations = Migrations("corpus.memory")
_BATCH = 5_000
# Bytes of words that the full-text index gathers before it writes; it is a quarter slower with its own megabyte.
_HASH_SIZE = 8 << 20


@migrations()
def create_memory(db: Database) -> None:
    columns = """
        source_language TEXT NOT NULL,
        target_language TEXT NOT NULL,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        previous TEXT,
        next TEXT,
        origin TEXT NOT NULL,
        score REAL,
        state TEXT NOT NULL,
        unit INTEGER,
        tuid TEXT NOT NULL,
        note TEXT NOT NULL,
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        changed_by TEXT NOT NULL
    """
    db.execute(
        f"CREATE TABLE memory (id INTEGER PRIMARY KEY, {columns}, source_key TEXT NOT NULL, target_key TEXT NOT NULL)"
    )
    db.execute("CREATE INDEX memory_source ON memory (source_key)")
    db.execute("CREATE INDEX memory_target ON memory (target_key)")
    db.execute("CREATE INDEX memory_unit ON memory (unit)")
    db.execute(
        f"CREATE TABLE memory_history (id INTEGER NOT NULL, {columns}, "
        "removed_at TEXT NOT NULL, removed_by TEXT NOT NULL)"
    )


_COLUMNS_2 = """
    source_language TEXT NOT NULL,
    target_language TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    previous TEXT,
    next TEXT,
    origin TEXT NOT NULL,
    score REAL,
    state TEXT NOT NULL,
    unit INTEGER,
    bitext INTEGER,
    tuid TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
"""
_NAMES = ", ".join(line.split()[0] for line in _COLUMNS_2.strip().splitlines() if "bitext" not in line)


@migrations()
def keep_collections_contexts_and_versions(db: Database) -> None:
    """Old entries come into the first collection; what was removed was deleted, or replaced by another entry."""
    db.execute("""
        CREATE TABLE memory_collections (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            priority INTEGER NOT NULL,
            read_only INTEGER NOT NULL
        )
    """)
    db.execute("INSERT INTO memory_collections VALUES (1, 'main', 1, 0)")
    db.execute("""
        CREATE TABLE memory_contexts (
            entry INTEGER NOT NULL,
            previous TEXT,
            next TEXT,
            unit INTEGER,
            bitext INTEGER
        )
    """)
    db.execute("CREATE INDEX memory_contexts_entry ON memory_contexts (entry)")
    db.execute("CREATE INDEX memory_contexts_unit ON memory_contexts (unit) WHERE unit IS NOT NULL")
    _rebuild_history(db)
    _rebuild_entries(db)


def _rebuild_history(db: Database) -> None:
    db.execute("ALTER TABLE memory_history RENAME TO memory_history_before")
    db.execute(f"""
        CREATE TABLE memory_history (
            number INTEGER PRIMARY KEY,
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            collection INTEGER NOT NULL,
            {_COLUMNS_2},
            contexts TEXT NOT NULL,
            action TEXT NOT NULL,
            removed_at TEXT NOT NULL,
            removed_by TEXT NOT NULL
        )
    """)
    db.execute("CREATE INDEX memory_history_id ON memory_history (id)")
    db.execute(
        f"""
        INSERT INTO memory_history (id, version, collection, {_NAMES}, contexts, action, removed_at, removed_by)
        SELECT id, 1, 1, {_NAMES}, '[]', 'deleted', removed_at, removed_by FROM memory_history_before ORDER BY rowid
        """  # noqa: S608
    )
    db.execute("DROP TABLE memory_history_before")


def _rebuild_entries(db: Database) -> None:
    db.execute("ALTER TABLE memory RENAME TO memory_before")
    for name in ("memory_source", "memory_target", "memory_unit"):
        db.execute(f"DROP INDEX {name}")
    db.execute(f"""
        CREATE TABLE memory (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL,
            collection INTEGER NOT NULL REFERENCES memory_collections (id),
            {_COLUMNS_2},
            source_fingerprint INTEGER NOT NULL,
            target_fingerprint INTEGER NOT NULL
        )
    """)
    db.execute(
        f"""
        INSERT INTO memory (id, version, collection, {_NAMES}, source_fingerprint, target_fingerprint)
        SELECT id, 1, 1, {_NAMES}, 0, 0 FROM memory_before ORDER BY id
        """  # noqa: S608
    )
    db.execute("DROP TABLE memory_before")


@migrations()
def find_similar_texts_and_any_part_of_a_text(db: Database) -> None:
    """Goes through all entries, some 5,000 a second."""
    # For each entry the codes of its texts, UTF-16, and its languages without variants.
    db.execute("""
        CREATE TABLE memory_codes (
            id INTEGER PRIMARY KEY,
            source_language TEXT NOT NULL,
            target_language TEXT NOT NULL,
            source BLOB NOT NULL,
            target BLOB NOT NULL
        )
    """)
    # A row for each write: the ids it is about.
    db.execute("""
        CREATE TABLE memory_changes (
            id INTEGER PRIMARY KEY,
            token INTEGER NOT NULL DEFAULT (random()),
            first INTEGER NOT NULL,
            last INTEGER NOT NULL
        )
    """)
    db.execute("INSERT INTO memory_changes (first, last) VALUES (1, 0)")
    db.execute("""
        CREATE VIRTUAL TABLE memory_text USING fts5 (terms, content='', detail=none, columnsize=0, tokenize='ascii')
    """)
    db.execute("INSERT INTO memory_text (memory_text, rank) VALUES ('hashsize', ?)", [_HASH_SIZE])
    # The last id up to which texts are in that index. Old entries are put in when the memory is next told to.
    db.execute("CREATE TABLE memory_indexed (last INTEGER NOT NULL)")
    db.execute("INSERT INTO memory_indexed VALUES (0)")
    db.execute("CREATE TABLE memory_words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)")
    db.execute("""
        CREATE VIRTUAL TABLE memory_word_parts
        USING fts5 (word, content='memory_words', content_rowid='id', detail=none, columnsize=0, tokenize='trigram')
    """)
    last = 0
    query = """
        SELECT id, source_language, target_language, source, target FROM memory WHERE id > ? ORDER BY id LIMIT ?
    """
    while rows := db.execute(query, [last, _BATCH]).fetchall():
        last = rows[-1][0]
        entries = [(id, entry, coded(entry)) for id, entry in ((id, Entry(*texts)) for id, *texts in rows)]
        db.conn.executemany(
            "UPDATE memory SET source_fingerprint = ?, target_fingerprint = ? WHERE id = ?",
            ([*codes.fingerprints, id] for id, _, codes in entries),
        )
        index_codes(db, entries)
    db.execute("CREATE INDEX memory_source ON memory (source_fingerprint, target_fingerprint)")
    db.execute("CREATE INDEX memory_target ON memory (target_fingerprint)")
    db.execute("CREATE INDEX memory_unit ON memory (unit) WHERE unit IS NOT NULL")


@migrations()
def keep_settings(db: Database) -> None:
    db.execute("CREATE TABLE memory_settings (settings TEXT NOT NULL)")
