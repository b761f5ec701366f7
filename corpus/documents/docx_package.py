"""The parts of a Word document (ISO/IEC 29500, transitional), as Word needs them: styles, languages, fonts, properties.

Headings, captions and lists have Word's own styles, so that they are what they look like. Chinese, Japanese and Korean
text says so (`eastAsia`), without which Word takes Latin quotation marks for it.
"""

import re
import zipfile
from typing import IO, Any

from babel.core import get_global
from lxml import etree
from lxml.builder import ElementMaker

from corpus.text import languages
from corpus.text.xml import XML_SPACE, legal

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PROPERTIES = f"{_PACKAGE}/metadata/core-properties"
_DUBLIN, _TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FONTS = {"zh-Hans": "SimSun", "zh-Hant": "PMingLiU", "ja": "MS Mincho", "ko": "Batang"}
_ASIAN = frozenset({"zh", "ja", "ko"})

W = ElementMaker(namespace=WORD, nsmap={"w": WORD})


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{WORD}}}{name}"


def element(tag: str, /, *children: Any, **attributes: object) -> Any:
    """Returns an element of WordprocessingML with attributes of it."""
    return W(tag, *children, {w(name): str(value) for name, value in attributes.items()})


def run(text: str, language: str, *properties: Any) -> Any:
    """Returns a run of text in a language; a tab or a line break in it is one of Word's."""
    pieces = element("r", element("rPr", *_fonts(language), *properties, *_language(language)))
    for number, line in enumerate(legal(text).replace("\r", "").split("\n")):
        if number:
            pieces.append(element("br"))
        pieces.append(W("t", line, {XML_SPACE: "preserve"}))
    return pieces


def _fonts(language: str) -> list[Any]:
    return [element("rFonts", hint="eastAsia")] if languages.primary(language) in _ASIAN else []


def _language(language: str) -> list[Any]:
    if languages.direction(language) == "rtl":
        return [element("rtl"), element("lang", bidi=word_tag(language))]
    side = "eastAsia" if languages.primary(language) in _ASIAN else "val"
    return [element("lang", **{side: word_tag(language)})]


def word_tag(language: str) -> str:
    """Returns a tag as Word knows languages, with a region: zh-CN for zh-Hans, en-US for en."""
    name, *rest = language.split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    known = get_global("likely_subtags")
    likely = known.get(f"{name}_{script}") or known.get(name, "")
    regions = [part for part in (*rest, *likely.split("_")[2:]) if re.fullmatch("[A-Z]{2}|[0-9]{3}", part)]
    return "-".join([name, *regions[:1]])


def paragraph(style: str, language: str, *runs: Any) -> Any:
    """Returns a paragraph of a style by its id, empty for the usual one, in the direction of a language."""
    properties = element("pPr")
    if style:
        properties.append(element("pStyle", val=style))
    if languages.direction(language) == "rtl":
        properties.append(element("bidi"))
    return element("p", properties, *runs)


