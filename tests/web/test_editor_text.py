"""What is done with the text of a unit beside typing: source put right, case, characters, white space, a new term."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.accessibility import assert_accessible
from workbench.desk import Desk

LETTER = 1


def test_the_source_is_put_right_and_its_terms_follow(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LETTER}")
    unit = english.locator(".unit[value='2']")
    english.keyboard.press("Alt+ArrowDown")
    english.keyboard.press("Alt+e")
    field = unit.locator(".source-field")
    expect(field).to_have_value("Dear young friends,")
    field.fill("Dear young <i>scientists</i>,")
    english.keyboard.press("Escape")
    expect(unit.locator(".source")).to_have_text("Dear young friends,")
    expect(unit.locator("textarea").first).to_be_focused()
    english.keyboard.press("Alt+e")
    field.fill("Dear young scientists,")
    english.keyboard.press("Control+Enter")
    expect(unit.locator(".source mark")).to_have_text("young scientists")
    expect(unit.locator(".offers.terms")).to_contain_text("青年科学家")
    expect(unit.locator("textarea").first).to_be_focused()
    with Desk.open(desk_path) as desk:
        assert desk.bitexts.units(LETTER)[1].source == ("Dear young scientists,",)
        assert desk.undo_log.state(LETTER).undo == "source"
    english.keyboard.press("Alt+z")
    expect(unit.locator(".source")).to_have_text("Dear young friends,")


def test_case_characters_and_white_space_have_keys(english: Page, url: str):
    english.goto(f"{url}/bitexts/{LETTER}")
    target = english.locator(".unit[value='1'] .target textarea")
    english.keyboard.insert_text("the science daily")
    english.keyboard.press("Alt+c")
    expect(target).to_have_value("the science Daily")
    english.keyboard.press("Alt+c")
    expect(target).to_have_value("the science DAILY")
    english.keyboard.press("End")
    english.keyboard.press("Alt+i")
    assert_accessible(english)
    english.get_by_role("button", name="《").click()
    expect(target).to_have_value("the science DAILY《")
    expect(target).to_be_focused()
    english.keyboard.press("Alt+w")
    expect(english.locator("[data-active] .spaces [data-sign]")).to_have_count(2)
    english.keyboard.insert_text("\u3000")
    expect(english.locator("[data-active] .spaces [data-sign='□']")).to_have_count(1)
    english.keyboard.press("Alt+w")
    expect(english.locator("[data-active] .spaces")).to_be_hidden()


def test_a_term_is_added_of_what_is_selected_on_both_sides(english: Page, url: str):
    english.goto(f"{url}/bitexts/{LETTER}")
    english.keyboard.insert_text("地震仪")
    english.locator(".unit[value='6'] .source").evaluate("""source => {
      const at = source.textContent.indexOf("seismograph");
      getSelection().setBaseAndExtent(source.firstChild, at, source.firstChild, at + "seismograph".length);
    }""")
    english.locator(".unit[value='6'] .target textarea").focus()
    english.keyboard.insert_text("地震仪")
    english.keyboard.press("Control+a")
    with english.context.expect_page() as opened:
        english.keyboard.press("Alt+t")
    form = opened.value
    values = form.locator("form input").evaluate_all("all => all.map(each => each.value)")
    assert "seismograph" in values
    assert "地震仪" in values
