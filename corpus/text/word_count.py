"""The length of a text as the field counts it: words, and characters where words are not set apart.

Words are what Word and LibreOffice count: what stands between white space, or long dashes (— –), and has a letter or
digit in it. Of the scripts that are written without spaces each character is one, its punctuation none; so a Chinese
text counts its characters and, as a word each, its numbers and foreign words.
"""

import regex

# The vowel signs of Thai and its neighbours belong to their letters.
_ALONE = r"\p{Han}\p{Hiragana}\p{Katakana}[[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]&&\p{L}]"
_RUN = regex.compile(rf"(?V1)[{_ALONE}]|[^\s—–―{_ALONE}]+")
_COUNTS = regex.compile(r"[\p{L}\p{N}]")


def count_words(text: str) -> int:
    """Returns the number of words of a text, each character of an unspaced script being one."""
    return sum(_COUNTS.search(run) is not None for run in _RUN.findall(text))
