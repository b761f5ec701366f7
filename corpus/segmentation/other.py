"""The ends of sentences in every language but English and Chinese: as the library sentencex says."""

import regex
import sentencex

# At worst the library's time grows with the square of a text's length, so a long text goes through it in windows.
_WINDOW = 20_000
# The library fails on white space outside ASCII after an initial, and on lone surrogates.
_WHITE_SPACE = regex.compile(r"[^\S \t\r\n]")
_SURROGATE = regex.compile(r"\p{Cs}")


def cuts(text: str, language: str) -> list[int]:
    """Returns the ends of the sentences of a paragraph, except the last."""
    safe = _SURROGATE.sub("\ufffd", _WHITE_SPACE.sub(" ", text))
    found: list[int] = []
    start = 0
    while start < len(safe):
        window = safe[start : start + _WINDOW]
        lengths = [len(piece) for piece in sentencex.segment(language, window)]
        # The window may cut its last sentence, so the next window starts with it.
        *whole, last = lengths or [len(window)]
        for length in whole:
            start += length
            found.append(start)
        if not whole or start + last >= len(safe):
            start += last
    return found
