"""Articles: a text in one language as paragraphs of sentences, with its title, byline, date and source; their store."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlite_utils import Database, Migrations

from corpus.errors import NotFound
from corpus.text import languages
from corpus.text.timestamps import now

migrations = Migrations("corpus.articles")


@dataclass(frozen=True)
class Paragraph:
    """A run of sentences; joined as the language joins them they are the paragraph's text again.

    `kind` is title, heading, text or list; `place` says where in the file the paragraph came from, for instance
    `line 12`, and names the file too where the article comes from several.
    """

    sentences: tuple[str, ...]
    kind: str = "text"
    place: str = ""


@dataclass(frozen=True)
class Caption:
    """The text below a picture, apart from the running text, and the credit: who made the picture."""

    text: str
    credit: str = ""
    place: str = ""


@dataclass(frozen=True)
class Article:
    """A text in one language. The title stands as the first paragraph too, since it is translated like the rest.

    `date` is ISO 8601 or empty; `page` names the pages of the newspaper it stands on; `file` and `sha256` say which
    file or files it was read from.
    """

    language: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    byline: str = ""
    date: str = ""
    source: str = ""
    section: str = ""
    file: str = ""
    sha256: str = ""
    page: str = ""
    captions: tuple[Caption, ...] = ()
    id: int = field(default=0, compare=False)

    def sentences(self) -> list[str]:
        """All sentences in reading order, the title first."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph.sentences]

    @property
    def has_headline(self) -> bool:
        """True where the title stands in the text, and was not made of the file's name."""
        return any(paragraph.kind == "title" for paragraph in self.paragraphs)

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Each sentence with the number of its paragraph, in reading order."""
        for number, paragraph in enumerate(self.paragraphs):
            for sentence in paragraph.sentences:
                yield number, sentence

    def paragraph_numbers(self) -> list[int]:
        """The number of each sentence's paragraph."""
        return [number for number, _ in self.numbered()]

    def text(self) -> str:
        """The whole article as plain text, a paragraph a block."""
        return "\n\n".join(languages.join(paragraph.sentences, self.language) for paragraph in self.paragraphs)


@dataclass(frozen=True)
class ArticleHead:
    """What a list shows of an article."""

    id: int
    language: str
    title: str
    date: str


class Articles:
    """The desk's articles."""

    def __init__(self, db: Database, user: str) -> None:
        self._db = db
        self._user = user

    def add(self, article: Article) -> tuple[int, bool]:
        """Stores an article and returns its id, and whether it is new.

        The same text from a file of the same content and language is stored once.
        """
        if article.sha256:
            for row in self._db.query(
                "SELECT id FROM articles WHERE sha256 = ? AND language = ? AND title = ?",
                [article.sha256, article.language, article.title],
            ):
                return int(row["id"]), False
        with self._db.atomic():
            values: dict[str, Any] = {
                **_values(article),
                "created_at": now(),
                "created_by": self._user,
            }
            return int(self._db.table("articles").insert(values).last_pk or 0), True

    def earlier(self, article: Article) -> Article | None:
        """Returns the stored article that `article` is a later state of: another text of the same file, and alike.

        One file may hold several articles, and a headline may change too: the one with the same headline counts, else
        the one that shares most sentences, if that is at least half of them. A title that was made of the file's name
        says nothing.
        """
        others = [_article(row) for row in self._db.query(
            "SELECT * FROM articles WHERE file = ? AND language = ? AND sha256 != ? ORDER BY id",
            [article.file, article.language, article.sha256],
        )]  # fmt: skip
        if not article.file or not others:
            return None
        best = max(others, key=lambda other: (_is_same_headline(other, article), _shared(other, article)))
        return best if _is_same_headline(best, article) or _shared(best, article) >= 0.5 else None

    def replace(self, id: int, article: Article) -> None:
        """Writes a later state over an article; the earlier one goes to history."""
        with self._db.atomic():
            columns = ", ".join((*_COLUMNS, "paragraphs", "captions"))
            self._db.execute(
                f"INSERT INTO article_history (article, replaced_at, replaced_by, {columns}) "  # noqa: S608
                f"SELECT id, ?, ?, {columns} FROM articles WHERE id = ?",
                [now(), self._user, id],
            )
            self._db.table("articles").update(id, _values(article))

    def history(self, id: int) -> list[Article]:
        """The replaced states of an article, the newest first."""
        rows = self._db.query("SELECT *, 0 AS id FROM article_history WHERE article = ? ORDER BY rowid DESC", [id])
        return [_article(row) for row in rows]

    def get(self, id: int) -> Article:
        """Returns an article, or raises NotFound."""
        for row in self._db.query("SELECT * FROM articles WHERE id = ?", [id]):
            return _article(row)
        raise NotFound("There is no article {id} in this desk.", id=id)

    def heads(self, ids: Iterable[int]) -> dict[int, ArticleHead]:
        """Returns what lists show of articles, by id; unknown ones are left out."""
        rows = self._db.execute(
            "SELECT id, language, title, date FROM articles WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(ids))],
        )
        return {row[0]: ArticleHead(*row) for row in rows}

    def all(self) -> list[Article]:
        """All articles, the newest first."""
        return [_article(row) for row in self._db.query("SELECT * FROM articles ORDER BY id DESC")]

    def add_all(self, articles: Iterable[Article]) -> list[tuple[int, bool]]:
        """Stores several articles together or, if one fails, none; see `add`."""
        with self._db.atomic():
            return [self.add(article) for article in articles]


