"""The import of terms through the pages: a small file is looked at while one waits, a large one as a job."""

import io
import re
import time

import pytest

from glossary.concepts import Concept, Term
from glossary.importing import KnownMatch, Preview
from tests.present import present
from workbench.jobs.handlers import HANDLERS
from workbench.jobs.worker import Worker
from workbench.stores.jobs import JobState
from workbench.web import create_app
from workbench.web.terms import imports

ROWS = ["rice,水稻", "hybrid <b>rice</b>,杂交水稻"]


@pytest.fixture
def client(desk):
    desk.termbase.add(Concept("c-rice", (Term("en", "rice"), Term("zh-Hans", "稻"))))
    return create_app(desk.path, {"TESTING": True}, desk.resources).test_client()


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE_BYTES", 10)


def send(client, header: str) -> str:
    """Sends a sheet and returns where the answer leads."""
    file = io.BytesIO("\n".join([header, *ROWS]).encode())
    return client.post("/terms/import", data={"file": (file, "terms.csv")}).headers["Location"]


def work(desk) -> str:
    """Does the job that waits and returns its state."""
    (job,) = desk.jobs.active()
    worker = Worker(desk.path, HANDLERS, resources=desk.resources)
    worker.start()
    while desk.jobs.get(job.id).state.active:
        time.sleep(0.02)
    worker.stop()
    return desk.jobs.get(job.id).state


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"<dd>(\d+)</dd>", page)]


def test_a_small_file_is_looked_at_at_once(client, desk):
    page = client.get(send(client, "en,zh-Hans")).text
    assert numbers(page) == [1, 0, 1, 0]
    assert desk.jobs.recent(1) == []


@pytest.mark.usefixtures("large")
def test_a_large_file_is_looked_at_as_a_job(client, desk):
    place = send(client, "en,zh-Hans")
    assert place.startswith("/jobs/")
    assert work(desk) is JobState.DONE
    page = client.get(client.get(place).headers["Location"]).text
    assert numbers(page) == [1, 0, 1, 0]
    assert "hybrid &lt;b&gt;rice&lt;/b&gt;" in page
    assert "c-rice" in page
    assert desk.termbase.count()[0] == 1
    client.post(present(re.search(r'"(/terms/import/\w+)"', page))[1], data={"name": "terms.csv", "action": "discard"})
    assert list(desk.path.parent.glob(".*-sent-*")) == []


@pytest.mark.usefixtures("large")
def test_a_large_sheet_is_mapped_before_it_is_looked_at(client, desk):
    place = send(client, "x,y")
    page = client.get(place).text
    assert "These columns contain no terms" in page
    look = present(re.search(r'method="post" action="(/terms/import/\w+/look)"', page))[1]
    assert "/terms/import/" in client.post(look, data={"column": ["", ""], "name": "terms.csv"}).headers["Location"]
    form = {"column": ["term@source", "term@target"], "source": "en", "target": "zh-Hans", "name": "terms.csv"}
    place = client.post(look, data=form).headers["Location"]
    assert work(desk) is JobState.DONE
    assert numbers(client.get(client.get(place).headers["Location"]).text) == [1, 0, 1, 0]


@pytest.mark.usefixtures("large")
def test_a_job_of_another_file_shows_nothing(client, desk):
    place = send(client, "en,zh-Hans")
    work(desk)
    preview = client.get(place).headers["Location"]
    other = send(client, "x,y").partition("?")[0]
    assert client.get(f"{other}?{preview.partition('?')[2]}").status_code == 404
    assert client.get(f"{other}?job=99").status_code == 404


def test_a_preview_comes_back_as_it_was():
    concept = Concept("c", (Term("en", "rice"),))
    preview = Preview({"new": 1, "changed": 0, "conflicting": 0, "unchanged": 0})
    preview.shown = {"new": [], "conflicting": [KnownMatch(concept, concept)]}
    assert Preview.from_described(preview.described()) == preview
