"""Labels of the workbench's values, in the language of a page."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from corpus.bitexts.filtering import Stage
from corpus.bitexts.model import Origin, UnitState
from corpus.bitexts.reimport import ConflictReason
from corpus.memory.matching.bands import Band
from glossary.concepts import ConceptState, PartOfSpeech, Register, Relation, Status, TermType
from glossary.duplicates import Likeness
from glossary.recognition import TermResult
from glossary.termbase.log import LoggedAction
from workbench.mt.terminology.terms import TermMethod
from workbench.services.findings import Noted
from workbench.stores.desk_settings import Propagation
from workbench.stores.jobs import JobState
from workbench.stores.overview import Show

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
    Stage: {
        Stage.ANY: _("any"),
        Stage.OPEN: _("open"),
        Stage.DRAFT: _("draft"),
        Stage.TRANSLATED: _("confirmed"),
        Stage.REVIEWED: _("reviewed"),
        Stage.FINAL: _("final"),
    },
    Noted: {Noted.FINDING: _("Findings"), Noted.COMMENT: _("Comments")},
    Propagation: {
        Propagation.OFF: _("stay as they are"),
        Propagation.DRAFTS: _("get the translation as a draft"),
        Propagation.CONFIRMED: _("get the translation and are confirmed"),
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
        TermMethod.RERANKED: _("from an alternative draft of the engine"),
        TermMethod.SUPPRESSED: _("a deprecated term was suppressed"),
        TermMethod.DECODED: _("given to the engine while it translated"),
        TermMethod.REPLACED: _("replaced another translation"),
        TermMethod.MASKED: _("filled into a placeholder"),
        TermMethod.MISSING: _("missing"),
    },
    ConflictReason: {
        ConflictReason.CHANGED: _("changed here and in the file"),
        ConflictReason.SOURCE: _("the source text in the file is different"),
        ConflictReason.GONE: _("no longer in the bitext"),
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
        "follow": _("new version of the article"),
        "write": _("change in the editor"),
        "replace": _("find and replace"),
        "source": _("source put right"),
        "propagate": _("repetitions filled"),
        "approve": _("approval"),
        "send back": _("return to the translator"),
        "finalise": _("finalisation"),
        "return": _("import of an edited file"),
    },
    Band: {
        Band.BOTH_NEIGHBOURS: _("102: both neighbours the same"),
        Band.ONE_NEIGHBOUR: _("101: one neighbour the same"),
        Band.REPETITION: _("repetitions within"),
        Band.REPETITION_ACROSS: _("repetitions across"),
        Band.EXACT: "100 %",
        Band.FROM_95: "95–99 %",
        Band.FROM_85: "85–94 %",
        Band.FROM_75: "75–84 %",
        Band.FROM_50: "50–74 %",
        Band.NEW: _("no match"),
    },
    "export": {
        "docx": _("Word document (DOCX)"),
        "html": _("Web page (HTML)"),
        "text": _("Plain text"),
        "table": _("Word table, source and translation (DOCX)"),
        "xliff": _("XLIFF, for another translation program"),
        "tmx": _("TMX, all units"),
        "tmx-confirmed": _("TMX, confirmed units"),
    },
    # Columns of the statistics as a sheet.
    "statistics": {
        "bitext": _("Bitext number"),
        "title": _("Title"),
        "band": _("Match rate"),
        "units": _("Units"),
        "words": _("Words or characters"),
        "weight": _("Weight in percent"),
        "weighted words": _("Weighted words or characters"),
    },
    Show: {
        Show.ALL: _("Recent"),
        Show.MINE: _("Mine"),
        Show.UNPAIRED: _("Not paired"),
        Show.ALIGNED: _("Aligned"),
        Show.TRANSLATED: _("Translated"),
        Show.DONE: _("Completed"),
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
        "glossary": _("Import terms"),
        "preview": _("Preview of a term import"),
        "candidates": _("Candidates"),
        "index": _("Index the memory for the concordance"),
        "pretranslate": _("Pretranslate"),
        "analyse": _("Statistics"),
        "packages": _("Fetch the package index"),
        "package": _("Install a package"),
        "package file": _("Install a package"),
        "demonstration": _("Demonstration"),
    },
    "rule": {
        "about": _("Bylines, dates and sources"),
        "addresses": _("Email addresses"),
        "captions": _("Captions and photo credits"),
        "characters": _("Character components and symbol codes"),
        "doubled": _("Doubled punctuation"),
        "folio": _("Page numbers and running heads"),
        "hyphens": _("Hyphens"),
        "jumps": _("Articles continued on another page"),
        "markup": _("Markdown"),
        "masthead": _("Mastheads"),
        "mojibake": _("Wrong encoding"),
        "navigation": _("Navigation"),
        "paragraphs": _("Broken paragraphs"),
        "quotes": _("Quotation marks"),
        "rights": _("Copyright lines"),
        "section": _("Sections"),
        "spaces": _("Spaces in Chinese"),
        "spacing": _("Spaces around punctuation"),
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
        Register.BENCH_LEVEL: _("bench-level"),
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
        LoggedAction.TOOK_IN: _("merged with"),
        LoggedAction.SPLIT: _("split, see"),
        LoggedAction.REMOVED: _("removed"),
    },
    TermResult: {
        TermResult.FOUND: _("correct"),
        TermResult.MISSING: _("missing in the translation"),
        TermResult.DEPRECATED: _("translated with a deprecated term"),
        TermResult.FORBIDDEN: _("translated with a deprecated term; there is no other"),
    },
    Likeness: {
        Likeness.SAME: _("the same term"),
        Likeness.ACRONYM: _("the same acronym"),
        Likeness.SCRIPT: _("the same in the other Chinese script"),
        Likeness.NEAR: _("nearly the same spelling"),
    },
    # Fields of a concept or a term, in a difference or as a column of a sheet.
    "field": {
        "concept": _("Concept number"),
        "language": _("Language"),
        "term": _("Term"),
        "status": _("Status"),
        "type": _("Type"),
        "part_of_speech": _("Part of speech"),
        "source": _("Source"),
        "note": _("Note"),
        "subject": _("Subject"),
        "definition": _("Definition"),
        "definition_source": _("Definition source"),
        "concept_note": _("Concept note"),
        "usage": _("Region of use"),
        "register": _("Register"),
        "contexts": _("Contexts"),
        "reliability": _("Reliability"),
        "case_sensitive": _("Case-sensitive"),
        "forms": _("Other forms"),
        "references": _("Other concepts"),
        "images": _("Images"),
        "state": _("State"),
        "image": _("Image"),
        "extra": _("From the imported file"),
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
