"""The sample articles that ship with the workbench, English and Chinese, with hand-made alignments; see README.md."""

from pathlib import Path

from corpus.alignment.beads import Bead, parse_beads

_FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The names of the sample pairs."""
    return sorted(folder.name for folder in _FOLDER.iterdir() if (folder / "gold.align").exists())


def path(name: str, language: str) -> Path:
    """The file of one side of a pair, a sentence a line."""
    return _FOLDER / name / f"{language}.txt"


def gold(name: str) -> list[Bead]:
    """The hand-made alignment of a pair; the title is sentence 0."""
    return parse_beads((_FOLDER / name / "gold.align").read_text(encoding="utf-8"))
