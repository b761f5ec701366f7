"""What a page of the editor is told of what happens elsewhere: changed units, and who is in which."""

import pytest

from workbench.desk import Desk
from workbench.resources import Presences
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import save_unit
from workbench.web import create_app


@pytest.fixture
def app(desk, article):
    id, _ = desk.articles.add(article)
    begin_translation(desk, id, "zh-Hans")
    return create_app(desk.path, {"TESTING": True})


def news(client, page="p", unit=0, revision=0, known="1.1 2.1"):
    query = {"page": page, "unit": unit, "revision": revision, "known": known}
    return client.get("/bitexts/1/news", query_string=query)


def test_only_what_changed_is_told(app, desk):
    client = app.test_client()
    assert (news(client).status_code, news(client).data) == (204, b"")
    with Desk.open(desk.path, user="Wang") as other:
        save_unit(other, 2, 1, "王<写>的", confirm=True)
    told = news(client).json
    assert (told["revision"], told["confirmed"]) == (1, 1)
    (changed,) = told["changed"]
    assert (changed["unit"], changed["version"], changed["text"]) == (2, 2, "王<写>的")
    assert (changed["state"], changed["state_name"]) == ("translated", "confirmed")
    assert news(client, known="1.1 2.2").json["changed"] == []
    assert news(client, revision=1).status_code == 204


@pytest.mark.parametrize("known", ["x.y 9.1", "9999999999999999999.1", ""])
def test_a_question_that_makes_no_sense_tells_of_no_unit(app, known):
    assert news(app.test_client(), unit="-", revision="x", known=known).json["changed"] == []


def test_there_is_no_news_of_a_bitext_that_is_not_there(app):
    assert app.test_client().get("/bitexts/9/news").status_code == 404


def test_others_are_seen_in_their_units_and_oneself_is_not(app):
    chen, wang = app.test_client(), app.test_client()
    chen.post("/me", data={"name": "Chen"})
    wang.post("/me", data={"name": "<b>Wang</b>"})
    assert news(chen, "a", 1).status_code == 204
    assert news(chen, "b", 2).status_code == 204
    assert news(wang, "c", 2).json == {"people": {"1": ["Chen"], "2": ["Chen"]}}
    assert news(chen, "a", 1).json == {"people": {"2": ["<b>Wang</b>"]}}
    assert news(wang, "c", 0).json["people"] == {"1": ["Chen"], "2": ["Chen"]}
    assert news(chen, "a", 1).status_code == 204


def test_who_says_nothing_any_more_is_gone_after_a_while(tmp_path):
    now = [0.0]
    presences = Presences(lambda: now[0])
    presences.meet(tmp_path, 1, "a", "Chen", 5)
    assert presences.meet(tmp_path, 2, "b", "Wang", 5) == {}
    now[0] = 14.0
    assert presences.meet(tmp_path, 1, "b", "Wang", 6) == {5: ["Chen"]}
    now[0] = 16.0
    assert presences.meet(tmp_path, 1, "b", "Wang", 6) == {}
