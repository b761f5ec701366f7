"""The arrangement of the editor: the active unit in the middle, what belongs to it beside it, the rest as text."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.articles import Article, Paragraph
from tests.accessibility import assert_accessible
from tests.present import present
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation


@pytest.fixture
def bitext(desk_path: Path) -> int:
    """One of 120 units of one line: three pages."""
    with Desk.open(desk_path) as desk:
        sentences = tuple(f"Sentence {number} is here." for number in range(1, 121))
        id, _ = desk.articles.add(Article("en", "A Long One", (Paragraph(sentences),)))
        return begin_translation(desk, id, "zh-Hans")


def units_in_view(page: Page) -> int:
    """How many units stand between the head and the bar of keys, whole."""
    return page.evaluate("""() => {
      const top = document.querySelector(".filter-bar").getBoundingClientRect().bottom;
      const bottom = document.querySelector(".key-bar").getBoundingClientRect().top;
      return [...document.querySelectorAll(".unit")].map(each => each.getBoundingClientRect())
        .filter(each => each.top >= top && each.bottom <= bottom).length;
    }""")


def middle(page: Page) -> float:
    """Where the middle of the active unit is, from 0 at the top of the window to 1 at its bottom."""
    return page.evaluate("""() => {
      const { top, bottom } = document.querySelector("[data-active]").getBoundingClientRect();
      return (top + bottom) / 2 / innerHeight;
    }""")


def test_the_active_unit_is_in_the_middle_and_the_others_are_text(english: Page, url: str, bitext: int):
    english.set_viewport_size({"width": 1440, "height": 900})
    english.goto(f"{url}/bitexts/{bitext}")
    expect(english.locator(".unit[value='1'] textarea")).to_be_focused()
    assert units_in_view(english) >= 11
    for _ in range(15):
        english.keyboard.press("Alt+ArrowDown")
    expect(english.locator(".unit[value='16'] textarea")).to_be_focused()
    assert 1 / 3 <= middle(english) <= 2 / 3
    assert units_in_view(english) >= 11
    # A finished unit is two lines at most.
    english.keyboard.insert_text("很长的译文。" * 60)
    english.keyboard.press("Control+Enter")
    expect(english.locator(".unit[value='17'] textarea")).to_be_focused()
    expect(english.locator(".unit[value='16']")).to_have_attribute("data-state", "translated")
    line = english.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('[value=\"16\"] textarea')).lineHeight)"
    )
    assert present(english.locator(".unit[value='16'] textarea").bounding_box())["height"] <= 2.5 * line
    expect(english.locator(".unit[value='16'] .mark")).to_have_attribute("aria-label", "confirmed")
    assert_accessible(english)


def test_the_pane_is_beside_the_unit_or_below_its_target(english: Page, url: str, bitext: int):
    english.set_viewport_size({"width": 1100, "height": 800})
    english.goto(f"{url}/bitexts/{bitext}")
    pane, text = english.locator("[data-active] .pane"), english.locator("[data-active] textarea")
    expect(pane.get_by_role("tab", name="Suggestions")).to_have_attribute("aria-selected", "true")
    beside, field = present(pane.bounding_box()), present(text.bounding_box())
    assert beside["x"] >= field["x"] + field["width"]
    english.set_viewport_size({"width": 1090, "height": 800})
    below, field = present(pane.bounding_box()), present(text.bounding_box())
    assert below["y"] >= field["y"] + field["height"]
    english.keyboard.press("Alt+y")
    expect(pane).to_contain_text("No earlier version.")
    expect(text).to_be_focused()
    english.keyboard.press("Alt+ArrowDown")
    expect(english.locator(".unit[value='2'] .pane")).to_contain_text("No earlier version.")


def test_units_are_filtered_and_worked_through(english: Page, url: str, bitext: int):
    english.goto(f"{url}/bitexts/{bitext}")
    english.keyboard.type("未存")
    english.keyboard.press("Alt+f")
    english.keyboard.type("7 IS here")
    english.keyboard.press("Enter")
    expect(english.locator(".unit")).to_have_count(12)
    expect(english.locator(".unit[value='7'] textarea")).to_be_focused()
    expect(english.locator(".filter-bar")).to_contain_text("12 units")
    english.keyboard.type("第七句。")
    english.keyboard.press("Control+Enter")
    expect(english.locator(".unit[value='17'] textarea")).to_be_focused()
    english.get_by_role("link", name="Show all units").click()
    expect(english.locator(".unit")).to_have_count(50)
    expect(english.locator(".unit[value='1'] textarea")).to_have_value("未存")
    expect(english.locator(".unit[value='7'] textarea")).to_have_value("第七句。")


def test_the_open_ones_of_a_filter_are_paged_without_a_gap(english: Page, url: str, bitext: int):
    """Whoever confirms all of a page takes them out of the filter; the next page begins behind them all the same."""
    english.goto(f"{url}/bitexts/{bitext}?stage=open")
    expect(english.locator(".unit")).to_have_count(50)
    with english.expect_response(lambda answer: "/units/" in answer.url and answer.request.method == "POST"):
        english.locator(".unit[value='50'] textarea").fill("好。")
        english.keyboard.press("Control+Enter")
    expect(english.locator(".unit[value='51'] textarea")).to_be_focused()
    expect(english.locator(".unit")).to_have_count(50)
    english.keyboard.press("Alt+ArrowUp")
    expect(english.locator(".unit[value='49'] textarea")).to_be_focused()


def test_a_step_is_undone_where_it_was_and_said(english: Page, url: str, bitext: int):
    english.goto(f"{url}/bitexts/{bitext}")
    english.keyboard.type("一")
    english.keyboard.press("Control+Enter")
    expect(english.locator(".unit[value='1']")).to_have_attribute("data-state", "translated")
    english.keyboard.press("Alt+g")
    english.keyboard.type("100")
    english.keyboard.press("Enter")
    expect(english.locator(".unit[value='100'] textarea")).to_be_focused()
    english.keyboard.press("Alt+z")
    expect(english.locator(".unit[value='1'] textarea")).to_be_focused()
    expect(english.locator(".unit[value='1'] textarea")).to_have_value("")
    expect(english.locator("#announcement")).to_have_text("Undone: change in the editor, unit 1")
    english.keyboard.press("Alt+Shift+z")
    expect(english.locator(".unit[value='1'] textarea")).to_have_value("一")
    expect(english.locator(".steps button").first).to_have_attribute("title", "Undo: change in the editor, unit 1")


def test_the_keys_of_another_program_are_chosen_once(chinese: Page, url: str, bitext: int):
    chinese.goto(f"{url}/bitexts/{bitext}")
    chinese.keyboard.press("Alt+h")
    sheet = chinese.locator(".key-sheet")
    expect(sheet).to_be_visible()
    assert_accessible(chinese)
    sheet.get_by_label("键位方案").select_option("memoQ, Phrase")
    chinese.keyboard.press("Escape")
    expect(chinese.locator(".unit[value='1'] textarea")).to_be_focused()
    chinese.reload()
    expect(chinese.locator(".unit[value='1'] textarea")).to_be_focused()
    chinese.keyboard.press("Control+ArrowDown")
    expect(chinese.locator(".unit[value='2'] textarea")).to_be_focused()
    expect(chinese.locator(".key-bar")).to_contain_text("Ctrl+↓")


def test_a_hit_of_the_concordance_is_put_in_by_its_number(english: Page, url: str):
    """The second bitext of the demonstration is confirmed here, so that the memory has something."""
    english.goto(f"{url}/bitexts/2")
    source = english.locator(".unit[value='1'] textarea").input_value()
    english.keyboard.press("Control+Enter")
    expect(english.locator(".unit[value='1']")).to_have_attribute("data-state", "translated")
    english.goto(f"{url}/bitexts/1")
    english.keyboard.insert_text(source[:6])
    english.keyboard.press("Control+a")
    english.keyboard.press("Alt+k")
    expect(english.locator("[data-active] .hits .offered").first).to_contain_text(source)
    english.keyboard.press("Alt+1")
    expect(english.locator("[data-active] textarea")).to_have_value(source)


def test_units_are_commented_and_found_again_by_key(english: Page, url: str, bitext: int):
    english.goto(f"{url}/bitexts/{bitext}")
    for _ in range(2):
        english.keyboard.press("Alt+ArrowDown")
    english.keyboard.press("Alt+m")
    expect(english.locator("[data-active] .remarks textarea")).to_be_focused()
    english.keyboard.type("<b>Which laboratory?</b>")
    english.keyboard.press("Control+Enter")
    expect(english.locator("[data-active] .comment-text")).to_have_text("<b>Which laboratory?</b>")
    english.keyboard.press("Escape")
    expect(english.locator(".unit[value='3'] textarea").first).to_be_focused()
    expect(english.locator(".unit[value='3']")).to_have_attribute("data-state", "initial")
    english.keyboard.press("Alt+g")
    english.keyboard.type("60")
    english.keyboard.press("Enter")
    expect(english.locator(".unit[value='60'] textarea").first).to_be_focused()
    english.keyboard.press("Alt+Shift+m")
    expect(english.locator(".unit[value='3'] textarea").first).to_be_focused()
    expect(english.locator(".unit[value='3'] .remarked")).to_contain_text("1 comment")
    english.get_by_role("link", name="Comments", exact=True).first.click()
    expect(english.locator(".unit")).to_have_count(1)


def test_findings_are_told_and_gone_to(english: Page, url: str):
    """In the letter, the first unit has the term “Young Scientists”."""
    english.goto(f"{url}/bitexts/1")
    english.keyboard.insert_text("致年轻人的一封信")
    english.keyboard.press("Alt+Enter")
    first = english.locator(".unit[value='1']")
    expect(first.locator(".findings-count")).to_have_text("1 finding")
    first.locator(".findings-count").click()
    expect(first.locator(".found")).to_contain_text("missing in the translation: Young Scientists → 青年科学家")
    english.locator(".unit[value='9'] textarea").first.click()
    english.keyboard.press("Alt+j")
    expect(english.locator(".unit[value='1'] textarea").first).to_be_focused()
    english.keyboard.press("Control+a")
    english.keyboard.insert_text("致青年科学家的一封信")
    english.keyboard.press("Alt+Enter")
    expect(first.locator(".found")).to_contain_text("Nothing was found.")
    english.keyboard.press("Alt+j")
    expect(first.locator(".saving")).to_have_text("No unit has a finding.")
