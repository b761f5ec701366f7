"""Intake: from files to the articles in them.

A reader of a kind of file gives pages of blocks; repair mends them, assembly makes articles of them, segmentation
their sentences. Everything that is changed or left out on the way is a decision; refuse it by its id and read again,
and it is not carried out.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from corpus.articles import Article
from corpus.intake.building import article_builder, gaps, issues, to_articles
from corpus.intake.building.drafts import ArticleDraft
from corpus.intake.building.gaps import Gap
from corpus.intake.cleanup import clean
from corpus.intake.decisions import Decision, Ledger, Leftover, Note, Omission, Refusal
from corpus.intake.pages import Limits, Page
from corpus.intake.readers import plain, registry
from corpus.segmentation import Segment, sentences
from corpus.text.charset import files
from corpus.text.errors import UnreadableFile
from corpus.text.messages import UserError, sentence

__all__ = [
    "Decision",
    "Gap",
    "Intake",
    "Leftover",
    "Note",
    "Omission",
    "Refusal",
    "from_pages",
    "read",
    "read_all",
    "read_each",
    "read_one",
]

_NO_ARTICLE = sentence("{name} holds no article that can be told from what surrounds it: choose another file.")


@dataclass(frozen=True)
class Intake:
    """The articles found in files, and all that was decided on the way.

    `decisions` were carried out, `refused` not; `leftovers` are the blocks that belong to no article, `omissions` those
    that were left out, and `gaps` say where in the articles they are missing. `refusals` has the files of
    which nothing is here.
    """

    articles: tuple[Article, ...]
    leftovers: tuple[Leftover, ...] = ()
    decisions: tuple[Decision, ...] = ()
    refused: tuple[Decision, ...] = ()
    notes: tuple[Note, ...] = ()
    omissions: tuple[Omission, ...] = ()
    gaps: tuple[Gap, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    def checked(self) -> "Intake":
        """Returns it as it is, or raises why there is no article in it."""
        if not self.articles and self.refusals:
            raise self.refusals[0].error
        return self


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
    a blank line ends a paragraph, and each file is taken as it is; `segment` finds the sentences. A file that cannot be
    read is among the refusals and keeps no other out; raises UnreadableFile or UnknownLanguage where none can.
    """
    return read_each(paths, language, presplit, refused, limits, segment).checked()


def read_each(
    paths: Iterable[Path],
    language: str = "",
    presplit: bool = False,
    refused: frozenset[str] = frozenset(),
    limits: Limits | None = None,
    segment: Segment = sentences,
    progress: Callable[[int], None] = lambda files: None,
) -> Intake:
    """Returns the intake of `read_all`, and the refusals alone where no file can be read.

    `progress` is told how many files are read, and may raise to end it.
    """
    if presplit:
        return _as_they_are(paths, language, segment)
    pages: list[Page] = []
    hashes: dict[str, str] = {}
    refusals: list[Refusal] = []
    for number, (path, name) in enumerate(_named(paths)):
        progress(number)
        try:
            read_before = sum(len(page.blocks) for page in pages)
            found = registry.read_pages(path, limits or Limits(), refusals, read_before)
        except UnreadableFile as error:
            refusals.append(Refusal(name, error))
        else:
            found = [replace(page, file=name + page.file.removeprefix(path.name)) for page in found]
            hashes |= _hashes(path, name, found)
            pages += found
    return _from_pages(pages, language, Ledger(refused, refusals=refusals), hashes, segment)


