"""Pages of a bitext: its editor, its alignment, its exchange with other programs, its pretranslation, its terms."""

from workbench.web.bitexts import alignment, editor, exchange, pretranslation, replacing, term_check

blueprints = tuple(module.blueprint for module in (editor, pretranslation, alignment, exchange, replacing, term_check))
