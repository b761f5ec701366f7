"""The term base's terms in texts: where they stand, which concepts they name, and how they may be rendered."""

from collections.abc import Iterable, Sequence

from corpus.memory.matching.match_repair import SourceTerm
from glossary.concepts import Concept
from glossary.recognition import Recogniser
from workbench.desk import Desk
from workbench.mt.terminology.terms import Terms


def recogniser_for(desk: Desk, language: str) -> Recogniser:
    """Returns the recogniser of the term base's terms of a language, as the term base is now."""
    return desk.resources.recognisers.get(desk.path, desk.termbase, language)


def terms_in(desk: Desk, texts: Sequence[str], language: str) -> Terms:
    """Returns the terms in texts, and the concepts that they name."""
    recogniser = recogniser_for(desk, language)
    found = [recogniser.find(text) for text in texts]
    return Terms(found, concepts_of(desk, (uid for terms in found for term in terms for uid in term.concepts)))


def known_terms(desk: Desk, texts: Sequence[str], language: str, target_language: str) -> list[list[SourceTerm]]:
    """Returns for each text the terms in it that have usable terms in the target language."""
    in_texts = terms_in(desk, texts, language)
    concepts = {
        concept.uid: [term.text for term in concept.in_language(target_language) if term.status.usable]
        for concept in in_texts.concepts
    }
    return [
        [
            SourceTerm(term.start, term.end, tuple(renderings))
            for term in terms
            if (renderings := [rendering for uid in term.concepts for rendering in concepts[uid]])
        ]
        for terms in in_texts.found
    ]


def renderings_in(desk: Desk, sentences: Sequence[str], language: str, target_language: str) -> list[list[list[str]]]:
    """Returns for each sentence, for each term in it, the usable terms of its concepts in the target language."""
    known = known_terms(desk, sentences, language, target_language)
    return [[list(term.renderings) for term in terms] for terms in known]


def concepts_of(desk: Desk, uids: Iterable[str]) -> list[Concept]:
    """Returns concepts by their uids, each once."""
    return desk.termbase.get_all(dict.fromkeys(uids))
