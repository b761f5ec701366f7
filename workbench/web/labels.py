"""What the values of the workbench are called on its pages, in the language of each."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from corpus.bitexts.model import Origin, UnitState
from corpus.bitexts.reimport import ConflictReason
from glossary.concepts import ConceptState, PartOfSpeech, Register, Relation, Status, TermType
from glossary.duplicates import Likeness
from glossary.recognition import TermResult
from glossary.termbase.log import LoggedAction
from workbench.mt.terminology.terms import TermMethod
from workbench.stores.jobs import JobState

_ORIGINS: dict[str, str] = {
    Origin.NONE: "",
    Origin.TYPED: _("typed"),
    Origin.MEMORY: _("memory"),
    Origin.MACHINE: _("machine"),
    Origin.ALIGNED: _("aligned"),
}
_RELATIONS: dict[str, str] = {
    Relation.BROADER: _("broader"),
    Relation.RELATED: _("related"),
    Relation.SEE_ALSO: _("see also"),
}

LABELS: Mapping[type | str, Mapping[str, str]] = {
    UnitState: {
        UnitState.INITIAL: _("draft"),
        UnitState.TRANSLATED: _("confirmed"),
        UnitState.REVIEWED: _("reviewed"),
        UnitState.FINAL: _("final"),
    },
    Origin: _ORIGINS,
    "memory origin": {**_ORIGINS, "imported": _("imported")},
    "memory action": {
        "edited": _("edited"),
        "deleted": _("deleted"),
        "restored": _("restored"),
        "replaced": _("replaced"),
    },
    TermMethod: {
        TermMethod.PLAIN: _("the engine's own choice"),
        TermMethod.RERANKED: _("in another of the engine's best drafts"),
        TermMethod.SUPPRESSED: _("a term that is not to be used was kept out"),
        TermMethod.DECODED: _("given to the engine, which went on from it"),
        TermMethod.REPLACED: _("put in the place of another rendering"),
        TermMethod.MASKED: _("put in the place that was kept for it"),
        TermMethod.MISSING: _("missing"),
    },
    ConflictReason: {
        ConflictReason.CHANGED: _("changed here and in the file"),
        ConflictReason.SOURCE: _("the file has another source text"),
        ConflictReason.GONE: _("not in the bitext any more"),
    },
    "step": {
        "merge": _("merge"),
        "split": _("split"),
        "push-down": _("push down"),
        "push-up": _("push up"),
        "swap-targets": _("swap targets"),
        "swap-units": _("swap units"),
        "unlink": _("unlink"),
        "link": _("link"),
        "rewrite": _("edit"),
        "accept": _("accept"),
        "accept-above": _("accept all above"),
        "accept-scores": _("accept by score"),
        "withdraw": _("withdraw"),
        "realign": _("realign the rest"),
        "follow": _("new state of the article"),
        "write": _("change in the editor"),
        "return": _("XLIFF brought back"),
    },
    JobState: {
        JobState.QUEUED: _("waiting …"),
        JobState.RUNNING: _("running …"),
        JobState.DONE: _("done"),
        JobState.FAILED: _("failed"),
        JobState.CANCELLED: _("cancelled"),
    },
    "job": {
        "read": _("Read files"),
        "align": _("Align"),
        "realign": _("Realign the rest"),
        "pair": _("Propose pairs"),
        "import": _("Import"),
        "glossary": _("Import of terms"),
        "preview": _("What an import of terms would change"),
        "candidates": _("Candidates"),
        "index": _("Index the memory for the concordance"),
        "pretranslate": _("Pretranslate"),
        "packages": _("Fetch the index of packages"),
        "package": _("Install a package"),
        "package file": _("Install a package"),
    },
    "rule": {
        "about": _("Bylines, dates and sources"),
        "addresses": _("Mail addresses"),
        "captions": _("Captions and photo credits"),
        "characters": _("Parts of characters and codes of symbols"),
        "doubled": _("Doubled marks"),
        "folio": _("Page numbers and running heads"),
        "hyphens": _("Hyphens"),
        "jumps": _("Articles that go on on another page"),
        "markup": _("Markdown"),
        "masthead": _("Mastheads"),
        "mojibake": _("Wrong encoding"),
        "navigation": _("Navigation"),
        "paragraphs": _("Broken paragraphs"),
        "quotes": _("Quotation marks"),
        "rights": _("Copyright lines"),
        "section": _("Sections"),
        "spaces": _("Spaces in Chinese"),
        "spacing": _("Spaces at commas"),
        "teasers": _("Teasers"),
        "width": _("Full and half width"),
    },
    Status: {
        Status.PREFERRED: _("preferred"),
        Status.ADMITTED: _("admitted"),
        Status.DEPRECATED: _("deprecated"),
        Status.SUPERSEDED: _("superseded"),
    },
    TermType: {
        TermType.FULL_FORM: _("full form"),
        TermType.ACRONYM: _("acronym"),
        TermType.ABBREVIATION: _("abbreviation"),
        TermType.SHORT_FORM: _("short form"),
        TermType.VARIANT: _("variant"),
        TermType.PHRASE: _("phrase"),
    },
    PartOfSpeech: {
        PartOfSpeech.NOUN: _("noun"),
        PartOfSpeech.PROPER_NOUN: _("proper noun"),
        PartOfSpeech.VERB: _("verb"),
        PartOfSpeech.ADJECTIVE: _("adjective"),
        PartOfSpeech.ADVERB: _("adverb"),
        PartOfSpeech.OTHER: _("other"),
    },
    Register: {
        Register.NEUTRAL: _("neutral"),
        Register.TECHNICAL: _("technical"),
        Register.IN_HOUSE: _("in-house"),
        Register.BENCH_LEVEL: _("of the laboratory"),
        Register.COLLOQUIAL: _("colloquial"),
        Register.SLANG: _("slang"),
        Register.VULGAR: _("vulgar"),
    },
    ConceptState: {
        ConceptState.PROPOSED: _("proposed"),
        ConceptState.UNDER_REVIEW: _("under review"),
        ConceptState.APPROVED: _("approved"),
        ConceptState.REJECTED: _("rejected"),
    },
    Relation: _RELATIONS,
    LoggedAction: {
        LoggedAction.COMMENTED: _("commented"),
        LoggedAction.PROPOSED: _("proposed"),
        LoggedAction.SENT: _("sent to review"),
        LoggedAction.APPROVED: _("approved"),
        LoggedAction.REJECTED: _("rejected"),
        LoggedAction.RESTORED: _("restored version"),
        LoggedAction.MERGED: _("merged into"),
        LoggedAction.TOOK_IN: _("took in"),
        LoggedAction.SPLIT: _("split: see"),
        LoggedAction.REMOVED: _("removed"),
    },
    TermResult: {
        TermResult.FOUND: _("as it should be"),
        TermResult.MISSING: _("missing in the translation"),
        TermResult.DEPRECATED: _("translated by a term that is not to be used"),
        TermResult.FORBIDDEN: _("translated by a term that is not to be used, and there is no other"),
    },
    Likeness: {
        Likeness.SAME: _("the same term"),
        Likeness.ACRONYM: _("the same acronym"),
        Likeness.SCRIPT: _("the same in the other Chinese script"),
        Likeness.NEAR: _("nearly the same spelling"),
    },
    # Fields of a concept or a term, in a difference or as a column of a sheet.
    "field": {
        "concept": _("Number of the concept"),
        "language": _("Language"),
        "term": _("Term"),
        "status": _("Status"),
        "type": _("Type"),
        "part_of_speech": _("Part of speech"),
        "source": _("Source"),
        "note": _("Note"),
        "subject": _("Subject"),
        "definition": _("Definition"),
        "definition_source": _("Source of the definition"),
        "concept_note": _("Note on the concept"),
        "usage": _("Where it is used"),
        "register": _("Register"),
        "contexts": _("Contexts"),
        "reliability": _("Reliability"),
        "case_sensitive": _("Capitals count"),
        "forms": _("Further forms"),
        "references": _("Other concepts"),
        "images": _("Pictures"),
        "state": _("State"),
        "image": _("Picture"),
        "extra": _("From an imported file"),
        **_RELATIONS,
    },
}
"""By enumeration its members, and by kind what has a name alone; translated when a page shows them."""


def label(value: str | None, kind: str = "") -> str:
    """Returns what a member of an enumeration, or a name of a `kind`, is called; nothing for None.

    A name without a label, as another program may give one, goes by itself.
    """
    if value is None:
        return ""
    return str(LABELS[kind or type(value)].get(value, value))
