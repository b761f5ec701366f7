"""The floors of quality: what each measures, on which data, and below what it may never fall. The tests read them here.

`python tests/floors.py` compares `floors.toml` with that of the last commit and with its data. It refuses a floor that
is lower or gone, unless `--lower` says that this is meant, and data that have changed, until `--digests` has written
theirs anew.
"""

import argparse
import hashlib
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = Path("tests", "floors.toml")


@dataclass(frozen=True)
class Floor:
    """What is measured, on the files of some patterns with a digest, how low it may be, and what prints the figure."""

    measure: str
    data: tuple[str, ...]
    digest: str
    floor: float
    command: str


def read(text: str) -> dict[str, Floor]:
    """Returns the floors of a file by their names."""
    return {name: Floor(**{**row, "data": tuple(row["data"])}) for name, row in tomllib.loads(text).items()}


def floor(name: str) -> float:
    """Returns a floor for a test that measures; its data must be those that it was set for, where they are there."""
    known = read((ROOT / FILE).read_text("utf-8"))[name]
    assert digest(ROOT, known.data) in ("", known.digest), f"the data of {name} have changed: measure anew"
    return known.floor


def digest(root: Path, patterns: Sequence[str]) -> str:
    """Returns the SHA-256 of the files of some patterns, their names included; nothing where one has no file."""
    found = hashlib.sha256()
    for pattern in patterns:
        files = sorted(root.glob(pattern)) if not pattern.startswith("../") else sorted(root.parent.glob(pattern[3:]))
        if not files:
            return ""
        for file in files:
            found.update(f"{pattern} {file.name} {file.stat().st_size}\n".encode())
            found.update(file.read_bytes())
    return found.hexdigest()


def lowered(before: Mapping[str, Floor], now: Mapping[str, Floor]) -> Iterator[str]:
    """Yields a line for each floor that is lower than before, or gone."""
    for name, old in before.items():
        if name not in now:
            yield f"{name}: {old.floor} is gone"
        elif now[name].floor < old.floor:
            yield f"{name}: {old.floor} was lowered to {now[name].floor}"


def moved(root: Path, floors: Mapping[str, Floor]) -> dict[str, str]:
    """Returns the digests of the data that are there and have changed, by the names of the floors."""
    found = {name: digest(root, each.data) for name, each in floors.items()}
    return {name: present for name, present in found.items() if present not in ("", floors[name].digest)}


def with_digests(text: str, digests: Mapping[str, str]) -> str:
    """Returns the text of a file with other digests."""
    sections = text.split("\n[")
    for number, section in enumerate(sections):
        name = section.removeprefix("[").partition("]")[0]
        if name in digests:
            old = read(f"[{section.removeprefix('[')}")[name].digest
            sections[number] = section.replace(f'digest = "{old}"', f'digest = "{digests[name]}"')
    return "\n[".join(sections)


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(description="Compares the floors of quality with those of the last commit.")
    parser.add_argument("--lower", action="store_true", help="let floors be lower than before, or go")
    parser.add_argument("--digests", action="store_true", help="write the digests of data that have changed")
    parser.add_argument("--since", default="HEAD", help="compare with another commit")
    options = parser.parse_args(arguments)
    text = (root / FILE).read_text("utf-8")
    if options.digests:
        text = with_digests(text, moved(root, read(text)))
        (root / FILE).write_text(text, "utf-8")
    now = read(text)
    problems = [f"{name}: its data have changed: measure anew, then --digests" for name in moved(root, now)]
    if not options.lower:
        problems += [f"{line}; --lower if that is meant" for line in lowered(_committed(root, options.since), now)]
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


def _committed(root: Path, commit: str) -> dict[str, Floor]:
    """The floors of a commit; none where it has no such file, or this is no repository."""
    command = ["git", "show", f"{commit}:{FILE.as_posix()}"]
    shown = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return read(shown.stdout) if shown.returncode == 0 else {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
