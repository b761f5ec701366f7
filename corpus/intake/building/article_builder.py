"""Issue assembly: from the blocks of pages to drafts of articles, and from their parts to whole articles.

A headline begins an article where a byline, a date or a jump stands below it, where the file itself calls it a title,
and where no other article is open; anywhere else it is a heading inside the open article.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from corpus.intake.building.drafts import ArticleDraft, Item
from corpus.intake.building.headlines import choose, is_section, key
from corpus.intake.decisions import Ledger, Leftover
from corpus.intake.newspaper import continuation_lines, line_classification, mastheads, metadata
from corpus.intake.newspaper.mastheads import Masthead
from corpus.intake.newspaper.metadata import Facts
from corpus.intake.pages import Block, Page
from corpus.text.messages import sentence

_BYLINE = sentence("Took the byline: {before}")
_ABOUT = sentence("Took what a line says about the article: {before}")
_SECTION = sentence("Took the section: {before}")
_JUMP = sentence("Followed a jump: {before}")

_NO_HEADLINE = sentence("{file} has text without a headline: its article is named after the file.")
_PLACELESS = sentence("{file} has blocks that belong to no article: see the leftovers.")


@dataclass
class Assembled:
    """The drafts that a set of pages holds, the blocks that belong to none, and the masthead of each file."""

    drafts: list[ArticleDraft] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    mastheads: dict[str, Masthead] = field(default_factory=dict)


def assemble(pages: Sequence[Page], ledger: Ledger) -> Assembled:
    """Returns the drafts of all articles on the pages, a draft for each part that stands on another page."""
    pages, found = mastheads.read([_titled(_jumps_apart(page)) for page in pages], ledger)
    assembled = Assembled(mastheads=found)
    continued = {
        key(headline.text)
        for page in pages
        for headline, following in pairwise(page.blocks)
        if continuation_lines.into(following.text)
    }
    for _, group in groupby(pages, key=lambda page: page.file):
        _File(list(group), ledger, assembled, continued).read()
    return assembled


def _jumps_apart(page: Page) -> Page:
    """The page with each jump in brackets as a block of its own."""
    blocks: list[Block] = []
    for block in page.blocks:
        pieces = continuation_lines.apart(block.text) if block.kind == "text" else [block.text]
        blocks += [replace(block, text=piece) for piece in pieces]
    return replace(page, blocks=tuple(blocks))


def _titled(page: Page) -> Page:
    """The page with the title that the file names as a block of this kind, where no block is one yet."""
    if not page.title or any(block.kind == "title" for block in page.blocks):
        return page
    for number, block in enumerate(page.blocks):
        if key(block.text) == key(page.title):
            return replace(
                page, blocks=(*page.blocks[:number], replace(block, kind="title"), *page.blocks[number + 1 :])
            )
    return replace(page, blocks=(Block(page.title, "", "title"), *page.blocks))


class _File:
    """Walks through the pages of one file and sorts their blocks into drafts."""

    def __init__(self, pages: list[Page], ledger: Ledger, assembled: Assembled, continued: set[str]) -> None:
        self._pages = pages
        self._ledger = ledger
        self._assembled = assembled
        self._continued = continued
        self._items = _items(pages)
        # A page on which articles begin or end by such lines holds several.
        self._is_issue = pages[0].file in assembled.mastheads or any(
            item.kind in ("jump out", "jump in") for item in self._items
        )
        self._current: ArticleDraft | None = None
        self._run: list[Item] = []
        self._captions: list[Item] = []
        self._facts = Facts()
        self._drafts: list[ArticleDraft] = []

    def read(self) -> None:
        """Adds the drafts and leftovers of the file to what is assembled."""
        handlers = {
            "caption": self._caption,
            "title": self._title,
            "heading": self._heading,
            "about": self._about,
            "jump in": self._jump_in,
            "jump out": self._jump_out,
        }
        for number, item in enumerate(self._items):
            handlers.get(item.kind, self._text)(number, item)
        self._end()
        self._assembled.drafts += self._drafts

    # One kind of block each

    def _caption(self, number: int, item: Item) -> None:
        if self._current and not self._run:
            self._current.captions.append(item)
        else:
            self._captions.append(item)

    def _title(self, number: int, item: Item) -> None:
        if self._run and not all(pending.kind == "title" or is_section(pending.text) for pending in self._run):
            self._inside()
        self._run.append(item)

    def _heading(self, number: int, item: Item) -> None:
        following = self._items[number + 1].kind if number + 1 < len(self._items) else ""
        is_first = self._current is None and all(is_section(pending.text) for pending in self._run)
        if (
            is_first
            or following in ("about", "jump in")
            or item.block.kind == "heading"
            or line_classification.is_heading(item.text)
        ):
            self._run.append(item)
        else:
            self._text(number, replace(item, kind="text"))

    def _about(self, number: int, item: Item) -> None:
        facts = metadata.facts(item.text) or Facts()
        if self._run and not self._text_follows(number):
            self._sign(item, facts)
        elif not self._take("about", _BYLINE if facts.byline else _ABOUT, item):
            self._text(number, item)
        else:
            # A source below a heading may be a table's.
            if self._run and (facts.byline or facts.date or self._current is None):
                self._open(beside=True)
            if self._current:
                self._current.facts = self._current.facts.over(facts)
            else:
                self._facts = self._facts.over(facts)

    def _sign(self, item: Item, facts: Facts) -> None:
        """A name and a date below the last paragraph: who signs it, and when."""
        current = self._current
        signature = self._run[-1]
        unsigned = current is not None and facts.date and not facts.byline and not current.facts.byline
        is_signature = unsigned and len(self._run) == 1 and metadata.is_signature(signature.text)
        if current and is_signature and self._take("about", _BYLINE, signature):
            current.facts = current.facts.over(Facts(byline=signature.text))
            self._run = []
        self._inside()
        if not self._take("about", _ABOUT, item):
            self._keep(item)
        elif self._current:
            self._current.facts = self._current.facts.over(facts)

    def _jump_in(self, number: int, item: Item) -> None:
        if not self._take("jumps", _JUMP, item):
            self._text(number, item)
            return
        if self._run or self._current is None or self._current.has_text:
            self._open(beside=True)
        if self._current:
            self._current.comes_from = continuation_lines.into(item.text)

    def _jump_out(self, number: int, item: Item) -> None:
        self._inside()
        if self._current is None or not self._take("jumps", _JUMP, item):
            self._keep(item)
            return
        self._current.goes_to = continuation_lines.out(item.text)
        self._current = None

    def _text(self, number: int, item: Item) -> None:
        if self._run and self._begins():
            self._open(beside=False)
        self._inside()
        if self._current is None and not self._is_orphan(number):
            self._open(beside=False)
        self._keep(item)

    # What they have in common

    def _take(self, rule: str, template: str, item: Item, after: str = "") -> bool:
        return self._ledger.take(rule, template, item.page.file, item.block.place, item.text, after)

    def _begins(self) -> bool:
        """Returns whether the headings that are pending begin an article although no byline follows."""
        if self._current is None or any(item.kind == "title" for item in self._run):
            return True
        return any(key(item.text) in self._continued for item in self._run)

    def _open(self, beside: bool) -> None:
        """Opens an article under the headings that are pending; with `beside` a byline or jump follows them."""
        chosen = choose(self._run, beside, self._is_issue, self._continued)
        page = chosen.headline.page if chosen.headline else self._page()
        self._current = ArticleDraft(chosen.headline, page, facts=self._facts, captions=self._captions)
        self._drafts.append(self._current)
        self._run, self._captions, self._facts = [], [], Facts()
        for section in chosen.sections:
            if self._current.section or not self._take("section", _SECTION, section):
                self._keep(replace(section, kind="heading"))
            else:
                self._current.section = section.text
        for item in chosen.decks:
            self._keep(replace(item, kind="heading"))
        for item in chosen.others:
            self._leave(item)

    def _page(self) -> Page:
        return self._pages[0]

    def _inside(self) -> None:
        """Puts the headings that are pending into the open article."""
        run, self._run = self._run, []
        for item in run:
            self._keep(replace(item, kind="heading"))
        if self._current:
            self._current.captions += self._captions
            self._captions = []

    def _keep(self, item: Item) -> None:
        if self._current is None:
            self._leave(item)
        else:
            kind = item.kind if item.kind in ("heading", "list") else "text"
            self._current.items.append(replace(item, kind=kind))

    def _leave(self, item: Item) -> None:
        self._assembled.leftovers.append(Leftover(item.text, item.page.file, item.block.place))

    def _is_orphan(self, number: int) -> bool:
        """Returns whether text stands above the first headline of a page with articles, or below the end of one."""
        if self._drafts:
            return True
        return self._is_issue and any(
            later.kind in ("about", "jump in") and self._items[before].kind in ("heading", "title")
            for before, later in enumerate(self._items[number + 1 :], number)
        )

    def _text_follows(self, number: int) -> bool:
        """Returns whether there is text of the same article below a line about it."""
        above = ""
        for item in self._items[number + 1 :]:
            if item.kind in ("text", "list"):
                return True
            if item.kind == "title" or (above == "heading" and item.kind in ("about", "jump in")):
                return False
            above = item.kind
        return False

    def _end(self) -> None:
        """Settles what is pending at the end of the file: headings without text, captions without an article."""
        if not self._drafts and (self._run or self._current is None):
            self._open_last()
        run, self._run = self._run, []
        for item in run:
            if self._is_issue or self._current is None:
                self._leave(item)
            else:
                self._keep(replace(item, kind="text"))
        for item in self._captions:
            (self._current or self._drafts[-1]).captions.append(item) if self._drafts else self._leave(item)
        if self._current and self._facts != Facts():
            self._current.facts = self._current.facts.over(self._facts)
        if any(left.file == self._pages[0].file for left in self._assembled.leftovers):
            self._ledger.note(_PLACELESS, self._pages[0].file)
        if any(draft.headline is None and not draft.comes_from for draft in self._drafts):
            self._ledger.note(_NO_HEADLINE, self._pages[0].file)

    def _open_last(self) -> None:
        """A file of nothing but headings is an article without a headline."""
        run, self._run = self._run, []
        if not run:
            return
        self._open(beside=False)
        for item in run:
            self._keep(replace(item, kind="text"))


def _items(pages: list[Page]) -> list[Item]:
    """The blocks of a file with their kinds; what stands right above a jump is the end of an article."""
    items = [Item(block, page, _kind(block)) for page in pages for block in page.blocks]
    for number, (item, following) in enumerate(pairwise(items)):
        if item.kind == "heading" and following.kind == "jump out":
            items[number] = replace(item, kind="text")
    return items


def _kind(block: Block) -> str:
    """Returns the kind of a block for the assembly: by what the file says of it, then by its words."""
    if block.kind in ("caption", "title"):
        return block.kind
    if continuation_lines.into(block.text):
        return "jump in"
    if continuation_lines.out(block.text):
        return "jump out"
    if metadata.facts(block.text) is not None:
        return "about"
    if block.kind != "text":
        return block.kind if block.kind in ("heading", "list") else "text"
    if line_classification.is_item(block.text):
        return "list"
    return "heading" if line_classification.is_headline(block.text) else "text"
