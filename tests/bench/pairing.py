"""Measures the pairing of articles on a hard pile, all on one subject: python tests/bench/pairing.py [--large].

The pile is made from `../shared/eval/tico19/all.en-zh.tmx`: the units of a document are cut into pieces of 12 to 20,
each an English and a Chinese article; of one in ten the English side is taken away, of another one in ten the Chinese,
and the rest is shuffled. A row gives, for a seed that says where the cuts are and what is taken away, the share of
pairs that were found, the share of proposed pairs that are wrong, and the share of articles without counterpart that
were left alone. The last table gives for proposed pairs of like scores how many are right.

`--large` adds 5,000 × 5,000 articles, each of 12 to 20 sentences drawn from one document, with seconds and the peak
of memory. `--folds` trains on one half of the documents and measures on the other, both ways; `--train` prints weights
trained on all of them: see `corpus/document_alignment/weights.py`.
"""

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence, Set
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from corpus import document_alignment, tmx  # noqa: E402
from corpus.articles import Article, Paragraph  # noqa: E402
from corpus.document_alignment import Pair, evidence  # noqa: E402
from corpus.embeddings import Encoder, Encoders, Vectors  # noqa: E402

FILE = ROOT.parent / "shared" / "eval" / "tico19" / "all.en-zh.tmx"
# Seeds below 100 measure, seeds from 100 on train.
SEEDS = (1, 2, 3, 4, 5)
TRAINING_SEEDS = range(100, 112)
LARGE = 5_000

Document = list[tuple[str, str]]


class Pile(NamedTuple):
    """Shuffled articles in English and in Chinese, and which belong together."""

    sources: list[Article]
    targets: list[Article]
    pairs: set[tuple[int, int]]


class Kept:
    """An encoder that keeps its vectors: the piles of several seeds are made of the same sentences."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self._encoder = encoder
        self._vectors: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        new = list(dict.fromkeys(text for text in texts if text not in self._vectors))
        self._vectors |= zip(new, self._encoder.encode(new), strict=True)
        return np.array([self._vectors[text] for text in texts], np.float32).reshape(-1, self.dimension)


def documents() -> list[Document]:
    """The units of each document, in order, as English and Chinese."""
    with FILE.open("rb") as stream:
        units = list(tmx.read(stream, FILE.name))
    return [
        [(unit.text("en") or "", unit.text("zh-Hans") or "") for unit in group]
        for _, group in groupby(units, key=lambda unit: unit.tuid.rpartition(":")[0])
    ]


def pieces(found: Sequence[Document], chance: random.Random) -> list[Document]:
    """Each document cut into pieces of 12 to 20 units; what is left at its end is no piece."""
    cut = []
    for document in found:
        start = 0
        while len(document) - start >= 12:
            end = start + chance.randint(12, 20)
            cut.append(document[start:end])
            start = end
    return cut


def article(language: str, sentences: Sequence[str]) -> Article:
    return Article(language, sentences[0], tuple(Paragraph((sentence,)) for sentence in sentences))


def pile(cut: Sequence[Document], chance: random.Random, missing: float = 0.1, dropped: float = 0) -> Pile:
    """Takes `missing` of the pieces away on either side, and `dropped` of the sentences of what stays."""
    order = list(range(len(cut)))
    chance.shuffle(order)
    away = round(missing * len(cut))
    sides = [order[away:], order[:away] + order[2 * away :]]
    for side in sides:
        chance.shuffle(side)
    texts = [
        [[unit[language] for unit in cut[number] if chance.random() >= dropped] or [cut[number][0][language]]
         for number in side]
        for language, side in enumerate(sides)
    ]  # fmt: skip
    places = {number: place for place, number in enumerate(sides[1])}
    pairs = {(place, places[number]) for place, number in enumerate(sides[0]) if number in places}
    return Pile([article("en", text) for text in texts[0]], [article("zh-Hans", text) for text in texts[1]], pairs)


def measure(name: object, made: Pile, found: Sequence[Pair], seconds: float) -> None:
    """Prints a row of the table."""
    right = sum((pair.source, pair.target) in made.pairs for pair in found)
    without, proposed = alone(made, made.pairs), alone(made, {(pair.source, pair.target) for pair in found})
    print(
        f"{name:>8}  {len(made.sources):>5} × {len(made.targets):<5}  {right / max(len(made.pairs), 1):>6.1%}  "
        f"{(len(found) - right) / max(len(found), 1):>6.1%}  {len(without & proposed) / max(len(without), 1):>6.1%}"
        f"  {seconds:>6.1f} s"
    )


def alone(made: Pile, pairs: Set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The articles that are in none of the pairs, as side and number."""
    everything = {(side, number) for side in (0, 1) for number in range(len(made[side]))}
    return everything - {(side, pair[side]) for pair in pairs for side in (0, 1)}


