"""Concepts, their terms in languages, and the terms' status: plain data, after TBX (ISO 30042:2019)."""

from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """Whether a term is to be used (TBX administrativeStatus)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"

    @property
    def usable(self) -> bool:
        """Whether a translation may use the term."""
        return self in (Status.PREFERRED, Status.ADMITTED)


class TermType(StrEnum):
    """What form of the name a term is (TBX termType)."""

    FULL_FORM = "fullForm"
    ACRONYM = "acronym"
    ABBREVIATION = "abbreviation"
    SHORT_FORM = "shortForm"
    VARIANT = "variant"
    PHRASE = "phrase"


class PartOfSpeech(StrEnum):
    """TBX partOfSpeech."""

    NOUN = "noun"
    PROPER_NOUN = "properNoun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    OTHER = "other"


@dataclass(frozen=True)
class Term:
    """A designation of a concept in a language (a BCP 47 tag)."""

    language: str
    text: str
    status: Status = Status.PREFERRED
    type: TermType | None = None
    part_of_speech: PartOfSpeech | None = None
    source: str = ""
    note: str = ""

    @property
    def case_sensitive(self) -> bool:
        """Whether only the very capitals count: MOST is the ministry, “most” is not; Nature is the journal."""
        return self.type in (TermType.ACRONYM, TermType.ABBREVIATION) or self.part_of_speech is PartOfSpeech.PROPER_NOUN


@dataclass(frozen=True)
class Definition:
    """What a concept is, said in a language, and where the definition is from."""

    language: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Concept:
    """A unit of knowledge with its terms; `uid` names it across files, `version` counts its changes."""

    uid: str
    terms: tuple[Term, ...]
    subject: str = ""
    definitions: tuple[Definition, ...] = ()
    note: str = ""
    version: int = field(default=1, compare=False)
    changed_at: str = field(default="", compare=False)
    changed_by: str = field(default="", compare=False)

    def in_language(self, language: str) -> tuple[Term, ...]:
        """The terms of a language, those to be preferred first."""
        order = list(Status)
        return tuple(
            sorted(
                (term for term in self.terms if term.language == language), key=lambda term: order.index(term.status)
            )
        )

    def languages(self) -> list[str]:
        """The languages of its terms, in the order of the terms."""
        return list(dict.fromkeys(term.language for term in self.terms))

    def definition(self, language: str) -> Definition | None:
        """Its definition in a language, if there is one."""
        return next((definition for definition in self.definitions if definition.language == language), None)
