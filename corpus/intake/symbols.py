"""Word's symbol fonts, whose codes are no characters: what Unicode has for a code of a font."""

import re
from functools import lru_cache
from importlib.resources import files

# Where Unicode has nothing for a code, or the font is not known: it is seen that something is missing.
UNKNOWN = "\ufffd"
_FIRST = 0x20
# Word raises the codes into the area for private use.
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_FONT = re.compile(r"\[([a-z]+(?: \d)?)\]")


def character(font: str, code: int) -> str:
    """Returns the character for a code of a font; a code of an ordinary font is one itself."""
    if 0xF000 <= code <= 0xF0FF:
        return _fonts().get(font.lower(), "")[code - 0xF000 - _FIRST :][:1] or UNKNOWN
    if not is_symbol(font):
        return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else UNKNOWN
    return _fonts()[font.lower()][max(0, code - _FIRST) :][:1] or UNKNOWN


def text(font: str, words: str) -> str:
    """Returns the characters for the codes in a text of a font; raised codes of another font are Symbol's."""
    if is_symbol(font):
        return "".join(each if each.isspace() else character(font, ord(each)) for each in words)
    return _PRIVATE.sub(lambda match: character("symbol", ord(match[0])), words)


def is_symbol(font: str) -> bool:
    """Returns whether a font is one of symbols."""
    return font.lower() in _fonts()


@lru_cache(maxsize=1)
def _fonts() -> dict[str, str]:
    """The characters of each font, in the order of their codes."""
    fonts: dict[str, str] = {}
    font = ""
    for line in files("corpus.intake.lists").joinpath("symbols.txt").read_text(encoding="utf-8").splitlines():
        if match := _FONT.fullmatch(line):
            font = match[1]
        elif font:
            fonts[font] = fonts.get(font, "") + line
    return fonts
