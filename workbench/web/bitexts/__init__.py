"""Pages of a bitext: its editor, alignment, exchange, pretranslation, terms, comments, review and assignment."""

from workbench.web.bitexts import (
    alignment,
    assignment,
    comments,
    editor,
    exchange,
    pretranslation,
    replacing,
    review,
    term_check,
)

_PAGES = (editor, pretranslation, alignment, exchange, replacing, term_check, comments, review, assignment)
blueprints = tuple(page.blueprint for page in _PAGES)
