"""The mapping of a bitext's units and a memory's entries to TMX units, and back.

What TMX has no attribute for goes into `x-` properties: origin, score, state, and the neighbouring source texts; those
of the places where an entry was met before are numbered from 2 on. An entry of a file that says nothing is imported.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count

from corpus.bitexts.model import Bitext, Origin, Unit
from corpus.memory import Context, Entry
from corpus.reports import ImportReport
from corpus.text import languages
from corpus.text.messages import Message
from corpus.tmx import TranslationUnit, Variant

_ORIGIN, _SCORE, _STATE, _PREVIOUS, _NEXT = "x-origin", "x-score", "x-state", "x-previous", "x-next"
_IMPORTED = "imported"


def units_to_tmx(bitext: Bitext, units: Iterable[Unit], confirmed_only: bool = False) -> Iterator[TranslationUnit]:
    """Yields a TMX unit for each unit that has text on both sides, or for the confirmed ones alone."""
    for unit in units:
        source = languages.join(unit.source, bitext.source_language)
        target = languages.join(unit.target, bitext.target_language)
        if source and target and (unit.state.confirmed or not confirmed_only):
            yield TranslationUnit(
                variants=(Variant(bitext.source_language, source), Variant(bitext.target_language, target)),
                source_language=bitext.source_language,
                tuid=f"{bitext.id}-{unit.id}",
                note=_warning(unit),
                props=_props(unit.origin, unit.score, unit.state),
                created_at=bitext.created_at,
                changed_at=unit.changed_at,
                changed_by=unit.changed_by,
            )


def _warning(unit: Unit) -> str:
    """A note for whoever reads the file, on a pair that only the aligner vouches for."""
    if unit.origin is not Origin.ALIGNED or unit.state.confirmed:
        return ""
    return "not accepted" if unit.score is None else f"not accepted, score {unit.score:.2f}"


def entries_to_tmx(entries: Iterable[Entry]) -> Iterator[TranslationUnit]:
    """Yields a TMX unit for each entry of a memory."""
    for entry in entries:
        props = _props("" if entry.origin == _IMPORTED else entry.origin, entry.score, entry.state)
        context = {_PREVIOUS: entry.previous, _NEXT: entry.next}
        for number, (previous, following) in enumerate(entry.contexts, 2):
            context |= {f"{_PREVIOUS}-{number}": previous, f"{_NEXT}-{number}": following}
        yield TranslationUnit(
            variants=(Variant(entry.source_language, entry.source), Variant(entry.target_language, entry.target)),
            source_language=entry.source_language,
            tuid=entry.tuid,
            note=entry.note,
            props=props | {kind: text for kind, text in context.items() if text is not None},
            created_at=entry.created_at,
            created_by=entry.created_by,
            changed_at=entry.changed_at,
            changed_by=entry.changed_by,
            original=entry.element,
        )


def is_own(kind: str) -> bool:
    """Returns whether an entry has a field for a property of this type."""
    return kind in _OWN or _NUMBERED.fullmatch(kind) is not None


_OWN = frozenset({_ORIGIN, _SCORE, _STATE, _PREVIOUS, _NEXT})
_NUMBERED = re.compile(rf"(?:{_PREVIOUS}|{_NEXT})-[0-9]+")


def entries_from_tmx(
    units: Iterable[TranslationUnit], language: str, other: str, report: ImportReport, strict: bool = False
) -> Iterator[Entry]:
    """Yields an entry for each TMX unit that has text in both languages; counts what is read and what is skipped.

    A unit with several texts in a language gives an entry for each pair of them. The source is what the unit says it
    is; `language` where it says neither. `strict` wants the very regions.
    """
    for unit in units:
        report.read += 1
        pairs = list(text_pairs(unit, language, other, strict))
        filled = [pair for pair in pairs if all(variant.text.strip() for variant in pair)]
        if not pairs:
            report.skip(unit.line, _without_pair(unit, language, other))
        elif not filled:
            report.skip(unit.line, Message("one side is empty"))
        turned = _turned(unit.source_language, language, other)
        for source, target in filled:
            yield (
                _entry(unit, other, language, target, source)
                if turned
                else _entry(unit, language, other, source, target)
            )
        remarks = [Message("a unit with {count} pairs of texts: an entry each", count=len(filled))] * (len(filled) > 1)
        for remark in (*remarks, *unit.remarks):
            report.remark(unit.line, remark)


def text_pairs(
    unit: TranslationUnit, language: str, other: str, strict: bool = False
) -> Iterator[tuple[Variant, Variant]]:
    """Yields each text of a unit in one language with each in another; `strict` wants the very regions.

    Of one language in two regions, what is in the one of them never serves for the other.
    """
    same = languages.regionless(language) == languages.regionless(other)
    for source in unit.texts(language, strict or same):
        for target in unit.texts(other, strict or same):
            if not same or (source.language != other and target.language != language):
                yield source, target


def _turned(source: str, language: str, other: str) -> bool:
    """Returns whether a unit that names its `source` goes from the `other` language."""
    if source in (language, other):
        return source == other
    bare = languages.regionless(source)
    return bare == languages.regionless(other) != languages.regionless(language)


def _without_pair(unit: TranslationUnit, language: str, other: str) -> Message:
    present = ", ".join(variant.language for variant in unit.variants)
    if not present:
        return Message("has no language, not {source} and {target}", source=language, target=other)
    return Message("has {languages}, not {source} and {target}", languages=present, source=language, target=other)


def _entry(
    unit: TranslationUnit, source_language: str, target_language: str, source: Variant, target: Variant
) -> Entry:
    return Entry(
        source_language=source_language,
        target_language=target_language,
        source=source.text,
        target=target.text,
        codes=source.codes or target.codes,
        previous=unit.props.get(_PREVIOUS),
        next=unit.props.get(_NEXT),
        contexts=tuple(_contexts(unit.props)),
        origin=unit.props.get(_ORIGIN, _IMPORTED),
        score=_number(unit.props.get(_SCORE, "")),
        state=unit.props.get(_STATE, ""),
        tuid=unit.tuid,
        note=unit.note,
        created_at=unit.created_at,
        created_by=unit.created_by,
        changed_at=unit.changed_at,
        changed_by=unit.changed_by,
        element=unit.original,
    )


def _contexts(props: dict[str, str]) -> Iterator[Context]:
    """Yields the neighbours in earlier places."""
    for number in count(2):
        context = props.get(f"{_PREVIOUS}-{number}"), props.get(f"{_NEXT}-{number}")
        if context == (None, None):
            return
        yield context


def _props(origin: str, score: float | None, state: str) -> dict[str, str]:
    props = {_ORIGIN: origin, _SCORE: "" if score is None else f"{score:g}", _STATE: state}
    return {kind: text for kind, text in props.items() if text}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
