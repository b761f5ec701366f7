"""A reviewer's day in a real browser, by keyboard: approve, correct, return with a comment, approve the rest."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.text import languages
from tests.accessibility import assert_accessible
from workbench.desk import Desk
from workbench.services.unit_editing import save_unit


@pytest.fixture
def confirmed(desk_path: Path) -> Path:
    """A desk in which Wang has confirmed the first five units of the aligned bitext."""
    with Desk.open(desk_path, "Wang") as desk:
        for unit in desk.bitexts.units(2, 0, 5):
            save_unit(desk, unit.id, unit.version, languages.join(unit.target, "zh-Hans"), confirm=True)
    return desk_path


def states(path: Path) -> list[str]:
    with Desk.open(path) as desk:
        return [unit.state.value for unit in desk.bitexts.units(2, 0, 5)]


def test_a_reviewer_works_by_keyboard_alone(english: Page, confirmed: Path, url: str):
    page = english
    page.goto(f"{url}/bitexts/2/review")
    page.get_by_label("Your name, for the history").fill("CHEN Xiao")
    page.get_by_role("button", name="Keep my name").click()
    expect(page.get_by_role("link", name="CHEN Xiao")).to_be_visible()
    text = page.locator(".current textarea[name=text]")
    expect(text).to_be_focused()
    expect(page.locator(".current .number")).to_have_text("1")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)

    page.keyboard.press("Control+Enter")
    expect(page.locator(".current .number")).to_have_text("2")
    expect(text).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("完")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".current .number")).to_have_text("3")
    expect(page.locator("li[value='2'] ins")).to_have_text("完")

    expect(text).to_be_focused()
    page.keyboard.press("Alt+R")
    expect(page.locator(".current textarea[name=comment]")).to_be_focused()
    page.keyboard.type("Who says so?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".current .number")).to_have_text("4")
    expect(page.locator("li[value='3'] .returned")).to_be_visible()

    expect(text).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".current")).to_contain_text("Who says so?")
    page.keyboard.press("Alt+N")
    expect(page.locator(".current .number")).to_have_text("4")
    page.get_by_role("button", name="Approve all units above that I have read: 2").click()
    expect(page.locator(".review-figures")).to_contain_text("0 units to review")
    assert states(confirmed) == ["reviewed", "reviewed", "initial", "reviewed", "reviewed"]
