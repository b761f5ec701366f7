"""The rows of the table `memory`: an entry as a row, and the entry of a row with all its contexts."""

import json
from operator import attrgetter
from typing import Any

from corpus.memory.model import Entry

COLUMNS = (
    "source_language",
    "target_language",
    "source",
    "target",
    "previous",
    "next",
    "origin",
    "score",
    "state",
    "unit",
    "bitext",
    "tuid",
    "note",
    "created_at",
    "created_by",
    "changed_at",
    "changed_by",
)

_values = attrgetter(*COLUMNS)

CONTEXTS = """
    (SELECT json_group_array(json_array(previous, next)) FROM memory_contexts WHERE entry = memory.id)
"""

# Whether inline codes stood in the texts of the unit that an entry came from, as long as these are its texts.
CODES = """
    EXISTS (SELECT 1 FROM memory_imported AS said WHERE said.entry = memory.id AND said.own AND said.codes
        AND (said.source, said.target) = (memory.source, memory.target))
"""

# Whether an entry is there for everybody: not of an import that is still going on, or was interrupted.
VISIBLE = "NOT EXISTS (SELECT 1 FROM memory_pending WHERE memory.id BETWEEN first AND last)"

# Follow each with a condition on `memory`: all entries, and those that everybody sees.
SELECT_ALL = f"""
    SELECT memory.id, memory.version, {", ".join(f"memory.{name}" for name in COLUMNS)},
        memory_collections.name AS collection, {CONTEXTS} AS contexts, {CODES} AS codes
    FROM memory JOIN memory_collections ON memory_collections.id = memory.collection
"""  # noqa: S608
SELECT = f"{SELECT_ALL} AND {VISIBLE}"


def entry_from(row: dict[str, Any]) -> Entry:
    """Returns the entry of a row of `SELECT`."""
    contexts = tuple(dict.fromkeys((before, after) for before, after in json.loads(row["contexts"])))
    values = {name: row[name] for name in ("id", "version", "collection", *COLUMNS)}
    others = tuple(context for context in contexts if context != (row["previous"], row["next"]))
    return Entry(**values, contexts=others, codes=bool(row["codes"]))


def values_of(entry: Entry, user: str, time: str) -> tuple[object, ...]:
    """Returns the values of an entry's `COLUMNS`, with who made and changed it and when, if it does not say."""
    *values, created_at, created_by, changed_at, changed_by = _values(entry)
    created_at, created_by = created_at or time, created_by or user
    return *values, created_at, created_by, changed_at or created_at, changed_by or created_by
