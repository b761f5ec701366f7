"""Measures the aligner on published gold sets: strict F1, sentences a second, peak memory, beside a length-only one.

    python tests/bench/alignment.py            the sets of ../shared/eval/align and the sample articles
    python tests/bench/alignment.py --large    also 30,000 × 42,000 sentences in one document

A bead is right only if both its sides are exactly those of a gold bead. The length-only aligner beside it is that of
Gale & Church (1993), with the prior probabilities of their Table 5.
"""

import math
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus import samples
from corpus.alignment import Bead, align, parse_beads
from corpus.embeddings import Encoders
from corpus.intake import read_one

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "eval" / "align"
PRIORS = {(1, 1): 0.89, (1, 0): 0.0099, (0, 1): 0.0099, (2, 1): 0.089, (1, 2): 0.089, (2, 2): 0.011}


class Texts(NamedTuple):
    """A pair of texts with its gold beads and, where they are known, the numbers of the sentences' paragraphs."""

    source: list[str]
    target: list[str]
    gold: list[Bead]
    paragraphs: tuple[list[int], list[int]] | None = None


def gold_sets() -> dict[str, list[Texts]]:
    sets: dict[str, list[Texts]] = {}
    for folder in sorted(SHARED.iterdir()) if SHARED.is_dir() else []:
        if folder.is_dir():
            sets[folder.name] = [published(folder, path.stem) for path in sorted((folder / "gold").glob("*.align"))]
    sets["samples"] = [sample(name) for name in samples.names()]
    return sets


def published(folder: Path, name: str) -> Texts:
    source, target = ((folder / side / f"{name}.txt").read_text("utf-8").splitlines() for side in ("src", "tgt"))
    return Texts(source, target, parse_beads((folder / "gold" / f"{name}.align").read_text("utf-8")))


def sample(name: str) -> Texts:
    source, target = (read_one(samples.path(name, tag), presplit=True) for tag in ("en", "zh-Hans"))
    paragraphs = source.paragraph_numbers(), target.paragraph_numbers()
    return Texts(source.sentences(), target.sentences(), samples.gold(name), paragraphs)


def gale_church(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
    """Aligns by lengths in characters alone."""
    ratio = sum(map(len, target)) / sum(map(len, source))
    lengths = [np.concatenate([[0], np.cumsum([len(text) for text in side])]) for side in (source, target)]
    n, m = len(source), len(target)
    cost = np.full((n + 1, m + 1), np.inf)
    cost[0, 0] = 0
    via: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(n + 1):
        for j in range(max(0, int(i * m / n) - 120), min(m, int(i * m / n) + 120) + 1):
            for (k, l), prior in PRIORS.items():
                if i >= k and j >= l and cost[i - k, j - l] < np.inf:
                    x, y = lengths[0][i] - lengths[0][i - k], lengths[1][j] - lengths[1][j - l]
                    step = cost[i - k, j - l] + distance(x, y, ratio) - math.log(prior)
                    if step < cost[i, j]:
                        cost[i, j], via[i, j] = step, (k, l)
    beads, i, j = [], n, m
    while i or j:
        k, l = via[i, j]
        i, j = i - k, j - l
        beads.append(Bead(tuple(range(i, i + k)), tuple(range(j, j + l))))
    return beads[::-1]


def distance(x: float, y: float, ratio: float, variance: float = 6.8) -> float:
    """Minus the logarithm of the probability that lengths differ so much by chance."""
    mean = (x + y / ratio) / 2
    delta = abs(x * ratio - y) / math.sqrt(max(mean, 1) * variance)
    return -math.log(max(math.erfc(delta / math.sqrt(2)), 1e-300))


def measure(texts: list[Texts], aligner: Callable[[Texts], list[Bead]]) -> tuple[float, float]:
    """Strict F1, and sentences of both sides a second."""
    right = found = wanted = sentences = 0
    seconds = 0.0
    for text in texts:
        start = time.perf_counter()
        beads = aligner(text)
        seconds += time.perf_counter() - start
        sentences += len(text.source) + len(text.target)
        right += len({(b.source, b.target) for b in text.gold} & {(b.source, b.target) for b in beads})
        found, wanted = found + len(beads), wanted + len(text.gold)
    return 2 * right / (found + wanted), sentences / seconds


def large() -> None:
    """A document of 30,000 × 42,000 sentences, recombined from the sample articles with sentences split and added."""
    randomness = random.Random(1)  # noqa: S311 - a fixed seed, for the same document each time
    pairs = [
        ([source[i] for i in bead.source], [target[j] for j in bead.target])
        for source, target, gold, _ in map(sample, samples.names())
        for bead in gold
    ]
    source: list[str] = []
    target: list[str] = []
    while len(source) < 30_000:
        left, right = randomness.choice(pairs)
        number = randomness.randrange(10_000)
        source += [f"{text} ({number})" for text in left]
        target += [f"{text}（{number}）" for text in right]
    while len(target) < 42_000:
        target.insert(randomness.randrange(len(target)), f"另见第{randomness.randrange(10_000)}页。")
    start = time.perf_counter()
    beads = align(source[:30_000], target[:42_000], Encoders().load())
    seconds = time.perf_counter() - start
    print(f"30,000 × 42,000 sentences: {len(beads):,} beads in {seconds:.0f} s, peak memory {peak():.0f} MB")


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    if not SHARED.is_dir():
        print("../shared/eval/align is not there: measuring the sample articles alone.")
    encoder = Encoders().load()
    align(["A b."], ["甲乙。"], encoder)  # loads the vectors and the dictionary
    sets = gold_sets()
    together = [texts for name in sets if name != "samples" for texts in sets[name]]
    rows = {**sets, **({"+".join(name for name in sets if name != "samples"): together} if together else {})}
    print(f"{'set':10} {'F1':>7} {'sentences/s':>12} {'length-only F1':>15} {'peak MB':>8}")
    for name, texts in rows.items():
        ours, speed = measure(texts, lambda text: align(text.source, text.target, encoder, paragraphs=text.paragraphs))
        lengths, _ = measure(texts, lambda text: gale_church(text.source, text.target))
        print(f"{name:10} {ours:7.4f} {speed:12.0f} {lengths:15.4f} {peak():8.0f}")
    source, target, *_ = next(iter(sets.values()))[0]
    start = time.perf_counter()
    align(source[:60], target[:70], encoder)
    print(f"an article of 60 × 70 sentences: {time.perf_counter() - start:.2f} s")
    if "--large" in sys.argv:
        large()


if __name__ == "__main__":
    main()
