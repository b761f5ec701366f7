"""The translation of a bitext as it will read, and on its way out."""

from corpus.articles import Article
from corpus.bitexts.translation import Translation, translation
from workbench.desk import Desk


def translated_article(desk: Desk, bitext: int) -> Translation:
    """Returns the translation of a bitext as it will read."""
    found = desk.bitexts.get(bitext)
    source, target = _article(desk, found.source_article), _article(desk, found.target_article)
    return translation(found, desk.bitexts.units(bitext), source, target)


def _article(desk: Desk, id: int | None) -> Article | None:
    return desk.articles.get(id) if id else None
