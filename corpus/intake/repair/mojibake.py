"""Text that was decoded in the wrong encoding: what can be read back is, what cannot is reported.

Two ways it goes wrong can be undone without a guess, since UTF-8 is so strict that other text hardly ever passes for
it: UTF-8 read as Windows-1252 (â€™) and UTF-8 read as GBK (锛).
"""

from collections.abc import Sequence

import regex

from corpus.errors import UnreadableFile
from corpus.intake.decisions import Ledger, Refusal, sentence
from corpus.intake.pages import Page
from corpus.intake.repair import texts

_TEMPLATE = sentence("Read characters of the wrong encoding back: {before} → {after}")
_LOST = sentence("{file} has characters that were lost when it was saved ({detail}): get the file again if you can.")
_BROKEN = sentence("{name} was saved in the wrong encoding and cannot be read: get the file again, in UTF-8.")
# With more than this share of its text lost, a file is worth nothing.
_MAX_LOST = 0.05


def _character(byte: int) -> str:
    """What Windows-1252 shows for a byte; five bytes are nothing there and stay control characters."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTES = {_character(byte): byte for byte in range(0x80, 0x100)}


def _class(first: int, last: int) -> str:
    return "[" + "".join(regex.escape(_character(byte)) for byte in range(first, last + 1)) + "]"


_CONTINUES = _class(0x80, 0xBF)
# Lead bytes of Latin letters, of punctuation and of Chinese; others would catch real text such as “MENÜ”.
_LATIN = regex.compile(
    rf"(?:{_class(0xC2, 0xC3)}{_CONTINUES}|(?:{_class(0xE2, 0xE9)}|{_class(0xEF, 0xEF)}){_CONTINUES}{{2}})+"
)
# The Chinese comma, full stop and 的 look like this.
_AS_GBK = regex.compile(r"[锛銆鐨鍥鎶绉]")
_GBK_RUN = regex.compile(r"[^\x00-\x7f\s]{2,}\??")
_LOST_CHARACTER = "\ufffd".encode("gb18030")
_REPLACED = regex.compile(r"\ufffd+|锟斤拷|(?:烫){3,}|(?:屯){3,}|\?{4,}(?=\p{Han})|(?<=\p{Han})\?{4,}")


def mend(pages: Sequence[Page], ledger: Ledger) -> list[Page]:
    """Returns the pages read back; notes what was lost, and refuses a file of which too much was."""

    def one(text: str, file: str, place: str) -> str:
        take = texts.taker(ledger, "mojibake", _TEMPLATE, file, place)
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


def _from_gbk(text: str) -> str:
    """Reads a run back where nearly all of it is UTF-8 then; single bytes may be lost for good."""
    data = text.removesuffix("?").encode("gb18030", "replace").replace(_LOST_CHARACTER, b"\xff")
    read = regex.sub("\ufffd+", "\ufffd", data.decode("utf-8", "replace"))
    return read if read.count("\ufffd") * 6 <= len(read) else text


def _report(pages: Sequence[Page], ledger: Ledger, file: str) -> None:
    size = lost = 0
    examples: dict[str, None] = {}
    for _, block in texts.walk(pages):
        size += len(block.text)
        for match in _REPLACED.finditer(block.text):
            lost += len(match[0])
            examples.setdefault(f"{block.place}: {block.text[max(0, match.start() - 8) : match.end() + 8].strip()}")
    if lost > _MAX_LOST * size and lost > 3:
        raise UnreadableFile(_BROKEN, name=file)
    if examples:
        ledger.note(_LOST, file, "; ".join(list(examples)[:3]))
