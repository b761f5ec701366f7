"""Concepts, their terms in languages, and the terms' status: plain data, after TBX (ISO 30042:2019)."""

from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """The status of a term: whether it is to be used (TBX administrativeStatus)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"

    @property
    def usable(self) -> bool:
        """True where a translation may use the term."""
        return self in (Status.PREFERRED, Status.ADMITTED)


class ConceptState(StrEnum):
    """The state of a concept's curation."""

    PROPOSED = "proposed"
    UNDER_REVIEW = "under review"
    APPROVED = "approved"
    REJECTED = "rejected"


class TermType(StrEnum):
    """The type of a term: the form of the name that it is (TBX termType)."""

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


class Register(StrEnum):
    """TBX register, in the values of the Linguist module."""

    NEUTRAL = "neutralRegister"
    TECHNICAL = "technicalRegister"
    IN_HOUSE = "in-houseRegister"
    BENCH_LEVEL = "bench-levelRegister"
    COLLOQUIAL = "colloquialRegister"
    SLANG = "slangRegister"
    VULGAR = "vulgarRegister"


class Relation(StrEnum):
    """The relation of another concept to a concept."""

    BROADER = "broader"
    RELATED = "related"
    SEE_ALSO = "see also"


@dataclass(frozen=True, slots=True)
class Context:
    """A passage in which a term stands, and where it is from."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A designation of a concept in a language (a BCP 47 tag).

    `case_sensitive` says that only the very capitals count: MOST is the ministry, “most” is not; Nature is the
    journal. Where it is not said, it holds for acronyms, abbreviations and proper nouns. `forms` are further forms
    that count as the term in a text, `usage` says where in the world it is used, `reliability` is 1 to 10. `extras`
    are the elements of an imported TBX file that have no place here, as XML.
    """

    language: str
    text: str
    status: Status = Status.PREFERRED
    type: TermType | None = None
    part_of_speech: PartOfSpeech | None = None
    source: str = ""
    note: str = ""
    usage: str = ""
    register: Register | None = None
    contexts: tuple[Context, ...] = ()
    reliability: int | None = None
    case_sensitive: bool | None = None
    forms: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.case_sensitive is None:
            object.__setattr__(self, "case_sensitive", sensitive_by_rule(self.type, self.part_of_speech))


def sensitive_by_rule(kind: TermType | None, part: PartOfSpeech | None) -> bool:
    """Returns whether only the very capitals of a term count, where nobody decided."""
    return kind in (TermType.ACRONYM, TermType.ABBREVIATION) or part is PartOfSpeech.PROPER_NOUN


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition of a concept in a language, and its source."""

    language: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Another concept, by its uid, and how it stands to the one that names it."""

    relation: Relation
    uid: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a concept: its address and what it shows."""

    address: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Extra:
    """An element of an imported TBX file that has no place here, as XML; of a language's section where one is named."""

    xml: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Transaction:
    """The creation or a change of a concept (TBX transactionType), its date, and its author."""

    type: str
    date: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A unit of knowledge with its terms; `uid` names it across files, `version` counts its changes.

    `transactions` are those that an imported file names: what happened before the concept came here.
    """

    uid: str
    terms: tuple[Term, ...]
    subject: str = ""
    definitions: tuple[Definition, ...] = ()
    note: str = ""
    version: int = field(default=1, compare=False)
    changed_at: str = field(default="", compare=False)
    changed_by: str = field(default="", compare=False)
    references: tuple[Reference, ...] = ()
    images: tuple[Image, ...] = ()
    extras: tuple[Extra, ...] = ()
    state: ConceptState = field(default=ConceptState.APPROVED, compare=False)
    transactions: tuple[Transaction, ...] = field(default=(), compare=False)

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

    def name(self, language: str = "") -> str:
        """The term to call it by: the best of a language if there is one, else the first."""
        return next((term.text for term in self.in_language(language)), self.terms[0].text)

    def definition(self, language: str) -> Definition | None:
        """The concept's definition in a language, if there is one."""
        return next((definition for definition in self.definitions if definition.language == language), None)
