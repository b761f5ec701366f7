"""The units in which terms stand, in a real browser: on the entry of a concept, and for a bitext."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from glossary.concepts import Concept, Status, Term
from tests.accessibility import Scheme, assert_accessible
from workbench.desk import Desk
from workbench.services.unit_editing import save_unit

LABORATORY = 2


@pytest.fixture
def wrong(desk_path: Path) -> str:
    """A concept that the demonstration's alignment names rightly once, and once by a term that is not to be used."""
    terms = (Term("en", "sorghum"), Term("zh-Hans", "蜀黍"), Term("zh-Hans", "高粱", Status.DEPRECATED))
    with Desk.open(desk_path) as desk:
        for found in desk.termbase.search("sorghum"):
            desk.termbase.remove(found.uid, found.version)
        desk.termbase.add(Concept("c-sorghum", terms))
        unit = next(unit for unit in desk.bitexts.units(LABORATORY) if any("高粱" in text for text in unit.target))
        save_unit(desk, unit.id, unit.version, "<i>蜀黍</i>", confirm=False)
    return "c-sorghum"


def test_an_entry_lists_the_units_and_leads_to_them(english: Page, url: str, wrong: str):
    english.goto(f"{url}/terms/{wrong}")
    units = english.locator("#units")
    units.scroll_into_view_if_needed()
    expect(units).to_contain_text(re.compile(r"\d+ units: 1 correct, [1-9]\d* with problems"))
    expect(units.locator("mark.hit:not(.wrong)", has_text="蜀黍")).to_be_visible()
    units.get_by_role("link", name="with problems").click()
    expect(units.get_by_role("link", name="with problems")).to_have_attribute("aria-current", "page")
    expect(units).not_to_contain_text("<i>")
    expect(units.locator("mark.wrong", has_text="高粱").first).to_be_visible()
    expect(english).to_have_url(re.compile(f"/terms/{wrong}$"))
    units.get_by_role("link", name="Unit").first.click()
    expect(english.locator(".unit .source", has_text=re.compile("sorghum", re.I)).first).to_be_visible()


def test_a_bitext_lists_what_is_wrong(chinese: Page, url: str, wrong: str):
    chinese.goto(f"{url}/bitexts/{LABORATORY}")
    chinese.get_by_text("更多", exact=True).click()
    chinese.get_by_role("link", name="译文中的术语").click()
    expect(chinese.locator(".problems li", has_text="译成了不推荐的术语").first).to_be_visible()
    chinese.get_by_role("link", name="全部").click()
    expect(chinese.locator("mark.hit", has_text="联合实验室").first).to_be_visible()


def test_without_script_an_entry_has_a_link_to_its_units(browser: Browser, url: str, wrong: str):
    context = browser.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/terms/{wrong}")
    page.get_by_role("link", name="Find occurrences").click()
    page.get_by_role("link", name="with problems").click()
    expect(page.locator("mark.wrong").first).to_be_visible()
    context.close()


@pytest.mark.parametrize(("locale", "scheme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_the_pages_are_accessible(browser: Browser, url: str, wrong: str, locale: str, scheme: Scheme):
    context = browser.new_context(locale=locale, color_scheme=scheme)
    page = context.new_page()
    for path in (f"/terms/{wrong}", f"/terms/{wrong}/units?show=wrong", f"/bitexts/{LABORATORY}/terms?show=all"):
        page.goto(url + path)
        page.locator("#units, ol.checked").first.scroll_into_view_if_needed()
        expect(page.locator("ol.checked")).to_be_visible()
        assert_accessible(page)
    context.close()
