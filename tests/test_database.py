"""Several people who write to one desk at once."""

import threading

from corpus.memory import Entry
from workbench.desk import Desk


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
