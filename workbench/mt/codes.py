"""The language codes of Argos packages and the language tags they stand for.

Argos names a language by its ISO 639-1 code, except that a script or a country of its own has a made-up code.
"""

from corpus.text import languages
from corpus.text.errors import UnknownLanguage

_TAGS = {"zh": "zh-Hans", "zt": "zh-Hant", "pb": "pt-BR"}
# The best first: a package of the other script or country is better than none.
_CODES = {
    "zh-Hans": ("zh", "zt"),
    "zh-Hant": ("zt", "zh"),
    "pt-BR": ("pb", "pt"),
    "pt": ("pt", "pb"),
    "no": ("nb",),
    "fil": ("tl",),
}


def codes(tag: str) -> tuple[str, ...]:
    """Returns the codes under which packages for a language tag may be, the best first.

    Raises UnknownLanguage where `tag` is no language tag.
    """
    tag = languages.canonical(tag)
    prefix = tag
    while prefix not in _CODES and "-" in prefix:
        prefix = prefix.rpartition("-")[0]
    return _CODES.get(prefix, (languages.primary(tag),))


def tag(code: str) -> str:
    """Returns the language tag of a code; a code that stands for no known language is returned as it is."""
    if code in _TAGS:
        return _TAGS[code]
    try:
        return languages.canonical(code)
    except UnknownLanguage:
        return code


def code(name: str) -> str:
    """Returns the code that a person means by a code or a language tag: `zt` and `zh-Hant` both give `zt`."""
    lowered = name.strip().lower()
    return lowered if lowered in _TAGS else codes(name)[0]
