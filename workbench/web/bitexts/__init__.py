"""Pages of a bitext: its editor, alignment, exchange, pretranslation, terms, comments and review."""

from workbench.web.bitexts import alignment, comments, editor, exchange, pretranslation, review, term_check

_PAGES = (editor, pretranslation, alignment, exchange, term_check, comments, review)
blueprints = tuple(page.blueprint for page in _PAGES)
