"""Texts with their terms marked, ready for a page."""

from collections.abc import Iterable
from dataclasses import dataclass

from glossary.concepts import Concept, Status
from workbench.desk import Desk
from workbench.services.suggestions import Rendered
from workbench.services.term_recognition import terms_in


@dataclass(frozen=True)
class Part:
    """A stretch of a text: plain, or a term with the concepts it may stand for."""

    text: str
    concepts: tuple[Concept, ...] = ()


def mark_terms(desk: Desk, texts: list[str], language: str, target_language: str) -> list[list[Part]]:
    """Cuts each text into parts; a term counts where one of its concepts has a term in the target language."""
    terms = terms_in(desk, texts, language)
    concepts = {concept.uid: concept for concept in terms.concepts if concept.in_language(target_language)}
    marked = []
    for text, occurrences in zip(texts, terms.found, strict=True):
        parts, end = [], 0
        for occurrence in occurrences:
            known = tuple(concepts[uid] for uid in occurrence.concepts if uid in concepts)
            if known:
                parts += [Part(text[end : occurrence.start]), Part(text[occurrence.start : occurrence.end], known)]
                end = occurrence.end
        parts.append(Part(text[end:]))
        marked.append([part for part in parts if part.text])
    return marked


@dataclass(frozen=True)
class OfferedTerm:
    """A term of a source text, and the usable terms of its concepts in the target language, the best first."""

    text: str
    renderings: tuple[str, ...]


def offered_terms(parts: Iterable[Part], target_language: str) -> list[OfferedTerm]:
    """Returns the terms in a marked text that a translation may take over; those with the same renderings once."""
    offered: dict[tuple[str, ...], OfferedTerm] = {}
    for part in parts:
        renderings = _renderings(part.concepts, target_language)
        if renderings:
            offered.setdefault(renderings, OfferedTerm(part.text, renderings))
    return list(offered.values())


def _renderings(concepts: Iterable[Concept], language: str) -> tuple[str, ...]:
    usable = [term for concept in concepts for term in concept.in_language(language) if term.status.usable]
    usable.sort(key=lambda term: term.status is not Status.PREFERRED)
    return tuple(dict.fromkeys(term.text for term in usable))


def mark_rendered(text: str, terms: Iterable[Rendered]) -> list[tuple[str, Rendered | None]]:
    """Cuts a machine translation into stretches, each with the term that it is to have, or None.

    Of two terms at one place the first counts.
    """
    parts: list[tuple[str, Rendered | None]] = []
    end = 0
    for start, stop, term in sorted(((*term.place, term) for term in terms if term.place), key=lambda each: each[:2]):
        if start >= end:
            parts += [(text[end:start], None), (text[start:stop], term)]
            end = stop
    parts.append((text[end:], None))
    return [part for part in parts if part[0]]
