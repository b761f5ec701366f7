"""Articles on their way into the desk: files are read, articles stored, and bitexts follow a later state of theirs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from corpus import intake
from corpus.articles import Article
from corpus.bitexts.source_update import update_source
from corpus.bitexts.store import units_to_translate
from corpus.errors import NotFound
from corpus.pace import Pace
from corpus.text import languages
from corpus.text.progress import Progress, silent
from workbench import settings
from workbench.desk import Desk
from workbench.stores.readings import Reading

# So many articles are stored at once to begin with.
_ARTICLES = 20


@dataclass(frozen=True)
class ImportedArticles:
    """The articles that an intake stored, each with whether it is new, and all that was found in the files."""

    articles: list[tuple[Article, bool]]
    found: intake.Intake


def import_articles(
    desk: Desk,
    paths: Iterable[Path],
    language: str = "",
    presplit: bool = False,
    refused: frozenset[str] = frozenset(),
) -> ImportedArticles:
    """Reads files together and stores their articles; files that cannot be read are among the refusals.

    `refused` has the ids of decisions that are not to be carried out.
    """
    found = intake.read_each(paths, language, presplit, refused, segment=settings.segmenter())
    return ImportedArticles(_store(desk, found.articles), found)


def import_upload(desk: Desk, upload: int, wanted: Collection[int]) -> ImportedArticles:
    """Takes in the articles of an upload whose numbers (from 0) are `wanted`, and throws the upload away.

    They are taken as they were found when it was read; raises NotFound where it was not.
    """
    reading = reading_of(desk, upload)
    if reading is None:
        raise NotFound("The upload {id} was not read yet: read it, and look at what was found.", id=upload)
    articles = [each.article for each in desk.readings.articles(reading) if each.number in wanted]
    taken = ImportedArticles(_store(desk, articles), intake.Intake(tuple(articles)))
    # Last: what was interrupted before is taken in again, and what is there already is known.
    desk.uploads.discard(upload)
    return taken


def read_upload(desk: Desk, upload: int, progress: Progress = silent) -> None:
    """Reads the files of an upload and keeps what is found in them."""
    refused = desk.uploads.get(upload).refused
    found = desk.uploads.read(upload, settings.segmenter(), progress)
    # It may have been thrown away meanwhile.
    desk.readings.keep(desk.uploads.get(upload).id, refused, found)


def reading_of(desk: Desk, upload: int) -> Reading | None:
    """Returns the reading of an upload by its decisions as they are now; None where it was not read since."""
    return desk.readings.get(upload, desk.uploads.get(upload).refused)


def _store(desk: Desk, articles: Iterable[Article]) -> list[tuple[Article, bool]]:
    """Stores articles, some at a time."""
    stored, pace = [], Pace(_ARTICLES)
    for batch in pace.batches(articles):
        with pace.transaction(desk.db):
            stored += [_store_one(desk, article) for article in batch]
    return stored


def _store_one(desk: Desk, article: Article) -> tuple[Article, bool]:
    """Stores an article; as a later state of one that is there it takes its place, and its translations follow."""
    earlier = desk.articles.earlier(article)
    if earlier is None:
        id, new = desk.articles.add(article)
    else:
        id, new = earlier.id, False
        desk.articles.replace(id, article)
        _update_bitexts(desk, id)
    return desk.articles.get(id), new


def _update_bitexts(desk: Desk, article: int) -> None:
    """Brings the unfinished bitexts of a source article to its present state."""
    source = desk.articles.get(article)
    for bitext in desk.bitexts.of_article(article):
        finished = bitext.units > 0 and bitext.confirmed == bitext.units
        if bitext.source_article == article and not finished:
            update = partial(update_source, numbered=list(source.numbered()))
            desk.comments.follow(desk.undo_log.record(bitext.id, "follow", update))


def begin_translation(desk: Desk, article: int, target_language: str) -> int:
    """Starts the translation of an article and returns the id of the new bitext."""
    source = desk.articles.get(article)
    return desk.bitexts.add(units_to_translate(source), source, languages.canonical(target_language))
