"""The reviewer's page, as plain forms: what it shows, where a judgement leads, and what one that comes late does."""

import pytest

from workbench.services.article_intake import begin_translation
from workbench.services.desk_settings import change_settings
from workbench.services.unit_editing import save_unit
from workbench.stores.desk_settings import DeskSettings
from workbench.web import create_app


@pytest.fixture
def bitext(desk, article) -> int:
    """A bitext of three units that Li has confirmed."""
    id, _ = desk.articles.add(article)
    bitext = begin_translation(desk, id, "zh-Hans")
    for unit, text in enumerate(("实验室成立", "联合实验室成立了。", "它研究水稻。"), 1):
        save_unit(desk, unit, 1, text, confirm=True)
    return bitext


@pytest.fixture
def chen(desk, bitext):
    client = create_app(desk.path, {"TESTING": True}).test_client()
    client.post("/me", data={"name": "Chen"})
    return client


def judge(client, unit: int, version: int, **form: str):
    return client.post(f"/bitexts/1/review/{unit}", data={"version": version, **form})


def test_a_review_goes_from_unit_to_unit_until_all_are_final(desk, chen):
    page = chen.get("/bitexts/1/review").text
    assert "3 units to review" in page
    assert page.count('name="text"') == 1
    answer = judge(chen, 1, 2, text="实验室落成", action="approve")
    assert answer.headers["Location"] == "/bitexts/1/review?number=2#current"
    answer = judge(chen, 2, 2, text="联合实验室成立了。", action="return", comment="@Li, which “lab”?")
    assert answer.headers["Location"] == "/bitexts/1/review?number=3#current"
    page = chen.get("/bitexts/1/review?number=2").text
    assert "which “lab”?" in page
    assert "<del>成立</del>" not in page
    assert "<ins>落</ins>成<del>立</del>" in page
    save_unit(desk, 2, 3, "联合实验室落成了。", confirm=True)
    page = chen.get("/bitexts/1/review").text
    assert "changes since the version of Chen" in page
    answer = chen.post("/bitexts/1/review/seen", data={"seen": ["2:4", "3:2", "x"]})
    assert answer.status_code == 303
    page = chen.get("/bitexts/1/review").text
    assert "Make all units final" in page
    chen.post("/bitexts/1/review/final")
    assert "All units are final." in chen.get("/bitexts/1/review").text
    chen.post("/bitexts/1/review/undo", data={"revision": desk.bitexts.get(1).revision})
    assert "Make all units final" in chen.get("/bitexts/1/review").text


def test_a_judgement_that_comes_late_loses_no_text(desk, chen):
    save_unit(desk, 1, 2, "实验室今天成立", confirm=True)
    answer = judge(chen, 1, 2, text="实验室落成", action="approve")
    assert answer.status_code == 409
    assert "Li changed this unit meanwhile" in answer.text
    assert ">\n实验室落成</textarea>" in answer.text
    assert 'name="version" value="3"' in answer.text


def test_one_s_own_translation_is_not_offered_where_somebody_else_reviews(desk, bitext, monkeypatch):
    monkeypatch.setenv("WORKBENCH_USER", "Li")
    client = create_app(desk.path, {"TESTING": True}).test_client()
    assert "that I have read: 3" in client.get("/bitexts/1/review").text
    change_settings(desk, DeskSettings(reviewer_differs=True))
    page = client.get("/bitexts/1/review").text
    assert "Approve all" not in page
    assert "somebody else reviews it" in page
    assert judge(client, 1, 2, text="实验室成立", action="approve").status_code == 400


def test_the_setting_is_changed_on_its_page(desk, bitext, monkeypatch):
    monkeypatch.setenv("WORKBENCH_USER", "Li")
    client = create_app(desk.path, {"TESTING": True}).test_client()
    client.post("/settings", data={"reviewer_differs": "on"})
    assert desk.settings.get() == DeskSettings(reviewer_differs=True)
    assert " checked" in client.get("/settings").text
    client.post("/settings", data={})
    assert desk.settings.get() == DeskSettings()


@pytest.mark.parametrize("query", ["unit=99", "number=99", "number=0", "unit=2"])
def test_a_place_that_is_not_there_is_the_nearest_or_none(chen, query):
    assert chen.get(f"/bitexts/1/review?{query}").status_code == (404 if query == "unit=99" else 200)
    assert judge(chen, 99, 1, text="x").status_code == 404
