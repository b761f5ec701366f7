"""The escaping of texts in cells: none is a formula to a spreadsheet program, and each comes back as it was."""

import re
from collections.abc import Iterable

# A cell that starts with one of these is a formula (OWASP, CSV injection). An apostrophe before it says that it is a
# text; one that a text has there by itself is doubled, so that taking one away always gives the text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
# Characters that XML 1.0, and so XLSX, cannot hold (section 2.2); a spreadsheet shows none of them.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PIECE = re.compile(r"\\.|[^\\|]+|\|", re.DOTALL)


def safe(text: str) -> str:
    """Returns a text as a cell."""
    text = _ILLEGAL.sub("", text)
    return f"'{text}" if _FORMULA.match(text) else text


def plain(cell: str) -> str:
    """Returns the text of a cell, without the space around it."""
    if cell.startswith("'") and _FORMULA.match(cell):
        return cell[1:]
    return cell.strip()


def together(texts: Iterable[str]) -> str:
    """Returns several texts as one, with bars between them; a bar in a text is written `\\|`."""
    return " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def several(text: str) -> list[str]:
    """Returns the texts that `together` put into one, without the space around them."""
    parts = [""] if text else []
    for piece in _PIECE.findall(text):
        if piece == "|":
            parts.append("")
        else:
            parts[-1] += piece[1:] if piece.startswith("\\") else piece
    return [part.strip() for part in parts]
