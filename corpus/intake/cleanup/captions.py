"""Captions and photo credits: taken out of the running text and kept as such."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import regex

from corpus.intake.decisions import Ledger
from corpus.intake.lists import entries
from corpus.intake.newspaper import line_classification
from corpus.intake.pages import Block, Page
from corpus.segmentation import sentences
from corpus.text.messages import sentence

_TEMPLATE = sentence("Took a caption out of the text: {before}")
_CREDIT = sentence("Took a photo credit out of the text: {before}")
_LONGEST_WORDS = 90
_MAX_CREDIT = 120


# Inside brackets, and what a photographer's credit looks like in Chinese: 新华社记者 李明 摄.
_INNER = r"[^()（）\[\]【】\n]"
_SHOT_BY = r"(?:\p{Han}{2,8}(?:记者|通讯员)\s?)?\p{Han}{2,4}(?:\s\p{Han}{2,4})*\s?(?:摄影?|供图)"


@lru_cache(maxsize=1)
def _credit_patterns() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    """A credit in brackets anywhere, one at the end of a block, and a block that is nothing but a credit."""
    opens = "|".join(sorted(map(regex.escape, entries("captions", "credits")), key=len, reverse=True))
    agencies = "|".join(sorted(map(regex.escape, entries("captions", "agencies")), key=len, reverse=True))
    inner = (
        rf"(?:{opens}){_INNER}{{1,100}}|(?:{agencies})\s?[/／]\s?{_INNER}{{1,60}}"
        rf"|(?:photos?|图片?|photography)\s?[/／|:：]\s?{_INNER}{{1,60}}"
        rf"|{_SHOT_BY}|\p{{Han}}{{2,16}}供图|\p{{Han}}{{2,4}}社发"
    )
    bracketed = rf"[(（\[【]\s?(?:{inner})\s?[)）\]】]"
    opened = rf"(?:{opens})\s?[^()（）\[\]【】\n.。]{{1,60}}"
    bare = rf"(?:(?<=[.!?。！？”\"]\s?){opened}\.?|(?<=[。！？”]\s?){_SHOT_BY})"
    return (
        regex.compile(bracketed, regex.IGNORECASE),
        regex.compile(rf"(?:{bracketed}|{bare})[.。]?$", regex.IGNORECASE),
        regex.compile(rf"(?:{bracketed}|{opened}|{_SHOT_BY})", regex.IGNORECASE),
    )


def split(text: str) -> tuple[str, str]:
    """Splits a caption into what it says and its credit, which stands at its end or its beginning."""
    bracketed, last, alone = _credit_patterns()
    if alone.fullmatch(text):
        return "", text
    match = last.search(text, max(0, len(text) - _MAX_CREDIT)) or bracketed.match(text)
    if match is None:
        return text, ""
    return (text[: match.start()] + text[match.end() :]).strip(), match[0].strip()


def mark(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages with captions as blocks of their own, of the kind `caption`, each with its credit."""
    return [replace(page, blocks=tuple(_page(page, ledger))) for page in pages]


def _page(page: Page, ledger: Ledger) -> list[Block]:
    blocks = [piece for block in page.blocks for piece in _apart(block, page, ledger)]
    captions = _captions(blocks)
    marked: list[Block] = []
    for number, block in enumerate(blocks):
        if number in captions and block.kind != "caption" and not _taken(block, page, ledger):
            captions.discard(number)
        marked.append(replace(block, kind="caption") if number in captions else block)
    return _with_credits(marked)


def _with_credits(blocks: list[Block]) -> list[Block]:
    """The blocks with a credit that stands alone given to the captions right above it, which may be several."""
    kept: list[Block] = []
    for block in blocks:
        above = len(kept)
        while block.kind == "caption" and _is_credit(block.text) and above and _wants_credit(kept[above - 1]):
            above -= 1
            joined = f"{kept[above].text} {block.text}"
            kept[above] = replace(kept[above], text=joined, place=f"{kept[above].place}, {block.place}")
        if above == len(kept):
            kept.append(block)
    return kept


def _wants_credit(block: Block) -> bool:
    return block.kind == "caption" and split(block.text)[1] == ""


def _taken(block: Block, page: Page, ledger: Ledger) -> bool:
    template = _CREDIT if _is_credit(block.text) else _TEMPLATE
    return ledger.take("captions", template, page.file, block.place, block.text, block.text)


def _apart(block: Block, page: Page, ledger: Ledger) -> list[Block]:
    """Cuts a credit in the middle of a paragraph off, with the sentence before it where that is its caption."""
    bracketed, last, _ = _credit_patterns()
    text = block.text
    if block.kind != "text" or not any(bracket in text for bracket in "([（【"):
        return [block]
    if _is_short(text, _LONGEST_WORDS) and last.search(text, max(0, len(text) - _MAX_CREDIT)):
        return [block]
    match = bracketed.search(text)
    if match is None:
        return [block]
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    caption = _last_sentence(before) if before else ""
    if not ledger.take("captions", _TEMPLATE, page.file, block.place, f"{caption} {match[0]}".strip(), match[0]):
        return [block]
    rest = before[: len(before) - len(caption)].rstrip()
    pieces = ((rest, block.kind), (f"{caption} {match[0]}".strip(), "caption"), (after, block.kind))
    return [replace(block, text=piece, kind=kind) for piece, kind in pieces if piece]


def _last_sentence(text: str) -> str:
    """The last sentence of a text where it looks like a caption, else nothing."""
    sentence = sentences(text[-600:], "zh" if line_classification.is_chinese(text) else "en")[-1]
    return sentence if _begins_as_caption(sentence) or _poses(sentence) else ""


def _captions(blocks: Sequence[Block]) -> set[int]:
    """The numbers of the blocks that are captions or credits."""
    found = {number for number, block in enumerate(blocks) if block.kind == "caption" or _is_caption(block)}
    for number in [number for number in found if _is_credit(blocks[number].text)]:
        before = number - 1
        while before >= 0 and before not in found and _stands_by_credit(blocks[before]):
            found.add(before)
            before -= 1
    return found


def _is_caption(block: Block) -> bool:
    """Returns whether a block shows by itself that it is a caption: by its credit, or by how it begins."""
    if block.kind not in ("text", "heading") or not _is_short(block.text, _LONGEST_WORDS):
        return False
    return split(block.text)[1] != "" or _begins_as_caption(block.text)


def _is_short(text: str, words: int) -> bool:
    return len(text) < 12 * words and line_classification.count_words(text) <= words


def _is_credit(text: str) -> bool:
    return len(text) <= _MAX_CREDIT and _credit_patterns()[2].fullmatch(text) is not None


def _stands_by_credit(block: Block) -> bool:
    """Returns whether a block above a credit is its caption: one or two sentences that tell what is seen."""
    text = block.text
    if block.kind != "text" or not _is_short(text, _LONGEST_WORDS // 2):
        return False
    return _poses(text) or any(f" {verb} " in text.casefold() for verb in entries("captions", "verbs"))


def _begins_as_caption(text: str) -> bool:
    beginning = text.lstrip("▲△▼▽◀▶↑↓←→ ").casefold()
    if text[:1] in "▲△▼▽◀▶":
        return True
    return any(beginning.startswith(entry) for entry in entries("captions", "beginnings"))


def _poses(text: str) -> bool:
    folded = text.casefold()
    return any(entry in folded for entry in entries("captions", "poses"))
