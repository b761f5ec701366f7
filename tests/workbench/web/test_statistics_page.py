"""The page of a bitext's statistics, asked without a browser."""

import re

import pytest

from corpus.articles import Article, Paragraph
from corpus.memory import Entry
from corpus.memory.matching.bands import Band
from tests.present import present
from workbench.jobs.handlers import HANDLERS
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import save_unit
from workbench.web import create_app


@pytest.fixture
def client(desk, article):
    id, _ = desk.articles.add(article)
    begin_translation(desk, id, "zh-Hans")
    return create_app(desk.path, {"TESTING": True}).test_client()


def test_the_page_says_what_there_is_to_do_in_figures_and_in_words(client):
    page = client.get("/bitexts/1/statistics").text
    assert '<td class="number">3</td><td class="number">9</td>' in page
    assert 'aria-label="Words by match rate: no match: 100 %"' in page
    assert "0 of 3 units are confirmed." in page


def test_the_page_says_what_was_done(client, desk):
    for unit in desk.bitexts.units(1):
        save_unit(desk, unit.id, 1, "译文。", confirm=True)
    page = client.get("/bitexts/1/statistics").text
    assert "3 of 3 units are confirmed." in page
    assert re.search(r'aria-label="Confirmed by day: 20\d\d-\d\d-\d\d: 9"', page)
    assert "typed" in page


def test_bitexts_are_counted_together(client, desk, article):
    begin_translation(desk, 1, "zh-Hans")
    alone, both = (client.get(f"/bitexts/1/statistics{query}").text for query in ("", "?bitext=2"))
    assert "By bitext" not in alone
    assert "By bitext" in both
    row = re.search(r"repetitions across</th><td class=\"number\">(\d+)</td><td class=\"number\">(\d+)</td>", both)
    assert present(row).groups() == ("3", "9")
    assert client.get("/bitexts/1/statistics?bitext=99").status_code == 404


def test_a_long_bitext_is_counted_by_a_job(client, desk):
    sentences = tuple(f"Sentence {number} of many." for number in range(201))
    id, _ = desk.articles.add(Article("en", "Long", (Paragraph(sentences),)))
    bitext = begin_translation(desk, id, "zh-Hans")
    page = client.get(f"/bitexts/{bitext}/statistics").text
    assert "Count matches" in page
    assert client.get(f"/bitexts/{bitext}/statistics.csv").status_code == 404
    ordered = client.post(f"/bitexts/{bitext}/statistics")
    assert ordered.status_code == 303
    job = present(desk.jobs.claim("test"))
    result = HANDLERS[type(job.arguments)](desk, job.arguments, lambda done, total: None, job.id)
    desk.jobs.finish(job, job.state.DONE, result)
    page = client.get(client.get(ordered.location).location).text
    assert "Counted at" in page
    assert '<td class="number">201</td><td class="number">804</td>' in page
    assert client.get(f"/bitexts/{bitext}/statistics.csv").status_code == 200


def test_sheets_are_in_the_language_of_the_page(client):
    answer = client.get("/bitexts/1/statistics.csv", headers={"Accept-Language": "zh-CN"})
    assert answer.headers["Content-Disposition"] == "attachment; filename=statistics-1.csv"
    assert answer.data.decode("utf-8-sig").startswith("双语文本编号,标题,匹配率,")
    assert client.get("/bitexts/1/statistics.xlsx").data.startswith(b"PK")
    assert client.get("/bitexts/1/statistics.ods").status_code == 404


def test_weights_are_kept_for_the_desk(client, desk):
    form = {band.name: "7" for band in Band} | {"NEW": "x", "EXACT": "1000"}
    assert client.post("/bitexts/1/statistics/weights", data=form).status_code == 303
    weights = desk.band_weights.get()
    assert (weights[Band.FROM_50], weights[Band.NEW], weights[Band.EXACT]) == (7, 100, 100)


def test_against_a_large_memory_a_job_counts(client, desk):
    desk.memory.remember(Entry("en", "zh-Hans", "Rice.", "稻。"))
    assert "Count matches" not in client.get("/bitexts/1/statistics").text
    desk.db.execute("UPDATE memory SET id = 200001")
    desk.db.conn.commit()
    assert "Count matches" in client.get("/bitexts/1/statistics").text
