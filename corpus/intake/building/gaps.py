"""Gaps: where in the articles something was left out, and how much of each file is in none of them."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.intake.building.drafts import ArticleDraft, Item
from corpus.intake.cleanup import texts
from corpus.intake.decisions import Ledger, Leftover, Omission
from corpus.intake.pages import Page
from corpus.text.messages import sentence

_MUCH = sentence(
    "{file}: {detail} of its text was left out. Look at what is missing, and take back what belongs to an article."
)
# With more than this share of a file left out, a person has to look.
_MAX_SHARE = 0.2


@dataclass(frozen=True)
class Gap:
    """The texts left out of an article before its paragraph of that number, and their rules; both count from 0."""

    article: int
    paragraph: int
    texts: tuple[str, ...]
    rules: tuple[str, ...]


def find(drafts: Sequence[ArticleDraft], ledger: Ledger) -> tuple[Gap, ...]:
    """Returns the gaps in articles that are made of drafts; what stood above the first of them leaves none."""
    anchors = sorted(_anchors(drafts))
    numbers = [number for number, *_ in anchors]
    placed: list[tuple[tuple[int, int], Omission]] = []
    for omission in sorted(ledger.omissions, key=lambda omission: omission.number):
        found = bisect(numbers, omission.number)
        if found and anchors[found - 1][1] == omission.file:
            _, _, article, paragraph = anchors[found - 1]
            placed.append(((article, paragraph + 1), omission))
    gaps = []
    for (article, paragraph), group in groupby(placed, key=lambda each: each[0]):
        omissions = [omission for _, omission in group]
        gaps.append(
            Gap(article, paragraph, tuple(each.text for each in omissions), tuple(each.rule for each in omissions))
        )
    return tuple(gaps)


def _anchors(drafts: Sequence[ArticleDraft]) -> Iterator[tuple[int, str, int, int]]:
    """Yields for each paragraph of the articles its place in all that was read, its file, article and number."""
    for article, draft in enumerate(drafts):
        headline: list[Item] = [draft.headline] if draft.headline else []
        for paragraph, item in enumerate([*headline, *draft.items]):
            yield item.block.number, item.page.file, article, paragraph


def warn(pages: Sequence[Page], leftovers: Sequence[Leftover], ledger: Ledger) -> None:
    """Notes each file of which a good part is in no article; `pages` are as they were read."""
    whole: Counter[str] = Counter()
    for page, block in texts.walk(pages):
        whole[page.file] += len(block.text)
    lost: Counter[str] = Counter()
    for omission in ledger.omissions:
        lost[omission.file] += len(omission.text)
    for leftover in leftovers:
        lost[leftover.file] += len(leftover.text)
    for file, size in lost.items():
        if size > _MAX_SHARE * whole[file]:
            ledger.note(_MUCH, file, f"{100 * size / max(size, whole[file]):.0f} %", warns=True)
