"""How long a term base of 100,000 concepts takes to fill, to search and to count."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from glossary.concepts import Concept, State, Status, Term
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


def measured(what: str, work: Callable[[], object]) -> None:
    begun = time.perf_counter()
    work()
    print(f"{what:<40} {(time.perf_counter() - begun) * 1000:8.0f} ms")


with tempfile.TemporaryDirectory() as folder, Desk.create(Path(folder, "desk.db")) as desk:
    termbase = desk.termbase
    measured(f"add {CONCEPTS} concepts", lambda: termbase.import_all(concepts()))
    for query in (Query(), Query("rice"), Query("量子"), Query("liangzi"), Query("lzjs"), Query("laser 77777"),
                  Query(subject="a"), Query("rice", "a", state=State.APPROVED), Query(missing="en")):  # fmt: skip
        measured(f"find {' '.join(str(value) for value in vars(query).values() if value)}",
                 lambda query=query: termbase.find(query, 200))  # fmt: skip
    measured("coverage", termbase.coverage)
