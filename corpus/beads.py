"""Beads: an aligner's proposals for units, and how they are written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.errors import CannotAlign


@dataclass(frozen=True)
class Bead:
    """A proposal for a unit: numbers of source and of target sentences (from 0), and a score.

    The score (0…1) is the probability that exactly these sentences correspond, as far as the aligner can tell.
    A crossing is a bead whose target sentences stand elsewhere than its source sentences: others of one side would
    have to be passed over to come to it.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float = 0.0
    crossing: bool = False


def unrelated(scores: Sequence[float]) -> bool:
    """Whether the scores of two texts' beads say that the texts are no translations of each other.

    Translations have hardly any bead below 0.5; of three pairs of samples that do not belong together, 87 to 93 of
    100 beads were.
    """
    return bool(scores) and sum(score < 0.5 for score in scores) > len(scores) / 2


def format_beads(beads: Iterable[Bead]) -> str:
    """Writes beads as lines `[0, 1]:[0]`, the format of the published gold alignments."""
    return "".join(f"{list(bead.source)}:{list(bead.target)}\n" for bead in beads)


def parse_beads(text: str) -> list[Bead]:
    """Reads lines as `format_beads` writes them; raises CannotAlign with the number of a line that is none."""
    beads = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            source, target = (
                tuple(int(item) for item in side.strip("[] ").split(",") if item.strip()) for side in line.split(":")
            )
        except ValueError:
            raise CannotAlign("Line {number} is not a bead: write it as [0, 1]:[0].", number=number) from None
        beads.append(Bead(source, target))
    return beads
