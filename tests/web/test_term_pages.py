"""The term base in a real browser: found, edited, reviewed, restored, imported and exported."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from glossary.concepts import Concept, ConceptState, Term
from tests.accessibility import Scheme, assert_accessible
from workbench.desk import Desk
from workbench.services.term_recognition import recogniser_for

PAGES = ["/terms/", "/terms/?q=ydyl&state=approved", "/terms/c-bri", "/terms/c-bri/edit", "/terms/new",
         "/terms/coverage", "/terms/import", "/terms/print?q=belt"]  # fmt: skip
SHEET = "en,zh-CN,Remark\n<b>rice</b>,水稻,x\nBelt and Road Initiative,一带一路,y\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "<i>list.csv"
    path.write_text(SHEET, "utf-8")
    return path


def send(page: Page, url: str, path: Path) -> None:
    page.goto(f"{url}/terms/import")
    page.set_input_files("input[type=file]", path)
    page.locator("form.upload button").click()
    page.wait_for_url("**/terms/import/*", timeout=0)


def accessible(page: Page) -> None:
    assert_accessible(page)


def concept(desk_path: Path, uid: str) -> Concept:
    with Desk.open(desk_path) as desk:
        return desk.termbase.get(uid)


def change(desk_path: Path, uid: str, **fields: Any) -> None:
    with Desk.open(desk_path, user="Wang") as desk:
        desk.termbase.revise(replace(desk.termbase.get(uid), **fields))


@pytest.mark.parametrize(("locale", "scheme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_the_pages_are_accessible(
    browser: Browser, url: str, desk_path: Path, sheet: Path, scheme: Scheme, locale: str
):
    change(desk_path, "c-bri", note="changed")
    context = browser.new_context(locale=locale, color_scheme=scheme)
    page = context.new_page()
    for path in PAGES:
        page.goto(url + path)
        accessible(page)
    send(page, url, sheet)
    accessible(page)
    context.close()


def test_two_who_edit_the_same_see_both(chinese: Page, url: str, desk_path: Path):
    chinese.goto(f"{url}/terms/c-bri/edit")
    change(desk_path, "c-bri", note="Wang's <b>note</b>")
    chinese.get_by_label("领域").fill("mine")
    chinese.get_by_role("button", name="保存").click()
    expect(chinese.get_by_role("alert")).to_contain_text("Wang's <b>note</b>")
    assert concept(desk_path, "c-bri").subject != "mine"
    chinese.get_by_role("button", name="保存").click()
    expect(chinese.locator(".concept-state")).to_be_visible()
    assert (concept(desk_path, "c-bri").subject, concept(desk_path, "c-bri").version) == ("mine", 3)


def test_a_form_keeps_what_it_does_not_change(english: Page, url: str, desk_path: Path):
    before = concept(desk_path, "c-bri")
    english.goto(f"{url}/terms/c-bri/edit")
    english.get_by_role("button", name="Save").click()
    expect(english.locator(".concept-state")).to_be_visible()
    after = concept(desk_path, "c-bri")
    assert (after, after.state) == (before, ConceptState.APPROVED)


def test_keys_add_terms_but_not_while_composing(english: Page, url: str):
    english.goto(f"{url}/terms/new")
    field = english.get_by_role("region", name="Chinese").get_by_label("Term", exact=True)
    field.press("Alt+a")
    expect(field).to_have_count(2)
    expect(field.nth(1)).to_be_focused()
    field.nth(1).dispatch_event("keydown", {"key": "Enter", "ctrlKey": True, "isComposing": True, "bubbles": True})
    field.nth(1).dispatch_event("keydown", {"code": "KeyA", "altKey": True, "keyCode": 229, "bubbles": True})
    expect(field).to_have_count(2)
    expect(english).to_have_url(re.compile("/terms/new$"))


def test_a_rejection_needs_a_reason(chinese: Page, url: str, desk_path: Path):
    chinese.goto(f"{url}/terms/c-bri")
    chinese.get_by_role("button", name="拒绝").click()
    expect(chinese.get_by_role("alert")).to_have_text("拒绝须说明原因：请写给提出者看。")
    chinese.goto(f"{url}/terms/c-bri")
    chinese.get_by_label("原因").fill("重复")
    chinese.get_by_role("button", name="拒绝").click()
    expect(chinese.locator(".concept-state")).to_have_text("已拒绝")
    with Desk.open(desk_path) as desk:
        found = recogniser_for(desk, "en").find("Belt and Road Initiative")
        assert "c-bri" not in [uid for occurrence in found for uid in occurrence.concepts]


def test_a_selection_is_changed_at_once(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/terms/?q=belt")
    english.get_by_label("Select all", exact=True).check()
    english.get_by_label("Subject").last.fill("new subject")
    english.get_by_role("button", name="Set subject").click()
    expect(english).to_have_url(re.compile(r"q=belt"))
    rows = english.locator("tbody tr")
    expect(rows.filter(has_text="new subject")).to_have_count(rows.count())
    expect(rows.first).to_contain_text("under review")
    english.get_by_label("Select all", exact=True).check()
    english.get_by_role("button", name="Approve").click()
    expect(rows.first).to_contain_text("approved")


def test_facets_narrow_the_list(english: Page, url: str, desk_path: Path):
    with Desk.open(desk_path) as desk:
        desk.termbase.add(Concept("c-x", (Term("en", "only English"),), "sub", state=ConceptState.PROPOSED))
        desk.termbase.subject_tree.put("sub", "above")
    english.goto(f"{url}/terms/")
    english.get_by_label("Without a term in").select_option("zh-Hans")
    expect(english.locator("tbody tr")).to_have_count(1)
    english.get_by_label("Subject").first.select_option("above")
    expect(english.locator("tbody tr")).to_contain_text("only English")
    english.get_by_label("Review state").select_option("approved")
    expect(english.locator("#found")).to_contain_text("No matching concepts")


def test_an_import_is_looked_at_mapped_and_remembered(english: Page, url: str, desk_path: Path, sheet: Path):
    send(english, url, sheet)
    expect(english.locator("h1")).to_have_text("<i>list.csv")
    expect(english.locator("dl")).to_contain_text(re.compile(r"new\s*1.*conflicting.*1", re.S))
    english.get_by_label("Remark").select_option("subject")
    english.get_by_role("button", name="Update preview").click()
    english.get_by_label("Skip").check()
    with Desk.open(desk_path) as desk:
        before = desk.termbase.count()
    english.get_by_role("button", name="Import").click()
    expect(english).to_have_url(re.compile(r"/terms/imports/\d+$"), timeout=0)
    expect(english.locator("dl")).to_contain_text(re.compile(r"new\s*1.*skipped\s*1", re.S))
    with Desk.open(desk_path) as desk:
        assert desk.termbase.count()[0] == before[0] + 1
    send(english, url, sheet)
    expect(english.get_by_label("Remark")).to_have_value("subject")
    english.get_by_role("button", name="Discard").click()
    assert list(desk_path.parent.glob(".*-sent-*")) == []


def test_without_script(browser: Browser, url: str, desk_path: Path):
    context = browser.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/terms/?q=ydyl")
    page.locator("#found a", has_text="Belt").first.click()
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("region", name="Chinese").get_by_label("Term", exact=True).last.fill("新的术语")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="Chinese")).to_contain_text("新的术语")
    context.close()
