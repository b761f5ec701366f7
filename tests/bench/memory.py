"""Measures the translation memory on synthetic units of realistic length, beside pg_trgm and a scan by rapidfuzz.

    python tests/bench/memory.py                     1,000,000 units, and a tenth of it to compare
    python tests/bench/memory.py --units 5000000     another number, and a tenth of it to compare

Units are recombined from the clauses of ../shared/eval (without it, of the sample articles), with three English words
in ten and two Chinese characters in ten drawn anew, as often as the texts have them: so most sentences are like no
other, as in real text. Half go from English into Chinese, half from Chinese into English. Half the queries are units
of the memory with 0 to 35 % of their tokens replaced, left out or doubled; half are new. Recall is against Levenshtein
over all units. pg_trgm runs where Debian's postgresql is installed, on a temporary data directory that is removed at
the end; it compares English texts, at a threshold of 0.5, above its own of 0.3, which is slower.
"""

import argparse
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import rapidfuzz
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from corpus import samples, tmx
from corpus.alignment import parse_beads
from corpus.intake import read_one
from corpus.memory import Penalties
from corpus.memory.matching.tokens import encode
from workbench.desk import Desk

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "eval"
DRAWN = {"en": 0.3, "zh": 0.2}
LENGTHS = {"en": (22, 11), "zh": (40, 20)}  # tokens, mean and deviation, near those of ../shared/eval
FLOOR = 70
QUERIES = 400
POSTGRES = Path("/usr/lib/postgresql")
NOTHING_OFF = Penalties(0, 0, 0, 0)
IMPORT = """
import re, sys, time
from pathlib import Path
from workbench.desk import Desk
from workbench.services.memory_exchange import import_tmx
# Not ru_maxrss: a new process inherits that of the one that started it.
def peak(): return int(re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())[1]) / 1024
with Desk.create(Path(sys.argv[1])) as desk:
    seconds, units, before = 0, 0, peak()
    for path, direction in zip(sys.argv[2:], (("en", "zh-Hans"), ("zh-Hans", "en"))):
        start = time.perf_counter()
        units += import_tmx(desk, Path(path), *direction).read
        seconds += time.perf_counter() - start
    busy, start = time.process_time(), time.perf_counter()
    desk.memory.index_texts()
    indexing = time.perf_counter() - start
print(units, seconds, busy, indexing, peak(), before)
"""


def sentence_pairs() -> Iterator[tuple[str, str]]:
    """Real sentences with their translations."""
    for folder in sorted((SHARED / "align").iterdir()) if SHARED.is_dir() else []:
        for gold in sorted((folder / "gold").glob("*.align")) if folder.is_dir() else []:
            source, target = (
                (folder / side / f"{gold.stem}.txt").read_text("utf-8").splitlines() for side in ("src", "tgt")
            )
            for bead in parse_beads(gold.read_text("utf-8")):
                yield " ".join(source[i] for i in bead.source), "".join(target[j] for j in bead.target)
    if SHARED.is_dir():
        with (SHARED / "tico19" / "all.en-zh.tmx").open("rb") as stream:
            for unit in tmx.read(stream, "all.en-zh.tmx"):
                yield unit.variants[0].text, unit.variants[1].text
    for name in [] if SHARED.is_dir() else samples.names():
        source, target = (read_one(samples.path(name, tag), presplit=True).sentences() for tag in ("en", "zh-Hans"))
        for bead in samples.gold(name):
            yield " ".join(source[i] for i in bead.source), "".join(target[j] for j in bead.target)


