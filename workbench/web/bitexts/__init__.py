"""Pages of a bitext: its editor, alignment, exchange, pretranslation, terms, comments, review and assignment."""

from workbench.web.bitexts import alignment, assignment, comments, editor, exchange, pretranslation, review, term_check

_PAGES = (editor, pretranslation, alignment, exchange, term_check, comments, review, assignment)
blueprints = tuple(page.blueprint for page in _PAGES)
