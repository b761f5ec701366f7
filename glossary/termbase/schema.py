"""The tables of the term base, as migrations: what a desk of an older version holds comes along."""

from sqlite_utils import Database, Migrations

from corpus.text.pinyin import reading
from glossary.termbase import journal, ngram_index

migrations = Migrations("glossary.termbase")


@migrations()
def create_termbase(db: Database) -> None:
    db.execute("""
        CREATE TABLE concepts (
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL UNIQUE,
            subject TEXT NOT NULL,
            definitions TEXT NOT NULL,
            note TEXT NOT NULL,
            version INTEGER NOT NULL,
            changed_at TEXT NOT NULL,
            changed_by TEXT NOT NULL
        )
    """)
    db.execute("""
        CREATE TABLE terms (
            concept TEXT NOT NULL REFERENCES concepts (uid) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            language TEXT NOT NULL,
            text TEXT NOT NULL,
            search_key TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('preferred', 'admitted', 'deprecated', 'superseded')),
            type TEXT NOT NULL,
            part_of_speech TEXT NOT NULL,
            source TEXT NOT NULL,
            note TEXT NOT NULL,
            PRIMARY KEY (concept, position)
        )
    """)
    db.execute("CREATE INDEX terms_search ON terms (search_key)")
    db.execute("""
        CREATE TABLE concept_history (
            uid TEXT NOT NULL,
            version INTEGER NOT NULL,
            concept TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            changed_by TEXT NOT NULL,
            UNIQUE (uid, version)
        )
    """)


@migrations()
def curate(db: Database) -> None:
    """States, fields beyond the first ones, readings, the tree of subjects, the log; what was there is approved."""
    for column in (
        "concepts ADD COLUMN state TEXT NOT NULL DEFAULT 'approved'",
        "concepts ADD COLUMN more TEXT NOT NULL DEFAULT '{}'",
        "concepts ADD COLUMN first_key TEXT NOT NULL DEFAULT ''",
        "terms ADD COLUMN more TEXT NOT NULL DEFAULT '{}'",
        "terms ADD COLUMN pinyin TEXT NOT NULL DEFAULT ''",
        "terms ADD COLUMN initials TEXT NOT NULL DEFAULT ''",
    ):
        db.execute(f"ALTER TABLE {column}")
    db.execute("UPDATE concepts SET first_key = (SELECT min(search_key) FROM terms WHERE terms.concept = concepts.uid)")
    for concept, position, text in db.execute("SELECT concept, position, text FROM terms").fetchall():
        pinyin, initials = reading(text)
        if pinyin:
            db.execute(
                "UPDATE terms SET pinyin = ?, initials = ? WHERE concept = ? AND position = ?",
                [pinyin, initials, concept, position],
            )
    for name, columns in {
        "concepts_subject": "concepts (subject, first_key)",
        "concepts_state": "concepts (state, first_key)",
        "concepts_author": "concepts (changed_by, first_key)",
        "concepts_first": "concepts (first_key)",
        "terms_language": "terms (language, status, concept)",
        "terms_status": "terms (status, concept)",
        # All that a search looks at: the table itself is many times as long.
        "terms_found": "terms (search_key, concept, pinyin, initials)",
    }.items():
        db.execute(f"CREATE INDEX {name} ON {columns}")
    db.execute("""
        CREATE TABLE subjects (
            name TEXT PRIMARY KEY,
            parent TEXT REFERENCES subjects (name) ON UPDATE CASCADE ON DELETE SET NULL
        )
    """)
    db.execute("""
        CREATE TABLE concept_log (
            id INTEGER PRIMARY KEY,
            uid TEXT NOT NULL,
            version INTEGER NOT NULL,
            action TEXT NOT NULL,
            text TEXT NOT NULL,
            logged_at TEXT NOT NULL,
            logged_by TEXT NOT NULL
        )
    """)
    db.execute("CREATE INDEX concept_log_uid ON concept_log (uid)")
    db.execute("CREATE TABLE termbase_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)")


@migrations()
def find_any_part_of_a_term(db: Database) -> None:
    """Goes through all terms, some thousand concepts a second."""
    ngram_index.create(db)
    # What a search went through from end to end.
    db.execute("DROP INDEX terms_found")
    # All that says whether a concept that was found is wanted: the table itself is many times as long.
    db.execute("CREATE INDEX concepts_wanted ON concepts (state, subject, changed_by)")


@migrations()
def keep_a_journal_of_imports(db: Database) -> None:
    journal.create(db)


@migrations()
def read_chinese_anew(db: Database) -> None:
    """Goes through all Chinese terms, of which many were stored with a wrong reading."""
    rows = db.execute(
        "SELECT concept, position, text, pinyin, initials FROM terms WHERE language LIKE 'zh%'"
    ).fetchall()
    changed: dict[str, list[tuple[str, str, str, int]]] = {}
    for concept, position, text, *before in rows:
        now = reading(text)
        if now != tuple(before):
            changed.setdefault(concept, []).append((*now, concept, position))
    for concept, terms in changed.items():
        found_by = ngram_index.stored(db, concept)
        db.conn.executemany("UPDATE terms SET pinyin = ?, initials = ? WHERE concept = ? AND position = ?", terms)
        ngram_index.replace(db, found_by, ngram_index.stored(db, concept))
