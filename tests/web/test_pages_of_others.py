"""What others do in a bitext is seen on an open page of it, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.web.test_editor import LETTER, target, unit
from workbench.desk import Desk
from workbench.services.unit_editing import save_unit


def test_what_others_write_and_where_they_are_is_seen(english: Page, chinese: Page, url: str, desk_path: Path):
    """What is unsent stays, the caret too; what is not is replaced in silence."""
    for page, name in ((english, "Chen"), (chinese, "<i>王</i>")):
        page.request.post(f"{url}/me", form={"name": name, "back": "/"})
        page.goto(f"{url}/bitexts/{LETTER}")
    target(chinese, 1).fill("致青年科学家的信")
    target(chinese, 2).focus()
    expect(target(english, 1)).to_have_value("致青年科学家的信")
    expect(unit(english, 2).locator(".presence")).to_have_text("<i>王</i> is here")
    expect(unit(chinese, 1).locator(".presence")).to_have_text("Chen 在此")
    expect(english.locator(".presence")).to_have_count(1)

    target(english, 1).evaluate("field => { field.focus(); field.setSelectionRange(6, 6); }")
    target(english, 3).evaluate("field => { field.value = '没有发出的'; }")
    with Desk.open(desk_path, user="Li") as desk:
        units = desk.bitexts.units(LETTER)
        save_unit(desk, units[0].id, units[0].version, "写给青年科学家的信", confirm=True)
        save_unit(desk, units[2].id, units[2].version, "李写的", confirm=False)
    expect(target(english, 1)).to_have_value("写给青年科学家的信")
    expect(unit(english, 1).locator(".state")).to_have_text("confirmed")
    assert target(english, 1).evaluate("field => [field.selectionStart, document.activeElement === field]") == [7, True]
    expect(english.locator(".top .progress .count")).to_have_text("1 / 37")
    expect(target(english, 3)).to_have_value("没有发出的")
    target(english, 3).press("Control+Enter")
    expect(unit(english, 3).locator(".theirs")).to_have_text("李写的")
