"""Texts with their terms marked, ready for a page."""

from dataclasses import dataclass

from glossary.concepts import Concept
from workbench.desk import Desk


@dataclass(frozen=True)
class Part:
    """A stretch of a text: plain, or a term with the concepts it may stand for."""

    text: str
    concepts: tuple[Concept, ...] = ()


def mark_terms(desk: Desk, texts: list[str], language: str, target_language: str) -> list[list[Part]]:
    """Cuts each text into parts; a term counts where one of its concepts has a term in the target language."""
    recogniser = desk.recogniser(language)
    found = [recogniser.find(text) for text in texts]
    uids = (uid for occurrences in found for occurrence in occurrences for uid in occurrence.concepts)
    concepts = {concept.uid: concept for concept in desk.concepts_of(uids) if concept.in_language(target_language)}
    marked = []
    for text, occurrences in zip(texts, found, strict=True):
        parts, end = [], 0
        for occurrence in occurrences:
            known = tuple(concepts[uid] for uid in occurrence.concepts if uid in concepts)
            if known:
                parts += [Part(text[end : occurrence.start]), Part(text[occurrence.start : occurrence.end], known)]
                end = occurrence.end
        parts.append(Part(text[end:]))
        marked.append([part for part in parts if part.text])
    return marked
