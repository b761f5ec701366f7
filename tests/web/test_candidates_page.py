"""Candidates for the term base in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus.bitexts.operations import Action
from glossary.concepts import ConceptState
from tests.accessibility import assert_accessible
from workbench.desk import Desk
from workbench.services.alignment import rearrange_bitext

LABORATORY = 2


@pytest.fixture
def confirmed(desk_path: Path):
    """The demonstration's alignment, all of it accepted."""
    with Desk.open(desk_path) as desk:
        bitext = desk.bitexts.get(LABORATORY)
        last = desk.bitexts.units(LABORATORY)[-1]
        rearrange_bitext(desk, LABORATORY, bitext.revision, Action("accept-above", unit=last.id))


def take(page: Page, url: str, button: str) -> None:
    page.goto(f"{url}/candidates/")
    page.get_by_role("button", name=button).click()
    expect(page.locator("table.candidates")).to_be_visible(timeout=30_000)


def test_three_candidates_are_accepted_by_one_key_each(english: Page, url: str, desk_path: Path, confirmed):
    take(english, url, "Extract candidates")
    rows = english.locator("table.candidates tbody tr")
    names = [rows.nth(number).locator("th").inner_text() for number in range(3)]
    for number in range(3):
        expect(rows.nth(number).get_by_role("button")).to_be_focused()
        english.keyboard.press("Enter")
        expect(rows.nth(number).get_by_role("link", name="proposed")).to_be_visible()
    with Desk.open(desk_path) as desk:
        for name in names:
            (concept,) = [each for each in desk.termbase.search(name) if any(term.text == name for term in each.terms)]
            assert concept.state is ConceptState.PROPOSED
            assert concept.in_language("zh-Hans")
    english.reload()
    expect(rows.nth(0).get_by_role("link", name="proposed")).to_be_visible()
    expect(rows.nth(3).get_by_role("button")).to_be_focused()


def test_without_confirmed_units_there_is_nothing_to_take(chinese: Page, url: str):
    chinese.goto(f"{url}/candidates/")
    expect(chinese.locator("main")).to_contain_text("尚无")


@pytest.mark.parametrize(("locale", "scheme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_the_pages_are_accessible(browser: Browser, url: str, confirmed, locale, scheme):
    page = browser.new_context(locale=locale, color_scheme=scheme).new_page()
    take(page, url, "Extract candidates" if locale == "en-US" else "提取候选术语")
    for _ in range(2):
        assert_accessible(page)
        page.goto(f"{url}/candidates/")
