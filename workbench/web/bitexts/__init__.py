"""Pages of a bitext: its editor, alignment, exchange, pretranslation, terms, comments, review, statistics."""

from workbench.web.bitexts import (
    alignment,
    article,
    assignment,
    comments,
    editor,
    exchange,
    news,
    pretranslation,
    replacing,
    review,
    statistics,
    term_check,
)

_PAGES = (
    editor,
    news,
    pretranslation,
    alignment,
    article,
    exchange,
    replacing,
    term_check,
    comments,
    review,
    assignment,
    statistics,
)
blueprints = tuple(page.blueprint for page in _PAGES)
