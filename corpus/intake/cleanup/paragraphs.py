"""Paragraphs that a column, a page or a caption broke in two, put together again."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from corpus.intake.decisions import Ledger
from corpus.intake.lists import words
from corpus.intake.newspaper import continuation_lines, line_classification, metadata
from corpus.intake.pages import Block, Page
from corpus.text.messages import sentence
from corpus.text.scripts import HAN

_TEMPLATE = sentence("Joined a paragraph that was broken: {before} → {after}")

_ENDED = regex.compile(r"[.!?…。！？｡：:；;][”’\"'」』）)\]】]*+\s*$")
_CLOSED = regex.compile(r"[”’\"」』）)\]】]$")
_HYPHEN = regex.compile(r"\p{Latin}[-‐\u00ad]$")
_CANNOT_START = regex.compile(r"[,;.。，、；：！？）)”’」』》](?!\.)")
_LATIN_LETTER = regex.compile(r"\p{Latin}")
# A heading or a salutation is shorter than a column's last line and the lines before it.
_FEW_WORDS = 6
_SHORT_CHINESE = 15
_EXCERPT = 40
_BEGINNING = 400


def join(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages with the parts of each paragraph joined, over captions and from page to page of a file."""
    joined: list[list[Block]] = []
    # The last block of running text of the file so far: its page and its number there.
    last: tuple[int, int] | None = None
    for number, page in enumerate(pages):
        if number == 0 or page.file != pages[number - 1].file:
            last = None
        joined.append([])
        for block in page.blocks:
            if last and block.kind in ("text", "list", "heading"):
                left = joined[last[0]][last[1]]
                if _is_broken(left, block) and _take(left, block, page, ledger):
                    joined[last[0]][last[1]] = together(left, block)
                    continue
            joined[number].append(block)
            if block.kind != "caption":
                last = number, len(joined[number]) - 1
    return [replace(page, blocks=tuple(blocks)) for page, blocks in zip(pages, joined, strict=True)]


def _take(left: Block, right: Block, page: Page, ledger: Ledger) -> bool:
    before = f"{left.text[-_EXCERPT:]} ¶ {right.text[:_EXCERPT]}"
    after = _glue(left.text[-_EXCERPT:], right.text[:_EXCERPT])
    return ledger.take("paragraphs", _TEMPLATE, page.file, right.place, before, after)


def together(left: Block, right: Block) -> Block:
    """Returns two blocks as one; its place names both."""
    return replace(left, text=_glue(left.text, right.text), place=f"{left.place}, {right.place}")


def _glue(left: str, right: str) -> str:
    # The line break tells the hyphen rule that the word was broken here.
    if _HYPHEN.search(left[-2:]):
        return f"{left}\n{right}"
    return left + right if _is_unspaced(left, right) else f"{left} {right}"


def _is_unspaced(left: str, right: str) -> bool:
    marks = "，。、；：！？）》”’“‘《（"
    edges = left[-1:], right[:1]
    # Quotation marks alone tell nothing: English has them too.
    return all(HAN.match(edge) or edge in marks for edge in edges) and any(edge not in "”’“‘" for edge in edges)


def _is_broken(left: Block, right: Block) -> bool:
    """Returns whether two blocks of a page are one paragraph; lines that say something about an article never are."""
    if "caption" in (left.kind, right.kind) or "title" in (left.kind, right.kind):
        return False
    if right.kind == "heading" or left.kind == "heading":
        return False
    return not (_is_line(left.text) or _is_line(right.text)) and continues(left.text, right.text)


def _is_line(text: str) -> bool:
    if len(text) > 240:
        return False
    return bool(
        continuation_lines.out(text)
        or continuation_lines.into(text)
        or continuation_lines.reference(text)
        or metadata.facts(text)
    )


def continues(left: str, right: str) -> bool:
    """Returns whether a text that breaks off is continued by the other one."""
    left, right = left.rstrip(), right.lstrip()
    if not left or not right or line_classification.is_item(right):
        return False
    if _HYPHEN.search(left[-2:]) and right[0].isalnum():
        return True
    if _ENDED.search(left, max(0, len(left) - 20)):
        return False
    if _CANNOT_START.match(right):
        return True
    return _chinese_continues(left, right) if HAN.match(left[-1]) or left[-1] in "，、》" else _goes_on(left, right)


def _goes_on(left: str, right: str) -> bool:
    # Only the edges are looked at: a paragraph may be put together from thousands of lines.
    last, closed = left[-_EXCERPT:].split()[-1].casefold(), _CLOSED.search(left[-1:])
    left, right = left[:_BEGINNING], right[:_BEGINNING]
    first = right.lstrip("“‘\"'(（")[:1]
    if first.islower() and _LATIN_LETTER.match(first):
        return not closed or len(left.split()) > _FEW_WORDS
    if len(left.split()) < _FEW_WORDS or line_classification.is_numbered(left) or _opens(right):
        return False
    if last.endswith(","):
        return True
    if line_classification.is_title_case(left):
        return False
    return last in words("line_classification", "function words") or (
        first.isdigit() and not line_classification.is_heading(left)
    )


def _opens(text: str) -> bool:
    """Returns whether the text is a heading, which no broken paragraph goes on with."""
    return line_classification.is_heading(text) and line_classification.count_words(text) > 1


def _chinese_continues(left: str, right: str) -> bool:
    if line_classification.is_numbered(left) or line_classification.is_numbered(right) or len(left) < _SHORT_CHINESE:
        return False
    if left[-1] in "，、":
        return True
    prose = any(mark in left for mark in "。！？；")
    return prose and any(mark in right for mark in "，。") and not line_classification.is_heading(right)


def unwrap(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages with each block on one line."""
    return [
        replace(page, blocks=tuple(replace(block, text=on_one_line(block.text)) for block in page.blocks))
        for page in pages
    ]


def on_one_line(text: str) -> str:
    """Returns the text with its line breaks taken out: with a space, or without one between Chinese characters."""
    if "\n" not in text:
        return _SPACES.sub(" ", text).strip()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    # Glued piece by piece but joined once, so that time stays linear.
    pieces: list[str] = []
    for line in lines:
        if pieces and not _is_unspaced(pieces[-1], line):
            pieces.append(" ")
        pieces.append(line)
    return _SPACES.sub(" ", "".join(pieces))


_SPACES = regex.compile(r"[ \t\u00a0]{2,}|[\t\u00a0]")
