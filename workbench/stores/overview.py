"""The list of a desk, over several stores: its bitexts, and the articles that are in none, the newest first."""

from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database


class Show(StrEnum):
    """Which part of the list is wanted."""

    ALL = ""
    MINE = "mine"
    UNPAIRED = "unpaired"
    ALIGNED = "aligned"
    TRANSLATED = "translated"
    DONE = "done"


@dataclass(frozen=True)
class ListFilter:
    """The entries wanted: a part of the list, of `user` where that asks for it; with a text in a title; in a language;
    of articles of a day or later (ISO 8601)."""

    show: Show = Show.ALL
    user: str = ""
    text: str = ""
    language: str = ""
    since: str = ""


@dataclass(frozen=True)
class Listed:
    """An entry of the list: a bitext, or an article that is in none."""

    is_bitext: bool
    id: int


class Overview:
    """The list of the desk's bitexts and free articles."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def entries(self, wanted: ListFilter, start: int, count: int) -> list[Listed]:
        """The entries wanted, from a place on."""
        rows = self._db.execute(
            f"{_entries(wanted)} ORDER BY created_at DESC, is_bitext DESC, id DESC LIMIT :count OFFSET :start",
            {**_values(wanted), "count": count, "start": start},
        )
        return [Listed(bool(is_bitext), id) for is_bitext, id, _ in rows]

    def count(self, wanted: ListFilter) -> int:
        """The number of the entries wanted."""
        query = f"SELECT count(*) FROM ({_entries(wanted)})"  # noqa: S608
        return int(self._db.execute(query, _values(wanted)).fetchone()[0])

    def first(self, count: int) -> tuple[list[int], list[int]]:
        """The ids of the first articles and of the first bitexts, `count` of them at most."""
        articles, bitexts = (
            [id for (id,) in self._db.execute(f"SELECT id FROM {table} ORDER BY id LIMIT ?", [count])]  # noqa: S608
            for table in ("articles", "bitexts")
        )
        return articles, bitexts


def _entries(wanted: ListFilter) -> str:
    """The query of all entries wanted; a condition that nobody asked for is not in it, since each takes its time."""
    parts = []
    if wanted.show is not Show.UNPAIRED:
        parts.append(f"SELECT 1 AS is_bitext, id, created_at FROM bitexts WHERE {_all(_of_bitext(wanted))}")  # noqa: S608
    if wanted.show in (Show.ALL, Show.UNPAIRED):
        parts.append(f"SELECT 0 AS is_bitext, id, created_at FROM articles WHERE {_all(_of_article(wanted))}")  # noqa: S608
    return " UNION ALL ".join(parts)


def _all(conditions: list[str]) -> str:
    return " AND ".join(conditions) or "TRUE"


def _of_bitext(wanted: ListFilter) -> list[str]:
    conditions = {
        Show.MINE: """(created_by = :user OR EXISTS (
            SELECT 1 FROM assignments WHERE bitext = bitexts.id AND :user IN (assignee, reviewer)
        ))""",
        Show.ALIGNED: "target_article IS NOT NULL",
        Show.TRANSLATED: "target_article IS NULL",
        Show.DONE: """NOT EXISTS (SELECT 1 FROM units WHERE bitext = bitexts.id AND state = 'initial')
            AND EXISTS (SELECT 1 FROM units WHERE bitext = bitexts.id)""",
    }
    found = [conditions[wanted.show]] if wanted.show in conditions else []
    article = "EXISTS (SELECT 1 FROM articles WHERE id IN (source_article, target_article) AND {})"
    if wanted.text:
        found.append(f"(title LIKE :text ESCAPE '\\' OR {article.format(_TITLE)})")
    if wanted.language:
        found.append("(source_language = :language OR source_language LIKE :language || '-%')")
    if wanted.since:
        found.append(article.format("date >= :since"))
    return found


def _of_article(wanted: ListFilter) -> list[str]:
    found = [
        "NOT EXISTS (SELECT 1 FROM bitexts WHERE source_article = articles.id)",
        "NOT EXISTS (SELECT 1 FROM bitexts WHERE target_article = articles.id)",
    ]
    if wanted.text:
        found.append(_TITLE)
    if wanted.language:
        found.append("(language = :language OR language LIKE :language || '-%')")
    if wanted.since:
        found.append("date >= :since")
    return found


_TITLE = "articles.title LIKE :text ESCAPE '\\'"


def _values(wanted: ListFilter) -> dict[str, object]:
    escaped = wanted.text.translate({ord(sign): f"\\{sign}" for sign in "\\%_"})
    return {"user": wanted.user, "text": f"%{escaped}%", "language": wanted.language, "since": wanted.since}
