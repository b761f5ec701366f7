"""The store of the memory: its collections, what comes into them, what is offered from them and what they were."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from sqlite_utils import Database

from corpus.errors import NotFound, unit_conflict
from corpus.memory import collection, history, settings, writing
from corpus.memory.concordance import search
from corpus.memory.importing import provenance, staging, upsert
from corpus.memory.importing.staging import Import
from corpus.memory.matching.index import Indexes
from corpus.memory.matching.lookup import lookup
from corpus.memory.matching.scoring import Penalties, PreparedQuery
from corpus.memory.model import Collection, Entry, EntryVersion, Hit, Match, MemoryImportReport
from corpus.memory.rows import SELECT, VISIBLE, entry_from
from corpus.memory.settings import MatchSettings
from corpus.memory.writing import Stored, coded
from corpus.text.progress import Progress, silent
from corpus.text.timestamps import now

# Pages that an import works on at once, in KiB: more than SQLite's own 2 MB, so that it reads none twice.
_IMPORT_CACHE = 64 << 10


class Memory:
    """The desk's translation memory. `indexes` are shared by all that are open on one desk in a process."""

    def __init__(self, db: Database, user: str, indexes: Indexes | None = None) -> None:
        self._db = db
        self._user = user
        self._indexes = indexes or Indexes()

    # What comes in and goes out

    def remember(self, entry: Entry) -> bool:
        """Stores an entry in the first collection that is not read-only, and returns whether it is new.

        The same source and target in the same languages merge. An entry that names a `unit` replaces the one of that
        unit, which goes to history. Raises ReadOnly where there is no such collection.
        """
        return bool(self.remember_all([entry]))

    def remember_all(self, entries: Sequence[Entry]) -> int:
        """Stores entries as `remember` does each, together, and returns how many are new."""
        with self._db.atomic():
            into = collection.writable(self._db)
            said = self._said_before([entry.unit for entry in entries if entry.unit is not None])
            for entry in entries:
                if entry.unit in said:
                    self._release([entry.unit], upsert.find(self._db, entry, into))
            return upsert.add(self._db, self._user, entries, into)

    def _said_before(self, units: list[int]) -> set[int]:
        """Returns those of some units that the memory has something of."""
        rows = self._db.execute(
            """
            SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM memory WHERE unit = value)
                OR EXISTS (SELECT 1 FROM memory_contexts WHERE unit = value)
            """,
            [json.dumps(units)],
        )
        return {unit for (unit,) in rows.fetchall()}

    def forget(self, units: Iterable[int]) -> None:
        """Takes what units said out of the memory, into its history; what was imported stays, as nobody's unit.

        What other units say too stays as theirs, and what is in a read-only collection as it is.
        """
        with self._db.atomic():
            self._release(sorted(self._said_before(list(units))))

    def _release(self, units: list[int], keep: int | None = None) -> None:
        """Takes units off all entries but the one to `keep`; those that nobody says any more go to history."""
        these = "IN (SELECT value FROM json_each(?))"
        marks = [json.dumps(units), keep]
        self._db.execute(f"DELETE FROM memory_contexts WHERE unit {these} AND entry IS NOT ?", marks)  # noqa: S608
        rows = self._db.query(
            f"{SELECT} WHERE memory.unit {these} AND memory.id IS NOT ? AND NOT memory_collections.read_only", marks
        )
        gone = [entry for entry in list(map(entry_from, rows)) if not self._step_back(entry)]
        history.keep(self._db, self._user, "deleted", [entry.id or 0 for entry in gone])
        writing.remove(self._db, gone)

    def _step_back(self, entry: Entry) -> bool:
        """Makes the place where an entry was met before its last one, or says that nobody else says it."""
        place = "SELECT rowid, previous, next, unit, bitext FROM memory_contexts WHERE entry = ? ORDER BY rowid DESC"
        for row, *values in self._db.execute(f"{place} LIMIT 1", [entry.id]).fetchall():
            self._db.execute(
                "UPDATE memory SET previous = ?, next = ?, unit = ?, bitext = ? WHERE id = ?", [*values, entry.id]
            )
            self._db.execute("DELETE FROM memory_contexts WHERE rowid = ?", [row])
            return True
        if entry.origin == "imported":
            self._db.execute("UPDATE memory SET unit = NULL, bitext = NULL WHERE id = ?", [entry.id])
        return entry.origin == "imported"

    def add_all(
        self,
        entries: Iterable[Entry],
        report: MemoryImportReport,
        into: str = "",
        owner: str = "",
        waiting: Callable[[], None] = lambda: None,
        done: Callable[[], None] = lambda: None,
    ) -> MemoryImportReport:
        """Stores entries, all or, if one fails, none; counts them in `report`, which it returns.

        They are stored bit by bit and seen when all are there, see `importing.staging`; an earlier import of the
        same `owner` was interrupted, and what it left is taken out. `waiting` is called while another one goes on,
        `done` in the transaction in which all of it is seen. They come into the collection of that name, else into the
        first that is not read-only. Raises NotFound or ReadOnly.
        """
        run = Import(self._db, self._user, owner or uuid4().hex, collection.writable(self._db, into), waiting)
        (cache,) = self._db.execute("PRAGMA cache_size").fetchone()
        self._db.execute(f"PRAGMA cache_size = -{_IMPORT_CACHE}")
        try:
            for batch in run.pace.batches(entries):
                new = run.store(batch, [coded(entry) for entry in batch])
                report.new += new
                report.merged += len(batch) - new
        except BaseException:
            run.abandon()
            raise
        finally:
            self._db.execute(f"PRAGMA cache_size = {cache}")
        run.publish(done)
        writing.index_few(self._db)
        return report

    def sweep(self) -> None:
        """Takes out what interrupted imports have left, which nobody sees, and completes those that were published."""
        staging.sweep(self._db, self._user)

    def left_over(self) -> bool:
        """Returns whether an import goes on, or has left something to `sweep`."""
        return staging.left_over(self._db)

    def collections(self) -> list[Collection]:
        """The collections, the first one first, with the number of their units."""
        return collection.in_order(self._db)

    def put_collection(self, name: str, priority: int, read_only: bool = False) -> None:
        """Makes a collection, or gives one that is there another priority (the lowest is first) and another flag."""
        with self._db.atomic():
            collection.put(self._db, name, priority, read_only)

    # What is offered

    def lookup(
        self,
        source: str,
        source_language: str,
        target_language: str,
        previous: str | None = None,
        following: str | None = None,
        floor: int | None = None,
        limit: int | None = None,
        penalties: Penalties | None = None,
        leave_out: Sequence[int] = (),
    ) -> list[Match]:
        """Returns the matches for a source text that score `floor` or more, the best first, `limit` of them or all.

        The floor and the penalties are those of the settings where none are given.
        `previous` and `following` are its neighbours: empty at the start or end of a text, None where unknown. A memory
        serves both directions: entries whose target matches and whose languages are swapped match as well, without
        context. Of equal scores those come first in which only numbers differ, then by collection, then the last
        changed. What units of the bitexts to `leave_out` alone have said does not count.
        """
        kept = settings.load(self._db)
        points = kept.penalties if penalties is None else penalties
        query = PreparedQuery(source, source_language, target_language, (previous, following), points)
        least = max(1, kept.floor if floor is None else floor)
        return lookup(self._db, self._indexes, query, least, limit, leave_out)

    def settings(self) -> MatchSettings:
        """Returns the lowest score of the matches that are offered, and the penalties."""
        return settings.load(self._db)

    def set(self, new: MatchSettings) -> MatchSettings:
        """Keeps settings, and returns them as they were kept: each within its range."""
        return settings.save(self._db, new)

    def index_texts(self, progress: Progress = silent) -> None:
        """Puts what came in lately into the concordance's index; a search finds it before, but not as fast.

        `progress` is told how many entries are done, and of how many, and may raise to end the work: it can be taken
        up at any time.
        """
        writing.index_texts(self._db, progress)

    def to_be_indexed(self) -> int:
        """The number of entries that are not in the concordance's index yet."""
        return writing.to_be_indexed(self._db)

    def search(self, text: str, language: str = "", limit: int = 50, start: int = 0) -> list[Hit]:
        """Returns the entries that a text stands in, in the order of relevance: `limit` of them from number `start` on.

        The text is found as any part of either side, or only in texts of a `language`; case, width and accents do not
        count.
        """
        return search.search(self._db, text, language, limit, start)

    def get(self, id: int) -> Entry:
        """Returns an entry, or raises NotFound."""
        for row in self._db.query(f"{SELECT} WHERE memory.id = ?", [id]):
            return entry_from(row)
        raise NotFound("There is no entry {id} in the memory.", id=id)

    def entries(self, source_language: str = "", target_language: str = "") -> Iterator[Entry]:
        """All entries in the order they came in, or those of one pair of languages."""
        for row in self._db.query(
            f"{SELECT} WHERE ? IN ('', source_language) AND ? IN ('', target_language) ORDER BY memory.id",
            [source_language, target_language],
        ):
            yield entry_from(row)

    def imported(self, source_language: str = "", target_language: str = "", collection: str = "") -> Iterator[Entry]:
        """All units in the order they came in, those that merged with another too, each with what its file said.

        An empty argument leaves the languages or the collection open. Raises NotFound for an unknown collection.
        """
        if collection not in ("", *(known.name for known in self.collections())):
            raise NotFound("There is no collection {name} in the memory.", name=collection)
        return provenance.units(self._db, source_language, target_language, collection)

    def count_imported(self, source_language: str = "", target_language: str = "", collection: str = "") -> int:
        """The number of the units that `imported` yields."""
        return provenance.count(self._db, source_language, target_language, collection)

    def at_most(self) -> int:
        """The number of entries that there can be at most, told without counting them."""
        (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM memory").fetchone()
        return int(last)

    def stats(self) -> list[dict[str, Any]]:
        """The entries, those confirmed, and the last change of each collection, pair of languages and origin."""
        return list(
            self._db.query(f"""
                SELECT memory_collections.name AS collection, source_language, target_language, origin,
                    count(*) AS units, count(*) FILTER (WHERE state NOT IN ('', 'initial')) AS confirmed,
                    max(changed_at) AS changed_at
                FROM memory JOIN memory_collections ON memory_collections.id = memory.collection AND {VISIBLE}
                GROUP BY memory.collection, source_language, target_language, origin
                ORDER BY priority, memory.collection, source_language, target_language, origin
            """)  # noqa: S608
        )

    # What is changed by hand

    def edit(
        self,
        id: int,
        version: int,
        source: str | None = None,
        target: str | None = None,
        note: str | None = None,
        state: str | None = None,
    ) -> Entry:
        """Writes over the `version` of an entry that the writer has seen, which goes to history, and returns it.

        If another entry of the collection has the same texts by then, the two become that one. Raises Conflict,
        NotFound or ReadOnly.
        """
        with self._db.atomic():
            before = self._based_on(id, version, "edited")
            values = {"source": source, "target": target, "note": note, "state": state}
            changed = {name: value for name, value in values.items() if value is not None}
            after = replace(before, **changed, changed_at=now(), changed_by=self._user, version=version + 1)  # type: ignore[arg-type]
            writing.remove(self._db, [before])
            return self._put(after)

    def delete(self, id: int, version: int) -> None:
        """Takes an entry out, into the history; raises Conflict, NotFound or ReadOnly."""
        with self._db.atomic():
            self._delete(self._based_on(id, version, ""), "deleted")

    def history(self, id: int) -> list[EntryVersion]:
        """Returns the earlier versions of an entry, the newest first; also those of one that was deleted."""
        return history.versions(self._db, "memory_history.id = ?", [id])

    def restore(self, version: int) -> Entry:
        """Makes a version of the history, by its id, what the entry is again; what it is now goes to history.

        Raises NotFound or ReadOnly.
        """
        with self._db.atomic():
            for old in history.versions(self._db, "number = ?", [version]):
                collection.writable(self._db, old.entry.collection)
                id = old.entry.id or 0
                last = max(known.entry.version for known in self.history(id))
                for row in list(self._db.query(f"{SELECT} WHERE memory.id = ?", [id])):
                    last = row["version"]
                    self._delete(entry_from(row), "restored")
                entry = self._put(replace(old.entry, contexts=(), version=last + 1))
                history.put_places_back(self._db, version, entry.id or 0)
                return self.get(entry.id or 0)
        raise NotFound("There is no version {version} in the history of the memory.", version=version)

    def _based_on(self, id: int, version: int, action: str) -> Entry:
        """Returns an entry that may be written over, and locks the desk; with an `action`, keeps what it is."""
        # A write first: whoever else writes has done so before the entry is read, or waits.
        self._db.execute("UPDATE memory SET version = version WHERE id = ?", [id])
        entry = self.get(id)
        collection.writable(self._db, entry.collection)
        if entry.version != version:
            raise unit_conflict(entry.changed_by, self._user)
        if action:
            history.keep(self._db, self._user, action, [id])
        return entry

    def _put(self, entry: Entry) -> Entry:
        """Stores an entry under its id, or as what another one says too."""
        place = collection.writable(self._db, entry.collection)
        id = entry.id or 0
        twin = upsert.find(self._db, entry, place)
        if twin is None:
            stored = Stored(id, place, entry.version, entry)
            writing.insert(self._db, self._user, [(stored, coded(entry))])
            return self.get(id)
        self._db.execute("UPDATE memory_contexts SET entry = ? WHERE entry = ?", [twin, id])
        upsert.merge(self._db, [(twin, entry)])
        return self.get(twin)

    def _delete(self, entry: Entry, action: str) -> None:
        history.keep(self._db, self._user, action, [entry.id or 0])
        writing.remove(self._db, [entry])
        self._db.execute("DELETE FROM memory_contexts WHERE entry = ?", [entry.id])
