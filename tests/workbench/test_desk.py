import sqlite3

import pytest
from sqlite_utils import Database

from corpus.memory.importing.provenance import migrations as imported_migrations
from corpus.memory.schema import migrations as memory_migrations
from glossary.concepts import Concept, Term
from workbench.desk import Desk
from workbench.errors import DeskError
from workbench.schema import APPLICATION_ID
from workbench.services.term_recognition import recogniser_for
from workbench.stores.database import damaged


def test_a_desk_is_made_once(tmp_path):
    path = tmp_path / "desk.db"
    Desk.create(path).close()
    with pytest.raises(DeskError, match="exists already"):
        Desk.create(path)
    with Desk.open(path) as desk:
        assert desk.articles.all() == []


def test_a_desk_that_cannot_be_made_is_said(tmp_path):
    with pytest.raises(DeskError, match="cannot be made"):
        Desk.create(tmp_path / "nowhere" / "desk.db")


def test_a_missing_desk_is_said(tmp_path):
    with pytest.raises(DeskError, match=r"There is no desk .*none\.db: make one with `workbench init`"):
        Desk.open(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_another_file_is_no_desk(tmp_path):
    text, other = tmp_path / "text.db", tmp_path / "other.db"
    text.write_text("not a database at all, but long enough to be taken for one" * 20)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    for path in (text, other):
        before = path.read_bytes()
        with pytest.raises(DeskError, match="is not a desk"):
            Desk.open(path)
        assert path.read_bytes() == before


def test_a_desk_of_a_newer_version_is_left_alone(desk):
    database = Database(str(desk.path))
    database.table("_sqlite_migrations").insert(
        {"migration_set": "corpus.articles", "name": "from_the_future", "applied_at": "2030-01-01"}
    )
    database.close()
    with pytest.raises(DeskError, match="newer version of the workbench"):
        Desk.open(desk.path)


def test_a_desk_keeps_to_the_decided_settings(desk):
    database = Database(str(desk.path))
    assert database.journal_mode == "wal"
    database.close()
    assert desk.db.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_terms_are_recognised_as_the_term_base_is_now(desk):
    assert recogniser_for(desk, "en").find("hybrid rice") == []
    desk.termbase.add(Concept("c-rice", (Term("en", "hybrid rice"),)))
    with Desk.open(desk.path, resources=desk.resources) as other:
        assert len(recogniser_for(other, "en").find("hybrid rice")) == 1
        assert recogniser_for(other, "en") is recogniser_for(desk, "en")


def test_two_open_desks_see_each_other_s_work(desk, article):
    with Desk.open(desk.path, user="Wang") as other:
        id, _ = desk.articles.add(article)
        assert other.articles.get(id).title == article.title


SCHEMA_1 = """
article_history: article language title byline date source section file sha256 page paragraphs captions replaced_at replaced_by
articles: id language title byline date source section file sha256 page paragraphs captions created_at created_by
assignments: bitext assignee reviewer due changed_at changed_by
band_weights: band percent
bitexts: id title source_language target_language source_article target_article created_at created_by revision
candidates: source target score
comment_events: id comment resolved settled_at settled_by
comments: id bitext unit written_for text returns mentions resolved created_at created_by
concept_history: uid version concept changed_at changed_by
concept_log: id uid version action text logged_at logged_by
concepts: id uid subject definitions note version changed_at changed_by state more first_key
desk_settings: name value
jobs: id kind arguments user state done total message result cancelling worker beat_at created_at started_at finished_at attempts account
memory: id version collection source_language target_language source target previous next origin score state unit bitext tuid note created_at created_by changed_at changed_by source_fingerprint target_fingerprint
memory_changes: id token first last
memory_codes: id source_language target_language source target
memory_collections: id name priority read_only
memory_contexts: entry previous next unit bitext
memory_history: number id version collection source_language target_language source target previous next origin score state unit bitext tuid note created_at created_by changed_at changed_by contexts action removed_at removed_by
memory_imported: entry own tuid said after source target note created_at created_by changed_at changed_by element codes
memory_imports: id owner collection state beat_at
memory_indexed: last
memory_pending: import first last
memory_settings: settings
memory_staged: number import unit
memory_text: terms
memory_text_config: k v
memory_text_data: id block
memory_text_idx: segid term pgno
memory_word_parts: word
memory_word_parts_config: k v
memory_word_parts_data: id block
memory_word_parts_idx: segid term pgno
memory_words: id word
people: name since
proposals: id source target score state job changed_at changed_by
roles: user role
steps: id bitext name before after undone made_at made_by
subjects: name parent
term_grams: parts
term_grams_config: k v
term_grams_data: id block
term_grams_idx: segid term pgno
term_keys: id terms
termbase_changes: number import uid before after
termbase_imports: id owner beat_at
termbase_settings: name value
terms: concept position language text search_key status type part_of_speech source note more pinyin initials
unit_history: unit version source target state origin score detail changed_at changed_by crossing repaired
units: id bitext position paragraph source target state origin score detail version changed_at changed_by crossing repaired
upload_files: upload position name data
upload_found: reading kind position data
upload_readings: id upload refused complete unwanted
uploads: id language refused created_at created_by
vectors: id encoder text vector
"""  # noqa: E501


def test_the_released_schema_is_as_it_was(desk):
    """A change of it is a new migration, and this text stays as the schema to migrate from."""
    tables = sorted(table for table in desk.db.table_names() if not table.startswith("_"))
    assert [f"{name}: {' '.join(column.name for column in desk.db[name].columns)}" for name in tables] == (
        SCHEMA_1.strip().splitlines()
    )


MEMORY_1 = """
memory: id source_language target_language source target previous next origin score state unit tuid note created_at created_by changed_at changed_by source_key target_key
memory_history: id source_language target_language source target previous next origin score state unit tuid note created_at created_by changed_at changed_by removed_at removed_by
"""  # noqa: E501


def test_the_memory_of_the_first_desks_comes_along(tmp_path):
    path = tmp_path / "desk.db"
    database = Database(str(path))
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    memory_migrations.apply(database, stop_before="keep_collections_contexts_and_versions")
    assert [f"{name}: {' '.join(column.name for column in database[name].columns)}" for name in (
        "memory", "memory_history"
    )] == MEMORY_1.strip().splitlines()  # fmt: skip
    entry = {
        "source_language": "en", "target_language": "zh-Hans", "source": "It studies rice.", "target": "它研究水稻。",
        "previous": "A lab opened.", "next": "", "origin": "typed", "score": None, "state": "translated", "unit": 7,
        "tuid": "", "note": "", "created_at": "2026-01-01T00:00:00Z", "created_by": "Li",
        "changed_at": "2026-01-02T00:00:00Z", "changed_by": "Wang",
    }  # fmt: skip
    database.table("memory").insert({"id": 5, **entry, "source_key": entry["source"], "target_key": entry["target"]})
    database.table("memory_history").insert(
        {"id": 4, **entry, "removed_at": "2026-01-03T00:00:00Z", "removed_by": "Li"}
    )
    database.conn.commit()
    database.close()
    with Desk.open(path) as desk:
        (kept,) = desk.memory.entries()
        assert (kept.id, kept.unit, kept.changed_by, kept.collection) == (5, 7, "Wang", "main")
        assert desk.memory.lookup("It studies rice.", "en", "zh-Hans", "A lab opened.", "")[0].score == 102
        assert [match.score for match in desk.memory.lookup("It studies wheat.", "en", "zh-Hans")] == [75]
        assert [hit.entry.id for hit in desk.memory.search("水稻")] == [5]
        (version,) = desk.memory.history(4)
        assert (version.action, version.replaced_by, version.entry.source) == ("deleted", "Li", "It studies rice.")


def test_what_files_said_comes_along(tmp_path):
    path = tmp_path / "desk.db"
    database = Database(str(path))
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    memory_migrations.apply(database)
    imported_migrations.apply(database, stop_before="tell_units_without_tuid_apart")
    texts = {"source": "Rice", "target": "稻", "created_at": "", "created_by": "", "changed_at": "", "changed_by": ""}
    entry = {**texts, "source_language": "en", "target_language": "zh-Hans", "origin": "imported", "state": "",
             "version": 1, "collection": 1, "source_fingerprint": 0, "target_fingerprint": 0}  # fmt: skip
    database.table("memory").insert({"id": 5, "tuid": "a", "note": "One", **entry})
    for tuid, element in (("a", "<tu><ph/>One</tu>"), ("b", "<tu>&lt;ph></tu>"), ("", "<tu>Three</tu>")):
        database.table("memory_imported").insert(
            {"entry": 5, "tuid": tuid, "after": 5, "note": tuid, "element": element, **texts}
        )
    database.conn.commit()
    database.close()
    with Desk.open(path) as desk:
        assert [(unit.tuid, unit.element) for unit in desk.memory.imported()] == [
            ("a", "<tu><ph/>One</tu>"), ("b", "<tu>&lt;ph></tu>"), ("", "<tu>Three</tu>"),
        ]  # fmt: skip
        assert desk.memory.get(5).codes is True
        assert desk.db.execute("SELECT codes FROM memory_imported").fetchall() == [(1,), (0,), (0,)]


def test_a_desk_that_is_not_there_is_not_made_by_looking_for_it(tmp_path):
    path = tmp_path / "away.db"
    with pytest.raises(DeskError, match="There is no desk"):
        Desk.open(path)
    assert damaged(path) is None
    assert not path.exists()
