"""Pages of a bitext: its editor, its alignment, its translation as it will read, its exchange with other programs, its
pretranslation, its terms, its statistics."""

from workbench.web.bitexts import alignment, article, editor, exchange, pretranslation, statistics, term_check

blueprints = (
    editor.blueprint,
    pretranslation.blueprint,
    alignment.blueprint,
    article.blueprint,
    exchange.blueprint,
    term_check.blueprint,
    statistics.blueprint,
)
