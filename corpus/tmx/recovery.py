"""The units of a TMX file that is broken somewhere: each is cut out by its tags alone and parsed for itself."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from corpus.errors import OtherFormat
from corpus.text.charset import detection
from corpus.text.messages import Message
from corpus.text.xml import MAX_GAP, Readable, parse, reason_of

_CHUNK = 1 << 20
# Without a mark the declaration tells, in ASCII or in two bytes a character.
_UNMARKED = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)")
# What stands for bytes that are not in the encoding: half a surrogate pair, which no text has, so that the unit in
# which it stands cannot be read.
_BROKEN = "corpus.tmx.broken"
codecs.register_error(_BROKEN, lambda error: ("\udcff", error.end))  # type: ignore[attr-defined]
_FIRST = re.compile(r"<([A-Za-z_][\w.:-]*)")
_NO_CONTENT = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_SOURCE = re.compile(r"<header\b[^>]*?\bsrclang\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_EDGE = re.compile(r"<!--|<!\[CDATA\[|<tu(?=[\s>/])|</tu\s*>")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>"}
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Unreadable:
    """Something that cannot be read; `unit` says that a unit is lost with it."""

    reason: Message
    unit: bool = True


Piece = tuple[int, Any]
"""A line, and what begins there: a unit's element, the text before the first unit, or something Unreadable."""


def pieces(stream: Readable, name: str) -> Iterator[Piece]:
    """Yields the text before the first unit, then the units of a file, or in the place of one what is wrong with it.

    Raises OtherFormat where the file is not TMX at all.
    """
    cutter = _Cutter(stream, name)
    yield 1, cutter.head()
    if cutter.misnamed:
        yield 1, Unreadable(Message("the file is not in {encoding}, as it says", encoding=cutter.misnamed), unit=False)
    while cutter.begin_unit():
        line, text, problem = cutter.unit()
        yield line, problem or _parsed(text)
    if cutter.cut_off:
        yield cutter.line, Unreadable(Message("the file ends before </tmx>"), unit=False)


def header_language(head: str) -> str:
    """The `srclang` of the header in the text before the first unit."""
    match = _SOURCE.search(head)
    return (match[1] or match[2] or "") if match else ""


def _parsed(text: str) -> Any:
    try:
        # The parser wants bytes where a text declares its encoding, and none does here.
        return parse(text.encode("utf-8"))
    except UnicodeEncodeError:
        return Unreadable(Message("bytes that are not in the encoding of the file"))
    except etree.XMLSyntaxError as error:
        return Unreadable(Message("{reason}", reason=reason_of(error)))


class _Cutter:
    """Goes through the text of a file from tag to tag.

    `line` is where it stands, `misnamed` the encoding that the file says and is not in.
    """

    def __init__(self, stream: Readable, name: str) -> None:
        self._stream = stream
        self._name = name
        data = stream.read(_CHUNK)
        encoding, self.misnamed = _encoding(data)
        self._decoder = codecs.getincrementaldecoder(encoding)(_BROKEN)
        self._text = ""
        self._ended = False
        self._take(data)
        self._at = 0
        self.line = 1
        self._tail = ""

    @property
    def cut_off(self) -> bool:
        return "</tmx" not in self._tail + self._text[self._at :]

    def _take(self, data: bytes) -> None:
        self._ended = not data
        self._text += self._decoder.decode(data, final=not data).replace("\r\n", "\n")

    def _more(self) -> bool:
        """Reads on; says whether there was anything, and whether what is kept is still of a reasonable size."""
        if self._ended or len(self._text) - self._at > MAX_GAP:
            return False
        self._text, self._at = self._text[self._at :], 0
        self._take(self._stream.read(_CHUNK))
        return True

    def _go_to(self, place: int) -> str:
        """Goes on to a place and returns what is passed over."""
        passed = self._text[self._at : place]
        self.line += passed.count("\n")
        self._at = place
        return passed

    def head(self) -> str:
        """Returns the text before the first unit, without comments, and stays where it is."""
        while not re.search(r"<tu[\s>/]", self._text) and self._more():
            pass
        head = _NO_CONTENT.sub("", self._text.split("<tu ")[0].split("<tu>")[0])
        first = _FIRST.search(head)
        if not first or first[1].rpartition(":")[2] != "tmx":
            tag = first[1] if first else ""
            raise OtherFormat(
                "{name} is not a TMX file: its first element is <{tag}>, not <tmx>.", name=self._name, tag=tag
            )
        return head

    def begin_unit(self) -> bool:
        """Goes to where the next unit begins; says whether there is one."""
        while True:
            edge = _EDGE.search(self._text, self._at)
            if edge is None:
                # The beginning of a tag may stand at the end.
                self._tail = self._go_to(max(self._at, len(self._text) - 20))
                if not self._more():
                    return False
            elif edge[0] == "<tu":
                self._go_to(edge.start())
                return True
            elif edge[0] in _ENDS:
                self._go_to(edge.start())
                self._go_to(self._end_of(edge[0], edge.end() - edge.start()))
            else:
                self._go_to(edge.end())

    def _end_of(self, opening: str, after: int) -> int:
        """The place after what closes an opening at the present place; after the opening where nothing does."""
        while True:
            end = self._text.find(_ENDS[opening], self._at + after)
            if end >= 0:
                return end + 3
            if not self._more():
                return self._at + after

    def unit(self) -> tuple[int, str, Unreadable | None]:
        """Returns the line and the text of the unit that begins here, or what is wrong with it, and goes past it."""
        line = self.line
        after = 3
        while True:
            edge = _EDGE.search(self._text, self._at + after)
            if edge is None:
                # The beginning of a tag may stand at the end; what is before it is not looked at again.
                after = max(after, len(self._text) - self._at - 20)
                if self._more():
                    continue
                self._go_to(len(self._text))
                return line, "", Unreadable(Message("the unit does not end"))
            if edge[0] in _ENDS:
                after = self._inside(edge[0], edge.start() - self._at)
            elif edge[0] == "<tu":
                self._go_to(edge.start())
                return line, "", Unreadable(Message("the unit does not end before the next begins"))
            else:
                text = self._go_to(edge.end())
                return line, text, None

    def _inside(self, opening: str, start: int) -> int:
        """The place, counted from where the unit begins, after a comment or the like that begins at `start`."""
        while True:
            end = self._text.find(_ENDS[opening], self._at + start + len(opening))
            if end >= 0:
                return end + 3 - self._at
            if not self._more():
                return start + len(opening)


def _encoding(data: bytes) -> tuple[str, str]:
    """Returns the encoding of a file, by its mark or by what it says, and what it says if that cannot be."""
    if encoding := detection.marked(data):
        return encoding, ""
    for start, encoding in _UNMARKED:
        if data.startswith(start):
            return encoding, ""
    declared = _DECLARED.match(data)
    if not declared:
        return "utf-8", ""
    name = declared[1].decode()
    return (name, "") if _is_in(declared[0], name) else ("utf-8", name)


def _is_in(declaration: bytes, encoding: str) -> bool:
    """Returns whether a declaration, which was read as ASCII, is the same in the encoding that it names."""
    try:
        same = declaration.decode(encoding) == declaration.decode("ascii")
        # One of Python's own knows no way to go on where something is broken.
        codecs.getincrementaldecoder(encoding)(_BROKEN).decode(b"<\xff>")
    except (LookupError, ValueError):
        return False
    return same
