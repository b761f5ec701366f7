"""The results of reading the files of an upload, kept once it is read, so that a page of them is all a page needs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from sqlite_utils import Database, Migrations

from corpus.articles import Article, Caption, Paragraph
from corpus.intake import Decision, Gap, Intake, Leftover, Note
from corpus.text.messages import UserError

migrations = Migrations("workbench.readings")

# So many rows are written at a time: nobody waits long for the desk.
_AT_A_TIME = 200


@dataclass(frozen=True)
class FoundArticle:
    """An article of an upload: its number, what was left out of it, and whether it is to be taken in."""

    number: int
    article: Article
    gaps: tuple[Gap, ...]
    wanted: bool


@dataclass(frozen=True)
class Reading:
    """The result of reading an upload with some decisions refused; `counts` has how much there is of each kind."""

    id: int
    upload: int
    unwanted: frozenset[int]
    counts: dict[str, int]


class Readings:
    """The readings of the desk's uploads: the last one of each."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, upload: int, refused: frozenset[str], found: Intake) -> None:
        """Keeps the results of reading an upload, in place of those before."""
        row = {"upload": upload, "refused": _json(sorted(refused)), "complete": 0, "unwanted": "[]"}
        id = int(self._db.table("upload_readings").insert(row).last_pk or 0)
        rows = ({"reading": id, **row} for row in _rows(found))
        while batch := list(islice(rows, _AT_A_TIME)):
            self._db.table("upload_found").insert_all(batch)
        with self._db.atomic():
            self._db.execute("UPDATE upload_readings SET complete = 1 WHERE id = ?", [id])
            self._db.execute("DELETE FROM upload_readings WHERE upload = ? AND id < ?", [upload, id])

    def get(self, upload: int, refused: frozenset[str]) -> Reading | None:
        """Returns the reading of an upload with these decisions refused; None where it was not read so."""
        query = "SELECT * FROM upload_readings WHERE upload = ? AND refused = ? AND complete ORDER BY id DESC LIMIT 1"
        for row in self._db.query(query, [upload, _json(sorted(refused))]):
            counts = self._db.query(
                "SELECT kind, COUNT(*) AS n FROM upload_found WHERE reading = ? GROUP BY 1", [row["id"]]
            )
            unwanted = frozenset(json.loads(row["unwanted"]))
            return Reading(row["id"], upload, unwanted, {each["kind"]: each["n"] for each in counts})
        return None

    def leave_out(self, reading: Reading, unwanted: Iterable[int]) -> None:
        """Writes down the articles that are not to be taken in."""
        self._db.table("upload_readings").update(reading.id, {"unwanted": _json(sorted(unwanted))})

    def articles(self, reading: Reading, start: int = 0, count: int = -1) -> list[FoundArticle]:
        """The articles from a number on."""
        return [
            _found(reading, start + place, each)
            for place, each in enumerate(self._of(reading, "article", start, count))
        ]

    def decisions(self, reading: Reading, start: int = 0, count: int = -1) -> list[tuple[Decision, bool]]:
        """The decisions by their rules, each with whether it was carried out."""
        found = self._of(reading, "decision", start, count)
        return [(Decision(**each["decision"]), each["carried_out"]) for each in found]

    def rules(self, reading: Reading) -> dict[str, int]:
        """The rules with their numbers of decisions."""
        query = (
            "SELECT json_extract(data, '$.decision.rule') AS rule, COUNT(*) AS n FROM upload_found "
            "WHERE reading = ? AND kind = 'decision' GROUP BY 1"
        )
        return {row["rule"]: row["n"] for row in self._db.query(query, [reading.id])}

    def leftovers(self, reading: Reading, start: int = 0, count: int = -1) -> list[Leftover]:
        """The blocks that belong to no article."""
        return [Leftover(**each) for each in self._of(reading, "leftover", start, count)]

    def notes(self, reading: Reading) -> list[Note]:
        """The notes on the files that a person should know."""
        return [Note(**each) for each in self._of(reading, "note")]

    def refusals(self, reading: Reading) -> list[UserError]:
        """The reasons why files of which nothing was found were refused."""
        return [UserError(each["template"], **each["values"]) for each in self._of(reading, "refusal")]

    def _of(self, reading: Reading, kind: str, start: int = 0, count: int = -1) -> Iterator[dict[str, Any]]:
        query = "SELECT data FROM upload_found WHERE reading = ? AND kind = ? ORDER BY position LIMIT ? OFFSET ?"
        return (json.loads(row["data"]) for row in self._db.query(query, [reading.id, kind, count, start]))


def _rows(found: Intake) -> Iterator[dict[str, Any]]:
    decisions = [(each, True) for each in found.decisions] + [(each, False) for each in found.refused]
    decisions.sort(key=lambda each: each[0].rule)
    kinds: dict[str, Sequence[dict[str, Any]]] = {
        "article": [
            {"article": asdict(article), "gaps": [asdict(gap) for gap in found.gaps if gap.article == number]}
            for number, article in enumerate(found.articles)
        ],
        "decision": [{"decision": asdict(each), "carried_out": carried_out} for each, carried_out in decisions],
        "leftover": [asdict(each) for each in found.leftovers],
        "note": [asdict(each) for each in found.notes],
        "refusal": [
            {
                "template": each.error.template,
                "values": {name: _plain(value) for name, value in each.error.values.items()},
            }
            for each in found.refusals
        ],
    }
    for kind, members in kinds.items():
        for position, data in enumerate(members):
            yield {"kind": kind, "position": position, "data": _json(data)}


def _plain(value: object) -> object:
    return value if isinstance(value, (int, float)) else str(value)


def _found(reading: Reading, number: int, data: dict[str, Any]) -> FoundArticle:
    article = data["article"]
    paragraphs = tuple(
        Paragraph(tuple(each["sentences"]), each["kind"], each["place"]) for each in article["paragraphs"]
    )
    captions = tuple(Caption(**each) for each in article["captions"])
    gaps = tuple(Gap(number, each["paragraph"], tuple(each["texts"]), tuple(each["rules"])) for each in data["gaps"])
    whole = Article(**article | {"paragraphs": paragraphs, "captions": captions})
    return FoundArticle(number, whole, gaps, number not in reading.unwanted)


def _json(value: object) -> str:
    # What is not well-formed in a text, half of a pair of codes, is written as its code.
    return json.dumps(value)


@migrations()
def create_readings(db: Database) -> None:
    db.execute("""
        CREATE TABLE upload_readings (
            id INTEGER PRIMARY KEY,
            upload INTEGER NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
            refused TEXT NOT NULL,
            complete INTEGER NOT NULL,
            unwanted TEXT NOT NULL
        )
    """)
    db.execute("CREATE INDEX upload_readings_upload ON upload_readings (upload)")
    db.execute("""
        CREATE TABLE upload_found (
            reading INTEGER NOT NULL REFERENCES upload_readings (id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            position INTEGER NOT NULL,
            data TEXT NOT NULL,
            PRIMARY KEY (reading, kind, position)
        )
    """)
