"""Keys of the editor that act on a unit or go to one, in a real browser; those of an input method are none of ours."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus.articles import Article, Paragraph
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import undo_step

FIRST = "In 2015 LIGO measured 4,000 mRNA samples for the 20th time, see https://ligo.org/data."
STAYS = "2015 LIGO 4,000 mRNA 20 https://ligo.org/data"


@pytest.fixture
def bitext(desk_path: Path) -> int:
    """One of 60 units: two pages."""
    with Desk.open(desk_path) as desk:
        sentences = (FIRST, *(f"Sentence {number} is here." for number in range(2, 61)))
        article, _ = desk.articles.add(Article("en", "Sixty", (Paragraph(sentences),)))
        return begin_translation(desk, article, "zh-Hans")


def unit(page: Page, number: int) -> Locator:
    return page.locator(f".unit[value='{number}']")


def target(page: Page, number: int) -> Locator:
    return unit(page, number).locator("textarea")


def begin(page: Page, url: str, bitext: int) -> None:
    page.goto(f"{url}/bitexts/{bitext}")
    expect(target(page, 1)).to_be_focused()


def state(path: Path, bitext: int) -> tuple[str, str, list[str]]:
    """The text and state of the first unit, and what the memory has of it."""
    with Desk.open(path) as desk:
        first = desk.bitexts.units(bitext)[0]
        known = [match.entry.target for match in desk.memory.lookup(FIRST, "en", "zh-Hans")]
    return "".join(first.target), first.state.value, known


def test_a_unit_is_confirmed_without_leaving_it_and_unconfirmed(english: Page, url: str, desk_path: Path, bitext: int):
    begin(english, url, bitext)
    english.keyboard.type("第一句。")
    english.keyboard.press("Alt+Enter")
    expect(unit(english, 1).locator(".state")).to_have_text("confirmed")
    expect(target(english, 1)).to_be_focused()
    assert state(desk_path, bitext) == ("第一句。", "translated", ["第一句。"])
    english.keyboard.press("Alt+u")
    expect(unit(english, 1).locator(".state")).to_have_text("draft")
    expect(english.locator("#announcement")).to_have_text("Unit is a draft again")
    expect(english.locator(".editor-head .progress .count")).to_have_text("0 / 60")
    expect(target(english, 1)).to_be_focused()
    assert state(desk_path, bitext) == ("第一句。", "initial", [])
    with Desk.open(desk_path) as desk:
        undo_step(desk, bitext, desk.bitexts.get(bitext).revision)
    assert state(desk_path, bitext) == ("第一句。", "translated", ["第一句。"])


def test_unconfirming_is_kept_while_the_desk_is_away(english: Page, url: str, desk_path: Path, bitext: int):
    begin(english, url, bitext)
    english.keyboard.type("第一句。")
    english.keyboard.press("Alt+Enter")
    expect(unit(english, 1).locator(".state")).to_have_text("confirmed")
    english.context.set_offline(True)
    english.keyboard.press("Alt+u")
    expect(english.locator(".unsaved")).to_contain_text("Not saved yet: 1")
    english.context.set_offline(False)
    expect(unit(english, 1).locator(".state")).to_have_text("draft")
    assert state(desk_path, bitext)[1] == "initial"


def test_a_unit_is_unconfirmed_without_a_script(browser, url: str, desk_path: Path, bitext: int):
    with browser.new_context(java_script_enabled=False, locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{url}/bitexts/{bitext}")
        target(page, 1).fill("第一句。")
        unit(page, 1).get_by_role("button", name="确认", exact=True).click()
        unit(page, 1).get_by_role("button", name="取消确认").click()
        expect(unit(page, 1).get_by_role("button", name="取消确认")).to_be_hidden()
    assert state(desk_path, bitext) == ("第一句。", "initial", [])


def test_the_source_or_what_stays_of_it_is_copied_and_the_target_cleared(english: Page, url: str, bitext: int):
    begin(english, url, bitext)
    english.keyboard.type("见：。")
    english.keyboard.press("ArrowLeft")
    english.keyboard.press("Alt+n")
    expect(target(english, 1)).to_have_value(f"见：{STAYS}。")
    english.keyboard.press("Alt+s")
    expect(target(english, 1)).to_have_value(FIRST)
    english.keyboard.press("Alt+Delete")
    expect(target(english, 1)).to_have_value("")
    for before in (FIRST, f"见：{STAYS}。", "见：。"):
        english.keyboard.press("Control+z")
        expect(target(english, 1)).to_have_value(before)


def test_names_in_latin_letters_stay_in_a_chinese_source(chinese: Page, url: str, desk_path: Path):
    with Desk.open(desk_path) as desk:
        sentence = "2012年，CERN 的 Large Hadron Collider 发现了质量约125 GeV的粒子，占15%。"
        article, _ = desk.articles.add(Article("zh-Hans", "粒子", (Paragraph((sentence, "没有。")),)))
        bitext = begin_translation(desk, article, "en")
    begin(chinese, url, bitext)
    chinese.keyboard.press("Alt+n")
    expect(target(chinese, 1)).to_have_value("2012 CERN Large Hadron Collider 125 GeV 15%")
    chinese.keyboard.press("Alt+ArrowDown")
    chinese.keyboard.press("Alt+n")
    expect(unit(chinese, 2).locator(".saving")).to_have_text("原文中没有数字或拉丁字母名称")


@pytest.mark.parametrize("key", ["Alt+Enter", "Alt+u", "Alt+s", "Alt+n", "Alt+Delete", "Alt+g"])
def test_a_key_pressed_while_composing_is_the_input_method_s(english: Page, url: str, bitext: int, key: str):
    begin(english, url, bitext)
    client = english.context.new_cdp_session(english)
    client.send("Input.imeSetComposition", {"text": "ju", "selectionStart": 2, "selectionEnd": 2})
    english.keyboard.press(key)
    client.send("Input.insertText", {"text": "句"})
    expect(target(english, 1)).to_have_value("句")
    expect(unit(english, 1).locator(".state")).to_have_text("draft")
    expect(english.locator(".go-to")).to_be_hidden()


@pytest.mark.parametrize(("typed", "number"), [("7", 7), ("57", 57), ("５７", 57), ("999", 60), ("0", 1)])
def test_a_unit_is_gone_to_by_its_number(english: Page, url: str, bitext: int, typed: str, number: int):
    begin(english, url, bitext)
    english.keyboard.press("Alt+g")
    english.keyboard.type(typed)
    english.keyboard.press("Enter")
    expect(target(english, number)).to_be_focused()
    expect(english.locator(".go-to")).to_be_hidden()


def test_escape_leads_from_the_prompt_back_to_the_unit(english: Page, url: str, bitext: int):
    begin(english, url, bitext)
    english.keyboard.press("Alt+g")
    expect(english.locator(".go-to")).to_be_visible()
    english.keyboard.press("Escape")
    expect(target(english, 1)).to_be_focused()


def test_the_border_of_a_page_is_crossed_by_key(english: Page, url: str, bitext: int):
    begin(english, url, bitext)
    target(english, 50).press("Alt+ArrowDown")
    expect(target(english, 51)).to_be_focused()
    english.keyboard.press("Alt+ArrowUp")
    expect(target(english, 50)).to_be_focused()


def test_the_keys_are_printed_and_are_buttons(english: Page, url: str, bitext: int):
    begin(english, url, bitext)
    bar = english.get_by_role("group", name="Keys")
    bar.get_by_role("button", name="copy source").click()
    expect(target(english, 1)).to_have_value(FIRST)
    expect(target(english, 1)).to_be_focused()
    bar.get_by_role("button", name="go to").click()
    expect(english.locator(".go-to input")).to_be_focused()
    english.keyboard.type("3")
    english.keyboard.press("Enter")
    expect(target(english, 3)).to_be_focused()
