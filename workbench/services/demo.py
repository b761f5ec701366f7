"""The demonstration desk: the starter term base, the sample articles, one pair aligned, one translation begun."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus import samples
from corpus.articles import Article
from corpus.bitexts.model import Unit
from glossary import STARTER
from workbench.desk import Desk
from workbench.services.alignment import align_articles
from workbench.services.article_intake import begin_translation, import_articles
from workbench.services.bitext_exchange import write_bitext_tmx
from workbench.services.termbase_files import import_terms
from workbench.services.unit_editing import remember_units

ALIGNED = "joint-laboratory"
TRANSLATED = "letter"
# A later report on the matter of the aligned pair, with some of its sentences again and some a little changed.
LATER = Path(__file__).parents[1] / "demonstration" / "joint-laboratory-news.txt"
# What the aligner is less sure of is no match to show.
_SURE = 0.8


@dataclass(frozen=True)
class DemoReport:
    """The contents of a demonstration desk, in numbers."""

    concepts: int
    terms: int
    articles: int
    title: str
    source_sentences: int
    target_sentences: int
    units: list[Unit]
    exported: int


def build(path: Path, tmx: Path) -> DemoReport:
    """Makes the desk `path` and the file `tmx`; a desk that cannot be finished is taken away again."""
    desk = Desk.create(path)
    try:
        with desk:
            return _fill(desk, tmx)
    except BaseException:
        for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            with suppress(FileNotFoundError):
                leftover.unlink()
        raise


def _fill(desk: Desk, tmx: Path) -> DemoReport:
    stored, bitext = fill(desk)
    source, target = stored[ALIGNED]
    with tmx.open("wb") as stream:
        exported = write_bitext_tmx(desk, bitext, stream)
    concepts, terms = desk.termbase.count()
    return DemoReport(
        concepts=concepts,
        terms=terms,
        articles=sum(map(len, stored.values())),
        title=source.title,
        source_sentences=len(source.sentences()),
        target_sentences=len(target.sentences()),
        units=desk.bitexts.units(bitext),
        exported=exported,
    )


def fill(desk: Desk) -> tuple[dict[str, tuple[Article, Article]], int]:
    """Brings the demonstration into a desk; returns its articles by their names, and the id of the aligned bitext.

    What is there already is not brought again.
    """
    import_terms(desk, STARTER)
    stored = {}
    for name in samples.names():
        files = (samples.path(name, "en"), samples.path(name, "zh-Hans"))
        (source, _), (target, _) = import_articles(desk, files, presplit=True).articles
        stored[name] = (source, target)
    _begin(desk, stored[TRANSLATED][0])
    source, target = stored[ALIGNED]
    known = [bitext.id for bitext in desk.bitexts.of_article(source.id) if bitext.target_article == target.id]
    return stored, known[0] if known else align_articles(desk, source.id, target.id)


def show_matches(desk: Desk, bitext: int) -> None:
    """Remembers the units of the aligned bitext, and begins the translation of a later report, which they match."""
    units = desk.bitexts.units(bitext)
    remember_units(desk, [unit for unit in units if (unit.score or 0) >= _SURE], units)
    ((later, _),) = import_articles(desk, [LATER], presplit=True).articles
    _begin(desk, later)


def _begin(desk: Desk, article: Article) -> None:
    if not desk.bitexts.of_article(article.id):
        begin_translation(desk, article.id, "zh-Hans")
