"""The removal of boilerplate around articles: navigation, teasers, rights, mail addresses, page references."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import regex

from corpus.intake.decisions import Ledger
from corpus.intake.lists import entries
from corpus.intake.newspaper import continuation_lines, line_classification, mastheads, metadata
from corpus.intake.pages import Block, Page
from corpus.text.messages import sentence

_NAVIGATION = sentence("Left out navigation: {before}")
_TEASER = sentence("Left out what points to another article: {before}")
_RIGHTS = sentence("Left out a line about rights or the site: {before}")
_MAIL = sentence("Left out an address: {before}")
_FOLIO = sentence("Left out the page number: {before}")
_SITE = sentence("Left out the name of the site: {before}")

_LONGEST = 400
_SHORT_WORDS = 30
# A teaser at the foot of a page is a headline and a sentence or two; what is longer is an article again.
_TEASER_WORDS = 50

_BREADCRUMB = regex.compile(
    r"[^>»›]{1,40}(?:\s?(?:>|»|›|>>|&gt;)\s?[^>»›]{1,60}){2,}|(?:首页|Home)\s?(?:>|»|›)\s?[^>»›]{1,60}",
    regex.IGNORECASE,
)
_MENU = regex.compile(r"[^|｜.。!?！？]{1,24}(?:\s?[|｜]\s?[^|｜.。!?！？]{1,24}){3,}")
_ADDRESS = regex.compile(r"[\w.+-]+(?:@|＠|\s?\[at\]\s?)[\w-]+(?:\.[\w-]+)+|https?://\S+|www\.\S+")
_ADDRESS_LABEL = regex.compile(
    r"(?:e-?mail|mail\s?to|邮箱|电子邮箱|电子邮件|投稿|联系|网址|tel|电话|website|contact(?:\sus)?|write to us)"
    r"[^:：]{0,12}[:：]|mailto",
    regex.IGNORECASE,
)
_BULLET = regex.compile(r"^[\s•●▪■◆·>»\-*]+")


def remove(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages without what surrounds the articles on them."""
    return [replace(page, blocks=tuple(_kept(page, ledger))) for page in pages]


def _kept(page: Page, ledger: Ledger) -> Iterator[Block]:
    teasers = range(0)
    for number, block in enumerate(page.blocks):
        following = page.blocks[number + 1] if number + 1 < len(page.blocks) else None
        found = _kind(page, number, block, following) or (_TEASER_RULE if number in teasers else None)
        if found is None or not ledger.omit(*found, page.file, block):
            yield block
        elif found == _TEASER_HEADING:
            teasers = range(number + 1, _teasers_end(page.blocks, number + 1))


_TEASER_HEADING = ("teasers", "Left out the heading of a list of other articles: {before}")
_TEASER_RULE = ("teasers", _TEASER)
Found = tuple[str, str]


def _kind(page: Page, number: int, block: Block, following: Block | None) -> Found | None:
    """Returns the rule that leaves a block out, with its template; None for a block that stays."""
    text = block.text.strip()
    if len(text) > _LONGEST or line_classification.count_words(text) > _SHORT_WORDS:
        return None
    return (
        _simple_kind(text)
        or (_SITE_RULE if number == 0 and _is_site(block, page.blocks[1:6]) else None)
        or _reference_kind(page, number, text, following)
    )


_SITE_RULE = ("navigation", _SITE)


def _simple_kind(text: str) -> Found | None:
    name = _BULLET.sub("", text).rstrip(" :：>»").casefold()
    if name in _entries("teaser headings"):
        return _TEASER_HEADING
    if name in _entries("lines") or _is_breadcrumb(text) or _MENU.fullmatch(text):
        return "navigation", _NAVIGATION
    if _is_address(text):
        return "addresses", _MAIL
    if any(name.startswith(beginning) for beginning in _entries("beginnings")):
        return "rights", _RIGHTS
    return None


@lru_cache(maxsize=8)
def _entries(name: str) -> frozenset[str]:
    return frozenset(entries("boilerplate", name))


def _is_breadcrumb(text: str) -> bool:
    begins = any(text.casefold().startswith(beginning) for beginning in _entries("breadcrumb beginnings"))
    return (begins and not line_classification.is_ended(text)) or _BREADCRUMB.fullmatch(text) is not None


def _is_address(text: str) -> bool:
    """Returns whether the text is an address and next to nothing else."""
    rest, count = _ADDRESS.subn("", text)
    if not count:
        return False
    unlabelled, labels = _ADDRESS_LABEL.subn("", rest)
    return line_classification.count_words(unlabelled) <= (2 if labels else 0)


def _is_site(block: Block, following: Sequence[Block]) -> bool:
    """Returns whether the first block of a page is the name of a site or newspaper that a headline follows."""
    if not following or not line_classification.is_outlet(block.text):
        return False
    if metadata.is_date(following[0].text) or mastheads.is_volume(following[0].text):
        return False
    headline = following[0].text
    return line_classification.is_headline(headline) and any(
        metadata.facts(each.text) or line_classification.count_words(each.text) > _SHORT_WORDS
        for each in following[1:3]
    )


def _reference_kind(page: Page, number: int, text: str, following: Block | None) -> Found | None:
    """A page's own number at its top or foot, or a headline that only names the page it is on."""
    if continuation_lines.reference(text):
        return ("teasers", _TEASER) if _is_index(page, number) else ("folio", _FOLIO)
    if following and continuation_lines.reference(following.text) and _is_index(page, number + 1):
        return "teasers", _TEASER
    return None


def _is_index(page: Page, number: int) -> bool:
    """Returns whether the page reference at `number` stands below a headline of another page."""
    return number > 0 and line_classification.is_headline(page.blocks[number - 1].text) and not _ends_page(page, number)


def _ends_page(page: Page, number: int) -> bool:
    return number == len(page.blocks) - 1 and number > 2


def _teasers_end(blocks: Sequence[Block], first: int) -> int:
    """Returns the end of a list of other articles that begins at `first`.

    Its items are links and headlines: a sentence is the article again. Only a list that has bullets and goes on to the
    foot of the page may have a sentence or two to each item.
    """
    end = first
    while end < len(blocks) and _is_teaser(blocks, end):
        end += 1
    foot = first
    while foot < len(blocks) and (_is_teaser(blocks, foot) or _is_told(blocks, foot, first)):
        foot += 1
    has_bullets = first < len(blocks) and line_classification.is_item(blocks[first].text)
    return foot if has_bullets and foot == len(blocks) else end


def _is_teaser(blocks: Sequence[Block], number: int) -> bool:
    block = blocks[number]
    following = blocks[number + 1] if number + 1 < len(blocks) else None
    if block.kind in ("title", "caption") or continuation_lines.into(block.text) or metadata.is_byline(block.text):
        return False
    if following and (metadata.is_byline(following.text) or continuation_lines.into(following.text)):
        return False
    if block.kind == "heading" and not block.link and following and line_classification.is_ended(following.text):
        # What the file itself calls a heading belongs to the text below it.
        return False
    return (
        block.link
        or _simple_kind(block.text) is not None
        or line_classification.is_headline(_BULLET.sub("", block.text))
    )


def _is_told(blocks: Sequence[Block], number: int, first: int) -> bool:
    """Returns whether a block is an item of several words, or says more about the headline above it."""
    text = blocks[number].text[:2_000]
    if line_classification.count_words(text) > _TEASER_WORDS:
        return False
    return line_classification.is_item(text) or (
        number > first and line_classification.is_headline(blocks[number - 1].text)
    )
