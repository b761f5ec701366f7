"""Text that was decoded in the wrong encoding: what can be read back is, what cannot is reported.

Two ways it goes wrong can be undone without a guess, since UTF-8 is so strict that other text hardly ever passes for
it: UTF-8 read as Latin-1 or Windows-1252 (â€™), even twice, and UTF-8 read as GBK (锛). A third can be where it gives
common Chinese: GBK or Big5 read as Latin-1 (ÖÐ¹ú).
"""

from collections.abc import Sequence

import regex

from corpus.intake.cleanup import texts
from corpus.intake.decisions import Ledger, Refusal
from corpus.intake.pages import Page
from corpus.text.charset import detection
from corpus.text.errors import UnreadableFile
from corpus.text.messages import sentence

_TEMPLATE = sentence("Read characters of the wrong encoding back: {before} → {after}")
_SUSPECT = sentence(
    "{file} has characters that look like another encoding ({detail}): check them, or get the file again."
)
_LOST = sentence("{file} has characters that were lost when it was saved ({detail}): get the file again if you can.")
_BROKEN = sentence("{name} was saved in the wrong encoding and cannot be read: get the file again, in UTF-8.")
# Text that was read in the wrong encoding twice is read back twice.
_MOST_OFTEN = 2
# So much of what is read back as Chinese has to be common.
_COMMON = 0.9
# With more than this share of its text lost, a file is worth nothing.
_MAX_LOST = 0.05


def _character(byte: int) -> str:
    """Returns the Windows-1252 character of a byte; five bytes are nothing there and stay control characters."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


# Latin-1 has control characters where Windows-1252 has marks; both are called by either name.
_BYTES = {chr(byte): byte for byte in range(0x80, 0x100)} | {_character(byte): byte for byte in range(0x80, 0x100)}


def _class(first: int, last: int) -> str:
    characters = {character for character, byte in _BYTES.items() if first <= byte <= last}
    return "[" + "".join(map(regex.escape, sorted(characters))) + "]"


_CONTINUES = _class(0x80, 0xBF)
# Lead bytes of Latin letters, of punctuation and of Chinese; others would catch real text such as “MENÜ”.
_LATIN = regex.compile(
    rf"(?:{_class(0xC2, 0xC3)}{_CONTINUES}|(?:{_class(0xE2, 0xE9)}|{_class(0xEF, 0xEF)}){_CONTINUES}{{2}})+"
)
# Two characters of Chinese at least.
_HIGH = regex.compile(rf"{_class(0xA1, 0xFE)}(?:{_class(0x80, 0xFF)}|(?<={_class(0xA1, 0xF9)})[@-~]){{3,}}")
# What is left of the same where single bytes were lost.
_TRACES = regex.compile(r"â€\S?|Ã[\x80-\xbf€™œ]|Â(?=[\s£°©«»])|(?<=\s)â(?=\s)|(?<=\p{Ll}\p{Ll})â(?=s?\b)|[\x80-\x9f]+")
# The Chinese comma, full stop and 的 look like this.
_AS_GBK = regex.compile(r"[锛銆鐨鍥鎶绉]")
_GBK_RUN = regex.compile(r"[^\x00-\x7f\s]{2,}\??")
_LOST_CHARACTER = "\ufffd".encode("gb18030")
_REPLACED = regex.compile(r"\ufffd+|锟斤拷|(?:烫){3,}|(?:屯){3,}|\?{4,}(?=\p{Han})|(?<=\p{Han})\?{4,}")


def mend(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages read back; notes what was lost, and refuses a file of which too much was."""

    def one(text: str, file: str, place: str) -> str:
        take = texts.taker(ledger, "mojibake", _TEMPLATE, file, place)
        text = texts.substitute(text, _HIGH, lambda match: _from_high(match[0]), take)
        for _ in range(_MOST_OFTEN):
            text = texts.substitute(text, _LATIN, lambda match: _from_latin(match[0]), take)
        if len(_AS_GBK.findall(text)) >= 2:
            text = texts.substitute(text, _GBK_RUN, lambda match: _from_gbk(match[0]), take)
        return text

    mended = texts.each_text(pages, one)
    for file in dict.fromkeys(page.file for page in pages):
        try:
            _report([page for page in mended if page.file == file], ledger, file)
        except UnreadableFile as error:
            ledger.refusals.append(Refusal(file, error))
            mended = [page for page in mended if page.file != file]
    return mended


def _from_latin(text: str) -> str:
    try:
        return bytes(_BYTES[character] for character in text).decode("utf-8")
    except UnicodeDecodeError:
        return text


def _from_high(text: str) -> str:
    """Reads a run back that is common Chinese then, and was not UTF-8."""
    data = bytes(_BYTES.get(character) or ord(character) for character in text)
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            read = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8":
            return text
        if detection.chinese_sense(read) >= _COMMON:
            return read
    return text


def _from_gbk(text: str) -> str:
    """Reads a run back where nearly all of it is UTF-8 then; single bytes may be lost for good."""
    data = text.removesuffix("?").encode("gb18030", "replace").replace(_LOST_CHARACTER, b"\xff")
    read = regex.sub("\ufffd+", "\ufffd", data.decode("utf-8", "replace"))
    return read if read.count("\ufffd") * 6 <= len(read) else text


def _report(pages: Sequence[Page], ledger: Ledger, file: str) -> None:
    size = sum(len(block.text) for _, block in texts.walk(pages))
    lost, examples = _found(pages, _REPLACED)
    if lost > _MAX_LOST * size and lost > 3:
        raise UnreadableFile(_BROKEN, name=file)
    if examples:
        ledger.note(_LOST, file, "; ".join(examples[:3]), warns=True)
    _, traces = _found(pages, _TRACES)
    if traces:
        ledger.note(_SUSPECT, file, "; ".join(traces[:3]), warns=True)


def _found(pages: Sequence[Page], pattern: regex.Pattern[str]) -> tuple[int, list[str]]:
    """Returns the number of characters that a pattern finds, and their places, each with the text around it."""
    size = 0
    examples: dict[str, None] = {}
    for _, block in texts.walk(pages):
        for match in pattern.finditer(block.text):
            size += len(match[0])
            examples.setdefault(f"{block.place}: {block.text[max(0, match.start() - 8) : match.end() + 8].strip()}")
    return size, list(examples)
