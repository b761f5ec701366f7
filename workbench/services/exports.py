"""All that a bitext can leave the desk as: one list, for the pages and the command line."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from corpus import documents
from corpus.bitexts.translation import Translation
from corpus.documents import TableNames
from workbench.desk import Desk
from workbench.services.article_view import translated_article
from workbench.services.bitext_exchange import write_bitext_table, write_bitext_tmx, write_bitext_xliff

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONGEST = 80
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
# Names that Windows keeps for devices, with any suffix.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True)
class ExportOptions:
    """What whoever exports may choose: the words of a table, and whether Chinese is named by region for old tools."""

    names: TableNames = documents.ENGLISH
    legacy_tags: bool = False


Write = Callable[[Desk, int, IO[bytes], ExportOptions], int]
"""Writes a bitext to a stream and returns the number of units written."""


@dataclass(frozen=True)
class Export:
    """A form in which a bitext leaves: the ending of its file, its media type; `article` is read as a whole."""

    suffix: str
    mimetype: str
    write: Write
    article: bool = False


def _article(write: Callable[[IO[bytes], Translation], None]) -> Write:
    def export(desk: Desk, bitext: int, stream: IO[bytes], options: ExportOptions) -> int:
        translation = translated_article(desk, bitext)
        write(stream, translation)
        return translation.units

    return export


def _tmx(confirmed_only: bool) -> Write:
    return lambda desk, bitext, stream, options: write_bitext_tmx(
        desk, bitext, stream, confirmed_only, options.legacy_tags
    )


def _table(desk: Desk, bitext: int, stream: IO[bytes], options: ExportOptions) -> int:
    return write_bitext_table(desk, bitext, stream, options.names)


def _xliff(desk: Desk, bitext: int, stream: IO[bytes], options: ExportOptions) -> int:
    return write_bitext_xliff(desk, bitext, stream)


EXPORTS: dict[str, Export] = {
    "docx": Export(".docx", _DOCX, _article(documents.write_docx), article=True),
    "html": Export(".html", "text/html; charset=utf-8", _article(documents.write_html), article=True),
    "text": Export(".txt", "text/plain; charset=utf-8", _article(documents.write_text), article=True),
    "table": Export(".docx", _DOCX, _table),
    "xliff": Export(".xlf", "application/xliff+xml", _xliff),
    "tmx": Export(".tmx", "application/x-tmx+xml", _tmx(confirmed_only=False)),
    "tmx-confirmed": Export(".tmx", "application/x-tmx+xml", _tmx(confirmed_only=True)),
}
"""The forms by name, in the order in which they are offered: articles, then what comes back, then the memory's."""


def file_name(desk: Desk, bitext: int, form: str) -> str:
    """Returns the name of a file for a form, as any file system takes it.

    An article has its own title; what has both languages the source's title, and says which they are.
    """
    export, found = EXPORTS[form], desk.bitexts.get(bitext)
    title = translated_article(desk, bitext).title if export.article else found.title
    printable = "".join(character if character.isprintable() else " " for character in title)
    name = _FORBIDDEN.sub(" ", printable).strip(" .")[:_LONGEST].strip(" .")
    if not name or _DEVICES.fullmatch(name):
        name = f"bitext-{bitext} {name}".strip()
    languages = "" if export.article else f".{found.source_language}-{found.target_language}"
    return f"{name}{languages}{export.suffix}"
