"""Candidates for the term base, from a bitext or a TMX file, and what becomes of one that is accepted."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import tmx
from corpus.bitexts.model import Bitext, Unit
from corpus.text import languages
from corpus.text.charset import files
from corpus.text.frequency import log_probability
from corpus.text.progress import Progress, silent
from corpus.tmx.mapping import text_pairs
from glossary.concepts import Concept, ConceptState, Context, Status, Term, TermType
from glossary.extraction import Candidate, extract
from workbench.desk import Desk
from workbench.errors import DeskError
from workbench.services.alignment import encoder_of
from workbench.services.term_recognition import recogniser_for
from workbench.stores.roles import Permission


@dataclass(frozen=True)
class Material:
    """Pairs of sentences in two languages, and what they are called."""

    pairs: list[tuple[str, str]]
    languages: tuple[str, str]
    name: str


def from_bitext(bitext: Bitext, units: Sequence[Unit]) -> Material:
    """The confirmed units of a bitext."""
    pairs = [
        (languages.join(unit.source, bitext.source_language), languages.join(unit.target, bitext.target_language))
        for unit in units
        if unit.source and unit.target and unit.state.confirmed
    ]
    return Material(pairs, (bitext.source_language, bitext.target_language), bitext.title)


def from_tmx(path: Path, source_language: str, target_language: str) -> Material:
    """The units of a TMX file that have both languages; raises InvalidTmx."""
    pair = languages.canonical(source_language), languages.canonical(target_language)
    with files.open_file(path) as stream:
        units = tmx.read(stream, path.name)
        texts = ((source.text, target.text) for unit in units for source, target in text_pairs(unit, *pair))
        return Material([(source, target) for source, target in texts if source and target], pair, path.name)


def propose(desk: Desk, material: Material, progress: Progress = silent) -> list[Candidate]:
    """Returns the candidates whose source term the term base does not have; raises DeskError for too little text."""
    desk.require(Permission.PROPOSE)
    if not material.pairs:
        raise DeskError(
            "{name} has no units to take terms from: confirm some, or choose other languages.", name=material.name
        )
    recogniser = recogniser_for(desk, material.languages[0])

    def known(term: str) -> bool:
        return any((found.start, found.end) == (0, len(term)) for found in recogniser.find(term))

    return extract(material.pairs, material.languages, log_probability, known, progress, encoder_of(desk).encode)


def concept_of(candidate: Candidate, material: Material) -> Concept:
    """Returns the concept that a candidate proposes: its first translation is preferred, the others are admitted."""
    source_language, target_language = material.languages
    contexts = [material.pairs[number] for number in candidate.contexts[:1]]
    terms = [
        Term(source_language, candidate.source, contexts=tuple(Context(pair[0], material.name) for pair in contexts)),
        *(
            Term(
                target_language,
                target,
                Status.ADMITTED if number else Status.PREFERRED,
                contexts=() if number else tuple(Context(pair[1], material.name) for pair in contexts),
            )
            for number, target in enumerate(candidate.targets)
        ),
    ]
    if candidate.acronym:
        terms.insert(1, Term(source_language, candidate.acronym, Status.ADMITTED, TermType.ACRONYM))
    return Concept(f"c-{uuid.uuid4().hex[:12]}", tuple(terms), state=ConceptState.PROPOSED)
