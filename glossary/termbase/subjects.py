"""The tree of subject fields: a subject has one name and, at most, one subject above it."""

from dataclasses import dataclass

from sqlite_utils import Database

from glossary.errors import CannotCurate

# A name stands for its subject and all below it.
BELOW = """
    WITH RECURSIVE below (name) AS (
        VALUES (:subject) UNION SELECT subjects.name FROM subjects JOIN below ON subjects.parent = below.name
    ) SELECT name FROM below
"""


@dataclass(frozen=True)
class Subject:
    """A subject field in the tree: `depth` from 0, and how many concepts it has, alone and with all below."""

    name: str
    parent: str
    depth: int
    concepts: int
    total: int


class Subjects:
    """The term base's subjects: those that were put into the tree, and those that concepts name."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def tree(self) -> list[Subject]:
        """Returns all subjects, each above those below it, without the empty one."""
        counts = {
            row["subject"]: row["concepts"]
            for row in self._db.query("SELECT subject, count(*) AS concepts FROM concepts GROUP BY subject")
        }
        parents = dict.fromkeys(sorted(filter(None, counts)), "")
        parents |= {row["name"]: row["parent"] or "" for row in self._db.query("SELECT * FROM subjects ORDER BY name")}
        children: dict[str, list[str]] = {}
        for name in sorted(parents):
            children.setdefault(parents[name], []).append(name)
        found: list[Subject] = []
        self._walk("", 0, children, counts, found)
        return found

    def _walk(
        self, above: str, depth: int, children: dict[str, list[str]], counts: dict[str, int], found: list[Subject]
    ) -> int:
        total = 0
        for name in children.get(above, ()):
            place = len(found)
            own = counts.get(name, 0)
            # Its place is before those below it, whose numbers it adds up.
            found.append(Subject(name, above, depth, own, own))
            found[place] = Subject(name, above, depth, own, own + self._walk(name, depth + 1, children, counts, found))
            total += found[place].total
        return total

    def put(self, name: str, parent: str = "") -> None:
        """Puts a subject into the tree, below `parent` or at the top; raises CannotCurate for a circle or no name."""
        name, parent = name.strip(), parent.strip()
        if not name:
            raise CannotCurate("A subject needs a name.")
        if parent and parent in self.below(name):
            raise CannotCurate("{name} cannot stand below itself or a subject below it.", name=name)
        with self._db.atomic():
            if parent:
                self._db.execute("INSERT OR IGNORE INTO subjects (name) VALUES (?)", [parent])
            self._db.execute("INSERT OR IGNORE INTO subjects (name) VALUES (?)", [name])
            self._db.execute("UPDATE subjects SET parent = ? WHERE name = ?", [parent or None, name])

    def take_out(self, name: str) -> None:
        """Takes a subject out of the tree; those below come to the top. Raises CannotCurate while concepts have it."""
        count = self._db.execute("SELECT count(*) FROM concepts WHERE subject = ?", [name]).fetchone()[0]
        if count:
            raise CannotCurate(
                "{count} concepts have the subject {name}: give them another first.", count=count, name=name
            )
        with self._db.atomic():
            self._db.execute("DELETE FROM subjects WHERE name = ?", [name])

    def rename(self, name: str, new: str) -> None:
        """Gives a subject of the tree another name; the concepts are the term base's to change."""
        with self._db.atomic():
            self._db.execute("UPDATE subjects SET name = ? WHERE name = ?", [new, name])

    def below(self, name: str) -> set[str]:
        """Returns a subject and all below it."""
        return {row["name"] for row in self._db.query(BELOW, {"subject": name})}
