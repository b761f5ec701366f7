"""The term base: the store of concepts with their history and log, its search, its tree of subjects, its tables."""

from glossary.termbase.concept_workflow import TermBase
from glossary.termbase.schema import migrations
from glossary.termbase.search import Query
from glossary.termbase.store import AT_ONCE, Pacing, TermImportReport

__all__ = ["AT_ONCE", "Pacing", "Query", "TermBase", "TermImportReport", "migrations"]
