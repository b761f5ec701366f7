"""How units of a bitext and entries of a memory are written as TMX units, and how they come back.

What TMX has no attribute for goes into `x-` properties: origin, score, state, and the neighbouring source texts.
"""

from collections.abc import Iterable, Iterator

from corpus import languages
from corpus.bitexts import Bitext, Origin, Unit
from corpus.memory import Entry, Report
from corpus.tmx import TranslationUnit, Variant

_ORIGIN, _SCORE, _STATE, _PREVIOUS, _NEXT = "x-origin", "x-score", "x-state", "x-previous", "x-next"


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
        props = _props(entry.origin, entry.score, entry.state)
        context = {_PREVIOUS: entry.previous, _NEXT: entry.next}
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
        )


def entries_from_tmx(
    units: Iterable[TranslationUnit], source_language: str, target_language: str, report: Report
) -> Iterator[Entry]:
    """Yields an entry for each TMX unit that has text in both languages; counts what is read and what is skipped."""
    for unit in units:
        report.read += 1
        source, target = unit.text(source_language), unit.text(target_language)
        if source is None or target is None:
            present = ", ".join(variant.language for variant in unit.variants)
            report.skipped[f"has {present or 'no language'}, not {source_language} and {target_language}"] += 1
        elif not source.strip() or not target.strip():
            report.skipped["one side is empty"] += 1
        else:
            yield _entry(unit, source_language, target_language, source, target)


def _entry(unit: TranslationUnit, source_language: str, target_language: str, source: str, target: str) -> Entry:
    return Entry(
        source_language=source_language,
        target_language=target_language,
        source=source,
        target=target,
        previous=unit.props.get(_PREVIOUS),
        next=unit.props.get(_NEXT),
        origin=unit.props.get(_ORIGIN, "imported"),
        score=_number(unit.props.get(_SCORE, "")),
        state=unit.props.get(_STATE, ""),
        tuid=unit.tuid,
        note=unit.note,
        created_at=unit.created_at,
        created_by=unit.created_by,
        changed_at=unit.changed_at,
        changed_by=unit.changed_by,
    )


def _props(origin: str, score: float | None, state: str) -> dict[str, str]:
    props = {_ORIGIN: origin, _SCORE: "" if score is None else f"{score:g}", _STATE: state}
    return {kind: text for kind, text in props.items() if text}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
