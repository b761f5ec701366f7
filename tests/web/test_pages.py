"""Every page of the desk: what it shows, in both languages, to everybody."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import assert_accessible
from tests.present import present

PAGES = ["/", "/articles/2", "/bitexts/1", "/bitexts/2", "/bitexts/2/alignment", "/terms/?q=belt", "/terms/c-bri",
         "/pairs/", "/pairs/articles/2", "/jobs/", "/mt/", "/help", "/nowhere", "/me",
         "/bitexts/2/units/40/comments", "/comments",
         "/settings", "/bitexts/2/review", "/bitexts/2/assignment", "/bitexts/2/statistics", "/bitexts/1/article",
         "/bitexts/2/replace?find=a"]  # fmt: skip


@pytest.mark.parametrize("language", ["english", "chinese"])
def test_every_page_is_accessible_and_asks_nothing_of_other_machines(
    request: pytest.FixtureRequest, unchanged: str, language: str
):
    page: Page = request.getfixturevalue(language)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(unchanged + path, wait_until="networkidle")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page)
    assert asked
    assert [address for address in asked if not address.startswith((unchanged, "data:"))] == []


@pytest.mark.parametrize("path", ["/bitexts/2", "/bitexts/2/alignment"])
def test_a_page_asks_for_no_style_sheet_or_script_a_second_time(english: Page, unchanged: str, path: str):
    """Those that a script imports among them."""
    english.goto(unchanged + path, wait_until="networkidle")
    english.goto(unchanged + path, wait_until="networkidle")
    sent = english.evaluate(
        "performance.getEntriesByType('resource').filter(each => each.name.includes('/static/'))"
        ".map(each => [each.name, each.transferSize])"
    )
    assert [name for name, _ in sent if name.endswith("/shared/dom.js")]
    assert [name for name, size in sent if size > 0] == []


def test_the_desk_lists_its_bitexts_with_progress_and_its_articles(english: Page, url: str):
    english.goto(url)
    listed = english.get_by_role("region", name="Articles and bitexts").get_by_role("row")
    expect(listed).to_have_count(1 + 2 + 13)
    expect(listed.nth(1)).to_contain_text("0 / 30")
    expect(english.get_by_role("table")).to_contain_text("致青年科技工作者的一封信")


def test_the_browser_s_language_is_the_page_s(chinese: Page, url: str):
    chinese.goto(url)
    expect(chinese.locator("h1")).to_contain_text("工作台")
    chinese.get_by_role("button", name="English").click()
    expect(chinese.locator("h1")).to_contain_text("Desk")
    chinese.goto(f"{url}/help")
    expect(chinese.locator("h1")).to_have_text("Help")


def test_an_article_is_translated_with_one_click(english: Page, url: str):
    english.goto(url)
    english.get_by_role("link", name="New Catalyst").click()
    english.get_by_role("button", name="Translate").click()
    expect(english.locator(".unit")).to_have_count(30)
    expect(english.locator(".editor-head")).to_contain_text("English → Simplified Chinese")


def test_an_article_is_aligned_with_its_counterpart(english: Page, url: str):
    english.goto(url)
    english.get_by_role("link", name="New Catalyst").click()
    expect(english.locator("select[name=counterpart] option").first).to_have_text(
        "新型催化剂有望使绿氢成本降低三分之一"
    )
    english.get_by_role("button", name="Align").click()
    expect(english.locator(".summary")).to_contain_text("one to one")
    assert english.locator(".alignment tbody tr").count() > 20


def test_the_alignment_shows_shapes_and_scores(english: Page, url: str):
    english.goto(f"{url}/bitexts/2/alignment")
    expect(english.locator(".summary")).to_contain_text("Mean score 0.")
    expect(english.locator(".irregular .shape").first).to_have_text("2–1")


def test_terms_are_found_as_one_types(english: Page, url: str):
    english.goto(f"{url}/terms/")
    english.get_by_role("searchbox").press_sequentially("一带一路", delay=20)
    expect(english.locator("#found")).to_contain_text("Belt and Road Initiative")
    english.get_by_role("searchbox").fill("SKAO")
    expect(english.locator("#found tbody tr")).to_have_count(1)
    english.locator("#found tbody a").click()
    expect(english.locator("h1")).to_have_text("Square Kilometre Array Observatory")
    expect(english.locator("main")).to_contain_text("平方公里阵列")


def test_a_page_that_is_not_there_says_so(chinese: Page, url: str):
    for path, message in (("/bitexts/99", "工作台中没有双语文本 99。"), ("/x", "工作台中没有这个页面。")):
        assert present(chinese.goto(url + path)).status == 404
        expect(chinese.get_by_role("alert")).to_have_text(message)


def test_a_desk_that_was_taken_away_is_a_page_not_a_trace(english: Page, url: str, desk_path: Path):
    desk_path.rename(desk_path.with_suffix(".away"))
    assert present(english.goto(url)).status == 400
    expect(english.get_by_role("alert")).to_contain_text("There is no desk")
