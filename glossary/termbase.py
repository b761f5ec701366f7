"""The store of concepts: add, revise, find; every version of a concept that was replaced stays in its history."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database, Migrations

from glossary.concepts import Concept, Definition, PartOfSpeech, Status, Term, TermType
from glossary.errors import ConceptConflict, UnknownConcept

migrations = Migrations("glossary.termbase")


@dataclass
class Report:
    """What an import did, in concepts."""

    read: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0


def search_key(text: str) -> str:
    """Returns the form in which terms are looked for: no accents, no case, no difference of width."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if not unicodedata.combining(character)).strip()


class TermBase:
    """The desk's term base."""

    def __init__(self, db: Database, user: str) -> None:
        self._db = db
        self._user = user

    def add(self, concept: Concept) -> None:
        """Stores a new concept; its uid must be free."""
        with self._db.atomic():
            self._db.table("concepts").insert(
                {"uid": concept.uid, **_fields(concept), "version": 1, "changed_at": _now(), "changed_by": self._user}
            )
            self._insert_terms(concept)

    def revise(self, concept: Concept) -> None:
        """Writes a concept over the version that it names; the old one goes to history.

        Raises ConceptConflict where somebody else was faster, UnknownConcept where it is gone.
        """
        with self._db.atomic():
            before = self.get(concept.uid)
            row = {**_fields(concept), "changed_at": _now(), "changed_by": self._user}
            written = self._db.query(
                """
                UPDATE concepts SET subject = :subject, definitions = :definitions, note = :note,
                    changed_at = :changed_at, changed_by = :changed_by, version = version + 1
                WHERE uid = :uid AND version = :version RETURNING version
                """,
                {**row, "uid": concept.uid, "version": concept.version},
            )
            if not list(written):
                raise ConceptConflict(
                    "{user} changed the concept {uid} meanwhile: read it again before saving.",
                    user=before.changed_by,
                    uid=concept.uid,
                )
            self._db.table("concept_history").insert(
                {
                    "uid": before.uid,
                    "version": before.version,
                    "concept": json.dumps(asdict(before), ensure_ascii=False),
                    "changed_at": before.changed_at,
                    "changed_by": before.changed_by,
                }
            )
            self._db.execute("DELETE FROM terms WHERE concept = ?", [concept.uid])
            self._insert_terms(concept)

    def _insert_terms(self, concept: Concept) -> None:
        self._db.table("terms").insert_all(
            {
                "concept": concept.uid,
                "position": position,
                "language": term.language,
                "text": term.text,
                "search_key": search_key(term.text),
                "status": term.status,
                "type": term.type or "",
                "part_of_speech": term.part_of_speech or "",
                "source": term.source,
                "note": term.note,
            }
            for position, term in enumerate(concept.terms)
        )

    def import_all(self, concepts: Iterable[Concept]) -> Report:
        """Adds the concepts whose uid is new and revises those that differ, all together or, if one fails, none."""
        report = Report()
        with self._db.atomic():
            for concept in concepts:
                report.read += 1
                known = self._find(concept.uid)
                if known is None:
                    self.add(concept)
                    report.new += 1
                elif known == concept:
                    report.unchanged += 1
                else:
                    self.revise(replace(concept, version=known.version))
                    report.revised += 1
        return report

    def get(self, uid: str) -> Concept:
        """Returns a concept, or raises UnknownConcept."""
        concept = self._find(uid)
        if concept is None:
            raise UnknownConcept("There is no concept {uid} in this term base.", uid=uid)
        return concept

    def _find(self, uid: str) -> Concept | None:
        return next(self._concepts("WHERE concepts.uid = ?", [uid]), None)

    def all(self) -> Iterator[Concept]:
        """All concepts in the order in which they were added."""
        return self._concepts()

    def _concepts(self, where: str = "", values: Iterable[object] = ()) -> Iterator[Concept]:
        rows = self._db.query(
            f"""
            SELECT concepts.*, json_group_array(json_array(
                position, language, text, status, type, part_of_speech, terms.source, terms.note
            )) AS terms
            FROM concepts JOIN terms ON terms.concept = concepts.uid
            {where} GROUP BY concepts.id ORDER BY concepts.id
            """,  # noqa: S608
            list(values),
        )
        return map(_concept, rows)

    def search(self, text: str, subject: str = "", limit: int = 200) -> list[Concept]:
        """Returns the concepts with a term that holds `text`, in any language; whole terms first, then beginnings.

        Case, accents and width do not count. An empty text finds all, and an empty `subject` those of any subject.
        """
        key = search_key(text)
        pattern = key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = self._db.query(
            """
            SELECT concept, min(CASE WHEN search_key = :key THEN 0 WHEN search_key LIKE :start ESCAPE '\\' THEN 1
                ELSE 2 END) AS rank, min(length(search_key)) AS size, min(search_key) AS first
            FROM terms WHERE search_key LIKE :anywhere ESCAPE '\\'
                AND (:subject = '' OR concept IN (SELECT uid FROM concepts WHERE subject = :subject))
            GROUP BY concept ORDER BY rank, CASE WHEN :key = '' THEN 0 ELSE size END, first LIMIT :limit
            """,
            {"key": key, "start": f"{pattern}%", "anywhere": f"%{pattern}%", "subject": subject, "limit": limit},
        )
        return self.get_all(row["concept"] for row in rows)

    def get_all(self, uids: Iterable[str]) -> list[Concept]:
        """Returns the concepts of the given uids in their order, unknown ones left out."""
        wanted = list(uids)
        marks = json.dumps(wanted)
        found = {
            concept.uid: concept
            for concept in self._concepts("WHERE concepts.uid IN (SELECT value FROM json_each(?))", [marks])
        }
        return [found[uid] for uid in wanted if uid in found]

    def count(self) -> tuple[int, int]:
        """The numbers of concepts and of terms."""
        row = next(
            self._db.query("SELECT (SELECT count(*) FROM concepts) AS concepts, (SELECT count(*) FROM terms) AS terms")
        )
        return row["concepts"], row["terms"]

    def subjects(self) -> dict[str, int]:
        """The subject fields with their numbers of concepts."""
        rows = self._db.query("SELECT subject, count(*) AS concepts FROM concepts GROUP BY subject ORDER BY subject")
        return {row["subject"]: row["concepts"] for row in rows}

    def history(self, uid: str) -> list[Concept]:
        """The replaced versions of a concept, the newest first."""
        rows = self._db.query("SELECT concept FROM concept_history WHERE uid = ? ORDER BY version DESC", [uid])
        return [_from_json(json.loads(row["concept"])) for row in rows]

    def revision(self) -> tuple[int, int]:
        """A value that changes whenever a concept does: what is built from the term base is good for one revision."""
        row = next(
            self._db.query("""
                SELECT (SELECT coalesce(max(id), 0) FROM concepts) AS newest,
                    (SELECT coalesce(max(rowid), 0) FROM concept_history) AS changes
            """)
        )
        return row["newest"], row["changes"]


def _fields(concept: Concept) -> dict[str, str]:
    return {
        "subject": concept.subject,
        "definitions": json.dumps([asdict(item) for item in concept.definitions], ensure_ascii=False),
        "note": concept.note,
    }


def _concept(row: dict[str, Any]) -> Concept:
    names = ("language", "text", "status", "type", "part_of_speech", "source", "note")
    return _from_json(
        {
            **{name: row[name] for name in ("uid", "subject", "note", "version", "changed_at", "changed_by")},
            "terms": [dict(zip(names, term[1:], strict=True)) for term in sorted(json.loads(row["terms"]))],
            "definitions": json.loads(row["definitions"]),
        }
    )


def _from_json(data: dict[str, Any]) -> Concept:
    terms = tuple(
        Term(
            **{
                **term,
                "status": Status(term["status"]),
                "type": TermType(term["type"]) if term["type"] else None,
                "part_of_speech": PartOfSpeech(term["part_of_speech"]) if term["part_of_speech"] else None,
            }
        )
        for term in data["terms"]
    )
    definitions = tuple(Definition(**definition) for definition in data["definitions"])
    return Concept(**{**data, "terms": terms, "definitions": definitions})


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
