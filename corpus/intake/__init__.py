"""Intake: from files to the articles in them.

A reader of a kind of file gives pages of blocks; repair mends them, assembly makes articles of them, segmentation
their sentences. Everything that is changed or left out on the way is a decision; refuse it by its id and read again,
and it is not carried out.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import decoding
from corpus.articles import Article
from corpus.errors import UnreadableFile, sentence
from corpus.intake import assembly, finishing, issues, plain, readers
from corpus.intake.decisions import Decision, Ledger, Leftover, Note
from corpus.intake.pages import Limits, Page
from corpus.intake.repair import repair
from corpus.intake.repair.spacing import plain as plain_spaces
from corpus.segmentation import Segment, sentences

__all__ = ["Decision", "Intake", "Leftover", "Note", "from_pages", "read", "read_all", "read_one"]

_NO_ARTICLE = sentence("{name} holds no article that can be told from what surrounds it: choose another file.")


@dataclass(frozen=True)
class Intake:
    """What was found in files.

    `decisions` were carried out, `refused` not; `leftovers` are the blocks that belong to no article.
    """

    articles: tuple[Article, ...]
    leftovers: tuple[Leftover, ...] = ()
    decisions: tuple[Decision, ...] = ()
    refused: tuple[Decision, ...] = ()
    notes: tuple[Note, ...] = ()


def read_all(
    paths: Iterable[Path],
    language: str = "",
    presplit: bool = False,
    refused: frozenset[str] = frozenset(),
    limits: Limits | None = None,
    segment: Segment = sentences,
) -> Intake:
    """Returns the articles of files that are taken together: an article may go on from one file to another.

    `language` is the tag of the texts' language, or empty to tell it; with `presplit` a line of a file is a sentence,
    a blank line ends a paragraph, and each file is taken as it is; `segment` finds the sentences. Raises UnreadableFile
    or UnknownLanguage.
    """
    if presplit:
        return Intake(tuple(read_one(path, language, presplit) for path in paths))
    pages: list[Page] = []
    hashes: dict[str, str] = {}
    for path in paths:
        found = readers.read_pages(path, limits or Limits())
        hashes |= _hashes(path, found)
        pages += found
    return from_pages(pages, language, refused, hashes, segment)


def from_pages(
    pages: Sequence[Page],
    language: str = "",
    refused: frozenset[str] = frozenset(),
    hashes: dict[str, str] | None = None,
    segment: Segment = sentences,
) -> Intake:
    """Returns the articles on pages that a reader has read; the same pages always give the same.

    `hashes` has the hash of each file, so that an article that is known already can be told.
    """
    ledger = Ledger(refused)
    for page in pages:
        for note in page.notes:
            ledger.note("{file}: {detail}", page.file, note)
    assembled = assembly.assemble(repair(plain_spaces(pages), ledger), ledger)
    drafts = issues.join(assembled, ledger)
    articles = finishing.finish(drafts, language, hashes or dict.fromkeys((page.file for page in pages), ""), segment)
    if pages and not articles:
        raise UnreadableFile(_NO_ARTICLE, name=pages[0].file)
    return Intake(
        tuple(articles),
        tuple(assembled.leftovers),
        tuple(ledger.taken),
        tuple(ledger.declined),
        tuple(dict.fromkeys(ledger.notes)),
    )


def read_one(path: Path, language: str = "", presplit: bool = False, segment: Segment = sentences) -> Article:
    """Returns a text file as one article, as it is: nothing is repaired, taken apart or left out.

    Raises UnreadableFile or UnknownLanguage.
    """
    data = decoding.read_bytes(path)
    article = plain.read(decoding.decode(data, path.name), path.stem, language, presplit, segment)
    return replace(article, file=path.name, sha256=hashlib.sha256(data).hexdigest())


def read(path: Path, language: str = "", presplit: bool = False) -> list[Article]:
    """Returns the articles of one file; see `read_all`."""
    return list(read_all([path], language, presplit).articles)


def _hashes(path: Path, pages: Sequence[Page]) -> dict[str, str]:
    """The hash of each file that pages come from: of its bytes or, where it is a member of another, of its text."""
    files = dict.fromkeys(page.file for page in pages)
    if list(files) == [path.name] and path.is_file():
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()}
    return {
        file: hashlib.sha256(
            "\0".join(block.text for page in pages if page.file == file for block in page.blocks).encode(
                "utf-8", "surrogatepass"
            )
        ).hexdigest()
        for file in files
    }
