"""The store of concepts: add, revise, find; every version of a concept that was replaced stays in its history."""

import json
import sys
from collections.abc import Container, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import Any, Protocol, TypeVar

from sqlite_utils import Database

from corpus.text.timestamps import now
from glossary import json_codec
from glossary.concepts import Concept, ConceptState
from glossary.errors import ConceptConflict, UnknownConcept
from glossary.termbase import ngram_index, search
from glossary.termbase.journal import Journal
from glossary.termbase.log import Log, LoggedAction, TermbaseSettings
from glossary.termbase.rows import concept_from, concept_row, named_term, term_row
from glossary.termbase.search import Query

_BATCH = 500
_Item = TypeVar("_Item")


class Pacing(Protocol):
    """The size of transactions, where there is much to write beside others who write."""

    def batches(self, items: Iterable[_Item]) -> Iterator[list[_Item]]:
        """Yields items in lists, each to be written in a transaction of its own."""

    def transaction(self, db: Database) -> AbstractContextManager[object]:
        """Such a transaction."""


@dataclass
class TermImportReport:
    """The report of an import, in concepts; `merged` were taken into others and `left_out` were not taken in.

    Of those that are new, `beside` have a term of one that was there. `remarks` are what was odd in the file.
    """

    read: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    merged: int = 0
    left_out: int = 0
    beside: int = 0
    remarks: list[dict[str, Any]] = field(default_factory=list)


class _AtOnce:
    """Everything in one transaction."""

    def batches(self, items: Iterable[_Item]) -> Iterator[list[_Item]]:
        yield list(items)

    def transaction(self, db: Database) -> AbstractContextManager[object]:
        return db.atomic()


AT_ONCE: Pacing = _AtOnce()


