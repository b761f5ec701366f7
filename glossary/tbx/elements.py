"""TBX as XML: read entry by entry, without a document type, entities or memory at the mercy of the file."""

from collections.abc import Callable, Iterator
from typing import IO, Any

from lxml import etree

from corpus.text.xml import iterparse, local, reason_of, refuse_entities, release
from glossary.errors import InvalidTbx
from glossary.tbx.dialects import ALIASES, CARRIERS

ENTRIES = ("conceptEntry", "termEntry")
SECTIONS = ("langSec", "langSet")
# ntig holds the term in a termGrp; tig and termSec hold it themselves.
HOLDERS = ("termSec", "tig", "ntig")


def text(element: Any) -> str:
    return "" if element is None else "".join(element.itertext()).strip()


def children(element: Any, *tags: str) -> Iterator[Any]:
    return (child for child in element if local(child) in tags)


def category(element: Any) -> str:
    """The data category of an element, by the attribute `type` (DCA) or the tag (DCT), under its present name."""
    tag = local(element)
    name = element.get("type") or "" if tag in CARRIERS | {"transacNote"} else tag
    return ALIASES.get(name, name)


def entries(
    stream: IO[bytes], name: str, check_root: Callable[[Any], None], met: Callable[[Any], None] = lambda element: None
) -> Iterator[Any]:
    """Yields the entries of a TBX file as they end, and frees each when the next is wanted.

    `met` is told of each element as it begins, those outside the entries too. Raises InvalidTbx, with the line, where
    the file is not well-formed or has entities: also after entries have been yielded.
    """
    root: Any = None
    parsed = iterparse(stream)
    try:
        for event, element in parsed:
            if event == "start":
                met(element)
            if root is None:
                root = element
                refuse_entities(root, name, InvalidTbx)
                check_root(root)
            elif event == "end" and local(element) in ENTRIES:
                for entity in element.iter(etree.Entity):
                    raise InvalidTbx(
                        "{name}, line {line}: {entity} is not a character that XML knows: replace it by its text.",
                        name=name,
                        line=entity.sourceline or element.sourceline,
                        entity=entity.text,
                    )
                yield element
                release(element)
    except etree.XMLSyntaxError as error:
        # What the parser raises is sometimes only what followed from the first thing that it found.
        first = next(iter(parsed.error_log), None)
        reason = first.message if first else reason_of(error)
        raise InvalidTbx(
            "{name} is not a complete TBX file: line {line}: {reason}; export it again from the program it comes from.",
            name=name,
            line=(first.line if first else error.lineno) or 1,
            reason=reason,
        ) from None
