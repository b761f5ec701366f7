"""The concordance and the entries of the memory in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.memory import Entry
from tests.accessibility import assert_accessible
from workbench.desk import Desk


@pytest.fixture
def memory(desk_path: Path):
    with Desk.open(desk_path) as desk:
        for source, target in (
            ("The laboratory studies rice.", "该实验室研究水稻。"),
            ("A <b>joint</b> laboratory opened.", "联合实验室成立了。"),
            ("The station is in Antarctica.", "考察站位于南极。"),
        ):
            desk.memory.remember(Entry("en", "zh-Hans", source, target))
        yield desk.memory


def test_what_is_typed_is_found_as_it_is_typed(english: Page, url: str, memory):
    english.goto(f"{url}/memory/search")
    english.get_by_role("searchbox").press_sequentially("实验")
    hits = english.locator(".hits li")
    expect(hits).to_have_count(2)
    expect(hits.first.locator("mark")).to_have_text("实验")
    english.get_by_role("searchbox").fill("LABORATORY")
    expect(hits.first.locator("mark")).to_have_text("laboratory")
    expect(hits.nth(1)).to_contain_text("A <b>joint</b> laboratory opened.")
    english.get_by_role("searchbox").fill("nothing of the kind")
    expect(english.locator("#found")).to_contain_text("Nothing was found in the memory.")


def test_an_entry_is_edited_deleted_and_restored(chinese: Page, url: str, memory):
    (entry,) = [hit.entry for hit in memory.search("Antarctica")]
    chinese.goto(f"{url}/memory/search?q=南极")
    chinese.get_by_role("link", name=re.compile("条目")).click()
    chinese.locator("[name=target]").fill("考察站设在南极。")
    chinese.get_by_role("button", name="保存").click()
    expect(chinese.locator("[name=target]")).to_have_value("考察站设在南极。")
    expect(chinese.locator(".history li")).to_contain_text("考察站位于南极。")
    chinese.get_by_role("button", name="删除").click()
    expect(chinese.get_by_role("status")).to_contain_text("已删除")
    assert memory.search("南极") == []
    chinese.locator(".history li", has_text="位于").get_by_role("button", name="恢复").click()
    expect(chinese.locator("[name=target]")).to_have_value("考察站位于南极。")
    assert memory.get(entry.id).target == "考察站位于南极。"


def test_two_who_edit_one_entry_are_told(english: Page, url: str, memory):
    (entry,) = [hit.entry for hit in memory.search("Antarctica")]
    english.goto(f"{url}/memory/entries/{entry.id}")
    memory.edit(entry.id, entry.version, target="考察站在南极。")
    english.locator("[name=target]").fill("我的译文。")
    english.get_by_role("button", name="Save").click()
    expect(english.locator("main")).to_contain_text("meanwhile")
    assert memory.get(entry.id).target == "考察站在南极。"


def test_the_selection_is_looked_up_from_the_editor(english: Page, url: str, memory):
    english.goto(f"{url}/bitexts/1")
    text = english.locator(".unit textarea").first
    text.fill("这里说到水稻。")
    text.evaluate("area => area.setSelectionRange(4, 6)")
    text.press("Alt+k")
    expect(english.locator("[data-active] .hits .offered").first).to_contain_text("水稻")


def test_a_collection_is_made_and_put_first(english: Page, url: str, memory):
    english.goto(f"{url}/memory/")
    english.get_by_label("New collection").fill("Ministry <1>")
    english.get_by_role("button", name="Add").click()
    row = english.get_by_role("row", name=re.compile("Ministry <1>"))
    row.get_by_role("spinbutton").fill("1")
    row.get_by_role("checkbox").check()
    row.get_by_role("button", name="Save").click()
    expect(english.get_by_role("row", name=re.compile("Ministry <1>")).get_by_role("checkbox")).to_be_checked()
    made = {each.name: each for each in memory.collections()}["Ministry <1>"]
    assert (made.priority, made.read_only) == (1, True)


@pytest.mark.parametrize(("locale", "scheme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_the_pages_are_accessible(browser, url: str, memory, locale, scheme):
    page = browser.new_context(locale=locale, color_scheme=scheme).new_page()
    (entry,) = [hit.entry for hit in memory.search("Antarctica")]
    memory.edit(entry.id, entry.version, target="考察站在南极。")
    for place in ("search?q=南极", f"entries/{entry.id}", ""):
        page.goto(f"{url}/memory/{place}")
        assert_accessible(page)


def test_the_settings_of_the_matches_are_changed(chinese: Page, url: str, memory):
    chinese.goto(f"{url}/memory/")
    chinese.locator("[name=floor]").fill("85")
    chinese.locator("[name=variant]").fill("9")
    chinese.locator("section:has(#settings) button").click()
    expect(chinese.locator("[name=floor]")).to_have_value("85")
    assert (memory.settings().floor, memory.settings().penalties.variant) == (85, 9)
