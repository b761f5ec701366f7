"""Measures recognition and the check of target terms.

    python tests/bench/recognition.py                     100,000 concepts
    python tests/bench/recognition.py --concepts 10000    another number

The synthetic concepts have an English term of one word or more and a Chinese one of two to eight characters, drawn
from the texts of ../shared/eval/tico19 (without it, of the sample articles) as often as they have them. Building
is timed from the desk's file, in a process of its own whose memory is read as well.

On ../shared/eval/tico19, professional translations with two glossaries, a plain regular expression decides which terms
stand in a source text. Found is what recognition finds of them. Held is where the reference translation has a term of
the concept, by the check of the target; what it calls missing there is a false alarm, and a rule names its cause:

    script or width    there once both are compatibility-folded and in Simplified characters
    spacing or signs   there once everything but letters and digits is left out
    split              all characters of a translation stand in their order within twice its length
    inflected, short   at least half of a translation's characters stand together
    kept in English    the source term itself stands in the target
    other variant      a translation that the glossaries give for another term with a word in common
    differently        none of these
"""

import argparse
import csv
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from opencc import OpenCC

from corpus import samples, tmx
from corpus.intake import read_one
from glossary.concepts import Concept, PartOfSpeech, Status, Term, TermType
from glossary.recognition import Recogniser, TermResult, check_target
from workbench.desk import Desk
from workbench.services.term_recognition import recogniser_for

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "eval" / "tico19"
MEMORY = """
import re, sys, time
from pathlib import Path
from workbench.desk import Desk
from workbench.services.term_recognition import recogniser_for
# Not ru_maxrss: a new process inherits that of the one that started it.
def memory(name): return int(re.search(name + r":\\s+([0-9]+)", Path("/proc/self/status").read_text())[1]) / 1024
def show(name, start):
    print(f"  {name:30} {time.perf_counter() - start:6.2f} s, resident {memory('VmRSS'):.0f} MB, "
          f"at most {memory('VmHWM'):.0f} MB")
with Desk.open(Path(sys.argv[1])) as desk:
    print(f"  {'before':38}, resident {memory('VmRSS'):.0f} MB")
    start = time.perf_counter()
    count = sum(1 for concept in desk.termbase.all())
    show("reading the desk alone", start)
    for language in ("en", "zh-Hans"):
        start = time.perf_counter()
        recogniser_for(desk, language)
        show(f"built for {language}", start)
"""


def units() -> list[tuple[str, str]]:
    """Professional translations where they are there, else those of the sample articles."""
    if not SHARED.is_dir():
        sides = [
            [read_one(samples.path(name, tag), presplit=True).sentences() for name in samples.names()]
            for tag in ("en", "zh-Hans")
        ]
        return [(" ".join(source), "".join(target)) for source, target in zip(*sides, strict=True)]
    path = SHARED / "all.en-zh.tmx"
    with path.open("rb") as stream:
        return [(unit.variants[0].text, unit.variants[1].text) for unit in tmx.read(stream, path.name)]


