"""The reading of an XLIFF file that comes back: what it says of each unit.

The text of `pc` and `mrk` is text, `cp` is the character that it names, all other inline elements are codes (XLIFF 2.1,
section 4.2.3); what follows an element is always text.
"""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from corpus.bitexts.model import Bitext, UnitState
from corpus.bitexts.reimport import ReimportedUnit
from corpus.errors import InvalidXliff
from corpus.text import languages
from corpus.text.errors import InvalidXml, UnknownLanguage
from corpus.text.xml import Readable, elements, local
from corpus.xliff.writing import BITEXT, CATEGORY, CORE, MADE, UNIT_VERSION

VERSIONS = ("2.0", "2.1")
_TEXT = frozenset({"pc", "mrk"})
_ORDER = list(UnitState)


def read(stream: Readable, name: str, bitext: Bitext) -> Iterator[ReimportedUnit]:
    """Yields the units of an XLIFF file that a bitext was exported to; `name` stands in messages.

    Raises InvalidXliff where the file is not well-formed, not XLIFF 2, or of another bitext.
    """
    seen: set[int] = set()
    owner: Any = None
    try:
        for element in elements(stream, name, "XLIFF", ("{*}unit",), lambda root: _check_root(root, name, bitext)):
            file = next(element.iterancestors("{*}file"), None)
            if file is not owner:
                _check_file(file, name, bitext)
                owner = file
            unit = _unit(element, name)
            if unit.id in seen:
                raise InvalidXliff(
                    "{name}, line {line}: unit {id} is there twice.", name=name, line=unit.line, id=unit.id
                )
            seen.add(unit.id)
            yield unit
    except InvalidXml as error:
        raise InvalidXliff(error.template, **error.values) from None
    if not seen:
        raise InvalidXliff("{name} has no units.", name=name)


def _check_root(root: Any, name: str, bitext: Bitext) -> None:
    if local(root) != "xliff":
        raise InvalidXliff(
            "{name} is not an XLIFF file: its first element is <{tag}>, not <xliff>.", name=name, tag=local(root)
        )
    version = root.get("version", "")
    if version not in VERSIONS or not root.tag.startswith(f"{{{CORE}}}"):
        raise InvalidXliff(
            "{name} is XLIFF {version}, and only XLIFF 2.1 can come back: export the bitext again and edit that file.",
            name=name,
            version=version or "?",
        )
    found = [_canonical(root.get(attribute, "")) for attribute in ("srcLang", "trgLang")]
    if found != [bitext.source_language, bitext.target_language]:
        raise _other_bitext(name, bitext)


def _canonical(tag: str) -> str:
    try:
        return languages.canonical(tag)
    except UnknownLanguage:
        return ""


def _check_file(file: Any, name: str, bitext: Bitext) -> None:
    if file is None or (file.get(BITEXT), file.get(MADE)) != (str(bitext.id), bitext.created_at):
        raise _other_bitext(name, bitext)


def _other_bitext(name: str, bitext: Bitext) -> InvalidXliff:
    return InvalidXliff(
        "{name} was not exported from “{title}” in this desk: choose the file that was.", name=name, title=bitext.title
    )


def _unit(element: Any, name: str) -> ReimportedUnit:
    id, version = element.get("id", ""), element.get(UNIT_VERSION, "")
    line = element.sourceline or 0
    if not (id.isdecimal() and version.isdecimal()):
        raise InvalidXliff(
            "{name}, line {line}: the unit has lost what says which one it is: export the bitext again.",
            name=name,
            line=line,
        )
    sources: list[str] = []
    targets: list[tuple[int, str]] = []
    states = []
    translated = False
    for number, part in enumerate((part for part in element if local(part) in ("segment", "ignorable")), 1):
        source, target = part.find("{*}source"), part.find("{*}target")
        sources.append(_text(source))
        if local(part) == "segment":
            states.append(_state(part, name))
            translated = translated or target is not None
        elif target is None:
            # What is not to be translated stands in both texts.
            target = source
        if target is not None:
            order = target.get("order", "")
            targets.append((int(order) if order.isdecimal() else number, _text(target)))
    return ReimportedUnit(
        id=int(id),
        version=int(version),
        source="".join(sources),
        target="".join(text for _, text in sorted(targets, key=itemgetter(0))) if translated else "",
        state=min(states, key=_ORDER.index, default=UnitState.INITIAL),
        notes=tuple(
            text
            for note in element.iterfind("{*}notes/{*}note")
            if note.get("category") != CATEGORY and (text := _text(note).strip())
        ),
        line=line,
    )


def _state(segment: Any, name: str) -> UnitState:
    written = segment.get("state", UnitState.INITIAL)
    try:
        return UnitState(written)
    except ValueError:
        raise InvalidXliff(
            "{name}, line {line}: “{state}” is not a state of XLIFF.",
            name=name,
            line=segment.sourceline,
            state=written,
        ) from None


def _text(element: Any) -> str:
    """The text of an element without the codes in it."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        tag = local(child)
        if tag == "cp":
            parts.append(_character(child.get("hex", "")))
        elif tag in _TEXT:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
