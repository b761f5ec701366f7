"""TBX v3 (ISO 30042:2019), dialect TBX-Basic, read in DCA and DCT style and written in DCA style.

The document type is never fetched and entities are never expanded.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from lxml import etree

from glossary.concepts import Concept, Definition, PartOfSpeech, Status, Term, TermType
from glossary.errors import InvalidTbx

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Characters that XML 1.0 cannot hold in any form (section 2.2).
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STATUS = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.DEPRECATED: "deprecatedTerm-admn-sts",
    Status.SUPERSEDED: "supersededTerm-admn-sts",
}
_STATUS_OF = {written: status for status, written in _STATUS.items()}


def read(stream: IO[bytes], name: str, canonical_language: Callable[[str], str] = str) -> Iterator[Concept]:
    """Yields the concepts of a TBX file in their order; `name` stands in messages.

    `canonical_language` turns a language tag into the form that the term base uses, and raises for one that is none.
    Raises InvalidTbx, with the line, where the file is not well-formed or not TBX v3: also after concepts have been
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
    root: Any = None
    try:
        for event, element in context:
            if root is None:
                root = element
                _check_root(root, name)
            elif event == "end" and etree.QName(element).localname == "conceptEntry":
                yield _Reader(name, canonical_language).concept(element)
                element.clear()
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "it is not XML").split(", line")[0]
        raise InvalidTbx(
            "{name} is not a complete TBX file: line {line}: {reason}; export it again from the program it comes from.",
            name=name,
            line=error.lineno or 1,
            reason=reason,
        ) from None


def _check_root(root: Any, name: str) -> None:
    if etree.QName(root).localname != "tbx":
        raise InvalidTbx(
            "{name} is not a TBX v3 file: its first element is <{tag}>, not <tbx>.",
            name=name,
            tag=etree.QName(root).localname,
        )


class _Reader:
    """Reads concept entries; holds what its messages need."""

    def __init__(self, name: str, canonical_language: Callable[[str], str]) -> None:
        self._name = name
        self._canonical_language = canonical_language

    def concept(self, entry: Any) -> Concept:
        terms: list[Term] = []
        definitions = list(self._definitions(entry, ""))
        for section in entry.iterchildren("{*}langSec"):
            language = self._language(section)
            definitions += self._definitions(section, language)
            terms += (self._term(item, language) for item in section.iterchildren("{*}termSec"))
        if not terms:
            raise self._invalid(entry, "a conceptEntry has no term")
        return Concept(
            uid=entry.get("id") or self._missing_id(entry),
            terms=tuple(terms),
            subject=_category(entry, "subjectField"),
            definitions=tuple(
                definition if definition.language else Definition(terms[0].language, definition.text, definition.source)
                for definition in definitions
            ),
            note=_category(entry, "note"),
        )

    def _language(self, section: Any) -> str:
        tag = section.get(_XML_LANG) or ""
        try:
            return self._canonical_language(tag)
        except Exception:
            raise self._invalid(section, f"“{tag}” is not a language tag") from None

    def _definitions(self, element: Any, language: str) -> Iterator[Definition]:
        for holder in (element, *element.iterchildren("{*}descripGrp")):
            text = _category(holder, "definition")
            if text:
                yield Definition(language, text, _category(holder, "source") if holder is not element else "")

    def _term(self, section: Any, language: str) -> Term:
        text = " ".join(_text(section.find("{*}term")).split())
        if not text:
            raise self._invalid(section, "a termSec has no term")
        return Term(
            language=language,
            text=text,
            status=_STATUS_OF.get(_category(section, "administrativeStatus"), Status.ADMITTED),
            type=self._one_of(TermType, section, "termType"),
            part_of_speech=self._one_of(PartOfSpeech, section, "partOfSpeech"),
            source=_category(section, "source"),
            note=_category(section, "note"),
        )

    def _one_of(self, values: Any, section: Any, category: str) -> Any:
        text = _category(section, category)
        try:
            return values(text) if text else None
        except ValueError:
            allowed = ", ".join(values)
            raise self._invalid(section, f"“{text}” is not a {category}; allowed are {allowed}") from None

    def _missing_id(self, entry: Any) -> str:
        raise self._invalid(entry, "a conceptEntry has no id")

    def _invalid(self, element: Any, problem: str) -> InvalidTbx:
        return InvalidTbx("{name}, line {line}: {problem}.", name=self._name, line=element.sourceline, problem=problem)


def _category(element: Any, category: str) -> str:
    """The text of a data category below an element or in a group there: `type="…"` (DCA) or a tag (DCT)."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        tag = etree.QName(child).localname
        if category in (child.get("type"), tag):
            return _text(child).strip()
        if tag in ("termNoteGrp", "adminGrp") and (found := _category(child, category)):
            return found
    return ""


def _text(element: Any) -> str:
    return "" if element is None else "".join(element.itertext())


def write(stream: IO[bytes], concepts: Iterable[Concept], title: str) -> int:
    """Writes concepts as a TBX-Basic file (DCA style, UTF-8) and returns their number."""
    written = 0
    stream.write(_BEGINNING.encode())
    stream.write(_serialised(_header(title), 1))
    stream.write(b"\n <text>\n  <body>\n")
    for concept in concepts:
        stream.write(_serialised(_entry(concept), 3))
        written += 1
    stream.write(b"  </body>\n </text>\n</tbx>\n")
    return written


# The elements written into it have no namespace of their own and so take that of the root: one declaration a file
# instead of one an entry.
_BEGINNING = f"""<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="{NAMESPACE}">
"""


def _serialised(element: Any, level: int) -> bytes:
    etree.indent(element, space=" ", level=level)
    return b" " * level + bytes(etree.tostring(element, encoding="utf-8")) + b"\n"


def _header(title: str) -> Any:
    header = etree.Element("tbxHeader")
    source = _add(_add(header, "fileDesc"), "sourceDesc")
    _add(source, "p", title)
    _add(_add(header, "encodingDesc"), "p", "TBXBasicXCSV03.xcs", type="XCSURI")
    return header


def _entry(concept: Concept) -> Any:
    entry = etree.Element("conceptEntry", id=_legal(concept.uid))
    if concept.subject:
        _add(entry, "descrip", concept.subject, type="subjectField")
    if concept.note:
        _add(entry, "note", concept.note)
    # TBX-Basic holds a definition in the section of its language, and a section holds terms: a definition in a
    # language without a term has no place.
    for language in concept.languages():
        section = _add(entry, "langSec")
        section.set(_XML_LANG, language)
        for definition in concept.definitions:
            if definition.language == language:
                _definition(section, definition)
        for term in concept.terms:
            if term.language == language:
                _term(section, term)
    return entry


def _definition(section: Any, definition: Definition) -> None:
    group = _add(section, "descripGrp")
    _add(group, "descrip", definition.text, type="definition")
    if definition.source:
        _add(group, "admin", definition.source, type="source")


def _term(section: Any, term: Term) -> None:
    holder = _add(section, "termSec")
    _add(holder, "term", term.text)
    _add(holder, "termNote", _STATUS[term.status], type="administrativeStatus")
    if term.part_of_speech:
        _add(holder, "termNote", term.part_of_speech, type="partOfSpeech")
    if term.type:
        _add(holder, "termNote", term.type, type="termType")
    if term.source:
        _add(holder, "admin", term.source, type="source")
    if term.note:
        _add(holder, "note", term.note)


def _add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    child = etree.SubElement(parent, tag, attributes)
    child.text = _legal(text) or None
    return child


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
