"""Searches that answer while somebody types, with an input method: half-typed pinyin is no query."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

SEARCHES = [("/memory/search", "q"), ("/terms/", "q"), ("/pairs/articles/1", "find")]


@pytest.mark.parametrize(("path", "field"), SEARCHES)
@pytest.mark.parametrize("before", ["", "科"])
def test_half_typed_pinyin_is_not_searched_for(english: Page, unchanged: str, path: str, field: str, before: str):
    """Also not with a character that was typed before, for which a search may wait for a pause."""
    english.goto(f"{unchanged}{path}")
    asked: list[str] = []
    english.on(
        "request", lambda request: asked.extend(parse_qs(urlsplit(request.url).query, keep_blank_values=True)[field])
        if f"{field}=" in request.url else None,
    )  # fmt: skip
    english.get_by_role("searchbox").focus()
    if before:
        english.keyboard.insert_text(before)
    client = english.context.new_cdp_session(english)
    for end in range(1, 5):
        client.send("Input.imeSetComposition", {"text": "kexu"[:end], "selectionStart": end, "selectionEnd": end})
        english.wait_for_timeout(100)
    english.wait_for_timeout(400)
    assert set(asked) <= {before}
    with english.expect_response(lambda response: f"{field}=" in response.url):
        client.send("Input.insertText", {"text": "科学"})
    expect(english.get_by_role("searchbox")).to_have_value(f"{before}科学")
    assert set(asked) - {before} == {f"{before}科学"}
