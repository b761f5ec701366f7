"""What the service refuses, asked without a browser."""

import re
import sqlite3

import pytest

from corpus.articles import Article
from workbench.services.article_intake import begin_translation
from workbench.web import create_app


@pytest.fixture
def client(desk, article):
    id, _ = desk.articles.add(article)
    begin_translation(desk, id, "zh-Hans")
    return create_app(desk.path, {"TESTING": True}).test_client()


SAVE = {"path": "/bitexts/1/units/1", "data": {"text": "实验室", "version": "1"}}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_another_site_s_page_cannot_write(client, desk, headers, status):
    assert client.post(SAVE["path"], data=SAVE["data"], headers=headers).status_code == status
    assert bool(desk.bitexts.unit(1).target) is (status == 303)


def test_a_name_that_is_not_this_machine_s_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_every_answer_limits_what_a_page_may_load(client):
    for path in ("/", "/nowhere", "/static/css/base.css"):
        answer = client.get(path)
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        answer.close()


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/x", "javascript:alert(1)", "\\evil", ""])
def test_the_language_switch_leads_nowhere_else(client, back):
    answer = client.post("/language", data={"language": "zh_Hans", "back": back})
    assert answer.headers["Location"] in ("/", "/x")


def test_a_script_is_answered_with_json(client):
    answer = client.post(SAVE["path"], data=SAVE["data"], headers={"Accept": "application/json"})
    assert (answer.json["version"], answer.json["text"], answer.json["state"]) == (2, "实验室", "initial")
    conflict = client.post(SAVE["path"], data=SAVE["data"], headers={"Accept": "application/json"})
    assert (conflict.status_code, conflict.json["text"], conflict.json["version"]) == (409, "实验室", 2)


def test_a_plain_form_with_an_old_version_gets_a_page(client):
    client.post(SAVE["path"], data=SAVE["data"])
    answer = client.post(SAVE["path"], data=SAVE["data"])
    assert answer.status_code == 409
    assert "changed this unit meanwhile" in answer.text


def test_a_unit_of_another_bitext_is_not_there(client):
    assert client.post("/bitexts/9/units/1", data=SAVE["data"]).status_code == 404


def test_a_form_without_its_fields_is_not_understood(client):
    assert client.post(SAVE["path"], data={}).status_code == 400
    for path in ("/articles/1/align", "/pairs/accept", "/pairs/1", "/pairs/articles/1"):
        assert client.post(path, data={"counterpart": "x", "score": "x", "action": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("zh-CN,zh;q=0.9", "zh-Hans"), ("zh-TW", "zh-Hans"), ("zh", "zh-Hans"), ("en-GB", "en"), ("fr", "en"), ("", "en")],
)
def test_the_browser_chooses_the_language(client, accepted, language):
    assert f'<html lang="{language}">' in client.get("/help", headers={"Accept-Language": accepted}).text


def test_a_defect_is_a_page_without_a_trace(desk, monkeypatch, caplog):
    app = create_app(desk.path)
    app.add_url_rule("/defect", "defect", lambda: str(1 / 0))
    answer = app.test_client().get("/defect")
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_a_number_that_no_desk_can_hold_names_nothing(client):
    """In every address that names something by a number, by any method."""
    rules = [rule for rule in client.application.url_map.iter_rules() if "<int:" in rule.rule]
    assert len(rules) > 20
    for number in (2**63, 2**64, 10**30):
        for rule in rules:
            path = re.sub(r"<int:\w+>", str(number), rule.rule)
            method = "get" if "GET" in rule.methods else "post"
            assert getattr(client, method)(path).status_code == 404, path


@pytest.mark.parametrize("number", ["9223372036854775808", "-9223372036854775809", "1" + "0" * 5000, "٣", "1e3"])
def test_a_number_in_a_query_that_no_desk_can_hold_is_none(client, number):
    for path in (
        "/bitexts/1?page={}",
        "/bitexts/1?unit={}",
        "/bitexts/1?after={}",
        "/bitexts/1?page=1&pretranslated={}",
        "/bitexts/1/terms?start={}",
        "/memory/search?q=x&start={}",
    ):
        assert client.get(path.format(number), follow_redirects=True).status_code in (200, 404), path
    save = {"text": "实验室", "version": number}
    assert client.post(SAVE["path"], data=save).status_code == 409
    actions = {"action": "merge", "unit": number, "revision": number, "sentence": number, "seen": f"{number}:{number}"}
    assert client.post("/bitexts/1/alignment", data=actions).status_code < 500


@pytest.mark.parametrize("number", ["2", "99", "999999999999999999", "0", "-1"])
def test_a_page_past_the_end_is_the_last_one(client, number):
    answer = client.get(f"/bitexts/1?page={number}")
    assert answer.status_code == 200
    assert 'id="unit-3"' in answer.text


def test_an_empty_bitext_has_a_page(client, desk):
    id, _ = desk.articles.add(Article("en", "", ()))
    assert client.get(f"/bitexts/{begin_translation(desk, id, 'zh-Hans')}?page=1").status_code == 200


@pytest.mark.parametrize("name", ["x" * 5000, "字" * 300, "a.b", "..%2f..%2fetc"])
def test_a_name_of_a_sent_file_that_cannot_be_one_is_not_there(client, name):
    for path in (f"/terms/import/{name}", f"/terms/import/{name}/look"):
        method = client.post if path.endswith("look") else client.get
        assert method(path).status_code == 404


def test_a_desk_in_use_is_answered_with_a_time_to_come_back(client, desk, monkeypatch):
    monkeypatch.setattr("workbench.stores.database._BUSY_SECONDS", 0.05)
    with sqlite3.connect(desk.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        page = client.post(SAVE["path"], data=SAVE["data"])
        script = client.post(SAVE["path"], data=SAVE["data"], headers={"Accept": "application/json"})
        other.execute("ROLLBACK")
    for answer in (page, script):
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "is in use by another program" in page.text
    assert "is in use by another program" in script.json["message"]
    assert client.post(SAVE["path"], data=SAVE["data"]).status_code == 303


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/bitexts/9/units/1", 404)])
def test_a_script_hears_of_what_failed_in_json(client, path, status):
    answer = client.post(path, data=SAVE["data"], headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.json["message"].endswith("in this desk.")
