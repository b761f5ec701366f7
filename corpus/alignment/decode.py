"""The decoding of scores: the best way of beads, the probability of each, and the crossings that it cannot show."""

from collections.abc import Mapping

import numpy as np

from corpus.alignment.crossings import Step, crossings, swaps, with_swaps
from corpus.alignment.dynamic_programming import Array, Lattice, Shape, best_way
from corpus.alignment.vectors import Matrix
from corpus.bitexts.model import Bead


def best_beads(scores: Mapping[Shape, Matrix], source_skips: Array, target_skips: Array) -> list[Bead]:
    """Returns the beads of two texts in reading order, from the scores of all beads and of all skips."""
    lattice = Lattice(with_swaps(scores), source_skips, target_skips)
    beads, sources, targets, _ = lattice.probabilities()
    way = best_way(lattice.scores, source_skips, target_skips)
    found = [_bead(step, probability, crossing=True) for step, probability in crossings(way, lattice, scores)]
    crossed = {i for bead in found for i in bead.source}, {j for bead in found for j in bead.target}
    for i, j, k, l in way:
        if (not l and i in crossed[0]) or (not k and j in crossed[1]):
            continue
        probability = beads[k, l][i, j] if k and l else sources[i, j] if k else targets[i, j]
        halves = swaps((i, j, k, l), scores)
        found += [_bead(half, probability * given, crossing=True) for half, given in halves]
        if not halves:
            found.append(_bead((i, j, k, l), probability))
    return _in_reading_order(found)


def _bead(step: Step, probability: float, crossing: bool = False) -> Bead:
    i, j, k, l = step
    score = round(float(np.clip(probability, 0, 1)), 4)
    return Bead(tuple(range(i, i + k)), tuple(range(j, j + l)), score, crossing)


def _in_reading_order(beads: list[Bead]) -> list[Bead]:
    """Returns beads by their source; one without goes where its target sentences stand between those of the others."""
    anchored = sorted((bead for bead in beads if bead.source), key=lambda bead: bead.source)
    alone = [bead for bead in beads if not bead.source]
    ordered: list[Bead] = []
    for bead in anchored:
        while alone and bead.target and not bead.crossing and alone[0].target < bead.target:
            ordered.append(alone.pop(0))
        ordered.append(bead)
    return ordered + alone
