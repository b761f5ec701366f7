"""People: the names under which somebody works at the desk, as they gave them in their browsers; the store.

A name is no account: anybody can give any name, and it changes no role.
"""

import unicodedata

from sqlite_utils import Database, Migrations

from corpus.text.timestamps import now
from workbench.errors import InvalidName

migrations = Migrations("workbench.people")

LONGEST_NAME = 60


def person_name(text: str) -> str:
    """Returns a name as it is kept, without needless spaces; raises InvalidName where it is none."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(character.isalnum() for character in name):
        raise InvalidName("A name has letters: give one.")
    if len(name) > LONGEST_NAME:
        raise InvalidName("This name is too long: {most} characters are the most.", most=LONGEST_NAME)
    # Controls, formats, halves of pairs: they would hide in a history, or turn its line around.
    if any(unicodedata.category(character)[0] == "C" for character in name):
        raise InvalidName("This name has a control character in it: type it anew.")
    return name


class People:
    """The people who are known to the desk."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, name: str) -> None:
        """Makes a name known, see `person_name`; one that is known stays as it is."""
        self._db.execute("INSERT OR IGNORE INTO people (name, since) VALUES (?, ?)", [name, now()])

    def known(self) -> list[str]:
        """The names that were given, that have a role, or under which a bitext was begun, in their order."""
        rows = self._db.execute(
            "SELECT name FROM people UNION SELECT user FROM roles UNION SELECT created_by FROM bitexts ORDER BY 1"
        )
        return [name for (name,) in rows]


@migrations()
def create_people(db: Database) -> None:
    db.execute("CREATE TABLE people (name TEXT PRIMARY KEY, since TEXT NOT NULL)")
