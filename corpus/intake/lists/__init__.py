"""The word lists of intake: plain text that a linguist can extend.

A line `[name]` opens a list, every other line is an entry, and a line that starts with # is a comment.
"""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def entries(file: str, name: str) -> tuple[str, ...]:
    """Returns the entries of a list, in lower case, in the order of the file."""
    found: list[str] = []
    current = ""
    for line in files(__package__).joinpath(f"{file}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = line.strip("[] ")
        elif current == name and line.strip() and not line.startswith("#"):
            found.append(line.strip().casefold())
    return tuple(found)


@lru_cache(maxsize=32)
def words(file: str, name: str) -> frozenset[str]:
    """Returns the words of a list whose lines hold several, set apart by white space."""
    return frozenset(word for entry in entries(file, name) for word in entry.split())
