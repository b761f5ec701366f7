"""Comments on pages: of a unit, as a page and as a part of one, and the lists of open ones."""

import pytest

from workbench.services.article_intake import begin_translation
from workbench.services.commenting import add_comment
from workbench.web import create_app

PAGE = {"Accept": "text/html,application/xhtml+xml"}
ADDRESS = "/bitexts/1/units/2/comments"


@pytest.fixture
def client(desk, article):
    id, _ = desk.articles.add(article)
    begin_translation(desk, id, "zh-Hans")
    return create_app(desk.path, {"TESTING": True}).test_client()


def test_a_plain_form_gets_pages_and_a_script_parts(client):
    sent = client.post(ADDRESS, data={"text": "Check <b>this</b>"}, headers=PAGE)
    assert (sent.status_code, sent.headers["Location"]) == (303, ADDRESS)
    page, part = client.get(ADDRESS, headers=PAGE).text, client.get(ADDRESS).text
    assert "<html" in page
    assert part.lstrip().startswith("<section")
    assert "Check &lt;b&gt;this&lt;/b&gt;" in page
    assert "Check &lt;b&gt;this&lt;/b&gt;" in part
    settled = client.post(f"{ADDRESS}/1", data={"action": "resolve"})
    assert settled.text.lstrip().startswith("<section")
    assert "Reopen" in settled.text
    assert "Resolve" in client.post(f"{ADDRESS}/1", data={"action": "reopen"}).text
    assert client.post(ADDRESS, data={"text": " "}).status_code == 400
    assert client.post(ADDRESS, data={}).status_code == 400
    assert client.get("/bitexts/1/units/9/comments").status_code == 404


def test_open_comments_are_listed_for_a_bitext_and_the_desk_and_by_mention(client, desk):
    client.post("/me", data={"name": "Chen"})
    for text in ("@Chen, the number?", "A remark."):
        add_comment(desk, 1, 2, text)
    client.post(f"{ADDRESS}/2", data={"action": "resolve"})
    for address in ("/bitexts/1/comments", "/comments"):
        everything = client.get(address).text
        assert "the number?" in everything
        assert "A remark." not in everything
        assert "A remark." in client.get(f"{address}?resolved=1").text
        assert "the number?" in client.get(f"{address}?mine=1").text
    client.post("/me", data={"name": "Wang"})
    assert "No such comment." in client.get("/comments?mine=1").text
    assert client.get("/bitexts/1/comments?number=2").headers["Location"] == ADDRESS
    assert client.get("/bitexts/1/comments?number=99").status_code == 200


def test_a_long_list_has_pages(client, desk):
    for number in range(51):
        add_comment(desk, 1, 1, f"number {number}.")
    first, second = client.get("/comments").text, client.get("/comments?start=50").text
    assert "number 50." in first
    assert "number 0." not in first
    assert 'rel="next"' in first
    assert "number 0." in second
    assert 'rel="prev"' in second
