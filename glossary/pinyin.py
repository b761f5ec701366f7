"""How Chinese terms are read: pinyin without tones, from CC-CEDICT, which the package lindera brings."""

import re
import unicodedata

import regex

from glossary.dictionary import tokenizer

_HAN = regex.compile(r"\p{Han}")
_SYLLABLE = re.compile(r"([a-zü:]+)[1-5]?")
# The place of the pinyin in a token's details.
_READING = 4
_LETTERS = re.compile(r"[a-z0-9]+")


def reading(text: str) -> tuple[str, str]:
    """Returns the pinyin of a text and its initials, in lower case and without spaces: `空间站` is kongjianzhan, kjz.

    Latin letters and digits stay as they are, in the initials too; ü is v, as it is typed. Both are empty for a text
    without Han.
    """
    if not _HAN.search(text):
        return "", ""
    whole, initials = [], []
    for token in tokenizer().tokenize(text):
        syllables = _syllables(token.surface, list(token.details))
        whole += syllables
        initials += [syllable[0] for syllable in syllables] if _HAN.match(token.surface) else syllables
    return "".join(whole), "".join(initials)


def _syllables(surface: str, details: list[str]) -> list[str]:
    if not _HAN.match(surface):
        return _LETTERS.findall(unicodedata.normalize("NFKD", surface).lower())
    pinyin = details[_READING] if len(details) > _READING else "*"
    return [
        syllable.replace("u:", "v").replace("ü", "v").replace(":", "") for syllable in _SYLLABLE.findall(pinyin.lower())
    ]


def typed(text: str) -> str:
    """Returns what somebody typed as pinyin, in the form that `reading` gives; empty if it cannot be pinyin."""
    # Tones may be typed as marks or digits; the two dots are a letter of their own.
    marked = unicodedata.normalize("NFC", text.lower()).replace("u:", "v")
    for toned in "üǖǘǚǜ":
        marked = marked.replace(toned, "v")
    decomposed = unicodedata.normalize("NFKD", marked)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    letters = re.sub(r"(?<=[a-z])[1-5](?![0-9])|[\s'’-]", "", bare)
    return letters if letters.isascii() and letters.isalnum() and not letters.isdigit() else ""
