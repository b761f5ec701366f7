"""Repair: each rule mends one kind of damage on the pages of all files together, and records what it does.

A rule is a function of pages and a ledger that returns the pages mended; it leaves out or changes nothing that it has
not asked the ledger about.
"""

from collections.abc import Callable, Sequence

from corpus.intake.cleanup import (
    boilerplate,
    captions,
    characters,
    chinese,
    hyphens,
    markup,
    mojibake,
    paragraphs,
    spacing,
)
from corpus.intake.decisions import Ledger
from corpus.intake.pages import Page

Rule = Callable[[Sequence[Page], Ledger], list[Page]]

# Characters first, then what does not belong, then what belongs together: a paragraph is rejoined over a caption only
# when the caption is known for one, and a hyphen at the end of a column is judged when the word is whole.
RULES: tuple[Rule, ...] = (
    characters.mend,
    markup.mend,
    chinese.mend,
    spacing.mend,
    boilerplate.remove,
    captions.mark,
    paragraphs.join,
    hyphens.mend,
    paragraphs.unwrap,
)


def clean(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages with every rule applied."""
    # What looks like a typesetter's space may be a byte of a character that was read in the wrong encoding.
    mended = spacing.plain(mojibake.mend(pages, ledger))
    for rule in RULES:
        mended = rule(mended, ledger)
    return mended
