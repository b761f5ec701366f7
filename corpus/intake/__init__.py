"""Intake: from a file to the articles in it.

`read` chooses the reader; a reader of a kind of file is a module of this folder.
"""

import hashlib
from dataclasses import replace
from pathlib import Path

from corpus import decoding
from corpus.articles import Article
from corpus.intake import plain


def read(path: Path, language: str = "", presplit: bool = False) -> list[Article]:
    """Returns the articles of a file.

    `language` is the tag of the text's language, or empty to tell it by its script; with `presplit` a line of the
    file is a sentence and a blank line ends a paragraph. Raises UnreadableFile or UnknownLanguage.
    """
    data = decoding.read_bytes(path)
    text = decoding.decode(data, path.name)
    article = plain.read(text, path.stem, language, presplit)
    return [replace(article, file=path.name, sha256=hashlib.sha256(data).hexdigest())]
