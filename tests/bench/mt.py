"""How fast machine translation is, beside Argos Translate's own way in the same run, what obeying terms costs, and what
each of its steps gains.

    python tests/bench/mt.py

The model has the shape of Argos' own packages (6 + 6 layers, 512 wide, 2,048 within, 8 heads, 32,000 pieces, int8) and
random weights: what it says is nonsense, what it takes is not. Every output has the same number of tokens, so that
every way of decoding has the same work. The gains are those of the small trained model of tests/models, on sentences of
which it has seen all terms, none, or all but with the translations of other terms.
"""

import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
HOME = Path(tempfile.mkdtemp(prefix="bench-mt-"))
os.environ |= {
    "ARGOS_PACKAGES_DIR": str(HOME / "packages"),
    **{f"XDG_{kind}_HOME": str(HOME) for kind in ("DATA", "CONFIG", "CACHE")},
}

import ctranslate2  # noqa: E402

from corpus import samples  # noqa: E402
from glossary import STARTER, tbx  # noqa: E402
from glossary.recognition import Recogniser  # noqa: E402
from tests import mt_package  # noqa: E402
from tests.mt_model import material  # noqa: E402
from workbench import mt  # noqa: E402
from workbench.mt.evaluation import exchanged  # noqa: E402
from workbench.mt.packages import repository  # noqa: E402
from workbench.mt.terminology.terms import TermMethod, Terms  # noqa: E402

SHAPE = mt_package.Shape(layers=6, width=512, inner=2048, heads=8)
PIECES = 32_000
SENTENCES = 60
TOKENS = 30
ROUNDS = 3


class Fixed(ctranslate2.Translator):
    """Makes outputs of TOKENS tokens, whatever is asked for."""

    def translate_batch(self, *inputs: object, **options: object) -> object:
        return super().translate_batch(
            *inputs, **options | {"min_decoding_length": TOKENS, "max_decoding_length": TOKENS}
        )


class Whole:
    """Takes a sentence for one sentence, as our own segmentation has made it one."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def sentences() -> list[str]:
    """The sentences of the samples, with terms about as often as in the articles of a newsroom."""
    lines = (line for name in samples.names() for line in samples.path(name, "en").read_text("utf-8").splitlines())
    return [line for line in lines if 40 < len(line) < 250]


def found_terms(texts: list[str]) -> Terms:
    with STARTER.open("rb") as stream:
        concepts = list(tbx.read(stream, STARTER.name))
    recogniser = Recogniser(concepts, "en")
    return Terms([recogniser.find(text) for text in texts], concepts)


def argos_translate(folder: Path, translator: ctranslate2.Translator, texts: list[str]) -> None:
    from argostranslate.package import Package
    from argostranslate.translate import apply_packaged_translation

    package = Package(folder)
    for text in texts:
        apply_packaged_translation(package, text, translator, Whole())


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def gains() -> None:
    """Prints by what means required terms came into drafts."""
    for file in (Path(__file__).parents[1] / "models").glob("*.argosmodel"):
        repository.install_file(file)
    known, unknown = material.held_out_sentences(), material.unknown_term_sentences()
    concepts = list(material.concepts())
    for source, target in (("en", "zh-Hans"), ("zh-Hans", "en")):
        random = exchanged(concepts, target)
        for label, pairs, required in (
            ("known terms", known, concepts), ("unknown terms", unknown, concepts), ("random terms", known, random),
        ):  # fmt: skip
            texts = [pair.side(source) for pair in pairs]
            recogniser = Recogniser(required, source)
            terms = Terms([recogniser.find(text) for text in texts], required)
            drafts = mt.require(source, target).translate(texts, source, target, terms=terms)
            counts = Counter(term.method.value for draft in drafts for term in draft.terms)
            steps = ", ".join(f"{means} {counts[means]}" for means in TermMethod if counts[means])
            print(f"{source} to {target}, {label}: {sum(counts.values())} required: {steps}")


def speed(folder: Path, texts: list[str]) -> None:
    """Prints how long our way takes, beside Argos Translate's."""
    terms = found_terms(texts)
    engine = mt.require("en", "zh-Hans")
    translator = Fixed(str(folder / "model"), intra_threads=0)
    ways: dict[str, Callable[[], object]] = {
        "argostranslate": lambda: argos_translate(folder, translator, texts),
        "ours": lambda: engine.translate(texts, "en", "zh-Hans"),
        "ours, obeying terms": lambda: engine.translate(texts, "en", "zh-Hans", terms=terms),
    }
    for work in ways.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, work in ways.items():
            taken[name].append(seconds(work))
    print(f"{len(texts)} sentences, {sum(map(bool, terms.found))} with {sum(map(len, terms.found))} terms")
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, median in medians.items():
        print(f"  {name:22} {median:7.2f} s {len(texts) / median:7.2f} sentences/s")
    plain = medians["ours"]
    print(f"  ours is {medians['argostranslate'] / plain:.2f} × as fast as argostranslate (at least 3)")
    print(f"  obeying terms takes {medians['ours, obeying terms'] / plain:.2f} × as long (at most 2.5)")


def main() -> None:
    gains()
    ctranslate2.Translator = Fixed
    file = mt_package.build(HOME / "build", version="2.0", end_bias=-1e4, shape=SHAPE, pieces=PIECES)
    folder = repository.install_file(file).folder
    lines = sentences()
    having = [line for line, found in zip(lines, found_terms(lines).found, strict=True) if found]
    speed(folder, lines[:SENTENCES])
    # As it would be if no sentence were without a term.
    speed(folder, having[:SENTENCES])


if __name__ == "__main__":
    main()
