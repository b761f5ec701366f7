"""Pages of the term base: search, entries and their curation, subjects and coverage, import and export."""

from workbench.web.terms import coverage, editing, entry, export, imports, search
from workbench.web.terms.blueprint import blueprint

__all__ = ["coverage", "editing", "entry", "export", "imports", "search"]

blueprints = (blueprint,)
