"""A terminologist's journey in a real browser: from the search by pinyin to a term base that comes back as it went."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from glossary.concepts import Concept, ConceptState
from tests.present import present
from workbench.desk import Desk

LABORATORY = 2
INITIATIVE = "Belt and Road Initiative"


def test_a_terminologist_s_journey(
    english: Page, serve: Callable[..., tuple[object, str]], desk_path: Path, tmp_path: Path, shared: Path
):
    _, url = serve()
    find_by_pinyin(english, url)
    edit_review_approve(english)
    restore(english)
    import_file(english, url, shared / "eval" / "tico19" / "f_en-zh_CN.csv", r"Concepts read\s*\d{3}")
    resolve_a_duplicate(english, url)
    accept_three_candidates(english, url)
    file = export(english, url, tmp_path)

    empty = tmp_path / "empty.db"
    Desk.create(empty).close()
    _, other = serve(empty)
    import_file(english, other, file, r"new\s*\d{3}")
    assert term_base(empty) == term_base(desk_path)


def find_by_pinyin(page: Page, url: str) -> None:
    page.goto(f"{url}/terms/")
    page.get_by_role("searchbox").press_sequentially("yidaiyilu", delay=20)
    page.locator("#found").get_by_role("link", name=INITIATIVE).first.click()
    expect(page.locator("h1")).to_have_text(INITIATIVE)


def edit_review_approve(page: Page) -> None:
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Term", exact=True).first.fill("Belt and Road Scheme")
    page.keyboard.press("Control+Enter")
    state = page.locator(".concept-state")
    expect(state).to_have_text("under review")
    expect(page.locator("del")).to_contain_text(INITIATIVE)
    page.get_by_role("textbox", name="Comment").fill("Who calls it so?")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("region", name="Comments")).to_contain_text("Who calls it so?")
    page.get_by_role("button", name="Approve").click()
    expect(state).to_have_text("approved")
    expect(page.locator("h1")).to_have_text("Belt and Road Scheme")


def restore(page: Page) -> None:
    page.get_by_role("button", name="Restore version 1", exact=True).click()
    expect(page.locator("h1")).to_have_text(INITIATIVE)
    expect(page.get_by_role("region", name="Comments")).to_contain_text("restored version: 1")


def import_file(page: Page, url: str, file: Path, report: str) -> None:
    page.goto(f"{url}/terms/import")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Review import").click()
    page.get_by_role("button", name="Import", exact=True).click(timeout=60_000)
    expect(page).to_have_url(re.compile(r"/terms/imports/\d+$"), timeout=60_000)
    expect(page.locator(".figures")).to_contain_text(re.compile(report))


def resolve_a_duplicate(page: Page, url: str) -> None:
    """A new concept has a term of an imported one, in the other script: it is saved, and takes that one in."""
    page.goto(f"{url}/terms/new")
    page.get_by_role("region", name="English").get_by_label("Term", exact=True).fill(
        "acute inflammation of the bronchi"
    )
    page.get_by_role("region", name="Chinese").get_by_label("Term", exact=True).fill("急性支氣管炎")
    page.get_by_role("button", name="Save").click()
    link = page.get_by_role("alert").get_by_role("link", name="急性支气管炎")
    known = present(link.get_attribute("href"))
    page.get_by_label("It is a different concept").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".concept-state")).to_have_text("proposed")
    kept = page.url
    page.get_by_text("Merge and split").click()
    page.get_by_label("Number of the concept to merge").fill(known.rpartition("/")[2])
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_role("region", name="Chinese")).to_contain_text("急性支气管炎")
    page.goto(url + known)
    expect(page).to_have_url(kept)


def accept_three_candidates(page: Page, url: str) -> None:
    """All units of the demonstration's alignment are accepted, and candidates taken from them."""
    page.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    page.keyboard.press("End")
    page.keyboard.press("Shift+A")
    expect(page.locator("progress").first).to_have_attribute("value", re.compile(r"[1-9]\d"))
    page.goto(f"{url}/candidates/")
    page.get_by_role("button", name="Extract candidates").click()
    rows = page.locator("table.candidates tbody tr")
    expect(rows.first).to_be_visible(timeout=60_000)
    for number in range(3):
        expect(rows.nth(number).get_by_role("button")).to_be_focused()
        page.keyboard.press("Enter")
        expect(rows.nth(number).get_by_role("link", name="proposed")).to_be_visible()


def export(page: Page, url: str, folder: Path) -> Path:
    page.goto(f"{url}/terms/")
    with page.expect_download() as download:
        page.get_by_role("link", name="TBX", exact=True).click()
    path = folder / "all.tbx"
    download.value.save_as(path)
    return path


def term_base(path: Path) -> dict[str, tuple[Concept, ConceptState]]:
    with Desk.open(path) as desk:
        return {concept.uid: (concept, concept.state) for concept in desk.termbase.all()}