class Store:
    """The concepts; what `TermBase` builds upon."""

    def __init__(self, db: Database, user: str) -> None:
        self._db = db
        self._user = user
        self.log = Log(db, user)
        self.settings = TermbaseSettings(db)
        self.journal = Journal(db)

    # Writing

    def transaction(self, pace: Pacing) -> AbstractContextManager[object]:
        """A transaction for a batch of a pace."""
        return pace.transaction(self._db)

    def add(self, concept: Concept) -> None:
        """Stores a new concept; its uid must be free. One that had it before goes on in its versions."""
        with self._db.atomic():
            row = {**concept_row(concept), "uid": concept.uid, "changed_at": now(), "changed_by": self._user}
            self._db.execute(
                """
                INSERT INTO concepts (uid, subject, definitions, note, state, more, first_key, version, changed_at,
                    changed_by)
                VALUES (:uid, :subject, :definitions, :note, :state, :more, :first_key,
                    (SELECT coalesce(max(version), 0) + 1 FROM concept_history WHERE uid = :uid), :changed_at,
                    :changed_by)
                """,
                row,
            )
            self._insert_terms(concept, {})

    def revise(self, concept: Concept) -> Concept:
        """Writes a concept over the version that it names, and returns it as it is now; the old one goes to history.

        An approved one whose content changes is under review again, unless the settings say otherwise. Raises
        ConceptConflict where somebody else was faster, UnknownConcept where it is gone.
        """
        with self._db.atomic():
            before = self.get(concept.uid)
            approved = before.state is ConceptState.APPROVED and concept.state is ConceptState.APPROVED
            if approved and before != concept and self.settings.review_after_edit:
                concept = replace(concept, state=ConceptState.UNDER_REVIEW)
            row = {**concept_row(concept), "changed_at": now(), "changed_by": self._user}
            written = self._db.query(
                """
                UPDATE concepts SET subject = :subject, definitions = :definitions, note = :note, state = :state,
                    more = :more, first_key = :first_key, changed_at = :changed_at, changed_by = :changed_by,
                    version = version + 1
                WHERE uid = :uid AND version = :version RETURNING version
                """,
                {**row, "uid": concept.uid, "version": concept.version},
            )
            if not list(written):
                raise _conflict(before, self._user)
            self._keep(before)
            found_by = ngram_index.stored(self._db, concept.uid)
            self._db.execute("DELETE FROM terms WHERE concept = ?", [concept.uid])
            self._insert_terms(concept, found_by)
            return self.get(concept.uid)

    def _keep(self, before: Concept) -> None:
        self._db.execute(
            "INSERT INTO concept_history (uid, version, concept, changed_at, changed_by) VALUES (?, ?, ?, ?, ?)",
            [before.uid, before.version, json_codec.to_json(before), before.changed_at, before.changed_by],
        )

    def _insert_terms(self, concept: Concept, found_by: ngram_index.Rows) -> None:
        """Writes a concept's terms, and makes it findable by them and no more by those that it had."""
        rows = [term_row(concept.uid, position, term) for position, term in enumerate(concept.terms)]
        self._db.conn.executemany(
            """
            INSERT INTO terms (concept, position, language, text, search_key, status, type, part_of_speech, source,
                note, more, pinyin, initials)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            rows,
        )
        ngram_index.replace(self._db, found_by, ngram_index.stored(self._db, concept.uid))

    def remove(self, uid: str, version: int, action: LoggedAction = LoggedAction.REMOVED, text: str = "") -> None:
        """Takes a concept away, at the version that was seen; it stays in history and the log says why.

        Raises ConceptConflict where it is not at that version any more.
        """
        with self._db.atomic():
            before = self.get(uid)
            if before.version != version:
                raise _conflict(before, self._user)
            self._keep(before)
            ngram_index.replace(self._db, ngram_index.stored(self._db, uid), {})
            self._db.execute("DELETE FROM concepts WHERE uid = ?", [uid])
            self.log.add(uid, version, action, text)

    def import_all(self, concepts: Iterable[Concept]) -> TermImportReport:
        """Adds the concepts whose uid is new and revises those that differ, all together or, if one fails, none."""
        report = TermImportReport()
        with self._db.atomic():
            for concept, known in self.beside(concepts):
                report.read += 1
                if known is None:
                    self.add(concept)
                    report.new += 1
                elif known == concept:
                    report.unchanged += 1
                else:
                    self.revise(replace(concept, version=known.version, state=known.state))
                    report.revised += 1
        return report

    def beside(self, concepts: Iterable[Concept]) -> Iterator[tuple[Concept, Concept | None]]:
        """Yields each concept with the one that is stored under its uid, if there is one."""
        batch: dict[str, Concept] = {}
        for concept in concepts:
            if concept.uid in batch or len(batch) == _BATCH:
                yield from self._beside(batch)
                batch.clear()
            batch[concept.uid] = concept
        yield from self._beside(batch)

    def _beside(self, batch: dict[str, Concept]) -> Iterator[tuple[Concept, Concept | None]]:
        stored = {concept.uid: concept for concept in self.get_all(batch)}
        return ((concept, stored.get(uid)) for uid, concept in batch.items())

    # Reading

    def get(self, uid: str) -> Concept:
        """Returns a concept, or raises UnknownConcept."""
        concept = next(self._concepts("WHERE concepts.uid = ?", [uid]), None)
        if concept is None:
            raise UnknownConcept("There is no concept {uid} in this term base.", uid=uid)
        return concept

    def all(self) -> Iterator[Concept]:
        """All concepts in the order in which they were added."""
        return self._concepts()

    def in_use(self) -> Iterator[Concept]:
        """The concepts that count in a text: all but those that were rejected."""
        return self._concepts("WHERE state != 'rejected'")

    def named(self, language: str) -> Iterator[Concept]:
        """All concepts with what recognition needs of them alone: subject, state, the terms of a language's regions.

        Reading all that there is of them takes several times as long.
        """
        rows = self._db.execute(
            """
            SELECT concepts.uid, subject, state, language, text, status, type, part_of_speech,
                terms.more ->> 'case_sensitive', terms.more -> 'forms'
            FROM concepts LEFT JOIN terms ON terms.concept = concepts.uid
                AND (language = :language OR language LIKE :language || '-%')
            ORDER BY concepts.id, position
            """,
            {"language": language},
        )
        for (uid, subject, state), of_concept in groupby(rows, key=itemgetter(0, 1, 2)):
            terms = tuple(named_term(row[3:]) for row in of_concept if row[3])
            yield Concept(uid, terms, sys.intern(subject), state=ConceptState(state))

    def _concepts(self, where: str = "", values: Iterable[object] = ()) -> Iterator[Concept]:
        rows = self._db.query(
            f"""
            SELECT concepts.*, json_group_array(json_array(
                position, language, text, status, type, part_of_speech, terms.source, terms.note, json(terms.more)
            )) AS terms
            FROM concepts JOIN terms ON terms.concept = concepts.uid
            {where} GROUP BY concepts.id ORDER BY concepts.id
            """,  # noqa: S608
            list(values),
        )
        return map(concept_from, rows)

    def search(self, text: str, subject: str = "", limit: int = 200) -> list[Concept]:
        """Returns the concepts with a term that holds `text`, in any language; whole terms first, then beginnings.

        Case, accents and width do not count. An empty text finds all, and an empty `subject` those of any subject.
        """
        return self.find(Query(text, subject), limit)[0]

    def find(self, query: Query, limit: int = -1) -> tuple[list[Concept], int]:
        """Returns the concepts that a query finds, the best `limit` of them, and how many there are in all."""
        uids, total = search.uids(self._db, query, limit)
        return self.get_all(uids), total

    def select(self, query: Query) -> Iterator[Concept]:
        """Yields all concepts that a query finds, in its order."""
        uids, _ = search.uids(self._db, query)
        for start in range(0, len(uids), _BATCH):
            yield from self.get_all(uids[start : start + _BATCH])

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

    def history(self, uid: str) -> list[Concept]:
        """The replaced versions of a concept, the newest first."""
        rows = self._db.query("SELECT concept FROM concept_history WHERE uid = ? ORDER BY version DESC", [uid])
        return [json_codec.from_json(json.loads(row["concept"])) for row in rows]

    def revision(self) -> tuple[int, int]:
        """A value that changes whenever a concept does: what is built from the term base is good for one revision."""
        row = next(
            self._db.query("""
                SELECT (SELECT coalesce(max(id), 0) FROM concepts) AS newest,
                    (SELECT coalesce(max(rowid), 0) FROM concept_history) AS changes
            """)
        )
        return row["newest"], row["changes"]

    def changed_since(self, revision: tuple[int, int], known: Container[str]) -> set[str]:
        """Returns the uids of the concepts that are new, revised or gone since a revision; `known` are those of then.

        The numbers of concepts do not tell the new ones: SQLite gives the highest again after its concept is gone.
        """
        rows = self._db.execute("SELECT uid FROM concept_history WHERE rowid > ?", [revision[1]])
        changed = {str(uid) for (uid,) in rows}
        for (uid,) in self._db.execute("SELECT uid FROM concepts ORDER BY id DESC"):
            if uid in known and uid not in changed:
                break
            changed.add(uid)
        return changed


def _conflict(before: Concept, user: str) -> ConceptConflict:
    if before.changed_by == user:
        return ConceptConflict(
            "You ({user}) changed the concept {uid} meanwhile, in another tab: read it again before saving.",
            user=user,
            uid=before.uid,
        )
    return ConceptConflict(
        "{user} changed the concept {uid} meanwhile: read it again before saving.",
        user=before.changed_by,
        uid=before.uid,
    )
