"""Several people who write to one desk at once, an end that nobody expected, and a copy made meanwhile."""

import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

from corpus.memory import Entry
from tests.present import present
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation


def test_who_reads_and_then_writes_waits_for_another_who_writes(tmp_path):
    path = tmp_path / "desk.db"
    Desk.create(path).close()
    failures = []

    def remember(user):
        try:
            with Desk.open(path, user=user) as desk:
                for number in range(50):
                    desk.memory.remember(Entry("en", "zh-Hans", f"{user} says {number}.", f"{user}说{number}。"))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=remember, args=[user]) for user in ("Li", "Wang", "Zhang")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Desk.open(path) as desk:
        assert len(list(desk.memory.entries())) == 150


_SAVES = """
import sys
from pathlib import Path
from workbench.desk import Desk
from workbench.services.unit_editing import save_unit

with Desk.open(Path(sys.argv[1])) as desk:
    version = 1
    while True:
        version = save_unit(desk, 1, version, f"{version} 次", confirm=version % 2 == 0).version
        print(version, flush=True)
"""


def test_what_was_saved_is_there_after_the_process_was_killed(desk, article):
    """In the midst of its work; the file is whole, and has what was said to be saved."""
    id, _ = desk.articles.add(article)
    begin_translation(desk, id, "zh-Hans")
    process = subprocess.Popen([sys.executable, "-c", _SAVES, desk.path], stdout=subprocess.PIPE, text=True)
    saved = present(process.stdout)
    for line in saved:
        if int(line) > 20:
            process.send_signal(signal.SIGKILL)
            break
    said = [line, *saved][-1]
    process.wait()
    saved.close()
    with Desk.open(desk.path) as again:
        assert again.bitexts.unit(1).version >= int(said)
        assert again.db.execute("PRAGMA quick_check").fetchone() == ("ok",)


def test_what_was_saved_is_on_the_disk(desk):
    """SQLite waits until the disk has it (synchronous=FULL, https://www.sqlite.org/pragma.html#pragma_synchronous)."""
    assert desk.db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_copy_made_while_the_desk_is_open_is_a_desk(desk, tmp_path):
    desk.memory.remember(Entry("en", "zh-Hans", "Rice.", "水稻。"))
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(desk.path)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
    with Desk.open(copy) as restored:
        assert [entry.target for entry in restored.memory.entries()] == ["水稻。"]
        assert restored.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
