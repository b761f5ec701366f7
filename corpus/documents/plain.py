"""A translation as plain text: paragraphs with an empty line between them, in UTF-8."""

from itertools import groupby
from typing import IO

from corpus.bitexts.translation import Translation


def write_text(stream: IO[bytes], translation: Translation) -> None:
    """Writes a translation as text; the items of a list stand below each other, each with a bullet."""
    groups = groupby(translation.paragraphs(), key=lambda paragraph: paragraph[0] == "list")
    parts = [
        "\n".join(f"• {text}" for _, text in group) if listed else "\n\n".join(text for _, text in group)
        for listed, group in groups
    ]
    stream.write("\n\n".join(parts).encode() + b"\n")