def concepts(count: int, pairs: Sequence[tuple[str, str]]) -> Iterator[Concept]:
    """Concepts of words and characters as frequent as in the texts, one word in three written anew."""
    draw = random.Random(7)  # noqa: S311 - a fixed seed, for the same concepts each time
    words = [word for source, _ in pairs for word in re.findall("[A-Za-z]+", source)]
    characters = [character for _, target in pairs for character in re.findall("[\u4e00-\u9fff]", target)]

    def word() -> str:
        known = draw.choice(words)
        if draw.random() < 2 / 3:
            return known
        return known[: len(known) // 2 + 1] + draw.choice(words)[1:]

    used: Counter[str] = Counter()
    for number in range(count):
        kind = draw.random()
        english = word().lower()
        # A form is that of three concepts at most.
        while used[english] == 3 or draw.random() < 0.6:
            english += " " + word().lower()
        used[english] += 1
        if kind < 0.1:
            term = Term(
                "en", "".join(draw.choices("ABCDEFGHIKLMNOPRSTUVW", k=draw.randint(3, 5))), type=TermType.ACRONYM
            )
        elif kind < 0.3:
            term = Term("en", english.title(), part_of_speech=PartOfSpeech.PROPER_NOUN)
        else:
            term = Term("en", english, part_of_speech=PartOfSpeech.NOUN)
        chinese = ["".join(draw.choices(characters, k=draw.choice((2, 3, 4, 4, 4, 5, 6, 8)))) for _ in range(2)]
        terms = [term, Term("zh-Hans", chinese[0])]
        if kind > 0.8:
            terms.append(Term("zh-Hans", chinese[1], Status.DEPRECATED))
        yield Concept(f"c-{number}", tuple(terms), f"subject {number % 40}")


def milliseconds(act: Callable[[], object], times: int) -> str:
    """Runs something several times, and says what it took."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    return f"p50 {taken[len(taken) // 2]:.2f}, p95 {taken[len(taken) * 95 // 100]:.2f} ms"


def synthetic(count: int, pairs: Sequence[tuple[str, str]]) -> None:
    """Builds, updates and uses what finds synthetic terms."""
    print(f"\n{count:,} synthetic concepts")
    with tempfile.TemporaryDirectory(prefix="recognition-bench-") as name:
        path = Path(name) / "house.desk"
        with Desk.create(path) as desk:
            desk.termbase.import_all(concepts(count, pairs))
        subprocess.run([sys.executable, "-c", MEMORY, path], check=True, stdout=sys.stdout.fileno())
        with Desk.open(path) as desk:
            recogniser_for(desk, "en"), recogniser_for(desk, "zh-Hans")
            for language, side, unit in (("en", 0, " "), ("zh-Hans", 1, "")):
                article, size = "", 0
                for pair in pairs:
                    # A thousand English words are some 1,700 Chinese characters.
                    if size >= (1000 if side == 0 else 1700):
                        break
                    article += pair[side] + unit
                    size += len(pair[side].split()) if side == 0 else len(pair[side])
                find = recogniser_for(desk, language).find
                print(f"  {'1,000 words, ' + language:30} {milliseconds(partial(find, article), 50)}"
                      f" ({len(find(article))} terms)")  # fmt: skip
                print(f"  {'  nested too':30} {milliseconds(partial(find, article, nested=True), 50)}"
                      f" ({len(find(article, nested=True))} terms)")  # fmt: skip
            numbers = iter(range(count))

            def change() -> None:
                concept = desk.termbase.get(f"c-{next(numbers)}")
                desk.termbase.revise(replace(concept, note=concept.note + "."))

            taken = []
            for _ in range(min(900, count // 2)):
                change()
                start = time.perf_counter()
                recogniser_for(desk, "en")
                taken.append((time.perf_counter() - start) * 1000)
            print(f"  {'one concept changed':30} {taken[0]:.2f} ms to take it in; "
                  f"the {len(taken)}th one {taken[-1]:.2f} ms")  # fmt: skip
            for _ in range(min(200, count // 4)):
                change()
                start = time.perf_counter()
                recogniser_for(desk, "en")
                taken.append((time.perf_counter() - start) * 1000)
            print(f"  {'all built again':30} {max(taken) / 1000:.2f} s, once in a thousand changes")


def variants(cell: str) -> list[str]:
    """The terms that a cell of the glossaries gives: variants after colons, with and without what is in brackets."""
    found: dict[str, None] = {}
    for variant in re.split(r" [:;] |;|；", re.sub(r"\[[^\]]*\]", "", cell)):
        inside = re.findall(r"[（(]([^（()）]*)[)）]", variant)
        for form in (re.sub(r"[（(][^（()）]*[)）]", "", variant), *inside):
            if form.strip():
                found[form.strip()] = None
    return list(found)


def glossary() -> list[Concept]:
    """A concept for each English term of the two glossaries; a word of capitals is an acronym."""
    known: dict[str, dict[str, None]] = {}
    for path in sorted(SHARED.glob("*zh*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                for term in variants(row["sourceString"])[:1]:
                    same = next((other for other in known if other.lower() == term.lower()), term)
                    known.setdefault(same, {}).update(dict.fromkeys(variants(row["targetString"])))
    return [
        Concept(
            source,
            (
                Term("en", source, type=TermType.ACRONYM if re.fullmatch("[A-Z]{2,}", source) else None),
                *(Term("zh-Hans", target) for target in targets),
            ),
        )
        for source, targets in known.items()
    ]


def professional(pairs: Sequence[tuple[str, str]]) -> None:
    """What is found in professional translations, and why the check of the target is wrong where it is."""
    known = {concept.uid: concept for concept in glossary()}
    print(f"\nTICO-19: {len(pairs)} units, {len(known)} terms of two glossaries")
    patterns = {
        uid: re.compile(rf"(?<![A-Za-z0-9]){re.escape(uid)}(?![A-Za-z0-9])", 0 if uid.isupper() else re.IGNORECASE)
        for uid in known
    }
    recogniser = Recogniser(known.values(), "en")
    cause = Causes(known)
    standing, found, more = 0, 0, Counter[str]()
    verdicts: Counter[TermResult] = Counter()
    causes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with_term = 0
    for source, target in pairs:
        there = {uid for uid, pattern in patterns.items() if pattern.search(source)}
        recognised = {uid for item in recogniser.find(source, nested=True) for uid in item.concepts}
        standing, found, with_term = standing + len(there), found + len(there & recognised), with_term + bool(there)
        more.update(recognised - there)
        if not there:
            continue
        for finding in check_target(recogniser.find(source), known.values(), target, "zh-Hans"):
            verdicts[finding.result] += 1
            if finding.result is TermResult.MISSING:
                causes[cause(finding.occurrence.concepts, source, target)][finding.occurrence.concepts[0]] += 1
    print(f"  {with_term} units have a term by the regular expression, {standing} pairs of unit and term")
    print(f"  found by recognition           {found / standing:.4f} of these; besides them {more.total()}:"
          f" {', '.join(f'{term} {times}' for term, times in more.most_common(6))}")  # fmt: skip
    total = verdicts.total()
    print(f"  held by the reference          {verdicts[TermResult.FOUND] / total:.4f} of {total} occurrences")
    missing = verdicts[TermResult.MISSING]
    print(f"  false alarms of the check      {missing}, {missing / total:.4f}")
    for name in sorted(causes, key=lambda name: -causes[name].total()):
        few = ", ".join(f"{term} {times}" for term, times in causes[name].most_common(5))
        print(f"    {name:28} {causes[name].total():5}  {few}")


class Causes:
    """Tells why a translation of a term is not in a professional translation."""

    def __init__(self, known: Mapping[str, Concept]) -> None:
        self._targets = {uid: [term.text for term in concept.in_language("zh-Hans")] for uid, concept in known.items()}
        self._simplify = OpenCC("t2s").convert
        self._by_word: defaultdict[str, set[str]] = defaultdict(set)
        for uid, targets in self._targets.items():
            for word in uid.lower().split():
                self._by_word[word].update(targets)

    def __call__(self, uids: Iterable[str], source: str, target: str) -> str:
        wanted = [text for uid in uids for text in self._targets[uid]]
        plain = self._plain(target)
        bare = re.sub(r"\W", "", plain)
        barely = [re.sub(r"\W", "", self._plain(text)) for text in wanted]
        others = {text for uid in uids for word in uid.lower().split() for text in self._by_word[word]}
        rules = {
            "script or width": lambda: any(self._plain(text) in plain for text in wanted),
            "spacing or signs": lambda: any(text in bare for text in barely),
            "kept in English": lambda: any(uid.lower() in plain for uid in uids),
            "other variant": lambda: any(len(text) > 1 and self._plain(text) in plain for text in others),
            "split": lambda: any(_split(text, bare) for text in barely),
            "inflected, short": lambda: any(_half(text, bare) for text in barely),
        }
        return next((name for name, holds in rules.items() if holds()), "differently")

    def _plain(self, text: str) -> str:
        return self._simplify(unicodedata.normalize("NFKC", text)).lower()


def _split(term: str, text: str) -> bool:
    """Whether a term's characters stand in their order, close together."""
    pattern = ".*?".join(map(re.escape, term))
    return len(term) > 2 and any(len(match[0]) <= 2 * len(term) for match in re.finditer(pattern, text))


def _half(term: str, text: str) -> bool:
    """Whether at least half of a term's characters stand together."""
    size = max(2, (len(term) + 1) // 2)
    return len(term) > 2 and any(term[start : start + size] in text for start in range(len(term) - size + 1))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--concepts", type=int, default=100_000)
    count = parser.parse_args().concepts
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    pairs = units()
    synthetic(count, pairs)
    if SHARED.is_dir():
        professional(pairs)
    else:
        print("\n../shared/eval/tico19 is not there: nothing to say of professional translations.")


if __name__ == "__main__":
    main()
