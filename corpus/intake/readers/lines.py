"""Running text made of lines: what stands between two lines of a paragraph, and the line ends that are its end."""

from collections.abc import Iterable

import regex

# Scripts that put no space between words, with their punctuation and full-width forms.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}　-〿！-～…—]")
_QUOTES = "“”‘’"
_SPACE = regex.compile(r"[ \t\r\n\f\xa0]+")
_UNSPACED_BREAK = regex.compile(
    r"(?<=[\p{Han}\p{Hiragana}\p{Katakana}　-〿！-～])\s*\n\s*(?=[\p{Han}\p{Hiragana}\p{Katakana}　-〿！-～])"
)
_SENTENCE_END = regex.compile(r"[.!?。！？…：:]\p{Pf}?[\"'）)]?$")


def join(lines: Iterable[str]) -> str:
    """Joins the lines of one paragraph: with a space, or with nothing where one side is Han or its punctuation.

    A hyphen at a line's end stays, followed by the space: whether it belongs to the word is not told by the line.
    """
    text = ""
    for line in map(str.strip, lines):
        if text and line and not _is_unspaced(text.rstrip(_QUOTES)[-1:]) and not _is_unspaced(line.lstrip(_QUOTES)[:1]):
            text += " "
        text += line
    return text


def collapse(text: str) -> str:
    """Returns text with each run of white space as one space, and a line end between Han as nothing.

    An ideographic space stays, since at the start of a line it marks a paragraph.
    """
    return _SPACE.sub(" ", _UNSPACED_BREAK.sub("", text)).strip(" ")


def paragraphs(lines: Iterable[str]) -> list[str]:
    """Joins lines set apart by soft breaks into paragraphs.

    A paragraph ends at an empty line, where the next line is indented as Chinese is, and after a sentence's end: a
    soft break in the middle of a sentence is a wrapped line, one after it is how many web editors write a paragraph.
    """
    found: list[list[str]] = []
    ended = True
    for line in lines:
        if not line.strip():
            ended = True
            continue
        if ended or line.startswith("　"):
            found.append([])
        found[-1].append(line.strip())
        ended = ends_sentence(line)
    return [join(group) for group in found]


def ends_sentence(line: str) -> bool:
    """Returns whether a line ends as a sentence does, with or without a closing quote or bracket."""
    return bool(_SENTENCE_END.search(line.rstrip()))


def squeezed(text: str) -> str:
    """Returns text without any white space: what stays the same however a paragraph is wrapped."""
    return "".join(text.split())


def _is_unspaced(character: str) -> bool:
    return bool(_UNSPACED.match(character))
