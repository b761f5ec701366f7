"""Uploads: files that were sent to the desk and are looked at before their articles are taken in."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlite_utils import Database, Migrations

from corpus import intake
from corpus.errors import NotFound
from corpus.segmentation import Segment, sentences
from corpus.text.progress import Progress, silent
from corpus.text.timestamps import now

migrations = Migrations("workbench.uploads")

# A name as long as any file system takes; the rest of it is no use to anybody.
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Upload:
    """Files sent together, the language they are said to be in, and the decisions that were refused."""

    id: int
    files: tuple[str, ...]
    language: str
    refused: frozenset[str]
    created_at: str
    created_by: str


class Uploads:
    """The desk's uploads that are not taken in yet."""

    def __init__(self, db: Database, user: str) -> None:
        self._db = db
        self._user = user

    def add(self, files: Sequence[tuple[str, bytes]], language: str = "") -> int:
        """Keeps files, each a name and its bytes, and returns the id of the upload."""
        with self._db.atomic():
            row = {"language": language, "refused": "[]", "created_at": now(), "created_by": self._user}
            id = int(self._db.table("uploads").insert(row).last_pk or 0)
            self._db.table("upload_files").insert_all(
                {"upload": id, "position": position, "name": name, "data": data}
                for position, (name, data) in enumerate(_told_apart(files))
            )
        return id

    def get(self, id: int) -> Upload:
        """Returns an upload, or raises NotFound."""
        for row in self._db.query("SELECT * FROM uploads WHERE id = ?", [id]):
            names = self._db.query("SELECT name FROM upload_files WHERE upload = ? ORDER BY position", [id])
            return Upload(
                id,
                tuple(name["name"] for name in names),
                row["language"],
                frozenset(json.loads(row["refused"])),
                row["created_at"],
                row["created_by"],
            )
        raise NotFound("There is no upload {id}: it was taken in or thrown away.", id=id)

    def all(self) -> list[Upload]:
        """All uploads, the newest first."""
        return [self.get(row["id"]) for row in self._db.query("SELECT id FROM uploads ORDER BY id DESC")]

    def refuse(self, id: int, decisions: Iterable[str]) -> None:
        """Writes down the decisions that are not to be carried out."""
        self._db.table("uploads").update(self.get(id).id, {"refused": json.dumps(sorted(decisions))})

    def read(self, id: int, segment: Segment = sentences, progress: Progress = silent) -> intake.Intake:
        """Reads the files of an upload, each that can be; the same files, decisions and rules always give the same."""
        upload = self.get(id)
        with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
            paths = []
            rows = self._db.query("SELECT position, name, data FROM upload_files WHERE upload = ?", [id])
            for row in rows:
                # A folder each: two files of one name do not meet.
                path = Path(folder, str(row["position"]), row["name"])
                path.parent.mkdir()
                path.write_bytes(row["data"])
                paths.append(path)
            # What comes after the files is about as much again.
            return intake.read_each(
                paths,
                upload.language,
                refused=upload.refused,
                segment=segment,
                progress=lambda files: progress(files, 2 * len(paths)),
            )

    def discard(self, id: int) -> None:
        """Throws an upload away."""
        self._db.table("uploads").delete(self.get(id).id)


def _told_apart(files: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files under safe names, a second one of a name numbered: what is found in a file is told by its name."""
    seen: Counter[str] = Counter()
    for name, data in files:
        safe = safe_name(name)
        seen[safe] += 1
        path = PurePosixPath(safe)
        yield (safe if seen[safe] == 1 else f"{path.stem} ({seen[safe]}){path.suffix}"), data


def safe_name(name: str) -> str:
    """Returns the last part of a file's name without what a file system or a page could take amiss."""
    last = PurePosixPath(name.replace("\\", "/")).name
    printable = "".join(character for character in last if character.isprintable()).strip(" .")
    return printable[-_LONGEST_NAME:] or "file"


@migrations()
def create_uploads(db: Database) -> None:
    db.execute("""
        CREATE TABLE uploads (
            id INTEGER PRIMARY KEY,
            language TEXT NOT NULL,
            refused TEXT NOT NULL,
            created_at TEXT NOT NULL,
            created_by TEXT NOT NULL
        )
    """)
    db.execute("""
        CREATE TABLE upload_files (
            upload INTEGER NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (upload, position)
        )
    """)
