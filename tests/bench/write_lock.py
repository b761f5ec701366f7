"""How long each kind of work holds the lock to write, for which everybody else who saves waits.

Run it from the repository: `python tests/bench/write_lock.py [UNITS]`. A bitext of 5,000 units or another number, a
memory of four times as many, as many concepts, and an upload of 60 MB are more than a newsroom has at a time. A row
gives the longest transaction of a kind of work, how many it took, and the seconds of all of it.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from corpus.alignment import Bead
from corpus.articles import Article, Paragraph
from corpus.bitexts.operations import Action
from corpus.pace import Pace
from glossary.concepts import ConceptState
from tests.saving import tmx
from workbench.desk import Desk
from workbench.services.alignment import align_articles, rearrange_bitext
from workbench.services.article_intake import import_upload, read_upload
from workbench.services.memory_exchange import import_tmx
from workbench.services.termbase_files import import_terms
from workbench.services.unit_editing import save_unit, undo_step
from workbench.stores.database import Database

held: list[float] = []
_atomic = Database.atomic


@contextmanager
def timed(db: Database) -> Iterator[Database]:
    """A transaction whose time between its beginning and its end is kept, but for those within another."""
    outermost = not db.conn.in_transaction
    with _atomic(db):
        begun = time.perf_counter()
        yield db
    if outermost:
        held.append(time.perf_counter() - begun)


def measure(kind: str, work: Callable[[], object]) -> None:
    held.clear()
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    print(f"{kind:<44}{max(held):>8.3f} s {len(held):>8} times {seconds:>8.1f} s")


def article(language: str, sentences: int) -> Article:
    text = "Station {} reported krill." if language == "en" else "{}号站报告了磷虾。"
    return Article(language, "Krill", (Paragraph(tuple(text.format(number) for number in range(sentences))),))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    Database.atomic = timed  # type: ignore[assignment,method-assign]  # the same, with a clock
    with tempfile.TemporaryDirectory() as folder, Desk.create(Path(folder, "desk.db")) as desk:
        memory, terms = tmx(Path(folder, "memory.tmx"), 4 * count), Path(folder, "terms.csv")
        terms.write_text("en,zh-Hans\n" + "".join(f"station {n},{n}号站\n" for n in range(count)))
        files = [(f"{n}.txt", f"Article {n}\n\nStation {n} reported krill.\n".encode()) for n in range(200)]
        ballast = random.Random(1).randbytes(60_000_000)  # noqa: S311 - only its size counts
        print(f"{'':<44}{'longest':>10} {'transactions':>14} {'all':>10}")
        measure("an upload of 60 MB is sent", lambda: desk.uploads.add([("ballast.bin", ballast)]))
        measure("an upload of 200 articles is sent", lambda: desk.uploads.add(files))
        measure("it is read", lambda: read_upload(desk, 2))
        measure("its articles are taken in", lambda: import_upload(desk, 2, range(200)))
        beads = [Bead((n,), (n,), 0.99) for n in range(count)]
        (source, _), (target, _) = (desk.articles.add(article(language, count)) for language in ("en", "zh-Hans"))
        measure(f"a bitext of {count:,} units is made", lambda: align_articles(desk, source, target, beads))
        unit = desk.bitexts.units(1)[0]
        measure("a unit is saved", lambda: save_unit(desk, unit.id, unit.version, "零号站报告了磷虾。", confirm=False))
        measure("it is confirmed", lambda: save_unit(desk, unit.id, 2, "零号站报告了磷虾。", confirm=True))
        measure(
            "all of it is accepted at once",
            lambda: rearrange_bitext(desk, 1, desk.bitexts.get(1).revision, Action("accept-scores", score=0.5)),
        )
        measure("that is undone", lambda: undo_step(desk, 1, desk.bitexts.get(1).revision))
        measure(f"a memory of {4 * count:,} units is imported", lambda: import_tmx(desk, memory, "en", "zh-Hans"))
        measure("it is indexed for the concordance", lambda: desk.memory.index_texts(lambda done, total: None))
        measure(f"{count:,} concepts are imported", lambda: import_terms(desk, terms))
        uids = [concept.uid for concept in desk.termbase.all()]
        measure("all are proposed again", lambda: desk.termbase.decide_all(uids, ConceptState.PROPOSED, Pace()))


if __name__ == "__main__":
    main()
