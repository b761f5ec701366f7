"""Articles made of drafts: sentences, captions, language, and what files say about themselves."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePath

import regex

from corpus.articles import Article, Caption, Paragraph
from corpus.intake.building.drafts import ArticleDraft, Item
from corpus.intake.cleanup import captions
from corpus.intake.lists import words
from corpus.intake.newspaper.metadata import Facts
from corpus.segmentation import Segment, sentences
from corpus.text import languages
from corpus.text.errors import UnknownLanguage

_LATIN_LANGUAGES = ("en", "fr", "es", "pt", "de", "it", "id", "vi")
_SAMPLE = 6_000
# A language other than English needs this many of its short words, and twice as many as English has.
_ENOUGH = 5


def to_articles(
    drafts: Sequence[ArticleDraft], language: str, hashes: Mapping[str, str], segment: Segment = sentences
) -> Iterator[tuple[ArticleDraft, Article | UnknownLanguage]]:
    """Yields each draft with its article, or with why its language cannot be told; `hashes` has those of the files."""
    _give_captions(drafts)
    first: dict[str, ArticleDraft] = {}
    for draft in drafts:
        first.setdefault(draft.page.file, draft)
        try:
            yield draft, _article(draft, language, hashes, segment, first=first[draft.page.file] is draft)
        except UnknownLanguage as error:
            yield draft, error


def _article(draft: ArticleDraft, language: str, hashes: Mapping[str, str], segment: Segment, first: bool) -> Article:
    files = list(dict.fromkeys(part.page.file for part in (draft, *draft.parts)))
    text = "\n".join(item.text for item in draft.items)
    language = languages.canonical(language) if language else _language(draft, text)
    # What a page says about itself holds for its one article, and its author only for the first of several.
    page = Facts(draft.page.byline if first else "", draft.page.date, draft.page.source)
    facts = draft.facts.over(page)
    headline = [Paragraph((draft.title,), "title", _place(draft.headline, files))] if draft.headline else []
    return Article(
        language=language,
        title=draft.title or PurePath(draft.page.file).stem,
        paragraphs=(*headline, *(_paragraph(item, language, files, segment) for item in draft.items)),
        byline=facts.byline,
        date=facts.date,
        source=facts.source,
        section=draft.section or draft.page.section,
        file=", ".join(files),
        sha256=_hash([hashes.get(file, "") for file in files]),
        page=", ".join(dict.fromkeys(draft.numbers)) or draft.page.number,
        captions=tuple(_caption(item, files) for item in draft.captions),
    )


def _hash(hashes: Sequence[str]) -> str:
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def _place(item: Item, files: Sequence[str]) -> str:
    return item.block.place if len(files) == 1 else f"{item.page.file}: {item.block.place}"


def _paragraph(item: Item, language: str, files: Sequence[str], segment: Segment) -> Paragraph:
    whole = (item.text,)
    pieces = whole if item.kind == "heading" else tuple(segment(item.text, language))
    return Paragraph(pieces, item.kind, _place(item, files))


def _caption(item: Item, files: Sequence[str]) -> Caption:
    text, credit = captions.split(item.text)
    return Caption(text, credit, _place(item, files))


def _language(draft: ArticleDraft, text: str) -> str:
    """The language of an article by the script of its text and, in Latin script, by its short words."""
    try:
        tag = languages.guess(f"{draft.title}\n{text}")
    except UnknownLanguage:
        if draft.page.language:
            return languages.canonical(draft.page.language)
        raise
    if draft.page.language:
        named = languages.canonical(draft.page.language)
        # A page may say en by default, but never in another script than its text.
        if languages.primary(named) == languages.primary(tag) or (
            tag == "en" and _latin(text) == languages.primary(named)
        ):
            return named if languages.primary(named) != "zh" else tag
    return _latin(text) if tag == "en" else tag


def _latin(text: str) -> str:
    found = regex.findall(r"\p{L}+", text[:_SAMPLE].casefold())
    counts = {tag: sum(word in _short_words(tag) for word in found) for tag in _LATIN_LANGUAGES}
    best = max(counts, key=lambda tag: counts[tag])
    return best if counts[best] >= _ENOUGH and counts[best] > 2 * counts["en"] else "en"


@lru_cache(maxsize=16)
def _short_words(tag: str) -> frozenset[str]:
    return words("languages", tag)


def _give_captions(drafts: Sequence[ArticleDraft]) -> None:
    """Gives a caption that begins with a name to the article on its page that has the name, if its own has not."""
    for draft in drafts:
        for item in list(draft.captions):
            name = _leading_name(item.text)
            if name and not _mentions(draft, name) and (other := _mentioning(drafts, item, name)):
                draft.captions.remove(item)
                other.captions.append(item)


def _leading_name(text: str) -> str:
    match = regex.match(r"\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+){1,3}(?=,)", text)
    return match[0] if match else ""


def _mentions(draft: ArticleDraft, name: str) -> bool:
    return any(name in item.text for item in draft.items)


def _mentioning(drafts: Sequence[ArticleDraft], item: Item, name: str) -> ArticleDraft | None:
    files = [draft for draft in drafts if item.page.file in (part.page.file for part in (draft, *draft.parts))]
    return next((draft for draft in files if _mentions(draft, name)), None)