_COLUMNS = ("language", "title", "byline", "date", "source", "section", "file", "sha256", "page")


def _values(article: Article) -> dict[str, Any]:
    return {
        **{name: getattr(article, name) for name in _COLUMNS},
        "paragraphs": json.dumps([asdict(paragraph) for paragraph in article.paragraphs], ensure_ascii=False),
        "captions": json.dumps([asdict(caption) for caption in article.captions], ensure_ascii=False),
    }


def _is_same_headline(article: Article, other: Article) -> bool:
    return article.title == other.title and article.has_headline and other.has_headline


def _shared(article: Article, other: Article) -> float:
    """The share of the sentences of two articles that both have."""
    sentences, others = set(article.sentences()), set(other.sentences())
    return len(sentences & others) / max(min(len(sentences), len(others)), 1)


def _article(row: dict[str, Any]) -> Article:
    paragraphs = tuple(
        Paragraph(tuple(paragraph["sentences"]), paragraph["kind"], paragraph["place"])
        for paragraph in json.loads(row["paragraphs"])
    )
    captions = tuple(Caption(**caption) for caption in json.loads(row["captions"]))
    return Article(paragraphs=paragraphs, captions=captions, id=row["id"], **{name: row[name] for name in _COLUMNS})


@migrations()
def create_articles(db: Database) -> None:
    db.execute("""
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            language TEXT NOT NULL,
            title TEXT NOT NULL,
            byline TEXT NOT NULL,
            date TEXT NOT NULL,
            source TEXT NOT NULL,
            section TEXT NOT NULL,
            file TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            page TEXT NOT NULL,
            paragraphs TEXT NOT NULL,
            captions TEXT NOT NULL,
            created_at TEXT NOT NULL,
            created_by TEXT NOT NULL
        )
    """)
    db.execute("CREATE INDEX articles_sha256 ON articles (sha256)")
    db.execute("CREATE INDEX articles_file ON articles (file)")
    db.execute("""
        CREATE TABLE article_history (
            article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            language TEXT NOT NULL,
            title TEXT NOT NULL,
            byline TEXT NOT NULL,
            date TEXT NOT NULL,
            source TEXT NOT NULL,
            section TEXT NOT NULL,
            file TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            page TEXT NOT NULL,
            paragraphs TEXT NOT NULL,
            captions TEXT NOT NULL,
            replaced_at TEXT NOT NULL,
            replaced_by TEXT NOT NULL
        )
    """)


@migrations()
def list_articles_by_age(db: Database) -> None:
    # With all that a list is chosen by, so that it does not read the texts.
    db.execute("CREATE INDEX articles_listed ON articles (created_at, id, language, date, title)")
