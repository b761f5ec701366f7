"""The numbers of a term base, and the terms near a given one."""

import json
from collections.abc import Collection, Iterator

from glossary.termbase.store import Store


class Statistics(Store):
    """The numbers of a term base."""

    def subjects(self) -> dict[str, int]:
        """The subject fields with their numbers of concepts."""
        return self._counted("subject")

    def states(self) -> dict[str, int]:
        """The states with their numbers of concepts."""
        return self._counted("state")

    def authors(self) -> dict[str, int]:
        """The users who changed concepts last, with the numbers of these."""
        return self._counted("changed_by")

    def _counted(self, column: str) -> dict[str, int]:
        statement = f"SELECT {column} AS name, count(*) AS concepts FROM concepts GROUP BY name ORDER BY name"  # noqa: S608
        rows = self._db.query(statement)
        return {row["name"]: row["concepts"] for row in rows}

    def languages(self) -> dict[str, int]:
        """The languages with their numbers of terms, the one with most first."""
        rows = self._db.query("SELECT language, count(*) AS terms FROM terms GROUP BY language ORDER BY terms DESC")
        return {row["language"]: row["terms"] for row in rows}

    def coverage(self) -> dict[str, dict[str, int]]:
        """The number of concepts with a usable term in each language, for each subject; all under an empty one."""
        rows = self._db.query("""
            SELECT subject, language, count(DISTINCT concept) AS concepts FROM terms JOIN concepts ON uid = concept
            WHERE status IN ('preferred', 'admitted') GROUP BY subject, language
        """)
        found: dict[str, dict[str, int]] = {subject: {"": concepts} for subject, concepts in self.subjects().items()}
        for row in rows:
            found[row["subject"]][row["language"]] = row["concepts"]
        return found

    def with_keys(self, keys: Collection[str], language: str) -> Iterator[tuple[str, str, str]]:
        """Yields uid, language and text of the terms of a language, or those that it begins, with one of these keys."""
        rows = self._db.execute(
            """
            SELECT concept, language, text FROM terms WHERE search_key IN (SELECT value FROM json_each(?))
                AND (language = ? OR language LIKE ?)
            """,
            [json.dumps(list(keys)), language, f"{language}-%"],
        )
        return iter(rows.fetchall())

    def of_length(self, language: str, shortest: int, longest: int) -> list[tuple[str, str, str]]:
        """Returns uid, text and key of the terms of a language whose keys have so many characters."""
        rows = self._db.execute(
            "SELECT concept, text, search_key FROM terms WHERE language = ? AND length(search_key) BETWEEN ? AND ?",
            [language, shortest, longest],
        )
        return list(rows.fetchall())
