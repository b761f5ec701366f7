"""The store of bitexts and their units, and the units that a new bitext begins with."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from corpus.articles import Article
from corpus.bitexts import filtering
from corpus.bitexts.filtering import Tally, UnitFilter
from corpus.bitexts.model import Bead, Bitext, Origin, Unit, UnitState, content, units_over
from corpus.errors import NotFound, unit_conflict
from corpus.text import languages
from corpus.text.timestamps import now


def units_to_translate(article: Article) -> list[Unit]:
    """Returns a unit a sentence, the target empty."""
    return [Unit((sentence,), (), paragraph) for paragraph, sentence in article.numbered()]


def units_from_beads(source: Article, target: Article, beads: Iterable[Bead]) -> list[Unit]:
    """Returns a unit a bead over the sentences of two articles."""
    return units_over(list(source.numbered()), target.sentences(), beads)


class Bitexts:
    """The desk's bitexts and their units."""

    def __init__(self, db: Database, user: str) -> None:
        self._db = db
        self._user = user

    def add(
        self,
        units: Sequence[Unit],
        source: Article,
        target_language: str,
        target: Article | None = None,
    ) -> int:
        """Stores a bitext of stored articles with its units in their order, and returns its id."""
        with self._db.atomic():
            bitext = self._db.table("bitexts").insert(
                {
                    "title": source.title,
                    "source_language": source.language,
                    "target_language": target_language,
                    "source_article": source.id,
                    "target_article": target.id if target else None,
                    "created_at": now(),
                    "created_by": self._user,
                }
            )
            id = int(bitext.last_pk or 0)
            self._insert(id, [replace(unit, position=position) for position, unit in enumerate(units)])
        return id

    def get(self, id: int) -> Bitext:
        """Returns a bitext with its progress, or raises NotFound."""
        for bitext in self._query("WHERE bitexts.id = ?", [id]):
            return bitext
        raise NotFound("There is no bitext {id} in this desk.", id=id)

    def all(self) -> list[Bitext]:
        """All bitexts with their progress, the newest first."""
        return self._query()

    def get_all(self, ids: Iterable[int]) -> dict[int, Bitext]:
        """Bitexts with their progress, by id; unknown ones are left out."""
        found = self._query("WHERE bitexts.id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))])
        return {bitext.id: bitext for bitext in found}

    def first_units(self, bitexts: Iterable[int]) -> dict[int, Unit]:
        """The first units of bitexts, by the id of the bitext."""
        rows = self._db.query(
            "SELECT * FROM units WHERE position = 0 AND bitext IN (SELECT value FROM json_each(?))",
            [json.dumps(list(bitexts))],
        )
        return {row["bitext"]: _unit(row) for row in rows}

    def of_article(self, article: int) -> list[Bitext]:
        """The bitexts that an article is a side of."""
        return self._query("WHERE ? IN (source_article, target_article)", [article])

    def of_languages(self, source_language: str, target_language: str, count: int) -> list[Bitext]:
        """The newest bitexts from one language into another, `count` of them at most."""
        newest = """
            WHERE bitexts.id IN (
                SELECT id FROM bitexts WHERE (source_language, target_language) = (?, ?) ORDER BY id DESC LIMIT ?
            )
        """
        return self._query(newest, [source_language, target_language, count])

    def _query(self, where: str = "", values: Sequence[object] = ()) -> list[Bitext]:
        rows = self._db.query(
            f"""
            SELECT bitexts.id, title, source_language, target_language, source_article, target_article, created_at,
                revision,
                count(units.id) AS units,
                count(units.id) FILTER (WHERE units.target != '[]') AS translated,
                count(units.id) FILTER (WHERE units.state != 'initial') AS confirmed
            FROM bitexts LEFT JOIN units ON units.bitext = bitexts.id
            {where} GROUP BY bitexts.id ORDER BY bitexts.id DESC
            """,  # noqa: S608
            list(values),
        )
        return [Bitext(**row) for row in rows]

    def units(self, bitext: int, start: int = 0, count: int = -1) -> list[Unit]:
        """The units of a bitext in order, from position `start` on, `count` of them or all."""
        rows = self._db.query(
            "SELECT * FROM units WHERE bitext = ? AND position >= ? ORDER BY position LIMIT ?", [bitext, start, count]
        )
        return [_unit(row) for row in rows]

    def translated(self, language: str) -> Iterator[tuple[int, str]]:
        """Yields the ids and source texts of all units from a language, of any region or script, that have a target.

        Those of the newest bitext come first.
        """
        rows = self._db.execute(
            """
            SELECT units.id, source, source_language FROM bitexts JOIN units ON units.bitext = bitexts.id
            WHERE (source_language = :language OR source_language LIKE :language || '-%')
                AND source != '[]' AND target != '[]'
            ORDER BY bitexts.id DESC, position
            """,
            {"language": languages.primary(language)},
        )
        for id, source, tag in rows:
            yield id, languages.join(json.loads(source), tag)

    def get_units(self, ids: Iterable[int]) -> list[Unit]:
        """The units of the given ids in their order, unknown ones left out."""
        wanted = list(ids)
        rows = self._db.query("SELECT * FROM units WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(wanted)])
        found = {row["id"]: _unit(row) for row in rows}
        return [found[id] for id in wanted if id in found]

    def unit(self, id: int) -> Unit:
        """Returns a unit, or raises NotFound."""
        for row in self._db.query("SELECT * FROM units WHERE id = ?", [id]):
            return _unit(row)
        raise NotFound("There is no unit {id} in this desk.", id=id)

    def unit_in(self, bitext: int, id: int) -> Unit:
        """Returns a unit of a bitext, or raises NotFound."""
        found = self.unit(id)
        if found.bitext != bitext:
            raise NotFound("There is no unit {id} in this bitext.", id=id)
        return found

    def neighbours(self, unit: Unit) -> tuple[str, str]:
        """The source texts of the units before and after; empty where there is none."""
        texts = {
            row["position"]: tuple(json.loads(row["source"]))
            for row in self._db.query(
                "SELECT position, source FROM units WHERE bitext = ? AND position IN (?, ?)",
                [unit.bitext, unit.position - 1, unit.position + 1],
            )
        }
        language = self.get(unit.bitext).source_language
        before, after = (texts.get(unit.position + step, ()) for step in (-1, 1))
        return languages.join(before, language), languages.join(after, language)

    def first_open(self, bitext: int, start: int = 0) -> int | None:
        """The position of the first unit from `start` on that is not confirmed; None where all are."""
        return self.first_in(bitext, UnitState.INITIAL, start)

    def first_in(self, bitext: int, state: UnitState, start: int = 0) -> int | None:
        """The position of the first unit from `start` on that is in a state; None where none is."""
        row = self._db.execute(
            "SELECT min(position) FROM units WHERE bitext = ? AND position >= ? AND state = ?", [bitext, start, state]
        ).fetchone()
        position: int | None = row[0]
        return position

    def filtered(self, bitext: Bitext, wanted: UnitFilter) -> list[int]:
        """The positions of the units that pass a filter, in their order."""
        return filtering.positions(self._db, bitext.id, wanted, (bitext.source_language, bitext.target_language))

    def tally(self, bitext: int) -> Tally:
        """The numbers of a bitext's units by what a filter can ask for."""
        return filtering.tally(self._db, bitext)

    def writers(self, bitext: int) -> list[str]:
        """The people who wrote a bitext's units as they are, by name."""
        return filtering.writers(self._db, bitext)

    def open_sources(self, bitext: Bitext) -> Iterator[str]:
        """Yields the source texts of the units that are not confirmed."""
        rows = self._db.execute("SELECT source FROM units WHERE bitext = ? AND state = 'initial'", [bitext.id])
        return (languages.join(json.loads(source), bitext.source_language) for (source,) in rows)

    def titles(self, ids: Iterable[int]) -> dict[int, str]:
        """The titles of bitexts by their ids; nothing of one that is gone."""
        rows = self._db.execute(
            "SELECT id, title FROM bitexts WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]
        )
        return dict(rows.fetchall())

    def of_issue(self, bitext: int) -> list[int]:
        """A bitext and those in the same languages whose source articles are of the same source and day."""
        rows = self._db.execute(
            """
            SELECT other.id FROM bitexts AS this
            JOIN articles AS own ON own.id = this.source_article
            JOIN articles ON articles.date = own.date AND articles.source = own.source
            JOIN bitexts AS other ON other.source_article = articles.id
                AND (other.source_language, other.target_language) = (this.source_language, this.target_language)
            WHERE this.id = ? AND own.date != '' AND own.source != ''
            """,
            [bitext],
        )
        return list(dict.fromkeys([bitext, *(id for (id,) in rows)]))

    def open_with(self, bitexts: Sequence[int], source: tuple[str, ...]) -> list[Unit]:
        """The units of bitexts that have this source and are not confirmed."""
        rows = self._db.query(
            "SELECT * FROM units WHERE bitext IN (SELECT value FROM json_each(?)) AND state = 'initial' AND source = ?",
            [json.dumps(list(bitexts)), json.dumps(source, ensure_ascii=False)],
        )
        return [_unit(row) for row in rows]

    def at(self, bitext: int, positions: Sequence[int]) -> list[Unit]:
        """The units at these positions, in their order."""
        rows = self._db.query(
            "SELECT * FROM units WHERE bitext = ? AND position IN (SELECT value FROM json_each(?)) ORDER BY position",
            [bitext, json.dumps(list(positions))],
        )
        return [_unit(row) for row in rows]

    def states(self, bitext: int) -> dict[UnitState, int]:
        """The numbers of a bitext's units in each state."""
        counts = self._db.execute("SELECT state, count(*) FROM units WHERE bitext = ? GROUP BY state", [bitext])
        return dict.fromkeys(UnitState, 0) | {UnitState(state): count for state, count in counts}

    def save(self, unit: Unit) -> Unit:
        """Writes the target side of a unit over the version of it that the writer has seen; that goes to history.

        Raises Conflict where the unit has another version by now, NotFound where it is gone.
        """
        with self._db.atomic():
            self._db.execute(f"{_KEEP} AND version = ?", [unit.id, unit.version])
            _, written = _texts((), unit.target).values()
            for row in self._db.query(
                """
                UPDATE units SET target = ?, state = ?, origin = ?, score = ?, detail = ?, crossing = ?,
                    repaired = ?, version = version + 1, changed_at = ?, changed_by = ?
                WHERE id = ? AND version = ? RETURNING *
                """,
                [written, unit.state, *unit.provenance, now(), self._user, unit.id, unit.version],
            ):
                self.begin_change(row["bitext"])
                return _unit(row)
        raise unit_conflict(self.unit(unit.id).changed_by, self._user)

    def revision(self, bitext: int) -> int:
        """Returns how often a bitext's units were changed, or raises NotFound."""
        for row in self._db.query("SELECT revision FROM bitexts WHERE id = ?", [bitext]):
            return int(row["revision"])
        raise NotFound("There is no bitext {id} in this desk.", id=bitext)

    def begin_change(self, bitext: int) -> int:
        """Counts a change of a bitext's units and returns the revision before it; nobody else writes until its end."""
        for row in self._db.query(
            "UPDATE bitexts SET revision = revision + 1 WHERE id = ? RETURNING revision", [bitext]
        ):
            return int(row["revision"]) - 1
        raise NotFound("There is no bitext {id} in this desk.", id=bitext)

    def rearrange(self, bitext: int, units: Sequence[Unit]) -> None:
        """Makes `units` the units of a bitext, in this order; what each was goes to history.

        A unit with an id that the bitext has is that one; with another id, one that was taken away and comes back;
        with the id 0, a new one. Those of the bitext that are not among them are taken away.
        """
        current = {unit.id: unit for unit in self.units(bitext)}
        placed = [replace(unit, position=position) for position, unit in enumerate(units)]
        with self._db.atomic():
            self._remove(current.keys() - {unit.id for unit in placed})
            known = [(current[unit.id], unit) for unit in placed if unit.id in current]
            self._move([unit for old, unit in known if _place(old) != _place(unit)])
            self._rewrite([unit for old, unit in known if content(old) != content(unit)])
            self._insert(bitext, [unit for unit in placed if unit.id not in current])

    def _remove(self, ids: Iterable[int]) -> None:
        gone = [[id] for id in ids]
        self._db.conn.executemany(_KEEP, gone)
        self._db.conn.executemany("DELETE FROM units WHERE id = ?", gone)

    def _move(self, units: Sequence[Unit]) -> None:
        self._db.conn.executemany(
            "UPDATE units SET position = ?, paragraph = ? WHERE id = ?",
            [(unit.position, unit.paragraph, unit.id) for unit in units],
        )

    def _rewrite(self, units: Sequence[Unit]) -> None:
        self._db.conn.executemany(_KEEP, [[unit.id] for unit in units])
        self._db.conn.executemany(
            """
            UPDATE units SET source = :source, target = :target, state = :state, origin = :origin, score = :score,
                detail = :detail, crossing = :crossing, repaired = :repaired,
                version = version + 1, changed_at = :changed_at, changed_by = :changed_by
            WHERE id = :id
            """,
            [{**self._row(unit), "id": unit.id} for unit in units],
        )

    def _insert(self, bitext: int, units: Sequence[Unit]) -> None:
        """Stores units that are not there; an id that a unit once had is never another one's."""
        (free,) = self._db.execute(
            """
            SELECT 1 + max((SELECT coalesce(max(id), 0) FROM units), (SELECT coalesce(max(unit), 0) FROM unit_history))
            """
        ).fetchone()
        last = self._last_versions([unit.id for unit in units if unit.id])
        rows = []
        for unit in units:
            id = unit.id
            if not id:
                id, free = free, free + 1
            rows.append({**self._row(unit), "id": id, "bitext": bitext, "version": last.get(id, 0) + 1})
        self._db.table("units").insert_all(rows)

    def _last_versions(self, ids: Sequence[int]) -> dict[int, int]:
        """The last versions that the history has of units."""
        rows = self._db.execute(
            "SELECT unit, max(version) FROM unit_history WHERE unit IN (SELECT value FROM json_each(?)) GROUP BY unit",
            [json.dumps(ids)],
        )
        return dict(rows.fetchall())

    def _row(self, unit: Unit) -> dict[str, Any]:
        """A unit's columns but for those that say which it is."""
        return {
            "position": unit.position,
            "paragraph": unit.paragraph,
            **_texts(unit.source, unit.target),
            "state": unit.state,
            **unit.provenance._asdict(),
            "changed_at": now(),
            "changed_by": self._user,
        }

    def history(self, id: int) -> list[Unit]:
        """The replaced versions of a unit, the newest first."""
        return self.histories([id]).get(id, [])

    def histories(self, ids: Sequence[int]) -> dict[int, list[Unit]]:
        """The replaced versions of units, the newest first, by the unit's id; nothing of one that has none."""
        rows = self._db.query(
            "SELECT * FROM unit_history WHERE unit IN (SELECT value FROM json_each(?)) ORDER BY unit, version DESC",
            [json.dumps(ids)],
        )
        found: dict[int, list[Unit]] = {}
        for row in rows:
            version = _unit({**row, "id": row["unit"], "bitext": 0, "position": 0, "paragraph": 0})
            found.setdefault(version.id, []).append(version)
        return found

    def versions(self, units: Sequence[Unit]) -> dict[int, list[Unit]]:
        """All versions of units as they are, by the unit's id, the oldest first and the present one last."""
        replaced = self.histories([unit.id for unit in units]) if units else {}
        return {unit.id: [*reversed(replaced.get(unit.id, ())), unit] for unit in units}


# A unit's present version goes to history.
_KEEP = """
    INSERT INTO unit_history
        (unit, version, source, target, state, origin, score, detail, crossing, repaired, changed_at, changed_by)
    SELECT id, version, source, target, state, origin, score, detail, crossing, repaired, changed_at, changed_by
    FROM units WHERE id = ?
"""


def _place(unit: Unit) -> tuple[int, int]:
    return unit.position, unit.paragraph


def _texts(source: tuple[str, ...], target: tuple[str, ...]) -> dict[str, str]:
    return {
        "source": json.dumps(source, ensure_ascii=False),
        "target": json.dumps([sentence for sentence in target if sentence], ensure_ascii=False),
    }


def _unit(row: dict[str, Any]) -> Unit:
    return Unit(
        source=tuple(json.loads(row["source"])),
        target=tuple(json.loads(row["target"])),
        state=UnitState(row["state"]),
        origin=Origin(row["origin"]),
        crossing=bool(row["crossing"]),
        repaired=bool(row["repaired"]),
        **{
            name: row[name]
            for name in (
                "paragraph",
                "score",
                "detail",
                "id",
                "bitext",
                "position",
                "version",
                "changed_at",
                "changed_by",
            )
        },
    )
