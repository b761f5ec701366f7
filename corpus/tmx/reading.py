"""The reading of TMX files, unit by unit.

`srclang` of a unit goes before that of the header, `*all*` names no source (TMX 1.4b, section 2.3); TMX 1.1 wrote
`lang` for `xml:lang`.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from lxml import etree

from corpus.errors import InvalidTmx, OtherFormat
from corpus.reports import ImportReport
from corpus.text import languages
from corpus.text.errors import InvalidXml, UnknownLanguage
from corpus.text.messages import Message
from corpus.text.scripts import chinese_tag
from corpus.text.timestamps import parse
from corpus.text.xml import XML_LANG, Readable, elements, local
from corpus.tmx.inline import has_codes, plain
from corpus.tmx.recovery import Unreadable, header_language, pieces
from corpus.tmx.units import TranslationUnit, Variant

_ATTRIBUTES = frozenset({"tuid", "creationdate", "creationid", "changedate", "changeid", "srclang"})
IsOwn = Callable[[str], bool]
_DATES = ("creationdate", "changedate")
_ORDER = {"note": 0, "prop": 1, "tuv": 2}


def read(
    stream: Readable, name: str, is_own: IsOwn = lambda _: False, report: ImportReport | None = None
) -> Iterator[TranslationUnit]:
    """Yields the units of a TMX file in their order; `name` stands in messages.

    A unit with a property that `is_own` does not know keeps its element as `original`, but for those. Raises
    InvalidTmx, with the line, where the file is not well-formed or not TMX: also after units have been yielded, so that
    whoever stores them does so in one transaction. With a `report` only another format is refused: what cannot be read
    is counted there and left out.
    """
    if report is not None:
        yield from _salvaged(stream, name, is_own, report)
        return
    source = ""
    try:
        for element in elements(stream, name, "TMX", ("{*}header", "{*}tu"), lambda root: _check_root(root, name)):
            if local(element) == "tu":
                try:
                    yield _unit(element, source, is_own)
                except _BadUnit as bad:
                    raise InvalidTmx(
                        "{name}, line {line}: {reason}.", name=name, line=bad.line, reason=bad.reason
                    ) from None
            else:
                source = element.get("srclang", "")
    except InvalidXml as error:
        raise InvalidTmx(error.template, **error.values) from None


def tags(stream: Readable, name: str, keep_going: bool = False) -> set[str]:
    """Returns the languages of a TMX file as this project writes them; raises InvalidTmx as `read` does."""
    units = read(stream, name, report=ImportReport() if keep_going else None)
    return {variant.language for unit in units for variant in unit.variants}


def _check_root(root: Any, name: str) -> None:
    if local(root) != "tmx":
        raise OtherFormat(
            "{name} is not a TMX file: its first element is <{tag}>, not <tmx>.", name=name, tag=local(root)
        )


def _salvaged(stream: Readable, name: str, is_own: IsOwn, report: ImportReport) -> Iterator[TranslationUnit]:
    """The units of a file that may be broken, each read for itself."""
    source = ""
    for line, piece in pieces(stream, name):
        if isinstance(piece, Unreadable):
            (report.skip_unread if piece.unit else report.remark)(line, piece.reason)
        elif isinstance(piece, str):
            source = header_language(piece)
        else:
            try:
                yield _unit(piece, source, is_own, line - 1)
            except _BadUnit as bad:
                report.skip_unread(bad.line, bad.reason)


class _BadUnit(Exception):
    """A unit that cannot be read; `beside` is what to say if the rest of it can do without what is wrong."""

    def __init__(self, line: int, reason: Message, beside: Message) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason
        self.beside = beside


def _unit(element: Any, header_source: str, is_own: IsOwn, offset: int = 0) -> TranslationUnit:
    """Reads a unit; `offset` is the number of lines before what it was parsed from."""
    variants: list[Variant] = []
    notes: list[str] = []
    props: dict[str, str] = {}
    get = element.get
    more = not _ATTRIBUTES.issuperset(element.keys())
    bad: list[_BadUnit] = []
    for child in element:
        match local(child):
            case "tuv":
                try:
                    variant, bare = _variant(child, offset)
                    variants.append(variant)
                except _BadUnit as problem:
                    bad.append(problem)
                    bare = False
                more = more or not bare
            case "prop":
                kind = child.get("type", "")
                more = more or kind in props or not is_own(kind) or len(child.keys()) != 1
                props[kind] = plain(child)
            case "note":
                more = more or bool(notes) or bool(child.keys())
                notes.append(plain(child))
            case _:
                more = True
    if bad and len(variants) < 2:
        raise bad[0]
    created_at, changed_at = (parse(text) if (text := get(date)) else "" for date in _DATES)
    remarks = (
        *(problem.beside for problem in bad),
        *(() if None not in (created_at, changed_at) else _bad_dates(element)),
    )
    return TranslationUnit(
        variants=tuple(variants),
        source_language=_source(get("srclang") or header_source, variants),
        tuid=get("tuid", ""),
        note="\n".join(notes),
        props=props,
        created_at=created_at or "",
        created_by=get("creationid", ""),
        changed_at=changed_at or "",
        changed_by=get("changeid", ""),
        line=(element.sourceline or 0) + offset,
        original=_original(element, is_own) if more else "",
        remarks=remarks,
    )


def _bad_dates(element: Any) -> tuple[Message, ...]:
    return tuple(
        Message("{attribute} “{text}” is no date: dropped", attribute=date, text=text)
        for date in _DATES
        if (text := element.get(date)) and parse(text) is None
    )


def _variant(element: Any, offset: int) -> tuple[Variant, bool]:
    """Reads a variant; says too whether it is nothing but a language and a text."""
    segment = next((child for child in element if local(child) == "seg"), None)
    if segment is None:
        line = (element.sourceline or 0) + offset
        raise _BadUnit(line, Message("a <tuv> has no <seg>"), Message("a <tuv> has no <seg>: it is left out"))
    text = plain(segment)
    # xml:lang wins over the `lang` of TMX 1.1.
    tag = element.get(XML_LANG) or element.get("lang") or ""
    language = _language(tag)
    if language is None:
        raise _BadUnit(
            (element.sourceline or 0) + offset,
            Message("“{tag}” is not a language tag", tag=tag),
            Message("“{tag}” is not a language tag: its text is left out", tag=tag),
        )
    language = _told(language, text)
    return Variant(language, text, has_codes(segment)), (
        len(element) == 1 and not len(segment) and len(element.keys()) == 1
    )


def _told(language: str, text: str) -> str:
    """The language of a text; one that leaves the script open is told by the text."""
    return chinese_tag(text) if language == "zh" else language


@lru_cache(maxsize=1024)
def _language(tag: str) -> str | None:
    """Returns a tag as this project writes it, `zh` for one that leaves the script open, None for one that is none."""
    if languages.leaves_script_open(tag):
        return "zh"
    try:
        return languages.canonical(tag)
    except UnknownLanguage:
        return None


def _source(tag: str, variants: Sequence[Variant]) -> str:
    """Returns the language of the variant that a header or a unit names as its source, if there is one."""
    wanted = _language(tag) if tag and tag != "*all*" else None
    if wanted is None:
        return ""
    found = [variant.language for variant in variants]
    if wanted in found:
        return wanted
    # A bare zh names either script.
    same = languages.primary if wanted == "zh" else languages.regionless
    return next((tag for tag in found if same(tag) == same(wanted)), "")


def _original(element: Any, is_own: IsOwn) -> str:
    """The element as text, without those properties, what the fields hold, and namespaces.

    It is put in one order, so that a unit that was written from it reads the same.
    """
    if element.nsmap:
        for part in element.iter(etree.Element):
            part.tag = local(part)
        etree.cleanup_namespaces(element)
    for prop in element.findall("prop"):
        if is_own(prop.get("type", "")):
            element.remove(prop)
    for name in _ATTRIBUTES & set(element.keys()):
        del element.attrib[name]
    for tuv in element.findall("tuv"):
        tag = tuv.attrib.pop(XML_LANG, "") or tuv.get("lang", "")
        tuv.attrib.pop("lang", None)
        tuv.text = None
        language, segment = _language(tag), tuv.find("seg")
        tuv.set(XML_LANG, tag if language is None or segment is None else _told(language, plain(segment)))
    element[:] = sorted(element, key=lambda child: _ORDER.get(child.tag, len(_ORDER)))
    for part in (element, *element):
        ordered = sorted(part.attrib.items())
        part.attrib.clear()
        part.attrib.update(ordered)
        part.tail = None
    element.text = None
    return etree.tostring(element, encoding="unicode", with_tail=False)
