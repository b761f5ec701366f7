"""Times intake on 1,000 articles of about 600 words, made from the sample articles: python tests/bench/intake.py.

Each article is a file of its own and is read, repaired, assembled and segmented alone, as an upload of many files by a
newsroom would be at worst. Prints seconds, articles a second and the peak of memory.
"""

import resource
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from corpus import intake, samples

ARTICLES = 1_000
WORDS = 600
# Half of the articles are Chinese, of as many characters as an English article of that length has in translation.
CHARACTERS = 1_050


def paragraphs(language: str) -> list[str]:
    """The paragraphs of all samples in a language, each on one line."""
    gap = " " if language == "en" else ""
    found = []
    for name in samples.names():
        blocks = samples.path(name, language).read_text(encoding="utf-8").strip().split("\n\n")[1:]
        found += [gap.join(block.split("\n")) for block in blocks]
    return found


def write(folder: Path) -> list[Path]:
    """Writes the articles, each with a headline, a byline and a date above it."""
    sources = {"en": cycle(paragraphs("en")), "zh-Hans": cycle(paragraphs("zh-Hans"))}
    paths = []
    for number, language in enumerate(islice(cycle(sources), ARTICLES)):
        english = language == "en"
        blocks = [f"Article Number {number} on Science", "By LI Wei", "June 14, 2025"]
        if not english:
            blocks = [f"第{number}篇科技文章", "本报记者 李伟", "2025年6月14日"]
        size = 0
        while size < (WORDS if english else CHARACTERS):
            block = next(sources[language])
            size += len(block.split()) if english else len(block)
            blocks.append(block)
        path = folder / f"{number:04}.txt"
        path.write_text("\n\n".join(blocks), encoding="utf-8")
        paths.append(path)
    return paths


def peak() -> float:
    """The most memory the process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = write(Path(folder))
        intake.read(paths[0])
        started, sentences, at_tenth = time.perf_counter(), 0, 0.0
        for number, path in enumerate(paths):
            (article,) = intake.read(path)
            sentences += len(article.sentences())
            if number == ARTICLES // 10:
                at_tenth = peak()
        seconds = time.perf_counter() - started
    print(f"{ARTICLES} articles, {sentences} sentences: {seconds:.1f} s, {ARTICLES / seconds:.0f} articles a second")
    print(f"peak of memory: {at_tenth:.0f} MB after {ARTICLES // 10} articles, {peak():.0f} MB after all")


if __name__ == "__main__":
    main()
