"""Pages of a bitext: its editor, its alignment, its exchange with other programs, its pretranslation, its terms,
its statistics."""

from workbench.web.bitexts import alignment, editor, exchange, pretranslation, statistics, term_check

blueprints = (
    editor.blueprint,
    pretranslation.blueprint,
    alignment.blueprint,
    exchange.blueprint,
    term_check.blueprint,
    statistics.blueprint,
)
