"""TMX 1.4b (Translation Memory eXchange), read and written as a stream: memory stays flat however long the file.

The document type is never fetched and entities are never expanded. Inline elements are read for the text they hold:
the text of `hi` is text, native code in `bpt`, `ept`, `it`, `ph` and `ut` is not.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from lxml import etree

from corpus import languages
from corpus.errors import InvalidTmx, UnknownLanguage

VERSION = "1.4"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Characters that XML 1.0 cannot hold in any form (section 2.2).
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?Z")
_CODE = frozenset({"bpt", "ept", "it", "ph", "ut"})


@dataclass(frozen=True)
class Variant:
    """A text of a unit in one language (`tuv`)."""

    language: str
    text: str


@dataclass(frozen=True)
class TranslationUnit:
    """A unit (`tu`): the same text in two or more languages. Times are UTC, ISO 8601, or empty."""

    variants: tuple[Variant, ...]
    source_language: str = ""
    tuid: str = ""
    note: str = ""
    props: dict[str, str] = field(default_factory=dict)
    created_at: str = ""
    created_by: str = ""
    changed_at: str = ""
    changed_by: str = ""
    line: int = field(default=0, compare=False)

    def text(self, language: str) -> str | None:
        """Returns the unit's text in a language: of that very tag, else of one that only adds a region to it."""
        tags = {variant.language: variant.text for variant in reversed(self.variants)}
        if language in tags:
            return tags[language]
        return next((text for tag, text in tags.items() if tag.startswith(language + "-")), None)


def read(stream: IO[bytes], name: str) -> Iterator[TranslationUnit]:
    """Yields the units of a TMX file in their order; `name` stands in messages.

    Raises InvalidTmx, with the line, where the file is not well-formed or not TMX: also after units have been
    yielded, so that whoever stores them does so in one transaction.
    """
    context = etree.iterparse(
        stream,
        events=("start", "end"),
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    header_language = ""
    root: Any = None
    try:
        for event, element in context:
            tag = etree.QName(element).localname
            if root is None:
                root = element
                _check_root(tag, name)
            elif event == "end" and tag == "header":
                header_language = element.get("srclang", "")
            elif event == "end" and tag == "tu":
                yield _unit(element, header_language, name)
                _release(element)
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "it is not XML").split(", line")[0]
        raise InvalidTmx(
            "{name} is not a complete TMX file: line {line}: {reason}; export it again from the program it comes from.",
            name=name,
            line=error.lineno or 1,
            reason=reason,
        ) from None


def _check_root(tag: str, name: str) -> None:
    if tag != "tmx":
        raise InvalidTmx("{name} is not a TMX file: its first element is <{tag}>, not <tmx>.", name=name, tag=tag)


def _release(element: Any) -> None:
    """Frees a unit that has been read, and the emptied siblings before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _unit(element: Any, header_language: str, name: str) -> TranslationUnit:
    variants = []
    for child in element.iterchildren("{*}tuv"):
        segment = child.find("{*}seg")
        if segment is None:
            raise InvalidTmx("{name}, line {line}: a <tuv> has no <seg>.", name=name, line=child.sourceline)
        variants.append(Variant(_language(child, name), _text(segment, name)))
    own = element.get("srclang") or header_language
    source = next((variant.language for variant in variants if _same_language(variant.language, own)), "")
    return TranslationUnit(
        variants=tuple(variants),
        source_language=source,
        tuid=element.get("tuid", ""),
        note="\n".join(note.text or "" for note in element.iterchildren("{*}note")),
        props={prop.get("type", ""): prop.text or "" for prop in element.iterchildren("{*}prop")},
        created_at=_from_date(element.get("creationdate", "")),
        created_by=element.get("creationid", ""),
        changed_at=_from_date(element.get("changedate", "")),
        changed_by=element.get("changeid", ""),
        line=element.sourceline or 0,
    )


def _language(variant: Any, name: str) -> str:
    # TMX 1.1 wrote `lang`.
    tag = variant.get(_XML_LANG) or variant.get("lang") or ""
    try:
        return languages.canonical(tag)
    except UnknownLanguage:
        raise InvalidTmx(
            "{name}, line {line}: “{tag}” is not a language tag.", name=name, line=variant.sourceline, tag=tag
        ) from None


def _same_language(tag: str, other: str) -> bool:
    """Whether the source language of a header or a unit names the language of a variant."""
    try:
        return bool(other) and other != "*all*" and languages.canonical(other) == tag
    except UnknownLanguage:
        return False


def _text(segment: Any, name: str) -> str:
    """The text of a segment without the native code of its inline elements."""
    parts = [segment.text or ""]
    for child in segment:
        if isinstance(child, etree._Entity):
            raise InvalidTmx(
                "{name}, line {line}: the entity &{entity}; is not expanded: replace it by its text.",
                name=name,
                line=child.sourceline,
                entity=child.name,
            )
        if etree.QName(child).localname not in _CODE:
            parts.append(_text(child, name))
        parts.append(child.tail or "")
    return "".join(parts)


def _from_date(text: str) -> str:
    match = _DATE.fullmatch(text)
    return "{}-{}-{}T{}:{}:{}Z".format(*match.groups()) if match else ""


def _to_date(time: str) -> str:
    return time.replace("-", "").replace(":", "")


def write(stream: IO[bytes], units: Iterable[TranslationUnit], source_language: str, tool_version: str) -> int:
    """Writes units as a TMX 1.4b file in UTF-8 and returns their number; characters illegal in XML are left out."""
    written = 0
    with etree.xmlfile(stream, encoding="UTF-8") as file:
        file.write_declaration()
        file.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with file.element("tmx", version=VERSION):
            file.write("\n", _header(source_language, tool_version), "\n")
            with file.element("body"):
                for unit in units:
                    file.write("\n", _element(unit))
                    written += 1
                file.write("\n")
            file.write("\n")
    return written


def _header(source_language: str, tool_version: str) -> Any:
    return etree.Element(
        "header",
        {
            "creationtool": "STI Workbench",
            "creationtoolversion": tool_version,
            "segtype": "sentence",
            "o-tmf": "STI Workbench desk",
            "adminlang": "en",
            "srclang": source_language or "*all*",
            "datatype": "plaintext",
        },
    )


def _element(unit: TranslationUnit) -> Any:
    attributes = {
        "tuid": unit.tuid,
        "creationdate": _to_date(unit.created_at),
        "creationid": unit.created_by,
        "changedate": _to_date(unit.changed_at),
        "changeid": unit.changed_by,
        "srclang": unit.source_language,
    }
    element = etree.Element("tu", {key: _legal(value) for key, value in attributes.items() if value})
    if unit.note:
        etree.SubElement(element, "note").text = _legal(unit.note)
    for kind, value in unit.props.items():
        etree.SubElement(element, "prop", type=_legal(kind)).text = _legal(value)
    for variant in unit.variants:
        tuv = etree.SubElement(element, "tuv", {_XML_LANG: variant.language})
        etree.SubElement(tuv, "seg").text = _legal(variant.text)
    return element


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
