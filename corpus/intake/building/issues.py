"""Issues: the parts of articles that jumps lead between, joined, and what a masthead says of an issue's articles."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.intake.building.article_builder import Assembled
from corpus.intake.building.drafts import ArticleDraft, Item
from corpus.intake.building.headlines import key
from corpus.intake.cleanup import paragraphs
from corpus.intake.decisions import Ledger
from corpus.intake.newspaper.metadata import Facts
from corpus.text.messages import sentence

_JOINED = sentence("Joined the parts of an article: the headline “{before}” on the second page goes")
_JOINED_TEXT = sentence("Joined a paragraph that a jump broke: {before} → {after}")
_LOST_END = sentence("“{detail}” in {file} goes on on a page that is not here: give all pages of the issue together.")
_LOST_START = sentence("“{detail}” in {file} begins on a page that is not here: give all pages of the issue together.")
_ALIKE = 0.5


def join(assembled: Assembled, ledger: Ledger) -> list[ArticleDraft]:
    """Returns the drafts with the parts of each article joined, dated and sourced by the masthead of their issue."""
    files = _Issues()
    drafts = list(assembled.drafts)
    for first in [draft for draft in drafts if draft.goes_to]:
        second = _counterpart(first, [draft for draft in drafts if draft.comes_from and draft is not first])
        if second is None:
            ledger.note(_LOST_END, first.page.file, first.title)
            continue
        files.link(first.page.file, second.page.file)
        _number(first, second)
        if _agreed(second, ledger):
            _append(first, second, ledger)
            drafts = [draft for draft in drafts if draft is not second]
    for draft in drafts:
        if draft.comes_from:
            ledger.note(_LOST_START, draft.page.file, draft.title)
    _date(drafts, assembled, files)
    return drafts


def _counterpart(first: ArticleDraft, others: Sequence[ArticleDraft]) -> ArticleDraft | None:
    """The part that a draft goes on with: the same headline, else one much like it, else the only one."""
    fitting = [other for other in others if _pages_agree(first, other)]
    for other in fitting:
        if key(other.title) == key(first.title):
            return other
    alike = [other for other in fitting if _likeness(first.title, other.title) >= _ALIKE]
    if alike:
        return max(alike, key=lambda other: _likeness(first.title, other.title))
    headless = [other for other in fitting if not other.title]
    return headless[0] if len(headless) == 1 else None


def _pages_agree(first: ArticleDraft, second: ArticleDraft) -> bool:
    """Returns whether the jumps name the pages that the parts stand on, as far as the pages have numbers."""
    return second.page.number in ("", first.goes_to) and first.page.number in ("", second.comes_from)


def _likeness(left: str, right: str) -> float:
    """The share of the shorter headline's words, or characters in Chinese, that the other one has too."""
    words, others = set(_units(left)), set(_units(right))
    return len(words & others) / max(1, min(len(words), len(others)))


def _units(text: str) -> list[str]:
    return [unit for word in key(text).split() for unit in ([word] if word.isascii() else list(word))]


def _number(first: ArticleDraft, second: ArticleDraft) -> None:
    first.numbers = [second.comes_from]
    second.numbers = [first.goes_to]


def _agreed(second: ArticleDraft, ledger: Ledger) -> bool:
    title = second.headline
    place = title.block.place if title else ""
    return ledger.take("jumps", _JOINED, second.page.file, place, second.title)


def _append(first: ArticleDraft, second: ArticleDraft, ledger: Ledger) -> None:
    items = list(second.items)
    if first.items and items and paragraphs.continues(first.items[-1].text, items[0].text):
        _join_text(first, items, ledger)
    first.items += items
    first.captions += second.captions
    first.facts = first.facts.over(second.facts)
    first.section = first.section or second.section
    first.goes_to, first.parts = second.goes_to, [*first.parts, second]
    first.numbers = [*first.numbers, *second.numbers]


def _join_text(first: ArticleDraft, items: list[Item], ledger: Ledger) -> None:
    left, right = first.items[-1], items[0]
    before = f"{left.text[-40:]} ¶ {right.text[:40]}"
    second = right.block
    if left.page.file != right.page.file:
        second = replace(second, place=f"{right.page.file}: {second.place}")
    joined = paragraphs.together(left.block, second)
    start = max(0, len(left.text) - 40)
    after = joined.text[start : len(joined.text) - max(0, len(right.text) - 40)]
    if ledger.take("jumps", _JOINED_TEXT, right.page.file, right.block.place, before, after):
        first.items[-1] = Item(joined, left.page, left.kind)
        del items[0]


class _Issues:
    """The files that are pages of one issue, since a jump leads from one to the other."""

    def __init__(self) -> None:
        self._of: dict[str, set[str]] = {}

    def link(self, one: str, other: str) -> None:
        together = self.of(one) | self.of(other)
        for file in together:
            self._of[file] = together

    def of(self, file: str) -> set[str]:
        return self._of.get(file, {file})


def _date(drafts: Sequence[ArticleDraft], assembled: Assembled, issues: _Issues) -> None:
    numbers = {draft.page_id: draft.numbers[0] for draft in drafts if draft.numbers}
    for draft in drafts:
        for part in draft.parts:
            if part.numbers:
                numbers.setdefault(part.page_id, part.numbers[0])
    for draft in drafts:
        if not draft.numbers:
            draft.numbers = [number for number in [draft.page.number or numbers.get(draft.page_id, "")] if number]
        for file in sorted(issues.of(draft.page.file)):
            if masthead := assembled.mastheads.get(file):
                draft.facts = draft.facts.over(Facts(date=masthead.date, source=masthead.source))
