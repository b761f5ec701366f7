"""The text of a text file: its encoding, and whether it is text at all."""

from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import regex

from corpus.text.charset import detection
from corpus.text.charset.detection import Guess
from corpus.text.errors import UnreadableFile

MAX_BYTES = 50_000_000

_CONTROL = regex.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\ufffe\uffff]")


def read_text(path: Path, max_bytes: int = MAX_BYTES) -> str:
    """Returns the text of a file, with line ends as `\\n` and without a byte order mark.

    Raises UnreadableFile where the file is missing, larger than `max_bytes`, empty, binary or in no known encoding.
    """
    return decode(read_bytes(path, max_bytes), path.name)


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Returns the bytes of a file; raises UnreadableFile where it is missing, a folder, empty, or too large."""
    with open_file(path) as stream:
        size = path.stat().st_size
        if size > max_bytes:
            raise UnreadableFile(
                "{name} has {size:.0f} MB; the limit is {limit:.0f} MB: split the file.",
                name=path.name,
                size=size / 1e6,
                limit=max_bytes / 1e6,
            )
        return stream.read()


def open_file(path: Path) -> BinaryIO:
    """Opens a file to be read as a stream; raises UnreadableFile where it is missing, a folder, or empty."""
    try:
        if path.is_dir():
            raise UnreadableFile("{name} is a folder: name the files in it.", name=path)
        if path.stat().st_size == 0:
            raise UnreadableFile("{name} is empty: choose a file with text in it.", name=path.name)
        return path.open("rb")
    except FileNotFoundError:
        raise UnreadableFile("There is no file {name}: check the path.", name=path) from None
    except OSError as error:
        raise UnreadableFile("{name} cannot be read: {reason}.", name=path, reason=error.strerror) from None


def decode(data: bytes, name: str) -> str:
    """Returns `data` as text; `name` stands in the message of the UnreadableFile raised where it is not text.

    An encoding that is not likely is none to go on with: see `guessed`.
    """
    found = guessed(data, name)
    if not found.likely:
        raise UnreadableFile(
            "{name} may be in the encoding {encoding}, or in another one: save it as plain text in UTF-8.",
            name=name,
            encoding=found.encoding,
        )
    return found.text


def guessed(data: bytes, name: str) -> Guess:
    """Returns `data` as text, as `decode` does, with the encoding; one that is not likely is to be said to a person."""
    marked = _decode_marked(data, name) or _decode_utf8(data, name)
    found = Guess(marked, "utf-8") if marked else detection.guess(data)
    if found is None or _CONTROL.search(found.text):
        raise UnreadableFile(
            "{name} is not a text file, or its encoding is unknown: save it as plain text in UTF-8.", name=name
        )
    if found.damage is not None:
        raise _damaged(name, found.encoding, found.damage)
    if not found.text.strip():
        raise UnreadableFile("{name} is empty: choose a file with text in it.", name=name)
    return replace(found, text=found.text.replace("\r\n", "\n").replace("\r", "\n"))


def _decode_marked(data: bytes, name: str) -> str | None:
    encoding = detection.marked(data)
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(name, encoding, error.start) from None


def _decode_utf8(data: bytes, name: str) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A long valid run with multi-byte characters is UTF-8 that got damaged, not another encoding; decoding it as
        # one would turn every character of the rest into mojibake.
        valid = data[: error.start].decode("utf-8")
        if sum(ord(character) > 0x7F for character in valid) >= 3:
            raise _damaged(name, "UTF-8", error.start) from None
        return None


def _damaged(name: str, encoding: str, position: int) -> UnreadableFile:
    return UnreadableFile(
        "{name} is damaged: byte {position} is not {encoding}; get the file again or save it anew as UTF-8.",
        name=name,
        position=position + 1,
        encoding=encoding.upper().removesuffix("-SIG"),
    )