def _named(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """The files with their names; where two have the same one, with their folders or, if need be, counted."""
    paths = list(paths)
    common = Counter(path.name for path in paths)
    seen: Counter[str] = Counter()
    for path in paths:
        name = path.name if common[path.name] == 1 else f"{path.absolute().parent.name}/{path.name}"
        seen[name] += 1
        yield path, name if seen[name] == 1 else f"{name} ({seen[name]})"


def _as_they_are(paths: Iterable[Path], language: str, segment: Segment) -> Intake:
    articles, refusals = [], []
    for path in paths:
        try:
            articles.append(read_one(path, language, presplit=True, segment=segment))
        except UserError as error:
            refusals.append(Refusal(path.name, error))
    return Intake(tuple(articles), refusals=tuple(refusals))


def from_pages(
    pages: Sequence[Page],
    language: str = "",
    refused: frozenset[str] = frozenset(),
    hashes: dict[str, str] | None = None,
    segment: Segment = sentences,
) -> Intake:
    """Returns the articles on pages that a reader has read; the same pages always give the same.

    `hashes` has the hash of each file, so that an article that is known already can be told. Raises UnreadableFile or
    UnknownLanguage where no file has an article.
    """
    return _from_pages(pages, language, Ledger(refused), hashes or {}, segment).checked()


def _from_pages(
    pages: Sequence[Page], language: str, ledger: Ledger, hashes: dict[str, str], segment: Segment
) -> Intake:
    for page in pages:
        for note in page.notes:
            ledger.note("{file}: {detail}", page.file, note)
        for template, detail in page.warnings:
            ledger.note(template, page.file, detail, warns=True)
    numbered = _numbered(pages)
    assembled = article_builder.assemble(clean(numbered, ledger), ledger)
    gaps.warn(numbered, assembled.leftovers, ledger)
    drafts = issues.join(assembled, ledger)
    drafts, articles = _finished(drafts, language, hashes, segment, ledger)
    if not articles and not ledger.refusals:
        ledger.refusals += [
            Refusal(file, UnreadableFile(_NO_ARTICLE, name=file)) for file in dict.fromkeys(page.file for page in pages)
        ]
    return Intake(
        tuple(articles),
        tuple(assembled.leftovers),
        tuple(ledger.taken),
        tuple(ledger.declined),
        tuple(dict.fromkeys(ledger.notes)),
        tuple(ledger.omissions),
        gaps.find(drafts, ledger),
        tuple(ledger.refusals),
    )


def _finished(
    drafts: Sequence[ArticleDraft], language: str, hashes: dict[str, str], segment: Segment, ledger: Ledger
) -> tuple[list[ArticleDraft], list[Article]]:
    """The articles of drafts, and these; a file with an article in no known language is refused as a whole."""
    found: list[tuple[ArticleDraft, Article]] = []
    for draft, article in to_articles.to_articles(drafts, language, hashes, segment):
        if isinstance(article, Article):
            found.append((draft, article))
        else:
            ledger.refusals.append(Refusal(draft.page.file, article))
    bad = {refusal.file for refusal in ledger.refusals}
    kept = [(draft, article) for draft, article in found if draft.page.file not in bad]
    return [draft for draft, _ in kept], [article for _, article in kept]


def _numbered(pages: Sequence[Page]) -> list[Page]:
    """The pages with their blocks counted through, so that it is known later where one stood."""
    numbers = count()
    return [
        replace(page, blocks=tuple(replace(block, number=next(numbers)) for block in page.blocks)) for page in pages
    ]


def read_one(path: Path, language: str = "", presplit: bool = False, segment: Segment = sentences) -> Article:
    """Returns a text file as one article, as it is: nothing is repaired, taken apart or left out.

    Raises UnreadableFile or UnknownLanguage.
    """
    data = files.read_bytes(path)
    article = plain.read(files.decode(data, path.name), path.stem, language, presplit, segment)
    return replace(article, file=path.name, sha256=hashlib.sha256(data).hexdigest())


def read(path: Path, language: str = "", presplit: bool = False) -> list[Article]:
    """Returns the articles of one file; see `read_all`."""
    return list(read_all([path], language, presplit).articles)


def _hashes(path: Path, name: str, pages: Sequence[Page]) -> dict[str, str]:
    """The hash of each file that pages come from: of its bytes or, where it is a member of another, of its text."""
    files = dict.fromkeys(page.file for page in pages)
    if list(files) == [name] and path.is_file():
        return {name: hashlib.sha256(path.read_bytes()).hexdigest()}
    return {
        file: hashlib.sha256(
            "\0".join(block.text for page in pages if page.file == file for block in page.blocks).encode(
                "utf-8", "surrogatepass"
            )
        ).hexdigest()
        for file in files
    }
