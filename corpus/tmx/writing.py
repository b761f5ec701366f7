"""The writing of TMX files."""

from collections.abc import Iterable
from typing import IO, Any

from lxml import etree

from corpus.text import languages
from corpus.text.errors import UnknownLanguage
from corpus.text.timestamps import compact
from corpus.text.xml import XML_LANG, legal, parse
from corpus.tmx.inline import plain
from corpus.tmx.units import TranslationUnit

VERSION = "1.4"
# What tools that know no script tags call the two ways to write Chinese.
_LEGACY = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}


def write(
    stream: IO[bytes],
    units: Iterable[TranslationUnit],
    source_language: str,
    tool_version: str,
    legacy_tags: bool = False,
) -> int:
    """Writes units as a TMX 1.4b file in UTF-8 and returns their number; characters illegal in XML are left out.

    Languages are named by script, `zh-Hans`, or with `legacy_tags` by region, `zh-CN`. No `source_language` means any.
    """
    named = _LEGACY if legacy_tags else {}
    written = 0
    with etree.xmlfile(stream, encoding="UTF-8") as file:
        file.write_declaration()
        file.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with file.element("tmx", version=VERSION):
            file.write("\n", _header(named.get(source_language, source_language), tool_version), "\n")
            with file.element("body"):
                for unit in units:
                    file.write("\n", _element(unit, named))
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


def _element(unit: TranslationUnit, named: dict[str, str]) -> Any:
    attributes = {
        "tuid": unit.tuid,
        "creationdate": compact(unit.created_at),
        "creationid": unit.created_by,
        "changedate": compact(unit.changed_at),
        "changeid": unit.changed_by,
        "srclang": named.get(unit.source_language, unit.source_language),
    }
    element = etree.Element("tu", {key: legal(value) for key, value in attributes.items() if value})
    original = parse(unit.original) if unit.original else None
    if original is not None:
        for name, value in original.attrib.items():
            if name not in attributes:
                element.set(name, value)
    element.extend(_notes(unit, original))
    element.extend(_props(unit, original))
    for variant in unit.variants:
        kept = _kept_variant(original, variant.language, variant.text) if original is not None else None
        tuv = etree.Element("tuv") if kept is None else kept
        tuv.attrib.pop("lang", None)
        tuv.set(XML_LANG, named.get(variant.language, variant.language))
        if kept is None:
            etree.SubElement(tuv, "seg").text = legal(variant.text)
        element.append(tuv)
    return element


def _notes(unit: TranslationUnit, original: Any) -> list[Any]:
    kept = [] if original is None else original.findall("note")
    if kept and "\n".join(plain(note) for note in kept) == unit.note:
        return [_bare(note) for note in kept]
    if not unit.note:
        return []
    note = etree.Element("note")
    note.text = legal(unit.note)
    return [note]


def _props(unit: TranslationUnit, original: Any) -> list[Any]:
    """The properties of the element as they are, and those of the unit that it has not."""
    found = [] if original is None else [_bare(prop) for prop in original.findall("prop")]
    kept = {prop.get("type", "") for prop in found}
    for kind, value in unit.props.items():
        if kind not in kept:
            prop = etree.Element("prop", type=legal(kind))
            prop.text = legal(value)
            found.append(prop)
    return found


def _kept_variant(original: Any, language: str, text: str) -> Any | None:
    """The element's own variant in a language, if its text is still the unit's: it has inline codes and the like.

    That of the very tag goes before that of another region, and Simplified is never Traditional.
    """
    bare = languages.regionless(language)
    found = {
        tag: tuv
        for tuv in reversed(original.findall("tuv"))
        if _text_of(tuv) == text and languages.regionless(tag := _language_of(tuv, language)) == bare
    }
    kept = found.get(language, next(reversed(found.values()), None))
    return None if kept is None else _bare(kept)


def _text_of(tuv: Any) -> str | None:
    segment = tuv.find("seg")
    return None if segment is None else plain(segment)


def _language_of(tuv: Any, wanted: str) -> str:
    """The language of a variant; a bare `zh` is the one that is wanted: it was told by its text."""
    tag = tuv.get(XML_LANG) or tuv.get("lang") or ""
    if languages.leaves_script_open(tag) and languages.is_chinese(wanted):
        return wanted
    try:
        return languages.canonical(tag)
    except UnknownLanguage:
        return ""


def _bare(element: Any) -> Any:
    element.tail = None
    return element
