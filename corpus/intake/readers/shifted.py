"""Characters that are printed above or below the line, written so that plain text keeps them: 10⁸, CO₂, x^(a/b).

Flattened, 10⁸ would be 108, and the number of a note a part of the year before it.
"""

import unicodedata

import regex

_ORDINAL = regex.compile(r"(?:st|nd|rd|th)", regex.IGNORECASE)
# Signs that stand above the line by themselves, and references in brackets.
_RAISED_ALREADY = regex.compile(r"[®©™℠*†‡§°′″]+|[\[【].*[\]】]")
_NUMBERS = regex.compile(r"[\d,，;；–—\s-]+")
_WORDS = regex.compile(r"\p{Han}|\p{L}{4,}|\s")
# What is longer is set so for its looks.
_LONGEST = 30
_WHOLE = {"TM": "™", "SM": "℠"}
_BLOCKS = (range(0x2070, 0x20A0), range(0xB2, 0xBA), range(0x1D2C, 0x1DC0), range(0x2B0, 0x2E5), range(0x2C7C, 0x2C7E))


def _table(kind: str) -> dict[str, str]:
    """The characters that Unicode has above (`super`) or below (`sub`) the line, by what they look like."""
    table: dict[str, str] = {}
    for code in (code for block in _BLOCKS for code in block):
        form, *characters = unicodedata.decomposition(chr(code)).split()[:3] or [""]
        if form == f"<{kind}>" and len(characters) == 1:
            table.setdefault(chr(int(characters[0], 16)), chr(code))
    return table | dict.fromkeys("-–", table["−"]) | {shifted: shifted for shifted in table.values()}


_ABOVE, _BELOW = _table("super"), _table("sub")


def raised(text: str, before: str = "") -> str:
    """Returns a text above the line as plain text; `before` is the text in front of it.

    Ordinals stay as they are, since 21st is how it is written.
    """
    inner = text.strip()
    if not inner or len(inner) > _LONGEST or _RAISED_ALREADY.fullmatch(inner) or inner in _WHOLE:
        return _WHOLE.get(inner, text)
    if before[-1:].isdigit() and _ORDINAL.fullmatch(inner):
        return text
    if before[-1:].isdigit() and inner in ("o", "O", "∘"):
        return text.replace(inner, "°")
    if _NUMBERS.fullmatch(inner):
        # The numbers of several notes, with what stands between them.
        return "".join(_ABOVE.get(character, character) for character in inner)
    if _WORDS.search(inner):
        return f"[{inner}]"
    return _shifted(inner, _ABOVE, "^")


def lowered(text: str) -> str:
    """Returns a text below the line as plain text."""
    return _shifted(text.strip(), _BELOW, "_") if 0 < len(text.strip()) <= _LONGEST else text


def _shifted(text: str, table: dict[str, str], sign: str) -> str:
    if all(character in table for character in text):
        return "".join(table[character] for character in text)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"
