"""The result of a reader of a kind of file: pages of blocks, before anything is repaired or put together."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A stretch of a page as the file has it: a paragraph, a heading, a caption, an item of a list.

    `kind` is what the file itself says (title, heading, caption, list), and text where it says nothing; `place` says
    where in the file it stands, for instance `line 12` or `page 3, column 2`, and `number` where in all that is read
    together. `link` says that all of it leads to another page.
    """

    text: str
    place: str
    kind: str = "text"
    link: bool = False
    number: int = 0


@dataclass(frozen=True)
class Page:
    """A page of a file: its blocks in reading order, and what the file says about itself, empty where it does not.

    `date` is ISO 8601; `language` a BCP 47 tag. `notes` are sentences for the user about what could not be read well,
    and `warnings` those that nobody may miss, each with what fills its `{detail}`; the file fills `{file}`.
    """

    blocks: tuple[Block, ...]
    file: str
    number: str = ""
    title: str = ""
    byline: str = ""
    date: str = ""
    source: str = ""
    section: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Limits:
    """The limits beyond which a file counts as hostile: sizes in bytes.

    `all_paragraphs` is for all files that are read together.
    """

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000
    members: int = 2_000
    pdf_pages: int = 500
    block_characters: int = 200_000
    paragraphs: int = 50_000
    all_paragraphs: int = 100_000
