"""The parts of a bitext: units, and the beads of an aligner that units are made from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

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
    """Returns whether the scores of two texts' beads say that the texts are no translations of each other.

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


class UnitState(StrEnum):
    """The state of a unit's translation (XLIFF 2.1, section 4.3.1.25)."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"

    @property
    def confirmed(self) -> bool:
        """True where a person has said that the unit is right."""
        return self is not UnitState.INITIAL


class Origin(StrEnum):
    """The origin of a target text."""

    NONE = ""
    TYPED = "typed"
    MEMORY = "memory"
    MACHINE = "machine"
    ALIGNED = "aligned"

    @property
    def suggested(self) -> bool:
        """True where the memory or the machine made the text."""
        return self in (Origin.MEMORY, Origin.MACHINE)


class Provenance(NamedTuple):
    """The origin of a target text with its details; see `Unit`."""

    origin: Origin = Origin.NONE
    score: float | None = None
    detail: str = ""
    crossing: bool = False
    repaired: bool = False


TYPED = Provenance(Origin.TYPED)


@dataclass(frozen=True)
class Unit:
    """One step of a bitext: the source sentences and the target sentences that correspond.

    `position` counts from 0; `paragraph` numbers the source's paragraphs; `score` (0…1) is the aligner's or the
    match's, None where the target was typed; `detail` names the engine or says the match. The two sides of a
    `crossing` unit stand at different places in their articles; in a `repaired` one a match was mended.
    """

    source: tuple[str, ...]
    target: tuple[str, ...] = ()
    paragraph: int = 0
    state: UnitState = UnitState.INITIAL
    origin: Origin = Origin.NONE
    score: float | None = None
    detail: str = ""
    crossing: bool = False
    repaired: bool = False
    id: int = 0
    bitext: int = 0
    position: int = 0
    version: int = 1
    changed_at: str = ""
    changed_by: str = ""

    @property
    def provenance(self) -> Provenance:
        """The origin of the target, with its details."""
        return Provenance(self.origin, self.score, self.detail, self.crossing, self.repaired)

    def made(self, provenance: Provenance, **changes: object) -> "Unit":
        """Returns the unit with a target that came from there."""
        return replace(self, **{**provenance._asdict(), **changes})


@dataclass(frozen=True)
class Bitext:
    """A bitext as a list shows it: its languages, articles and progress, in units.

    `revision` counts the changes of its units.
    """

    id: int
    title: str
    source_language: str
    target_language: str
    source_article: int | None
    target_article: int | None
    created_at: str
    revision: int = 0
    units: int = 0
    translated: int = 0
    confirmed: int = 0

    @property
    def aligned(self) -> bool:
        """True where the target is an article of its own, and not a translation in the making."""
        return self.target_article is not None


def units_over(
    source: Sequence[tuple[int, str]], target: Sequence[str], beads: Iterable[Bead], paragraph: int = 0
) -> list[Unit]:
    """Returns a unit a bead over sentences, those of the source each with its paragraph.

    A unit without source is of the paragraph before it; at the beginning that is `paragraph`.
    """
    units = []
    for bead in beads:
        if bead.source:
            paragraph = source[bead.source[0]][0]
        units.append(
            Unit(
                source=tuple(source[i][1] for i in bead.source),
                target=tuple(target[j] for j in bead.target),
                paragraph=paragraph,
                origin=Origin.ALIGNED,
                score=bead.score,
                crossing=bead.crossing,
            )
        )
    return units


def content(unit: Unit) -> tuple[object, ...]:
    """Returns the content of a unit's version: all but its position, and who wrote it when."""
    return unit.source, unit.target, unit.state, *unit.provenance
