"""The writing of a bitext as an XLIFF file."""

from collections.abc import Iterable
from typing import IO, Any

from lxml import etree

from corpus.bitexts.model import Bitext, Unit
from corpus.text import languages
from corpus.text.xml import XML_SPACE, is_legal, legal, split_legal

CORE = "urn:oasis:names:tc:xliff:document:2.0"  # also of 2.1
OWN = "urn:sti-workbench:bitext:1"
BITEXT, MADE, UNIT_VERSION = (f"{{{OWN}}}{name}" for name in ("bitext", "made", "version"))
# Of the notes that are ours, and not a person's.
CATEGORY = "workbench"


def core(name: str) -> str:
    """The full name of an element of XLIFF."""
    return f"{{{CORE}}}{name}"


# The writer knows no prefix by itself, not even that of xml:space.
_PREFIXES = {None: CORE, "sti": OWN, "xml": XML_SPACE[1 : XML_SPACE.index("}")]}


def write(stream: IO[bytes], bitext: Bitext, units: Iterable[Unit]) -> int:
    """Writes all units of a bitext as an XLIFF 2.1 file in UTF-8 and returns their number."""
    written = 0
    source, target = bitext.source_language, bitext.target_language
    with etree.xmlfile(stream, encoding="UTF-8") as file:
        file.write_declaration()
        root = {"version": "2.1", "srcLang": source, "trgLang": target}
        about = {
            "id": f"bitext-{bitext.id}",
            "original": legal(bitext.title),
            "srcDir": languages.direction(source),
            "trgDir": languages.direction(target),
            XML_SPACE: "preserve",
            BITEXT: str(bitext.id),
            MADE: bitext.created_at,
        }
        with file.element(core("xliff"), root, nsmap=_PREFIXES), file.element(core("file"), about):
            for unit in units:
                _write_unit(file, unit, source, target)
                written += 1
            file.write("\n")
    return written


def _write_unit(file: Any, unit: Unit, source: str, target: str) -> None:
    attributes = {"id": str(unit.id), "canResegment": "no", UNIT_VERSION: str(unit.version)}
    file.write("\n")
    with file.element(core("unit"), attributes):
        score = "" if unit.score is None else f"{unit.score:.2f}"
        marks = ("repaired" if unit.repaired else "", "crossing" if unit.crossing else "")
        note = " ".join(filter(None, (unit.origin, unit.detail, *marks, score)))
        if note:
            with file.element(core("notes")), file.element(core("note"), {"category": CATEGORY}):
                file.write(legal(note))
        with file.element(core("segment"), {"id": "1", "state": unit.state}):
            _write_text(file, "source", languages.join(unit.source, source))
            # Confirmed as empty is not the same as not translated yet.
            if unit.target or unit.state.confirmed:
                _write_text(file, "target", languages.join(unit.target, target))


def _write_text(file: Any, name: str, text: str) -> None:
    with file.element(core(name)):
        for part in split_legal(text):
            if is_legal(part):
                file.write(part)
            else:
                # What XML cannot hold has an element of its own (XLIFF 2.1, section 4.2.3.1).
                file.write(etree.Element(core("cp"), {"hex": f"{ord(part):04X}"}, nsmap={None: CORE}))
