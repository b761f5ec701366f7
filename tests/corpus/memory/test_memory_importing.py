"""An import is stored bit by bit beside the work of others, and seen all at once or not at all."""

import subprocess
import sys
import threading
from typing import Any

import pytest

from corpus.memory import Entry, MemoryImportReport
from corpus.memory.importing.staging import Import
from corpus.memory.writing import coded
from workbench.desk import Desk
from workbench.stores.database import connect

OLD = Entry("en", "zh-Hans", "Rice", "稻", origin="imported", note="before")


def entries(count: int, **more: Any) -> list[Entry]:
    return [Entry("en", "zh-Hans", f"Station {n}", f"{n}号站", origin="imported", **more) for n in range(count)]


def rows(desk: Desk, table: str) -> int:
    return desk.db.table(table).count


def everything_seen(desk: Desk) -> tuple[list[str], int, list[str], list[str]]:
    """What the memory shows, in each way that it can be asked."""
    memory = desk.memory
    (main,) = memory.collections()
    hits = sorted(hit.entry.source for hit in memory.search("station", limit=1000))
    matches = [match.entry.source for match in memory.lookup("Station 3", "en", "zh-Hans", floor=100)]
    assert main.units == sum(row["units"] for row in memory.stats()) == memory.count_imported()
    assert [unit.source for unit in memory.imported()] == [entry.source for entry in memory.entries()]
    return [entry.source for entry in memory.entries()], main.units, hits, matches


def test_nothing_is_seen_before_all_is_there(desk):
    desk.memory.remember(OLD)

    def coming():
        for entry in entries(600):
            with Desk.open(desk.path) as other:
                assert everything_seen(other) == (["Rice"], 1, [], [])
            if entry.source == "Station 400":
                break
            yield entry
        yield OLD

    report = desk.memory.add_all(coming(), MemoryImportReport())
    assert (report.new, report.merged) == (400, 1)
    assert everything_seen(desk)[1:] == (401, sorted(f"Station {n}" for n in range(400)), ["Station 3"])


def test_others_write_while_it_goes_on(desk):
    other = connect(desk.path)
    other.execute("PRAGMA busy_timeout = 0")

    def coming():
        for number, entry in enumerate(entries(500)):
            # Fails at once where somebody else holds the lock.
            with other.atomic():
                other.execute("UPDATE memory_settings SET settings = settings")
            assert number < 500
            yield entry

    assert desk.memory.add_all(coming(), MemoryImportReport()).new == 500
    other.close()


class Enough(Exception):
    pass


def coming_and_failing(count: int):
    yield OLD
    yield from entries(count, tuid="7", element="<tu/>", contexts=(("a", "b"),))
    raise Enough


def test_one_that_fails_leaves_nothing(desk):
    desk.memory.remember(OLD)
    before = list(desk.memory.entries())
    with pytest.raises(Enough):
        desk.memory.add_all(coming_and_failing(700), MemoryImportReport())
    assert list(desk.memory.entries()) == before
    tables = ("memory", "memory_codes", "memory_contexts", "memory_imported", "memory_imports", "memory_staged")
    assert [rows(desk, table) for table in (*tables, "memory_pending")] == [1, 1, 0, 0, 0, 0, 0]


KILLED = """
import os, sys
from pathlib import Path
from corpus.memory import Entry, MemoryImportReport
from workbench.desk import Desk

def coming():
    yield Entry("en", "zh-Hans", "Rice", "稻", origin="imported", note="new")
    for n in range(700):
        yield Entry("en", "zh-Hans", f"Station {n}", f"{n}号站", origin="imported")
    os._exit(9)

Desk.open(Path(sys.argv[1])).memory.add_all(coming(), MemoryImportReport(), owner="a file")
"""


@pytest.fixture
def killed(desk):
    """A desk at which a process died over an import."""
    desk.memory.remember(OLD)
    done = subprocess.run([sys.executable, "-c", KILLED, desk.path], check=False)
    assert (done.returncode, rows(desk, "memory") > 100, rows(desk, "memory_staged")) == (9, True, 1)
    return desk