def write_package(stream: IO[bytes], body: Any, title: str, language: str, byline: str = "", date: str = "") -> None:
    """Writes a document with what its text part holds, `body`; `language` is that of most of it."""
    document = element("document", body)
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            ("officeDocument", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(title, language, byline, date),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(
            *((name, f"{_OFFICE}/{name}", f"{name}.xml") for name in ("styles", "settings", "numbering"))
        ),
        "word/styles.xml": _styles(language),
        "word/settings.xml": _settings(language),
        "word/numbering.xml": _numbering(),
    }
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, root in parts.items():
            data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            # With a time of its own the same text would never be the same file.
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def _types() -> Any:
    types = ElementMaker(namespace=f"{_PACKAGE}/content-types", nsmap={None: f"{_PACKAGE}/content-types"})
    overrides = [("word/document.xml", f"{_KIND}.document.main+xml")]
    overrides += [(f"word/{name}.xml", f"{_KIND}.{name}+xml") for name in ("styles", "settings", "numbering")]
    overrides += [("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]
    return types(
        "Types",
        types("Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"),
        types("Default", Extension="xml", ContentType="application/xml"),
        *(types("Override", PartName=f"/{part}", ContentType=kind) for part, kind in overrides),
    )


def _relations(*relations: tuple[str, str, str]) -> Any:
    made = ElementMaker(namespace=f"{_PACKAGE}/relationships", nsmap={None: f"{_PACKAGE}/relationships"})
    return made(
        "Relationships", *(made("Relationship", Id=id, Type=kind, Target=target) for id, kind, target in relations)
    )


def _core(title: str, language: str, byline: str, date: str) -> Any:
    names = {"cp": _PROPERTIES, "dc": _DUBLIN, "dcterms": _TERMS, "xsi": _INSTANCE}
    root = etree.Element(f"{{{_PROPERTIES}}}coreProperties", nsmap=names)
    for name, text in (("title", title), ("creator", byline), ("language", language)):
        etree.SubElement(root, f"{{{_DUBLIN}}}{name}").text = legal(text)
    if date:
        created = etree.SubElement(root, f"{{{_TERMS}}}created", {f"{{{_INSTANCE}}}type": "dcterms:W3CDTF"})
        created.text = f"{date}T00:00:00Z"
    return root


def _settings(language: str) -> Any:
    asian = word_tag(language) if languages.primary(language) in _ASIAN else "zh-CN"
    return element(
        "settings",
        element("characterSpacingControl", val="compressPunctuation"),
        element(
            "compat",
            element("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
        ),
        element("themeFontLang", val="en-US", eastAsia=asian),
    )


def _styles(language: str) -> Any:
    asian = _FONTS.get(language, _FONTS.get(languages.primary(language), "SimSun"))
    fonts = element("rFonts", ascii="Times New Roman", hAnsi="Times New Roman", eastAsia=asian, cs="Times New Roman")
    size = (element("sz", val=24), element("szCs", val=24))
    spacing = element("spacing", after=160, line=320, lineRule="auto")
    return element(
        "styles",
        element(
            "docDefaults",
            element("rPrDefault", element("rPr", fonts, *size, element("lang", val="en-US", eastAsia="zh-CN"))),
            element("pPrDefault", element("pPr", spacing)),
        ),
        _style("Normal", "Normal", default=True),
        _style("Title", "Title", _bold(40), spacing=(0, 240)),
        _style("Heading1", "heading 1", _bold(30), spacing=(320, 120), level=0),
        _style("Caption", "caption", (element("i"), element("sz", val=20), element("szCs", val=20))),
        _style("ListBullet", "List Bullet", listed=True),
    )


def _bold(size: int) -> tuple[Any, ...]:
    return element("b"), element("bCs"), element("sz", val=size), element("szCs", val=size)


def _style(
    id: str,
    name: str,
    letters: tuple[Any, ...] = (),
    *,
    default: bool = False,
    spacing: tuple[int, int] | None = None,
    level: int | None = None,
    listed: bool = False,
) -> Any:
    style = element("style", element("name", val=name), type="paragraph", styleId=id)
    if default:
        style.set(w("default"), "1")
    else:
        style.append(element("basedOn", val="Normal"))
        style.append(element("next", val=id if listed else "Normal"))
    style.append(element("qFormat"))
    properties = element("pPr")
    if spacing:
        properties.append(element("keepNext"))
    if listed:
        properties.append(element("numPr", element("numId", val=1)))
    if spacing:
        properties.append(element("spacing", before=spacing[0], after=spacing[1]))
    if level is not None:
        properties.append(element("outlineLvl", val=level))
    if len(properties):
        style.append(properties)
    if letters:
        style.append(element("rPr", *letters))
    return style


def _numbering() -> Any:
    level = element(
        "lvl",
        element("start", val=1),
        element("numFmt", val="bullet"),
        element("pStyle", val="ListBullet"),
        element("lvlText", val="•"),
        element("lvlJc", val="left"),
        element("pPr", element("ind", left=420, hanging=420)),
        ilvl=0,
    )
    return element(
        "numbering",
        element("abstractNum", element("multiLevelType", val="hybridMultilevel"), level, abstractNumId=0),
        element("num", element("abstractNumId", val=0), numId=1),
    )
