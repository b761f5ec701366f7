"""Pages of a bitext: its editor, alignment, exchange with other programs, pretranslation, terms and comments."""

from workbench.web.bitexts import alignment, comments, editor, exchange, pretranslation, term_check

blueprints = tuple(page.blueprint for page in (editor, pretranslation, alignment, exchange, term_check, comments))
