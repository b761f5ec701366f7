"""Vectors kept in the desk by text: an article that is aligned again, or paired and then aligned, is encoded once."""

import hashlib
import sqlite3
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database, Migrations

from corpus.embeddings import Encoder, Vectors

migrations = Migrations("corpus.encoding")

# About 50 MB of the desk with vectors of 512 numbers. The oldest go first.
_MOST = 50_000
# As many as SQLite takes as values of one statement in every version.
_BATCH = 900


class CachedEncoder:
    """An encoder whose vectors are looked up in the desk first.

    They are kept in half precision, and a new one is rounded like a kept one, so that a text has the same vector
    every time.
    """

    def __init__(self, db: Database, encoder: Encoder) -> None:
        self.name = encoder.name
        self.dimension = encoder.dimension
        self._db = db
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        keys = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts]
        known = self._known(list(dict.fromkeys(keys)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            new = self._encoder.encode(list(missing.values())).astype(np.float16)
            known |= dict(zip(missing, new, strict=True))
            self._keep({key: known[key].tobytes() for key in missing})
        rounded = np.array([known[key] for key in keys], np.float32).reshape(-1, self.dimension)
        vectors: Vectors = rounded / np.maximum(np.linalg.norm(rounded, axis=1, keepdims=True), 1e-6)
        return vectors

    def _known(self, keys: list[bytes]) -> dict[bytes, npt.NDArray[np.float16]]:
        known: dict[bytes, npt.NDArray[np.float16]] = {}
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            rows = self._db.execute(
                f"SELECT text, vector FROM vectors WHERE encoder = ? AND text IN ({','.join('?' * len(batch))})",  # noqa: S608
                [self.name, *batch],
            )
            known |= {text: np.frombuffer(vector, np.float16) for text, vector in rows}
        return known

    def _keep(self, vectors: dict[bytes, bytes]) -> None:
        try:
            with self._db.atomic():
                self._db.conn.executemany(
                    "INSERT OR IGNORE INTO vectors (encoder, text, vector) VALUES (?, ?, ?)",
                    [(self.name, text, vector) for text, vector in vectors.items()],
                )
                self._db.execute("DELETE FROM vectors WHERE id <= (SELECT max(id) FROM vectors) - ?", [_MOST])
        except sqlite3.OperationalError:
            # Somebody else is writing, or the disk is full: nothing is lost but the time to encode again.
            pass


@migrations()
def create_vectors(db: Database) -> None:
    db.execute("""
        CREATE TABLE vectors (
            id INTEGER PRIMARY KEY,
            encoder TEXT NOT NULL,
            text BLOB NOT NULL,
            vector BLOB NOT NULL,
            UNIQUE (encoder, text)
        )
    """)
