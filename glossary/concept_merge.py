"""Terminologists' work on concepts: comparing versions, merging two, splitting one. Plain data in and out."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from glossary.concepts import Concept, Definition, Reference, Status, Term
from glossary.errors import CannotCurate


@dataclass(frozen=True)
class Line:
    """One thing that a concept says: what it is, in which language if it is in one, and the text."""

    kind: str
    language: str
    text: str


def lines(concept: Concept) -> list[Line]:
    """Everything a concept says, a line each, so that two versions can be laid side by side."""
    return [*_of_concept(concept), *chain.from_iterable(_of_term(term) for term in concept.terms)]


def _of_concept(concept: Concept) -> Iterator[Line]:
    if concept.subject:
        yield Line("subject", "", concept.subject)
    for definition in concept.definitions:
        yield Line("definition", definition.language, _with_source(definition.text, definition.source))
    if concept.note:
        yield Line("note", "", concept.note)
    for reference in concept.references:
        yield Line(reference.relation, "", reference.uid)
    for image in concept.images:
        yield Line("image", "", _with_source(image.address, image.caption))
    for extra in concept.extras:
        yield Line("extra", extra.language, extra.xml)


def _of_term(term: Term) -> Iterator[Line]:
    facts = [term.status, term.type, term.part_of_speech, term.usage, term.register, term.source, term.note]
    if term.reliability is not None:
        facts.append(f"{term.reliability}/10")
    if term.case_sensitive:
        facts.append("Aa")
    facts += [*term.forms, *(_with_source(context.text, context.source) for context in term.contexts), *term.extras]
    yield Line("term", term.language, " · ".join([term.text, *filter(None, facts)]))


def _with_source(text: str, source: str) -> str:
    return f"{text} ({source})" if source else text


def differences(old: Concept, new: Concept) -> tuple[list[Line], list[Line]]:
    """Returns the lines that only the old version has, and those that only the new one has."""
    before, after = Counter(lines(old)), Counter(lines(new))
    return list((before - after).elements()), list((after - before).elements())


def merged(kept: Concept, other: Concept) -> Concept:
    """Returns `kept` with what only `other` has: nothing of either is lost, and nothing is there twice.

    A term that was preferred is admitted beside one that is.
    """
    known = {(term.language, term.text) for term in kept.terms}
    preferred = {term.language for term in kept.terms if term.status is Status.PREFERRED}
    fresh = tuple(
        replace(term, status=Status.ADMITTED)
        if term.status is Status.PREFERRED and term.language in preferred
        else term
        for term in other.terms
        if (term.language, term.text) not in known
    )
    definitions = {definition.language for definition in kept.definitions}
    second = [definition for definition in other.definitions if definition.language in definitions]
    notes = [kept.note, other.note, *(definition.text for definition in second if definition not in kept.definitions)]
    references = dict.fromkeys((*kept.references, *other.references))
    return replace(
        kept,
        terms=grouped(kept.terms + fresh),
        subject=kept.subject or other.subject,
        definitions=kept.definitions + tuple(item for item in other.definitions if item not in second),
        note="\n".join(dict.fromkeys(filter(None, notes))),
        references=tuple(item for item in references if item.uid not in (kept.uid, other.uid)),
        images=tuple(dict.fromkeys((*kept.images, *other.images))),
        extras=tuple(dict.fromkeys((*kept.extras, *other.extras))),
    )


def grouped(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Returns terms with those of a language together, as TBX has them."""
    order = list(dict.fromkeys(term.language for term in terms))
    return tuple(sorted(terms, key=lambda term: order.index(term.language)))


def split(concept: Concept, uid: str, numbers: Collection[int]) -> tuple[Concept, Concept]:
    """Returns a concept without its terms of the given numbers (from 0), and a new one that has them.

    The definitions of languages that only the new one has go with it. Raises CannotCurate where one would have no term.
    """
    moved = tuple(term for number, term in enumerate(concept.terms) if number in numbers)
    left = tuple(term for number, term in enumerate(concept.terms) if number not in numbers)
    if not moved or not left:
        raise CannotCurate("Both concepts need a term: choose some, not all.")
    languages = {term.language for term in left}
    gone: tuple[Definition, ...] = tuple(item for item in concept.definitions if item.language not in languages)
    rest = tuple(item for item in concept.definitions if item not in gone)
    new = Concept(uid, moved, concept.subject, gone, state=concept.state)
    return replace(concept, terms=left, definitions=rest), new


def retargeted(concept: Concept, old: str, new: str) -> Concept:
    """Returns a concept that names `new` wherever it named `old`."""
    references = (Reference(item.relation, new) if item.uid == old else item for item in concept.references)
    return replace(concept, references=tuple(item for item in dict.fromkeys(references) if item.uid != concept.uid))
