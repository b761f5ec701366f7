"""Pages at the width of a telephone: nothing stands beyond the window, so that nobody scrolls sideways to read."""

import pytest
from playwright.sync_api import Page

from tests.accessibility import assert_accessible

PAGES = [
    "/", "/articles/2", "/bitexts/1", "/bitexts/2", "/bitexts/2/alignment", "/bitexts/2/terms", "/bitexts/2/comments",
    "/bitexts/2/units/40/comments", "/comments", "/me", "/bitexts/2/review", "/bitexts/2/assignment",
    "/settings", "/bitexts/2/statistics?bitext=1", "/bitexts/2/article?source=1",
    "/bitexts/2/replace?find=a", "/terms/",
    "/terms/?q=belt", "/terms/c-bri", "/terms/c-bri/edit", "/terms/new", "/terms/coverage", "/terms/import",
    "/candidates/", "/pairs/", "/pairs/articles/2", "/memory/", "/memory/?q=science", "/intake/", "/jobs/", "/mt/",
    "/help", "/nowhere",
]  # fmt: skip

# What reaches beyond the window, outermost first; inside a part that scrolls by itself it may.
BEYOND = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > wide + 1 && getComputedStyle(each).position !== "absolute")
    .slice(0, 5).map(each => each.outerHTML.slice(0, 90));
}"""


@pytest.mark.parametrize("language", ["english", "chinese"])
def test_no_narrow_page_scrolls_sideways(request: pytest.FixtureRequest, unchanged: str, language: str):
    page: Page = request.getfixturevalue(language)
    page.set_viewport_size({"width": 360, "height": 780})
    wide = {}
    for path in PAGES:
        page.goto(unchanged + path)
        within = page.evaluate("document.scrollingElement.scrollWidth <= document.documentElement.clientWidth")
        if not within:
            wide[path] = page.evaluate(BEYOND)
    assert wide == {}


@pytest.mark.parametrize("path", ["/", "/terms/?q=belt", "/terms/coverage", "/terms/c-bri"])
def test_a_narrow_table_is_a_table_that_the_keyboard_reaches(english: Page, unchanged: str, path: str):
    english.set_viewport_size({"width": 360, "height": 780})
    english.goto(unchanged + path)
    assert english.get_by_role("table").count() >= 1
    assert_accessible(english)
