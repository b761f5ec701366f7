"""XML from other programs, read as a stream that no file can turn against the reader, and what XML can hold of a text.

The document type is never fetched, entities are never expanded, and what takes more memory than any real file needs is
refused: nothing is read on the word of the file.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import IO, Any, Protocol

from lxml import etree

from corpus.text.errors import InvalidXml
from corpus.text.messages import UserError, sentence

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Characters that XML 1.0 cannot hold in any form (section 2.2).
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAFE: dict[str, Any] = {
    "load_dtd": False,
    "no_network": True,
    "resolve_entities": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_HTML = re.compile(rb"<!doctype\s+html", re.IGNORECASE)
_CHUNK = 1 << 16
# So many bytes without one of the wanted elements are no file of its format. The parser itself would gather a tag that
# does not end as long as the file goes on.
MAX_GAP = 32_000_000


def parse(data: bytes | str) -> Any:
    """Returns the root of a whole XML file; raises etree.XMLSyntaxError where it is not well-formed."""
    return etree.fromstring(data, etree.XMLParser(**_SAFE))


def iterparse(stream: IO[bytes]) -> Any:
    """Returns an iterator over the beginnings and ends of elements, for a reader that frees them itself."""
    return etree.iterparse(stream, events=("start", "end"), **_SAFE)


class Readable(Protocol):
    """A source of bytes."""

    def read(self, size: int = -1, /) -> bytes: ...


def elements(
    stream: Readable, name: str, form: str, tags: tuple[str, ...], check_root: Callable[[Any], None]
) -> Iterator[Any]:
    """Yields the elements of some tags (`{*}` for any namespace) as each ends, and frees it when the next is wanted.

    `check_root` is given the first element as it begins, to raise if it is another format. `name` and `form`, the
    name of the format, stand in messages. Raises InvalidXml where the file is not well-formed, declares entities or
    goes on too long without such an element: also after elements have been yielded.
    """
    # Told that it may expand the entities of the file itself, of which there is none by then, the parser says where
    # others stand; else it leaves them out of attributes without a word.
    parser = etree.XMLPullParser(("end",), tag=tags, **_SAFE | {"resolve_entities": "internal"})
    gap = 0
    try:
        for chunk in chain(_beginning(stream, name, check_root), iter(lambda: stream.read(_CHUNK), b"")):
            parser.feed(chunk)
            gap += len(chunk)
            for _, element in parser.read_events():
                gap = 0
                yield element
                release(element)
            if gap > MAX_GAP:
                raise InvalidXml("{name} has a part that is too large for a {form} file.", name=name, form=form)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise InvalidXml(
            "{name} is not a complete {form} file: line {line}: {reason}; "
            "export it again from the program it comes from.",
            name=name,
            form=form,
            line=error.lineno or 1,
            reason=reason_of(error),
        ) from None


def _beginning(stream: Readable, name: str, check_root: Callable[[Any], None]) -> Iterator[bytes]:
    """Yields the chunks of a file up to its first element, which has been checked by then."""
    parser = etree.XMLPullParser(("start",), **_SAFE)
    read = 0
    while read < MAX_GAP and (chunk := stream.read(_CHUNK)):
        read += len(chunk)
        problem = None
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            problem = error
        for _, root in parser.read_events():
            refuse_entities(root, name)
            check_root(root)
            yield chunk
            return
        if problem is not None:
            # A web page is mostly no XML before it comes to its root.
            if _HTML.match(chunk.lstrip()):
                check_root(etree.Element("html"))
            raise problem
        yield chunk


def refuse_entities(root: Any, name: str, error: type[UserError] = InvalidXml) -> None:
    """Raises an error where a file declares entities of its own; `root` is its first element."""
    # In attributes the parser expands them in spite of its settings.
    document_type = root.getroottree().docinfo.internalDTD
    for entity in document_type.iterentities() if document_type is not None else ():
        raise error(
            sentence(
                "{name} declares entities of its own, such as &{entity};, which are never expanded: "
                "replace them by their text."
            ),
            name=name,
            entity=entity.name,
        )


def release(element: Any) -> None:
    """Frees an element that has been read, and the emptied siblings before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def reason_of(error: etree.XMLSyntaxError) -> str:
    """Returns the parser's finding in a few words."""
    return (error.msg or "it is not XML").split(", line")[0].strip()


def local(element: Any) -> str:
    """The tag of an element without its namespace; empty for what is no element, such as an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def legal(text: str) -> str:
    """Returns a text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def is_legal(text: str) -> bool:
    """Returns whether XML can hold a text."""
    return _ILLEGAL.search(text) is None


def split_legal(text: str) -> list[str]:
    """Returns the parts of a text that XML can hold and, between them, the characters that it cannot."""
    return re.split(f"({_ILLEGAL.pattern})", text)
