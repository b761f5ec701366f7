"""How long a term base of 100,000 concepts takes to fill, to search and to count; the middle one of several times.

    python tests/bench/termbase.py

Beside each search for a text stands a plain one in the same run: which concepts have it in a key, from end to end.
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from glossary.concepts import Concept, ConceptState, Status, Term
from glossary.termbase import Query
from workbench.desk import Desk

CONCEPTS = 100_000
ENGLISH = "quantum hybrid joint solar deep space carbon nuclear green digital smart gene rice laser".split()
CHINESE = "量子 杂交 联合 太阳能 深空 碳 核 绿色 数字 智能 基因 水稻 激光 技术 系统 研究".split()


def concepts() -> Iterator[Concept]:
    choose = random.Random(1)  # noqa: S311 - no secret
    for number in range(CONCEPTS):
        english = f"{' '.join(choose.choices(ENGLISH, k=3))} {number}"
        chinese = f"{''.join(choose.choices(CHINESE, k=3))}{number}"
        terms = (Term("en", english), Term("zh-Hans", chinese), Term("zh-Hans", f"{chinese}法", Status.ADMITTED))
        yield Concept(f"c-{number}", terms, choose.choice("abcd"))


def measured(work: Callable[[], object], times: int = 1) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)[times // 2]


def show(what: str, taken: float, rest: str = "") -> None:
    print(f"{what:<40} {taken:8.1f} ms {rest}", flush=True)


QUERIES = (
    *map(Query, ("", "r", "ri", "rice", "量", "量子", "liangzi", "lzjs", "laser 77777")),
    Query(subject="a"),
    Query("rice", "a", state=ConceptState.APPROVED),
    Query(missing="en"),
)
SCAN = "SELECT count(DISTINCT concept) FROM terms WHERE instr(search_key, ?)"


def scanned(desk: Desk, text: str) -> object:
    return desk.db.execute(SCAN, [text]).fetchone()


with tempfile.TemporaryDirectory() as folder, Desk.create(Path(folder, "desk.db")) as desk:
    termbase = desk.termbase
    show(f"add {CONCEPTS} concepts", measured(lambda: termbase.import_all(concepts())))
    for query in QUERIES:
        found, total = termbase.find(query, 200)
        taken = measured(partial(termbase.find, query, 200), 7)
        plain = measured(partial(scanned, desk, query.text), 7) if query.text else 0
        rest = f"{total:7} found" + (f", plain search {plain:5.0f} ms" if plain else "")
        show(f"find {' '.join(str(value) for value in vars(query).values() if value)}", taken, rest)
    show("coverage", measured(termbase.coverage))
