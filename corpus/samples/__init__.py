"""The sample articles that ship with the workbench, English and Chinese, with hand-made alignments; see README.md."""

from pathlib import Path

from corpus.bitexts.model import Bead, parse_beads

_FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The names of the sample pairs."""
    return sorted(folder.name for folder in _FOLDER.iterdir() if (folder / "gold.align").exists())


def path(name: str, language: str) -> Path:
    """The file of one side of a pair, a sentence a line."""
    return _FOLDER / name / f"{language}.txt"


def sentences(name: str, language: str) -> list[str]:
    """The sentences of one side of a pair, as `gold` counts them: the title of the header, then the body's lines."""
    header, _, body = path(name, language).read_text(encoding="utf-8").partition("\n\n")
    return [header.split("\n")[0].removeprefix("title: "), *(line for line in body.split("\n") if line)]


def gold(name: str) -> list[Bead]:
    """The hand-made alignment of a pair; the title is sentence 0."""
    return parse_beads((_FOLDER / name / "gold.align").read_text(encoding="utf-8"))
