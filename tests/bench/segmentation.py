"""Measures the segmentation of English and Chinese against gold sentences, beside sentencex and pysbd.

Run it from the repository: `python tests/bench/segmentation.py`. It reads the gold sentences of `../shared/eval/align`
(one a line) and the project's own sample articles. The lines are joined, English with a space and Chinese with nothing,
and split again. A row gives the F1 of the boundaries between sentences and the F1 of whole sentences, that is of spans
that are exactly right; white space does not count. Each set of `../shared/eval` is measured twice:

- joined: all lines of a file are one paragraph. Headings in it have no mark at their end, so that nobody can find all:
  the last rows give the best boundary F1 that is possible without them.
- paragraphs: a line without any mark at its end (a heading, a caption, a signature) is a paragraph of its own, as it is
  in a document. The boundaries around it are given and not counted.
"""

import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from corpus import segmentation  # noqa: E402
from corpus.text import languages  # noqa: E402

EVAL = ROOT.parent / "shared" / "eval" / "align"
SAMPLES = ROOT / "corpus" / "samples"
SETS = ("mag", "aca")
SIDES = {"en": "src", "zh": "tgt"}

Paragraphs = list[list[str]]
Splitter = Callable[[str, str], list[str]]

_FINAL = re.compile(r"[.!?。！？｡…][\s'\"”’」』)）》\]]*$")
_MARKED = re.compile(r"[.!?。！？｡…;；:：,，][\s'\"”’」』)）》\]]*$")


class Counts(NamedTuple):
    """Right, expected and found boundaries; right, expected and found sentences."""

    boundaries: tuple[int, int, int] = (0, 0, 0)
    spans: tuple[int, int, int] = (0, 0, 0)

    def plus(self, other: "Counts") -> "Counts":
        return Counts(_sum(self.boundaries, other.boundaries), _sum(self.spans, other.spans))


def _sum(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def f1(counts: tuple[int, int, int]) -> float:
    """Returns the F1 of (right, expected, found)."""
    right, expected, found = counts
    return 2 * right / (expected + found) if expected + found else 1.0


def ends(sentences: list[str]) -> list[int]:
    """Returns where each sentence ends, in characters other than white space."""
    total = 0
    return [total := total + len("".join(sentence.split())) for sentence in sentences]


def compare(gold: list[str], found: list[str]) -> Counts:
    """Returns the counts of one paragraph; its end is no boundary."""
    expected, got = ends(gold), ends(found)
    inner = set(expected[:-1]), set(got[:-1])
    spans = {*zip([0, *expected], expected, strict=False)}, {*zip([0, *got], got, strict=False)}
    return Counts(*((len(a & b), len(a), len(b)) for a, b in (inner, spans)))


def measure(splitter: Splitter, paragraphs: Paragraphs, language: str) -> Counts:
    """Joins the sentences of each paragraph, splits them again and returns the counts of all."""
    total = Counts()
    for gold in paragraphs:
        total = total.plus(compare(gold, splitter(languages.join(gold, language), language)))
    return total


def files(name: str, language: str) -> Paragraphs:
    """Returns the files of a set of `../shared/eval`, each as one paragraph."""
    paths = sorted((EVAL / name / SIDES[language]).glob("*.txt"))
    return [[line.strip() for line in path.read_text("utf-8-sig").splitlines() if line.strip()] for path in paths]


def at_headings(paragraphs: Paragraphs) -> Paragraphs:
    """Makes each line without any mark at its end a paragraph of its own."""
    return [part for paragraph in paragraphs for part in _parts(paragraph)]


def _parts(paragraph: list[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in paragraph:
        if _MARKED.search(line):
            part.append(line)
            continue
        yield from filter(None, (part, [line]))
        part = []
    yield from filter(None, [part])


def samples(language: str) -> Paragraphs:
    """Returns the paragraphs of the sample articles, without their headers."""
    name = {"en": "en.txt", "zh": "zh-Hans.txt"}[language]
    texts = [path.read_text(encoding="utf-8").split("\n\n")[1:] for path in sorted(SAMPLES.glob(f"*/{name}"))]
    return [block.split("\n") for blocks in texts for block in map(str.strip, blocks) if block]


def ceiling(paragraphs: Paragraphs) -> float:
    """Returns the best boundary F1 that is possible where only lines with a final mark can be told to end."""
    inner = [line for paragraph in paragraphs for line in paragraph[:-1]]
    marked = sum(_FINAL.search(line) is not None for line in inner)
    return f1((marked, len(inner), marked))


def splitters() -> dict[str, Splitter | None]:
    """Returns the systems by name; None for one that is not installed."""
    found: dict[str, Splitter | None] = {"ours": segmentation.sentences, "sentencex": None, "pysbd": None}
    try:
        import sentencex

        found["sentencex"] = lambda text, language: list(sentencex.segment(language, text))
    except ImportError:
        pass
    try:
        import pysbd

        engines = {language: pysbd.Segmenter(language=language, clean=False) for language in SIDES}
        found["pysbd"] = lambda text, language: list(engines[language].segment(text))
    except ImportError:
        pass
    return found


def seconds_per_megabyte(splitter: Splitter, paragraphs: Paragraphs, language: str) -> float:
    texts = [languages.join(paragraph, language) for paragraph in paragraphs]
    started = time.perf_counter()
    for text in texts:
        splitter(text, language)
    return (time.perf_counter() - started) / sum(len(text.encode()) for text in texts) * 1e6


def report(system: str, splitter: Splitter, language: str) -> None:
    joined = {name: files(name, language) for name in SETS}
    for how in ("joined", "paragraphs"):
        shaped = {name: at_headings(part) if how == "paragraphs" else part for name, part in joined.items()}
        counts = [measure(splitter, part, language) for part in shaped.values()]
        row(system, language, how, [*counts, counts[0].plus(counts[1])])
    own = samples(language)
    speed = seconds_per_megabyte(splitter, at_headings([*joined["mag"], *joined["aca"]]), language)
    row(system, language, "samples", [measure(splitter, own, language)], f"{speed:6.2f} s/MB")


def row(system: str, language: str, how: str, counts: list[Counts], note: str = "") -> None:
    figures = [f"{f1(each.boundaries):.4f} {f1(each.spans):.4f}" for each in counts]
    print(f"{system:10} {language:3} {how:11}" + "".join(f"{figure:>17}" for figure in figures) + f"   {note}")


def main() -> None:
    if missing := [name for name in SETS for side in SIDES.values() if not any((EVAL / name / side).glob("*.txt"))]:
        sys.exit(f"No gold sentences in {EVAL}: {', '.join(dict.fromkeys(missing))} missing. Put src/ and tgt/ there.")
    print("F1 of boundaries, F1 of whole sentences")
    print(f"{'':26}" + "".join(f"{name:>17}" for name in (*SETS, "together")))
    for system, splitter in splitters().items():
        for language in SIDES:
            if splitter:
                report(system, splitter, language)
        if not splitter:
            print(f"{system:10} not installed: pip install {system}")
    for language in SIDES:
        parts = [files(name, language) for name in SETS]
        figures = "".join(f"{ceiling(part):>10.4f}       " for part in (*parts, [*parts[0], *parts[1]]))
        print(f"{'possible':10} {language:3} {'joined':11}  {figures}")


if __name__ == "__main__":
    main()
