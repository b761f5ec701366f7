"""The encoding of a page's bytes: the one they show, the one they declare, else the decoder's guess."""

import codecs
import re

from corpus.text.charset import detection, files
from corpus.text.messages import sentence

Warnings = tuple[tuple[str, str], ...]
"""Sentences about a file with what fills their `{detail}`."""

_GUESSED = sentence("The encoding of {file} was guessed as {detail}: check that its characters are right.")
_DAMAGED = sentence("{detail} characters of {file} are damaged and shown as \ufffd: check them.")
_CALLED_WRONGLY = sentence("{file} names another encoding than the one it makes sense in ({detail}): check it.")
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE
)
# Where browsers look for it, and room for the comments that saving programs put before it.
_PRESCAN_BYTES = 8_192
# What browsers read these labels as: a superset with the characters that pages use in fact (WHATWG Encoding, 4.2).
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252"}
# A page with more damage than this is not in the encoding it declares.
_DAMAGED_SHARE = 0.001
_SAMPLE = 4_096
# Of the characters of a text in Latin letters so many have a zero byte in UTF-16.
_LATIN_SHARE = 0.4


def decode(data: bytes, name: str) -> tuple[str, Warnings]:
    """Returns the bytes of a text file as text, UTF-16 without a byte order mark included, with a note on a bold guess.

    Raises UnreadableFile where they are not text.
    """
    encoding = _unmarked_utf16(data)
    if encoding:
        data = data[: len(data) // 2 * 2].decode(encoding, errors="replace").encode("utf-8")
    found = files.guessed(data, name)
    if found.likely:
        return found.text, ()
    return found.text, ((_GUESSED, found.encoding),)


def decode_page(data: bytes, name: str) -> tuple[str, Warnings]:
    """Returns the bytes of a web page as text, with a note where characters of it are damaged.

    UTF-8 comes before what the page declares: bytes that are UTF-8 by chance are rare, wrong declarations are not.
    Where the text makes no sense in what is declared and much in another encoding, that is taken, and said.
    Raises UnreadableFile where the bytes are not text.
    """
    if _unmarked_utf16(data) or detection.marked(data):
        return decode(data, name)
    declared = _declared(data)
    for encoding in filter(None, ("utf-8", declared)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _unless_wrong(text, encoding, data)
    repaired = data.decode(declared or "utf-8", errors="replace")
    damaged = repaired.count("\ufffd")
    if damaged <= max(2, _DAMAGED_SHARE * len(repaired)):
        return _text(repaired), ((_DAMAGED, str(damaged)),)
    return decode(data, name)


def _unless_wrong(text: str, encoding: str, data: bytes) -> tuple[str, Warnings]:
    """The text of a page as it declares itself, or as it makes more sense."""
    found = None if encoding == "utf-8" or detection.is_likely(text, encoding) else detection.guess(data)
    if found is None or not found.likely or found.damage is not None:
        return _text(text), ()
    return _text(found.text), ((_CALLED_WRONGLY, f"{encoding} → {found.encoding}"),)


def _text(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _declared(data: bytes) -> str:
    """The encoding that a page declares, under Python's name; empty where it declares none or an unknown one."""
    match = _DECLARED.search(data[:_PRESCAN_BYTES])
    label = match[1].decode("ascii").lower() if match else ""
    label = _SUPERSETS.get(label, label)
    # A declaration that can be read byte by byte is not in UTF-16, whatever it says.
    if label.startswith(("utf-16", "utf16")):
        return "utf-8"
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    return info.name if getattr(info, "_is_text_encoding", True) else ""


def _unmarked_utf16(data: bytes) -> str:
    """Tells UTF-16 without a mark by where its zero bytes stand: Latin letters, spaces and line ends have one each.

    A few zero bytes make UTF-16 only of what is sensible Chinese then: there are some in any binary file.
    """
    sample = data[: min(_SAMPLE, len(data) // 2 * 2)]
    if detection.marked(data) or sample.count(0) < len(sample) / 200:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    # Not all on one side: 一 is U+4E00.
    encoding = "utf-16-le" if odd > 3 * even else "utf-16-be" if even > 3 * odd else ""
    text = sample.decode(encoding, errors="ignore") if encoding else ""
    if not text or any(character < " " and character not in "\t\n\r\f" for character in text):
        return ""
    latin = max(even, odd) > _LATIN_SHARE * len(text)
    return encoding if latin or detection.chinese_sense(text) >= detection.LIKELY else ""
