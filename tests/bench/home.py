"""How long the desk's first page takes with 10,000 articles: CPU milliseconds of the server, its list filtered and not.

    python tests/bench/home.py [ARTICLES] [RUNS]

prints the median and the 95th percentile for each address.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

from workbench.desk import Desk
from workbench.stores.assignments import Assignment
from workbench.web import create_app

PATHS = ("/", "/?show=unpaired", "/?show=done", "/?show=mine", "/?q=science", "/?language=zh", "/?start=5000")
UNITS = 30


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 25
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        fill(path, articles)
        client = create_app(path).test_client()
        client.set_cookie("workbench_name", "Wang")
        cpu(client, "/")  # reads the templates
        for address in PATHS:
            times = sorted(cpu(client, address) for _ in range(runs))
            print(f"{statistics.median(times):6.1f} ms  p95 {times[int(len(times) * 0.95)]:6.1f} ms  {address}")


def cpu(client: FlaskClient, address: str) -> float:
    """The CPU milliseconds of one request."""
    before = time.process_time()
    assert client.get(address).status_code == 200
    return (time.process_time() - before) * 1000


def fill(path: Path, count: int) -> None:
    """Makes a desk in which six of ten articles are in aligned bitexts, one is being translated and three are free."""
    with Desk.create(path, "Wang") as desk, desk.db.atomic():
        desk.db.table("articles").insert_all(_article(number) for number in range(1, count + 1))
        pairs = [(number, number + 1) for number in range(1, count, 2) if number % 10 < 6]
        begun = [(number, None) for number in range(7, count, 10)]
        bitexts = list(enumerate([*pairs, *begun], 1))
        desk.db.table("bitexts").insert_all(_bitext(id, *pair) for id, pair in bitexts)
        desk.db.table("units").insert_all(_unit(id, position) for id, _ in bitexts for position in range(UNITS))
        for id, _ in bitexts[::50]:
            desk.assignments.put(id, Assignment("Wang", "Chen", "2026-06-30"))
        for id, _ in bitexts[10::50]:
            desk.assignments.put(id, Assignment("Chen", "Wang", "2026-06-30"))
        for id, _ in bitexts[::20]:
            desk.comments.add(id, (id - 1) * UNITS + 1, "@Wang, check this.", ["Wang"])
            step = {"bitext": id, "name": "write", "before": "[]", "after": "[]", "undone": 0, "made_at": _at(id)}
            desk.db.table("steps").insert(step | {"made_by": "Wang"})


def _article(number: int) -> dict[str, object]:
    language = "en" if number % 2 else "zh-Hans"
    title = f"Science and farming, number {number}" if number % 2 else f"科学与农业，第{number}篇"
    sentences = [f"{title}: sentence {place} of a paragraph that is as long as many are." for place in range(UNITS)]
    paragraphs = [{"sentences": [sentence], "kind": "text", "place": ""} for sentence in sentences]
    return {
        "id": number, "language": language, "title": title, "byline": "", "date": _at(number)[:10], "source": "",
        "section": "", "file": f"{number}.txt", "sha256": f"{number:064}", "page": "",
        "paragraphs": json.dumps(paragraphs), "captions": "[]", "created_at": _at(number), "created_by": "Wang",
    }  # fmt: skip


def _bitext(id: int, source: int, target: int | None) -> dict[str, object]:
    return {
        "id": id, "title": f"Science and farming, number {source}", "source_language": "en",
        "target_language": "zh-Hans", "source_article": source, "target_article": target, "created_at": _at(source),
        "created_by": "Wang", "revision": 0,
    }  # fmt: skip


def _unit(bitext: int, position: int) -> dict[str, object]:
    state = "initial" if position > bitext % 60 else "translated"
    return {
        "bitext": bitext, "position": position, "paragraph": position, "source": '["A sentence of a unit."]',
        "target": '["单元里的一句话。"]', "state": state, "origin": "typed", "score": None, "detail": "", "version": 1,
        "changed_at": _at(bitext), "changed_by": "Wang", "crossing": 0, "repaired": 0,
    }  # fmt: skip


def _at(number: int) -> str:
    return f"20{20 + number % 6}-{number % 12 + 1:02}-{number % 28 + 1:02}T08:00:00Z"


if __name__ == "__main__":
    main()