def scores(results: Sequence[tuple[Pile, list[Pair]]]) -> None:
    """Prints how many of the pairs of like scores are right."""
    print("\n     score  pairs   mean score   right")
    known = [(pair.score, (pair.source, pair.target) in made.pairs) for made, found in results for pair in found]
    for low, high in ((0.5, 0.8), (0.8, 0.95), (0.95, 0.99), (0.99, 1.01)):
        inside = [(score, right) for score, right in known if low <= score < high]
        if inside:
            mean, share = np.mean(inside, axis=0)
            print(f"{low:.2f}–{min(high, 1):.2f}  {len(inside):>5}   {mean:>10.3f}  {share:>6.1%}")


def table(found: Sequence[Document], encoder: Encoder, seeds: Sequence[int] = SEEDS, **how: float) -> None:
    print("    seed      articles       found   wrong  left alone   time")
    results = []
    for seed in seeds:
        chance = random.Random(seed)  # noqa: S311
        made = pile(pieces(found, chance), chance, **how)
        started = time.perf_counter()
        proposed = document_alignment.pair(made.sources, made.targets, encoder)
        measure(seed, made, proposed, time.perf_counter() - started)
        results.append((made, proposed))
    scores(results)


def large(found: Sequence[Document]) -> None:
    """5,000 × 5,000 articles: of 5,500 drawn ones, one in eleven is taken away on either side. No vector is kept."""
    chance = random.Random(1)  # noqa: S311
    long = [document for document in found if len(document) >= 40]
    weights = [len(document) for document in long]
    drawn = chance.choices(long, weights, k=LARGE * 11 // 10)
    made = pile([chance.sample(document, chance.randint(12, 20)) for document in drawn], chance, 1 / 11)
    before = peak()
    started = time.perf_counter()
    proposed = document_alignment.pair(made.sources, made.targets, Encoders().load())
    measure("large", made, proposed, time.perf_counter() - started)
    print(f"peak of memory: {peak():.0f} MB, {before:.0f} MB of it before")


def peak() -> float:
    """The most memory the process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


class Examples(NamedTuple):
    """The candidates of a pile: their articles, their features, and whether they are pairs."""

    pairs: np.ndarray
    features: np.ndarray
    right: np.ndarray


def training_piles(found: Sequence[Document]) -> Iterator[Pile]:
    """Piles of many sizes, whole and with a part of the sentences missing, as abridged translations have it."""
    for seed in TRAINING_SEEDS:
        chance = random.Random(seed)  # noqa: S311
        cut = pieces(found, chance)
        chance.shuffle(cut)
        size = (len(cut), len(cut) // 2, 12, 40)[seed % 4]
        share, gone = (0.1, 0.25, 0.4)[seed // 4 % 3], (0, 0.15, 0.3)[seed % 3]
        for start in range(0, max(len(cut) - size, 0) + 1, size):
            yield pile(cut[start : start + size], chance, share, gone)


def examples(found: Sequence[Document], encoder: Encoder) -> list[Examples]:
    made = []
    for one in training_piles(found):
        sides = evidence.Side(one.sources, encoder), evidence.Side(one.targets, encoder)
        for side in sides:
            side.encode_sentences(range(len(side.articles)))
        known = evidence.PairEvidence(*sides)
        pairs = document_alignment.candidates(known)
        right = np.array([tuple(pair) in one.pairs for pair in pairs.tolist()])
        made.append(Examples(pairs, known.full(pairs), right))
    return made


def train(known: Sequence[Examples], names: Sequence[str], penalty: float = 0.02) -> dict[str, float]:
    """The weights that make the candidates' being pairs or not most probable (gradient ascent, L2 penalty)."""
    # Not from zero: that leads to a poorer optimum, in which an article is always paired with something.
    start = {"none": -15.0, "words of source": 10.0, "words of target": 10.0}
    weights = np.array([start.get(name, 0.0) for name in names])
    moments = np.zeros((2, len(names)))
    # Dates are not in this material: their weights are set by hand.
    free = np.array([not name.endswith("in time") for name in names])
    count = sum(map(len, (one.pairs for one in known)))
    for step in range(1, 1501):
        gradient = -penalty * weights * len(known) / 10
        for one in known:
            gradient += slope(one, weights, len(names))
        gradient *= free / count
        moments = np.array([0.9, 0.99])[:, None] * moments + np.array([[0.1], [0.01]]) * [gradient, gradient**2]
        first, second = moments[0] / (1 - 0.9**step), moments[1] / (1 - 0.99**step)
        weights += 0.1 * min(1, 300 / step) * first / (np.sqrt(second) + 1e-9)
    return dict(zip(names, [round(float(weight), 2) for weight in weights], strict=True))


def slope(one: Examples, weights: np.ndarray, width: int) -> np.ndarray:
    """The gradient of the logarithm of the probability of what is known."""
    features = one.features[:, :width].astype(np.float64)
    i, j = one.pairs.T
    odds = np.exp(np.clip(features @ weights, -50, 50))
    conflicts = 1 + np.bincount(i, odds)[i] + np.bincount(j, odds)[j] - odds
    chance = odds / conflicts
    # d log p = x - sum of the conflicting; d log (1 - p) = -p / (1 - p) of it.
    outer = np.where(one.right, 1, -chance / np.maximum(1 - chance, 1e-6))
    share = outer / conflicts
    total = outer - odds * (np.bincount(i, share)[i] + np.bincount(j, share)[j] - share)
    return np.asarray(total @ features)


def weights_from(found: Sequence[Document], encoder: Encoder) -> tuple[dict[str, float], dict[str, float]]:
    known = examples(found, encoder)
    hand = {"near in time": 1.5, "far in time": -2.0}
    return train(known, evidence.QUICK) | hand, train(known, evidence.FULL) | hand


def folds(found: Sequence[Document], encoder: Encoder) -> None:
    """Prints what weights trained on one half of the documents are worth on the other."""
    halves = found[::2], found[1::2]
    for seen, unseen in (halves, halves[::-1]):
        quick, full = weights_from(seen, encoder)
        vars(document_alignment).update(WEIGHTS=quick, WEIGHTS_IN_FULL=full)
        print(f"\ntrained on {len(seen)} documents, measured on {len(unseen)} others")
        table(unseen, encoder)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--large", "--folds", "--train"):
        options.add_argument(flag, action="store_true")
    wanted = options.parse_args()
    if not FILE.is_file():
        print(f"The benchmark of pairing needs {FILE}, which is not part of the project.")
        return
    found, encoder = documents(), Kept(Encoders().load())
    if wanted.train:
        for name, weights in zip(("WEIGHTS", "WEIGHTS_IN_FULL"), weights_from(found, encoder), strict=True):
            print(name, weights)
    elif wanted.folds:
        folds(found, encoder)
    else:
        table(found, encoder)
    if wanted.large:
        large(found)


if __name__ == "__main__":
    main()
