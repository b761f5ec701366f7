"""Assignments: a bitext is given to people by a day, on its page."""

from datetime import date, timedelta

import pytest
from flask_babel import force_locale

from workbench.services.article_intake import begin_translation
from workbench.services.desk_settings import change_settings
from workbench.stores.assignments import Assignment
from workbench.stores.desk_settings import DeskSettings
from workbench.web import create_app
from workbench.web.dates import due_day, when


@pytest.fixture
def app(desk, article):
    id, _ = desk.articles.add(article)
    begin_translation(desk, id, "zh-Hans")
    return create_app(desk.path, {"TESTING": True})


def test_a_bitext_is_given_to_people_by_a_day_and_taken_away_again(app, desk):
    client = app.test_client()
    form = {"assignee": " LIU  Wei ", "reviewer": "Chen", "due": "2026-06-30"}
    assert client.post("/bitexts/1/assignment", data=form).status_code == 303
    assert desk.assignments.of(1) == Assignment("LIU Wei", "Chen", "2026-06-30")
    assert {"LIU Wei", "Chen"} <= set(desk.people.known())
    assert 'value="LIU Wei"' in client.get("/bitexts/1/assignment").text
    client.post("/bitexts/1/assignment", data={})
    assert desk.assignments.of(1) == Assignment()
    assert client.post("/bitexts/9/assignment", data=form).status_code == 404


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"due": "30 June"}, "“30 June” is no day"),
        ({"assignee": "x" * 61}, "too long"),
        ({"assignee": "Li", "reviewer": "Li"}, "name two people"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(app, desk, form, message):
    change_settings(desk, DeskSettings(reviewer_differs=True))
    answer = app.test_client().post("/bitexts/1/assignment", data=form)
    assert answer.status_code == 400
    assert message in answer.text
    assert all(f'value="{value}"' in answer.text for value in form.values())
    assert desk.assignments.of(1) == Assignment()


def test_a_day_is_said_in_the_language_of_the_page(app):
    today = date.today()
    days = [(today + timedelta(days)).isoformat() for days in (-1, 0, 1)]
    with app.test_request_context():
        assert [due_day(day) for day in days] == ["overdue since yesterday", "today", "tomorrow"]
        assert due_day("2100-03-05") == "Mar 5, 2100"
        assert when("2020-01-02T12:00:00Z") == "Jan 2, 2020"
        with force_locale("zh_Hans"):
            assert [due_day(day) for day in days] == ["已逾期（昨天）", "今天", "明天"]
            assert due_day("2100-03-05") == "2100年3月5日"