class Writer:
    """Writes sentences that nobody wrote, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - a fixed seed, for the same units each time
        pairs = list(sentence_pairs())
        self._clauses = {
            "en": [clause.split() for text, _ in pairs for clause in re.split(r"(?<=[,;:.!?])\s", text) if clause],
            "zh": [list(clause) for _, text in pairs for clause in re.findall("[^，；：。！？]+[，；：。！？]?", text)],
        }
        self._tokens = {
            language: [token for clause in clauses for token in clause] for language, clauses in self._clauses.items()
        }

    def sentence(self, language: str) -> str:
        mean, deviation = LENGTHS[language]
        length = max(3, self._random.gauss(mean, deviation))
        tokens: list[str] = []
        while len(tokens) < length:
            tokens += self._random.choice(self._clauses[language])
        drawn = [
            self._random.choice(self._tokens[language]) if self._random.random() < DRAWN[language] else token
            for token in tokens
        ]
        return join(drawn, language)

    def perturbed(self, text: str, language: str) -> str:
        """A sentence with up to 35 % of its tokens replaced, left out or doubled."""
        tokens = text.split() if language == "en" else list(text)
        for _ in range(int(len(tokens) * self._random.uniform(0, 0.35))):
            place = self._random.randrange(len(tokens))
            tokens[place : place + 1] = self._random.choice(
                [[self._random.choice(self._tokens[language])], [], [tokens[place]] * 2]
            )
            tokens = tokens or [text]
        return join(tokens, language)

    def choice(self, texts: Sequence[str]) -> str:
        return self._random.choice(texts)

    def part(self, text: str) -> str:
        """A part of a text as somebody would look it up: some words, the middle of a word, some characters."""
        if text.isascii():
            words = text.split()
            start = self._random.randrange(len(words))
            part = " ".join(words[start : start + self._random.randint(1, 3)])
            return part[self._random.randint(0, 2) :] if len(part) > 6 and self._random.random() < 0.3 else part
        start = self._random.randrange(len(text))
        return text[start : start + self._random.choice([1, 2, 2, 2, 3, 4, 6])].strip() or text


def join(tokens: Sequence[str], language: str) -> str:
    return (" " if language == "en" else "").join(tokens)


def write_units(folder: Path, count: int) -> tuple[Path, Path]:
    """Writes two TMX files, one a direction, of half the units each."""
    paths = folder / f"{count}-en.tmx", folder / f"{count}-zh.tmx"
    writer = Writer(1)
    for path, source, target in zip(paths, ("en", "zh"), ("zh", "en"), strict=True):
        units = (
            tmx.TranslationUnit(
                (tmx.Variant(source, writer.sentence(source)), tmx.Variant(target, writer.sentence(target))), source
            )
            for _ in range(count // 2)
        )
        with path.open("wb") as stream:
            tmx.write(stream, units, source, "bench")
    return paths


class Query(NamedTuple):
    text: str
    language: str
    target: str


def queries(desk: Desk, count: int) -> list[Query]:
    """Half English, half Chinese; of each, half from the memory and half new."""
    writer = Writer(2)
    found = []
    for language, tag, target in (("en", "en", "zh-Hans"), ("zh", "zh-Hans", "en")):
        texts = [text for (text,) in desk.memory._db.execute(
            "SELECT source FROM memory WHERE source_language = ? ORDER BY id % 9973 LIMIT 5000", [tag]
        )]  # fmt: skip
        for number in range(count // 2):
            text = writer.perturbed(writer.choice(texts), language) if number % 2 else writer.sentence(language)
            found.append(Query(text, tag, target))
    return found


def times(action: Callable[[Query], object], wanted: Sequence[Query]) -> list[float]:
    """Milliseconds of each, sorted."""
    found = []
    for query in wanted:
        start = time.perf_counter()
        action(query)
        found.append((time.perf_counter() - start) * 1000)
    return sorted(found)


def show(name: str, found: list[float], rest: str = "") -> None:
    p50, p95 = found[len(found) // 2], found[int(len(found) * 0.95)]
    print(f"{name:34} p50 {p50:9.2f} ms   p95 {p95:9.2f} ms   {rest}", flush=True)


def size(path: Path) -> float:
    return path.stat().st_size / 2**20


def imported(folder: Path, count: int) -> Path:
    """Makes a desk with `count` units in a process of its own, and prints how fast and in how much memory."""
    path, files = folder / f"{count}.db", write_units(folder, count)
    done = subprocess.run([sys.executable, "-c", IMPORT, path, *files], capture_output=True, text=True, check=True)
    units, seconds, busy, indexing, megabytes, before = map(float, done.stdout.split())
    speed = f"{units / seconds:,.0f} units/s ({units / busy:,.0f} of processor time)"
    memory = f"peak memory {megabytes:.0f} MB ({before:.0f} before it)"
    print(
        f"{'TMX import':34} {speed}, {memory}, desk {size(path):.0f} MB of {sum(map(size, files)):.0f} MB TMX",
        flush=True,
    )
    print(f"{'concordance index, afterwards':34} {units / indexing:,.0f} units/s", flush=True)
    return path


def measure(desk: Desk) -> tuple[list[float], list[Query]]:
    """Prints the times of one desk; returns those of fuzzy lookups, and the queries."""
    wanted = queries(desk, QUERIES)
    memory = desk.memory
    for query in (wanted[0], wanted[-1]):
        start = time.perf_counter()
        memory.lookup(*query)
        print(f"{'index, ' + query.language + ' to ' + query.target:34} {time.perf_counter() - start:.1f} s to build")
    count = desk.db.execute("SELECT count(*) FROM memory").fetchone()[0]
    print(f"{'indexes':34} {memory._indexes.nbytes() / (2 * count):.0f} bytes a text, resident {peak():.0f} MB at most")
    known = [query._replace(text=match.entry.source) for query in wanted for match in memory.lookup(*query)]
    show("exact lookup", times(lambda query: memory.lookup(*query, floor=100), known))
    fuzzy = times(lambda query: memory.lookup(*query, floor=FLOOR), wanted)
    matches = sum(bool(memory.lookup(*query, floor=FLOOR)) for query in wanted)
    show("fuzzy lookup (>= 70)", fuzzy, f"{matches} of {len(wanted)} queries have a match")
    writer = Writer(3)
    parts = [query._replace(text=writer.part(query.text)) for query in known]
    show("concordance, parts of units", times(lambda query: memory.search(query.text), parts))
    for name, fits in (("one character", 1), ("two characters", 2)):
        some = [part for part in parts if len(part.text) == fits and not part.text.isascii()]
        if some:
            show(f"  Chinese, {name}", times(lambda query: memory.search(query.text), some))
    return fuzzy, wanted


def scan(desk: Desk, wanted: Sequence[Query], few: int = 40) -> None:
    """Compares with Levenshtein over everything: the recall, and how long rapidfuzz takes."""
    found, missed, seconds = 0, 0, []
    for language in ("en", "zh-Hans"):
        rows = desk.db.execute("SELECT id, source, target, source_language FROM memory_codes ORDER BY id")
        codes, ids = [], []
        for id, source, target, source_language in rows:
            codes.append((source if source_language == language[:2] else target).decode("utf-16-le"))
            ids.append(id)
        lengths = np.array([len(code) for code in codes])
        for query in [query for query in wanted if query.language == language][-few // 2 :]:
            code = encode(query.text, language)
            start = time.perf_counter()
            distances = cdist([code], codes, scorer=Levenshtein.distance, dtype=np.int32)[0]
            seconds.append((time.perf_counter() - start) * 1000)
            longest = np.maximum(lengths, len(code))
            similar = {ids[i] for i in np.flatnonzero(100 * (longest - distances) // longest >= FLOOR)}
            offered = {match.entry.id for match in desk.memory.lookup(*query, floor=FLOOR, penalties=NOTHING_OFF)}
            found, missed = found + len(similar), missed + len(similar - offered)
    show("  rapidfuzz over everything", sorted(seconds))
    print(f"{'  recall':34} {1 - missed / found if found else 1:.4f} ({found} matches of {len(seconds)} queries)")


def trigrams(desk: Desk, wanted: Sequence[Query], few: int = 60) -> None:
    """Times pg_trgm on the English texts: `%` with a GIN index, in one session, the server's own time and the trip."""
    versions = sorted(POSTGRES.glob("*/bin/initdb")) if POSTGRES.is_dir() else []
    if not versions or os.geteuid() != 0:
        print("  pg_trgm: skipped, needs Debian's postgresql and to be started as root")
        return
    programs = versions[-1].parent
    with tempfile.TemporaryDirectory(prefix="memory-bench-") as name:
        folder = Path(name)
        shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        server: list[str | Path] = ["runuser", "-u", "postgres", "--"]
        nowhere = subprocess.DEVNULL
        quiet: dict[str, Any] = {"check": True, "stdout": nowhere, "stderr": nowhere, "cwd": folder}
        subprocess.run([*server, programs / "initdb", "-D", data, "-A", "trust", "--locale", "C.UTF-8"], **quiet)
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c shared_buffers=1GB -c maintenance_work_mem=1GB"
        subprocess.run([*server, programs / "pg_ctl", "-D", data, "-w", "-o", options, "start"], **quiet)
        try:
            _trigrams(
                programs / "psql", folder, desk, [query.text for query in wanted if query.language == "en"][-few:]
            )
        finally:
            subprocess.run([*server, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)


def _trigrams(psql: Path, folder: Path, desk: Desk, texts: list[str]) -> None:
    def run(script: str) -> str:
        command: list[str | Path] = [psql, "-h", folder, "-U", "postgres", "-q", "-t", "-A"]
        return subprocess.run(command, input=script, capture_output=True, text=True, check=True).stdout

    rows = desk.db.execute("SELECT iif(source_language = 'en', source, target) FROM memory")
    lines = "".join(re.sub(r"[\\\t\n]", " ", text) + "\n" for (text,) in rows)
    start = time.perf_counter()
    run(f"CREATE EXTENSION pg_trgm; CREATE TABLE units (text text);\nCOPY units FROM STDIN;\n{lines}\\.\n"
        "CREATE INDEX ON units USING gin (text gin_trgm_ops); VACUUM ANALYZE units;")  # fmt: skip
    built = time.perf_counter() - start
    ask = "SELECT text FROM units WHERE text % '{0}' ORDER BY similarity(text, '{0}') DESC LIMIT 10;"
    asked = [ask.format(text.replace("'", "''")) for text in texts]
    output = run("SET pg_trgm.similarity_threshold = 0.5;\n\\timing on\n" + "\n".join(asked))
    found = sorted(float(line.split()[1]) for line in output.splitlines() if line.startswith("Time:"))
    show("  pg_trgm (GIN), English", found, f"{built:.0f} s to load and index")


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=1_000_000)
    units = parser.parse_args().units
    print(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, numpy {np.__version__}, "
          f"rapidfuzz {rapidfuzz.__version__}, {os.cpu_count()} processors")  # fmt: skip
    if not SHARED.is_dir():
        print("../shared/eval is not there: recombining the sample articles alone, which are few.")
    with tempfile.TemporaryDirectory(prefix="memory-bench-") as name:
        medians = []
        for count in (units // 10, units):
            print(f"\n{count:,} units")
            with Desk.open(imported(Path(name), count)) as desk:
                fuzzy, wanted = measure(desk)
                medians.append(fuzzy)
                if count == units:
                    scan(desk, wanted)
                    trigrams(desk, wanted)
        for share in (50, 95):
            small, large = (found[len(found) * share // 100] for found in medians)
            print(f"ten times the units: {large / small:.1f} times the time of a fuzzy lookup (p{share})")


if __name__ == "__main__":
    main()
