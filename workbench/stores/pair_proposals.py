"""Proposals: pairs of articles that may belong together, and what was decided about each; the store.

A pair that was accepted or rejected is remembered and not proposed again. An article is free as long as it is in no
bitext and in no accepted pair.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database, Migrations

from corpus.errors import Conflict, NotFound
from corpus.text.timestamps import now

migrations = Migrations("workbench.proposals")

Scored = tuple[int, int, float]
"""A source article, a target article, and the probability that they belong together."""


class ProposalState(StrEnum):
    """The state of a proposal: open, or as it was decided."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Proposal:
    """A pair of articles, by their ids, and the probability that they belong together; None for one made by hand.

    `job` is the one that aligns an accepted pair, `bitext` what came of it.
    """

    id: int
    source: int
    target: int
    score: float | None
    state: ProposalState
    job: int | None
    bitext: int | None


@dataclass(frozen=True)
class PairFilter:
    """The articles wanted: in these languages, taken in on this day or later (ISO 8601), and with a text in them."""

    source_language: str
    target_language: str
    since: str = ""
    text: str = ""


class Proposals:
    """The desk's proposals."""

    def __init__(self, db: Database, user: str) -> None:
        self._db = db
        self._user = user

    def languages(self) -> list[str]:
        """The languages of the desk's articles, the most frequent first."""
        rows = self._db.query("SELECT language FROM articles GROUP BY language ORDER BY count(*) DESC, language")
        return [row["language"] for row in rows]

    def free(self, wanted: PairFilter) -> tuple[list[int], list[int]]:
        """The ids of the free articles that are wanted, in the source and in the target language, the newest first."""
        return self._free(wanted.source_language, wanted), self._free(wanted.target_language, wanted)

    def _free(self, language: str, wanted: PairFilter) -> list[int]:
        rows = self._db.query(
            f"""
            SELECT id FROM articles AS one
            WHERE {_FREE.format("one")} AND {_FITS.format("one")} AND {_TEXT.format("one")}
            ORDER BY date DESC, id DESC
            """,  # noqa: S608
            {"language": language, **_values(wanted)},
        )
        return [row["id"] for row in rows]

    def replace(
        self, sources: Sequence[int], targets: Sequence[int], pairs: Iterable[Scored], candidates: Iterable[Scored]
    ) -> int:
        """Puts pairs in the place of the open ones of these articles, and their candidates; returns how many are new.

        What was decided about a pair stands.
        """
        piles = {"sources": json.dumps(sources), "targets": json.dumps(targets)}
        among = """
            source IN (SELECT value FROM json_each(:sources)) AND target IN (SELECT value FROM json_each(:targets))
        """
        with self._db.atomic():
            self._db.execute(f"DELETE FROM proposals WHERE state = 'open' AND {among}", piles)  # noqa: S608
            self._db.execute(f"DELETE FROM candidates WHERE {among}", piles)  # noqa: S608
            self._db.table("candidates").insert_all(
                {"source": source, "target": target, "score": score} for source, target, score in candidates
            )
            before = self._db.table("proposals").count
            self._db.table("proposals").insert_all(
                (_row(source, target, score) for source, target, score in pairs), ignore=True
            )
            return self._db.table("proposals").count - before

    def get(self, id: int) -> Proposal:
        """Returns a proposal, or raises NotFound."""
        for proposal in self._query("WHERE proposals.id = :id", {"id": id}):
            return proposal
        raise NotFound("This pair is not proposed any more: look at what is proposed now.")

    def open(self, wanted: PairFilter, count: int = -1) -> list[Proposal]:
        """The pairs to decide about, the likeliest first: those of wanted articles, the text in either of the two."""
        return self._query(
            f"""
            JOIN articles AS one ON one.id = proposals.source JOIN articles AS other ON other.id = proposals.target
            WHERE state = 'open' AND {_FREE.format("one")} AND {_FREE.format("other")}
                AND {_FITS.format("one")} AND {_FITS.format("other").replace(":language", ":target_language")}
                AND ({_TEXT.format("one")} OR {_TEXT.format("other")})
            ORDER BY score DESC, proposals.id LIMIT :count
            """,
            {
                "language": wanted.source_language, "target_language": wanted.target_language, "count": count,
                **_values(wanted),
            },
        )  # fmt: skip

    def open_of(self, articles: Iterable[int]) -> dict[int, Proposal]:
        """Returns the likeliest open pair of each of these articles that has one, by the article's id."""
        among = "(SELECT value FROM json_each(:articles))"
        proposals = self._query(
            f"""
            WHERE state = 'open' AND (proposals.source IN {among} OR proposals.target IN {among})
                AND {_IN_NO_BITEXT.format("proposals.source")} AND {_IN_NO_BITEXT.format("proposals.target")}
            ORDER BY score
            """,
            {"articles": json.dumps(list(articles))},
        )
        return {id: proposal for proposal in proposals for id in (proposal.source, proposal.target)}

    def decided(self, state: ProposalState, count: int) -> list[Proposal]:
        """The pairs that were accepted or rejected last."""
        return self._query(
            "WHERE state = :state ORDER BY changed_at DESC, proposals.id DESC LIMIT :count",
            {"state": state, "count": count},
        )

    def candidates(self, article: int) -> list[tuple[int, float]]:
        """Returns the articles compared most closely with one, the likeliest first, each with the probability."""
        rows = self._db.query(
            """
            SELECT target AS id, score FROM candidates WHERE source = :article
            UNION SELECT source, score FROM candidates WHERE target = :article ORDER BY 2 DESC
            """,
            {"article": article},
        )
        return [(row["id"], row["score"]) for row in rows]

    def accept(self, source: int, target: int) -> Proposal:
        """Says that two articles belong together, proposed or not; raises Conflict where one of them is not free.

        Other open pairs of theirs are let go.
        """
        with self._db.atomic():
            # The write comes first: from then on nobody else decides.
            self._db.execute(
                "DELETE FROM proposals WHERE state = 'open' AND (source = ? OR target = ?) "
                "AND NOT (source = ? AND target = ?)",
                [source, target, source, target],
            )
            free = self._db.query(
                f"SELECT count(*) AS free FROM articles AS one WHERE id IN (?, ?) AND {_FREE.format('one')}",  # noqa: S608
                [source, target],
            )
            if next(free)["free"] != 2:
                raise Conflict("One of these articles is in a bitext or in an accepted pair already.")
            self._db.table("proposals").insert(_row(source, target, None), ignore=True)
            (id,) = self._db.execute(
                "SELECT id FROM proposals WHERE source = ? AND target = ?", [source, target]
            ).fetchone()
            self._decide(id, ProposalState.ACCEPTED, "TRUE")
        return self.get(id)

    def reject(self, id: int) -> Proposal:
        """Says that a pair does not belong together; raises Conflict where somebody accepted it."""
        if not self._decide(id, ProposalState.REJECTED, "state != 'accepted'"):
            self.get(id)
            raise Conflict("Somebody accepted this pair meanwhile.")
        return self.get(id)

    def reopen(self, id: int) -> Proposal:
        """Takes a decision back; raises Conflict where the pair is a bitext already."""
        if not self._decide(id, ProposalState.OPEN, f"NOT EXISTS ({_BITEXT})"):
            self.get(id)
            raise Conflict("This pair is aligned already: it cannot be taken back.")
        return self.get(id)

    def is_aligned_by(self, id: int, job: int) -> None:
        """Writes down the job that aligns an accepted pair."""
        self._db.table("proposals").update(id, {"job": job})

    def _decide(self, id: int, state: ProposalState, condition: str) -> bool:
        """Writes a decision down where the condition holds, and says whether it does."""
        done = self._db.query(
            f"UPDATE proposals SET state = ?, job = NULL, changed_at = ?, changed_by = ? WHERE id = ? AND {condition} "  # noqa: S608
            "RETURNING id",
            [state, now(), self._user, id],
        )
        return bool(list(done))

    def _query(self, rest: str, values: dict[str, object]) -> list[Proposal]:
        rows = self._db.query(
            f"""
            SELECT proposals.id, proposals.source, proposals.target, score, state, job, ({_BITEXT}) AS bitext
            FROM proposals {rest}
            """,  # noqa: S608
            values,
        )
        return [Proposal(**row | {"state": ProposalState(row["state"])}) for row in rows]


