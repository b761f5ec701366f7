"""What is typed and not in the desk yet outlives the page, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.web.test_editor import many_units, target, unit  # noqa: F401
from tests.web.test_typing_ahead import targets
from workbench.desk import Desk
from workbench.services.unit_editing import save_unit

CONFLICTS = "Changed elsewhere as well: 1"


def test_unsent_texts_outlive_the_page_and_are_sent_by_the_next_one(
    english: Page,
    url: str,
    desk_path: Path,
    many_units: int,  # noqa: F811
):
    """Another page of the bitext sends what a page that is gone could not, or shows the conflict."""
    english.goto(f"{url}/bitexts/{many_units}?page=2")
    english.context.set_offline(True)
    target(english, 1).focus()
    english.keyboard.type("断线时确认的")
    english.keyboard.press("Control+Enter")
    english.keyboard.type("写到一半")
    english.close()
    with Desk.open(desk_path, user="Wang") as desk:
        second = desk.bitexts.units(many_units)[51]
        save_unit(desk, second.id, second.version, "王写的", confirm=False)

    page = english.context.new_page()
    english.context.set_offline(False)
    page.goto(f"{url}/bitexts/{many_units}?page=1")
    waiting = page.locator(".unsaved")
    expect(waiting).to_contain_text(CONFLICTS)
    # A reload asks nothing and loses nothing.
    page.reload()
    expect(waiting).to_contain_text(CONFLICTS)
    waiting.get_by_role("button").click()
    expect(target(page, 2)).to_have_value("写到一半")
    expect(unit(page, 2).locator(".theirs")).to_have_text("王写的")
    unit(page, 2).get_by_role("button", name="Keep mine").click()
    expect(unit(page, 2).locator(".saving")).to_have_text("saved")
    expect(unit(page, 1).locator(".state")).to_have_text("confirmed")
    expect(waiting).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('unsent'))") == []
    assert targets(desk_path, many_units, 52)[50:] == [("断线时确认的", "translated"), ("写到一半", "initial")]
