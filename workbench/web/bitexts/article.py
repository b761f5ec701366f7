"""The page of a bitext's translation as it will read, with the source beside it or without."""

from collections.abc import Sequence
from itertools import groupby

from flask import Blueprint, render_template, request

from corpus.bitexts.translation import Block
from corpus.text import languages
from workbench.services.article_view import translated_article
from workbench.web.request_context import open_desk

blueprint = Blueprint("article_view", __name__, url_prefix="/bitexts")


@blueprint.get("/<int:id>/article")
def page(id: int) -> str:
    """The translation; each sentence leads to its unit in the editor, and is found by that unit's anchor."""
    article = translated_article(open_desk(), id)
    texts = [text for block in article.blocks for text in block.texts]
    beside = "source" in request.args
    return render_template(
        "bitexts/article.html",
        bitext=article.bitext,
        article=article,
        groups=_groups([block for block in article.blocks if _shown(block, beside)]),
        space=" " if languages.is_spaced(article.language) else "",
        drafts=sum(text.draft for text in texts),
        missing=sum(text.missing for text in texts if text.unit),
        captions=any(text.missing for text in texts if not text.unit),
        beside=beside,
    )


def _shown(block: Block, beside: bool) -> bool:
    """Returns whether there is something to show of a block: of what is confirmed as empty, the source alone."""
    return any(text.text or (beside and text.source) for text in block.texts)


def _groups(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """The blocks with their kind: items of a list that follow one another together, all others by themselves."""
    numbered = enumerate(blocks)
    grouped = groupby(numbered, key=lambda each: ("list", -1) if each[1].kind == "list" else (each[1].kind, each[0]))
    return [(kind, [block for _, block in group]) for (kind, _), group in grouped]