# Conditions on an article, whatever name it has in a query.
_FREE = """{}.id NOT IN (
    SELECT source_article FROM bitexts WHERE source_article IS NOT NULL
    UNION SELECT target_article FROM bitexts WHERE target_article IS NOT NULL
    UNION SELECT source FROM proposals WHERE state = 'accepted'
    UNION SELECT target FROM proposals WHERE state = 'accepted'
)"""
# The same for few articles; other pairs of those in an accepted one are not open.
_IN_NO_BITEXT = """(
    NOT EXISTS (SELECT 1 FROM bitexts WHERE source_article = {0})
    AND NOT EXISTS (SELECT 1 FROM bitexts WHERE target_article = {0})
)"""
_FITS = "({0}.language = :language AND {0}.created_at >= :since)"
_TEXT = """({0}.title LIKE :text ESCAPE '\\' OR EXISTS (
    SELECT 1 FROM json_each({0}.paragraphs) AS paragraph, json_each(paragraph.value, '$.sentences') AS sentence
    WHERE sentence.value LIKE :text ESCAPE '\\'
))"""


# Of a proposal. Grouped, so that there is no row where there is no bitext.
_BITEXT = """
    SELECT max(id) FROM bitexts
    WHERE source_article = proposals.source AND target_article = proposals.target GROUP BY source_article
"""


def _row(source: int, target: int, score: float | None) -> dict[str, object]:
    return {
        "source": source, "target": target, "score": score, "state": ProposalState.OPEN,
        "changed_at": "", "changed_by": "",
    }  # fmt: skip


def _values(wanted: PairFilter) -> dict[str, object]:
    escaped = wanted.text.translate({ord(sign): f"\\{sign}" for sign in "\\%_"})
    return {"since": wanted.since, "text": f"%{escaped}%"}


@migrations()
def create_proposals(db: Database) -> None:
    db.execute("""
        CREATE TABLE proposals (
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            target INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            score REAL,
            state TEXT NOT NULL,
            job INTEGER,
            changed_at TEXT NOT NULL,
            changed_by TEXT NOT NULL,
            UNIQUE (source, target)
        )
    """)
    db.execute("CREATE INDEX proposals_state ON proposals (state, score)")
    db.execute("""
        CREATE TABLE candidates (
            source INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            target INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            score REAL NOT NULL,
            PRIMARY KEY (source, target)
        )
    """)
    db.execute("CREATE INDEX candidates_target ON candidates (target)")
