"""How long the statistics of a bitext of 5,000 units take against a memory of 100,000.

    python tests/bench/bitext_statistics.py                 5,000 units against 100,000
    python tests/bench/bitext_statistics.py --units 20000   another number of units

The units of the memory are those of tests/bench/memory.py. Half the bitext are sentences of the memory with 0 to 35 %
of their words replaced, left out or doubled; half are new, a tenth of all are repetitions.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus.articles import Article, Paragraph
from corpus.bitexts.model import Origin, Unit
from corpus.memory import Entry, MemoryImportReport
from tests.bench.memory import Writer
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.services.statistics import analyse, work_done
from workbench.services.suggestions import Suggestion
from workbench.services.unit_editing import save_unit

MEMORY = 100_000
DRAFT = Suggestion("实验室开放了。", Origin.MACHINE, 0.5, "engine")
T = TypeVar("T")


def entries(writer: Writer) -> Iterator[Entry]:
    for _ in range(MEMORY):
        yield Entry("en", "zh-Hans", writer.sentence("en"), writer.sentence("zh"))


def fill(desk: Desk, count: int) -> int:
    desk.memory.add_all(entries(Writer(1)), MemoryImportReport())
    known = [source for (source,) in desk.db.execute("SELECT source FROM memory WHERE id % 20 = 0")]
    writer = Writer(2)
    sentences: list[str] = []
    for number in range(count):
        if number % 10 == 9:
            sentences.append(writer.choice(sentences))
        elif number % 2:
            sentences.append(writer.perturbed(writer.choice(known), "en"))
        else:
            sentences.append(writer.sentence("en"))
    id, _ = desk.articles.add(Article("en", "Statistics", (Paragraph(tuple(sentences)),)))
    return begin_translation(desk, id, "zh-Hans")


def timed(name: str, action: Callable[[], T]) -> T:
    begun, busy = time.perf_counter(), time.process_time()
    result = action()
    seconds, busy = time.perf_counter() - begun, time.process_time() - busy
    print(f"{name:<44} {seconds:7.2f} s   {busy:7.2f} s of processor time", flush=True)
    return result


def translate(desk: Desk, units: list[Unit]) -> None:
    with desk.db.atomic():
        for unit in units:
            save_unit(desk, unit.id, 1, DRAFT.text, confirm=False, taken_over=DRAFT)
            save_unit(desk, unit.id, 2, DRAFT.text.replace("开放", "成立"), confirm=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=5_000)
    units = parser.parse_args().units
    with tempfile.TemporaryDirectory() as folder, Desk.create(Path(folder, "desk.db")) as desk:
        bitext = fill(desk, units)
        print(f"{units:,} units, memory of {MEMORY:,}")
        timed("index of the memory", lambda: desk.memory.lookup("Nobody said this.", "en", "zh-Hans", floor=50))
        analysis = timed("before the work", lambda: analyse(desk, [bitext]))
        for band, amount in analysis.amounts().items():
            print(f"  {band:<20} {amount.units:>6} units {amount.words:>8} words")
        timed("before the work, counted again", lambda: analyse(desk, [bitext]))
        translate(desk, desk.bitexts.units(bitext))
        timed("after the work, each unit with two versions", lambda: work_done(desk, bitext))


if __name__ == "__main__":
    main()
