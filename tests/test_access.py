"""What the service refuses, asked without a browser."""

import pytest

from workbench.web import create_app


@pytest.fixture
def client(desk, article):
    id, _ = desk.articles.add(article)
    desk.translate(id, "zh-Hans")
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
    for path in ("/", "/nowhere", "/static/workbench.css"):
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
    app.add_url_rule("/defect", "defect", lambda: 1 / 0)
    answer = app.test_client().get("/defect")
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in caplog.text