def long_ago(desk: Desk) -> None:
    desk.db.execute("UPDATE memory_imports SET beat_at = '2020-01-01T00:00:00Z'")


def test_one_whose_process_dies_leaves_nothing(killed):
    assert everything_seen(killed) == (["Rice"], 1, [], [])
    assert killed.memory.left_over()
    # It may be alive still.
    killed.memory.sweep()
    assert killed.memory.left_over()
    long_ago(killed)
    killed.memory.sweep()
    assert (killed.memory.left_over(), rows(killed, "memory"), rows(killed, "memory_staged")) == (False, 1, 0)


def test_one_that_is_begun_again_takes_the_place_of_what_was_interrupted(killed):
    report = killed.memory.add_all(entries(300), MemoryImportReport(), owner="a file")
    assert (report.new, report.merged, rows(killed, "memory")) == (300, 0, 301)
    assert not killed.memory.left_over()


def test_one_that_was_taken_for_dead_ends(desk):
    run = Import(desk.db, "Li", "one", 1)
    long_ago(desk)
    with Desk.open(desk.path) as other:
        assert other.memory.add_all(entries(3), MemoryImportReport()).new == 3
    with pytest.raises(Exception, match="another one took its place"):
        run.store([OLD], [])


def test_two_come_in_one_after_the_other(desk):
    first = Import(desk.db, "Li", "one", 1)
    waiting, reports = threading.Event(), []

    def second():
        with Desk.open(desk.path) as other:
            reports.append(other.memory.add_all(entries(5), MemoryImportReport(), waiting=waiting.set))

    thread = threading.Thread(target=second)
    thread.start()
    waiting.wait()
    assert rows(desk, "memory") == 0
    first.publish()
    thread.join()
    assert reports[0].new == 5


def test_what_was_confirmed_meanwhile_and_comes_in_as_well_is_one_entry(desk):
    def coming():
        yield from entries(300, previous="a", next="b", tuid="x", note="of the file")
        with Desk.open(desk.path) as other:
            other.memory.remember(Entry("en", "zh-Hans", "Station 7", "7号站", origin="typed", unit=5, bitext=1))

    desk.memory.add_all(coming(), MemoryImportReport())
    found = [entry for entry in desk.memory.entries() if entry.source == "Station 7"]
    assert [(entry.origin, entry.note) for entry in found] == [("typed", "")]
    assert (found[0].previous, found[0].next, len(list(desk.memory.entries()))) == ("a", "b", 300)
    said = [(unit.origin, unit.note) for unit in desk.memory.imported() if unit.source == "Station 7"]
    assert said == [("typed", ""), ("imported", "of the file")]


def test_one_that_was_published_is_completed_by_whoever_comes_next(desk):
    desk.memory.remember(OLD)
    desk.db.table("memory_imports").insert({"owner": "", "collection": 1, "state": "published", "beat_at": ""})
    run = Import(desk.db, "Li", "one", 1)
    run.store([Entry("en", "zh-Hans", "Rice", "稻", "a", "b", note="new")], [coded(OLD)])
    # As if the process had died right after all could see it.
    desk.db.execute("UPDATE memory_imports SET state = 'published'")
    desk.memory.sweep()
    (entry,) = desk.memory.entries()
    assert (entry.previous, entry.next, desk.memory.left_over()) == ("a", "b", False)
    assert [unit.note for unit in desk.memory.imported()] == ["before", "new"]


def test_the_concordance_learns_of_an_import_when_all_of_it_is_there(desk):
    def coming():
        for number, entry in enumerate(entries(1500)):
            if number == 1400:
                with Desk.open(desk.path) as other:
                    other.memory.remember(Entry("en", "zh-Hans", "Wheat", "麦"))
                    other.memory.index_texts()
                    assert [hit.entry.source for hit in other.memory.search("wheat")] == ["Wheat"]
            yield entry

    desk.memory.add_all(coming(), MemoryImportReport())
    assert desk.memory.to_be_indexed() == 1501
    desk.memory.index_texts()
    assert desk.memory.to_be_indexed() == 0
    assert [hit.entry.source for hit in desk.memory.search("wheat")] == ["Wheat"]
    assert len(desk.memory.search("station", limit=2000)) == 1500
