"""Completion while typing: how a term, a match or a draft would go on stands behind the caret."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.articles import Article, Paragraph
from corpus.memory import Entry
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation


@pytest.fixture
def bitext(desk_path: Path) -> int:
    """Its first unit has a term, and a match."""
    with Desk.open(desk_path) as desk:
        sentence = "Young scientists met in Nairobi on Monday."
        id, _ = desk.articles.add(Article("en", "News", (Paragraph((sentence, "Yes.")),)))
        desk.memory.remember(Entry("en", "zh-Hans", sentence, "青年科学家周一在内罗毕会面。"))
        return begin_translation(desk, id, "zh-Hans")


def test_terms_and_matches_complete_what_is_typed(english: Page, url: str, bitext: int):
    english.goto(f"{url}/bitexts/{bitext}")
    unit, ghost = english.locator(".unit[value='1']"), english.locator("[data-active] .ghost .rest")
    expect(unit.locator(".offers.memory button")).to_have_count(1)
    english.keyboard.insert_text("青")
    expect(ghost).to_have_text("年科学家")
    english.keyboard.press("Tab")
    expect(unit.locator("textarea").first).to_have_value("青年科学家")
    # The match goes on from here; a word of it is taken, as ICU cuts Chinese.
    expect(ghost).to_have_text("周一在内罗毕会面。")
    english.keyboard.press("Alt+ArrowRight")
    expect(unit.locator("textarea").first).to_have_value("青年科学家周一")
    english.keyboard.press("Escape")
    expect(english.locator("[data-active] .ghost")).to_be_hidden()
    # Without anything to take, Tab goes on; the browser's undo takes back what Tab put in.
    english.keyboard.press("Control+z")
    expect(unit.locator("textarea").first).to_have_value("青年科学家")
    english.keyboard.press("Control+a")
    english.keyboard.insert_text("没有")
    english.keyboard.press("Tab")
    expect(unit.locator("textarea").first).not_to_be_focused()
    expect(unit.locator("textarea").first).to_have_value("没有")


def test_nothing_completes_what_an_input_method_composes(english: Page, url: str, bitext: int):
    english.goto(f"{url}/bitexts/{bitext}")
    expect(english.locator(".unit[value='1'] .offers.memory button")).to_have_count(1)
    session = english.context.new_cdp_session(english)
    session.send("Input.imeSetComposition", {"text": "青", "selectionStart": 1, "selectionEnd": 1})
    expect(english.locator("[data-active] textarea").first).to_have_value("青")
    expect(english.locator("[data-active] .ghost")).to_be_hidden()
    session.send("Input.insertText", {"text": "青"})
    expect(english.locator("[data-active] .ghost .rest")).to_have_text("年科学家")
