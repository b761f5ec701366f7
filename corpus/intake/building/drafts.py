"""Articles in the making: what a page has of each, before the pages are put together."""

from dataclasses import dataclass, field

from corpus.intake.newspaper.metadata import Facts
from corpus.intake.pages import Block, Page


@dataclass(frozen=True)
class Item:
    """A block and the page it stands on, with the kind it turned out to have."""

    block: Block
    page: Page
    kind: str

    @property
    def text(self) -> str:
        return self.block.text


@dataclass
class ArticleDraft:
    """An article, or the part of it that stands on one page.

    `comes_from` and `goes_to` are the pages that jumps name, empty where there are none.
    """

    headline: Item | None
    page: Page
    items: list[Item] = field(default_factory=list)
    captions: list[Item] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    section: str = ""
    comes_from: str = ""
    goes_to: str = ""
    # The other parts that were joined to it, and the numbers of the pages all of them stand on, in reading order.
    parts: list["ArticleDraft"] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    @property
    def page_id(self) -> int:
        """Tells pages of one run apart: several may be equal."""
        return id(self.page)

    @property
    def title(self) -> str:
        return self.headline.text if self.headline else ""

    @property
    def has_text(self) -> bool:
        return bool(self.items)
