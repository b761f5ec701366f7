"""The editor in a real browser, as a translator uses it."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from corpus import tmx
from corpus.articles import Article, Paragraph
from corpus.memory import Entry
from tests import mt_package
from tests.present import present
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import save_unit
from workbench.stores.desk_settings import DeskSettings, Propagation

# The two bitexts of the demonstration desk: a translation begun, and an alignment.
LETTER, LABORATORY = 1, 2


def unit(page: Page, number: int) -> Locator:
    return page.locator(".unit").nth(number - 1)


def target(page: Page, number: int) -> Locator:
    return unit(page, number).locator("textarea")


def saved(page: Page, number: int) -> None:
    expect(unit(page, number).locator(".saving")).to_have_text("saved")


@pytest.fixture
def many_units(desk_path: Path) -> int:
    """A bitext of 60 units: two pages."""
    with Desk.open(desk_path) as desk:
        sentences = tuple(f"Sentence {number} is here." for number in range(1, 61))
        id, _ = desk.articles.add(Article("en", "Sixty", (Paragraph(sentences),)))
        return begin_translation(desk, id, "zh-Hans")


def test_the_main_job(english: Page, url: str):
    """Edit, confirm, reload and find it, switch the language of the page, download a TMX with the edit."""
    english.goto(url)
    english.get_by_role("link", name="Joint Laboratory Brings").first.click()
    expect(english.locator("html.scripted")).to_have_count(1)
    target(english, 2).fill("清晨，李文舟博士已在田里。")
    target(english, 2).press("Control+Enter")
    saved(english, 2)
    english.reload()
    expect(target(english, 2)).to_have_value("清晨，李文舟博士已在田里。")
    expect(unit(english, 2).locator(".state")).to_have_text("confirmed")
    english.get_by_role("button", name="中文").click()
    expect(unit(english, 2).locator(".state")).to_have_text("已确认")
    expect(english.locator("html")).to_have_attribute("lang", "zh-Hans")
    english.get_by_text("导出", exact=True).click()
    with english.expect_download() as download:
        english.get_by_role("link", name="TMX（全部单元）").click()
    units = list(tmx.read(io.BytesIO(Path(download.value.path()).read_bytes()), "bitext.tmx"))
    assert len(units) == 30
    assert units[1].text("zh-Hans") == "清晨，李文舟博士已在田里。"
    assert units[1].props["x-state"] == "translated"


def test_typing_is_saved_by_itself(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LETTER}")
    target(english, 1).press_sequentially("致青年科学家", delay=5)
    saved(english, 1)
    with Desk.open(desk_path) as desk:
        first = desk.bitexts.units(LETTER)[0]
    assert (first.target, first.origin, first.state) == (("致青年科学家",), "typed", "initial")


def test_what_an_input_method_composes_is_saved_once_it_is_done(english: Page, url: str, desk_path: Path):
    """Composition as Chromium reports it for a Chinese input method; plain Enter stays the method's."""
    english.goto(f"{url}/bitexts/{LETTER}")
    target(english, 1).focus()
    client = english.context.new_cdp_session(english)
    client.send("Input.imeSetComposition", {"text": "zhi", "selectionStart": 3, "selectionEnd": 3})
    english.wait_for_timeout(1200)
    with Desk.open(desk_path) as desk:
        assert desk.bitexts.units(LETTER)[0].target == ()
    client.send("Input.insertText", {"text": "致青年"})
    saved(english, 1)
    expect(target(english, 1)).to_have_value("致青年")
    with Desk.open(desk_path) as desk:
        assert desk.bitexts.units(LETTER)[0].target == ("致青年",)


def test_confirming_goes_to_the_next_open_unit(english: Page, url: str):
    english.goto(f"{url}/bitexts/{LETTER}")
    for number, text in ((2, "亲爱的朋友们："), (1, "致青年科学家")):
        target(english, number).fill(text)
        target(english, number).press("Control+Enter")
        saved(english, number)
    expect(target(english, 3)).to_be_focused()
    expect(english.locator(".editor-head .progress .count")).to_have_text("2 / 37")


def test_moving_by_keyboard(english: Page, url: str):
    english.goto(f"{url}/bitexts/{LETTER}")
    target(english, 1).press("Alt+ArrowDown")
    target(english, 2).press("Alt+ArrowDown")
    target(english, 3).press("Alt+ArrowUp")
    expect(target(english, 2)).to_be_focused()


def test_a_term_shows_its_translation_on_hover_and_on_focus(english: Page, url: str):
    english.goto(f"{url}/bitexts/{LABORATORY}")
    term = english.locator("mark", has_text="artificial intelligence").first
    tip = term.locator("xpath=following-sibling::*[@role='tooltip']")
    expect(tip).to_be_hidden()
    term.hover()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("人工智能")
    english.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    term.focus()
    expect(tip).to_be_visible()
    term.press("Escape")
    expect(tip).to_be_hidden()


def test_two_editors_of_one_unit_see_both_texts(english: Page, chinese: Page, url: str, desk_path: Path):
    for page in (english, chinese):
        page.route("**/news?*", lambda route: route.abort())  # told of it, the second one would have no conflict
        page.goto(f"{url}/bitexts/{LETTER}")
    target(english, 1).fill("第一人的译文")
    saved(english, 1)
    target(chinese, 1).fill("第二人的译文")
    conflict = unit(chinese, 1).locator(".conflict")
    expect(conflict).to_contain_text("您（Li）刚才在另一个标签页里改动了本单元")
    expect(conflict.locator(".theirs")).to_have_text("第一人的译文")
    expect(conflict.locator(".theirs mark")).to_have_text("一")
    expect(conflict.locator(".mine mark")).to_have_text("二")
    target(chinese, 1).press("Alt+3")
    expect(conflict).to_be_hidden()
    expect(target(chinese, 1)).to_have_value("第二人的译文第一人的译文")
    expect(target(chinese, 1)).to_be_focused()
    target(chinese, 1).press("Control+z")
    expect(unit(chinese, 1).locator(".saving")).to_have_text("已保存")
    with Desk.open(desk_path) as desk:
        first = desk.bitexts.units(LETTER)[0]
        assert first.target == ("第二人的译文",)
        assert [old.target for old in desk.bitexts.history(first.id)] == [("第一人的译文",), ()]


def test_a_match_of_the_memory_is_taken_over_by_a_key(english: Page, url: str, desk_path: Path):
    with Desk.open(desk_path) as desk:
        desk.settings.put(DeskSettings(propagation=Propagation.OFF))
        (again,) = [begin_translation(desk, present(desk.bitexts.get(LETTER).source_article), "zh-Hans")]
        save_unit(desk, desk.bitexts.units(LETTER)[0].id, 1, "致青年科学家的信", confirm=True)
    english.goto(f"{url}/bitexts/{again}")
    target(english, 1).focus()
    expect(unit(english, 1).locator(".suggestions")).to_contain_text("致青年科学家的信")
    target(english, 1).press("Alt+1")
    saved(english, 1)
    with Desk.open(desk_path) as desk:
        first = desk.bitexts.units(again)[0]
    assert (first.target, first.origin) == (("致青年科学家的信",), "memory")
    expect(unit(english, 1).locator(".origin")).to_have_text("memory 102 %")


def test_a_repaired_match_shows_what_was_put_for_what(chinese: Page, url: str, desk_path: Path):
    with Desk.open(desk_path) as desk:
        unit_86 = next(unit for unit in desk.bitexts.units(LETTER) if "86 years old" in " ".join(unit.source))
        known = " ".join(unit_86.source).replace("86", "78")
        desk.memory.remember(Entry("en", "zh-Hans", known, "我今年78岁了，被感谢过许多次。"))
    number = unit_86.position + 1
    chinese.goto(f"{url}/bitexts/{LETTER}")
    target(chinese, number).focus()
    offered = unit(chinese, number).locator(".suggestions button")
    expect(offered).to_have_count(2)
    repaired, match = offered.nth(0), offered.nth(1)
    expect(repaired.locator("del")).to_have_text("78")
    expect(repaired.locator("ins")).to_have_text("86")
    expect(match.locator(".difference")).to_contain_text("78")
    target(chinese, number).press("Alt+1")
    saved_text = "我今年86岁了，被感谢过许多次。"
    expect(target(chinese, number)).to_have_value(saved_text)
    expect(unit(chinese, number).locator(".origin")).to_contain_text("修复")


def test_an_earlier_version_is_restored(english: Page, url: str):
    english.goto(f"{url}/bitexts/{LABORATORY}")
    before = target(english, 1).input_value()
    target(english, 1).fill("改错了")
    saved(english, 1)
    english.get_by_role("tab", name="History").click()
    unit(english, 1).get_by_role("button", name="Restore").click()
    expect(target(english, 1)).to_have_value(before)
    saved(english, 1)
    target(english, 1).press("Control+z")
    expect(target(english, 1)).to_have_value("改错了")


def test_nothing_is_lost_while_the_desk_is_away(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LETTER}")
    english.context.set_offline(True)
    target(english, 1).fill("断线时写的")
    expect(unit(english, 1).locator(".saving")).to_have_text("not saved: trying again")
    english.context.set_offline(False)
    saved(english, 1)
    with Desk.open(desk_path) as desk:
        assert desk.bitexts.units(LETTER)[0].target == ("断线时写的",)


def test_the_form_works_without_a_script(browser, url: str, desk_path: Path):
    with browser.new_context(java_script_enabled=False, locale="en-US") as context:
        page = context.new_page()
        page.goto(f"{url}/bitexts/{LETTER}")
        target(page, 1).fill("致青年科学家")
        unit(page, 1).get_by_role("button", name="Confirm", exact=True).click()
        expect(unit(page, 1).locator(".state")).to_have_text("confirmed")
    with Desk.open(desk_path) as desk:
        assert desk.bitexts.get(LETTER).confirmed == 1


@pytest.mark.parametrize("text", ["<script>document.title='x'</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_a_text_is_shown_and_never_run(english: Page, url: str, text: str):
    english.goto(f"{url}/bitexts/{LABORATORY}")
    target(english, 1).fill(text)
    saved(english, 1)
    target(english, 1).fill("别的")
    expect(unit(english, 1).locator(".saving")).to_have_text("saved")
    english.reload()
    unit(english, 1).hover()
    english.get_by_role("tab", name="History").click()
    expect(unit(english, 1).locator(".history")).to_contain_text(text)
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    assert english.title() != "x"


def test_a_machine_translation_is_offered_where_a_package_is_installed(
    english: Page, url: str, desk_path: Path, translation_packages: Path, tmp_path: Path
):
    """Without one, the page says once what to do; with one, the draft is a suggestion like any other."""
    english.goto(f"{url}/bitexts/{LETTER}")
    expect(english.locator(".no-engine")).to_contain_text("workbench mt install en zh")
    install(mt_package.build(tmp_path, "en", "zh"))
    english.reload()
    expect(english.locator(".no-engine")).to_have_count(0)
    target(english, 1).focus()
    expect(unit(english, 1).locator(".machine button")).to_contain_text("machine argos")
    target(english, 1).press("Alt+1")
    saved(english, 1)
    with Desk.open(desk_path) as desk:
        first = desk.bitexts.units(LETTER)[0]
    assert (first.origin, first.detail) == ("machine", "argos")


def install(package: Path) -> None:
    """As an administrator does it while the service runs."""
    workbench = Path(sys.executable).with_name("workbench")
    subprocess.run([workbench, "mt", "install", package], check=True, capture_output=True)


def test_the_focus_is_in_the_first_open_unit_and_comes_back_to_the_one_left_last(
    english: Page, url: str, desk_path: Path
):
    with Desk.open(desk_path) as desk:
        save_unit(desk, desk.bitexts.units(LETTER)[0].id, 1, "致青年科学家", confirm=True)
    english.goto(f"{url}/bitexts/{LETTER}")
    expect(target(english, 2)).to_be_focused()
    target(english, 2).press("Alt+ArrowDown")
    english.keyboard.press("Alt+ArrowDown")
    english.reload()
    expect(target(english, 4)).to_be_focused()
    english.get_by_role("link", name="Desk").click()
    english.go_back()
    expect(target(english, 4)).to_be_focused()


def test_the_focus_is_in_the_unit_that_the_address_names(english: Page, url: str, desk_path: Path):
    with Desk.open(desk_path) as desk:
        ninth = desk.bitexts.units(LETTER)[8].id
    english.goto(f"{url}/bitexts/{LETTER}")
    expect(target(english, 1)).to_be_focused()
    english.goto(f"{url}/bitexts/{LETTER}?unit={ninth}")
    expect(target(english, 9)).to_be_focused()


def test_the_focus_is_in_the_first_unit_where_none_is_open(english: Page, url: str, desk_path: Path):
    with Desk.open(desk_path) as desk:
        for each in desk.bitexts.units(LETTER):
            save_unit(desk, each.id, each.version, "好。", confirm=True)
    english.goto(f"{url}/bitexts/{LETTER}")
    expect(target(english, 1)).to_be_focused()


def test_the_focus_is_in_a_unit_of_another_page(english: Page, url: str, many_units: int):
    english.goto(f"{url}/bitexts/{many_units}")
    english.get_by_role("navigation", name="Pages").get_by_role("link", name="next").click()
    expect(english.locator(".unit[value='51'] textarea")).to_be_focused()


def test_the_focus_stays_where_somebody_has_put_it(english: Page, url: str):
    """The script comes late: the language is being chosen already."""
    held: list[Route] = []
    english.route("**/bitexts/editor/page.js*", lambda route: held.append(route))
    english.goto(f"{url}/bitexts/{LETTER}", wait_until="commit")
    target(english, 5).fill("脚本之前写的")
    english.get_by_role("button", name="中文").focus()
    while not held:
        english.wait_for_timeout(20)
    held[0].continue_()
    expect(english.locator("html.scripted")).to_have_count(1)
    expect(english.get_by_role("button", name="中文")).to_be_focused()
    # What was typed before is no worse off.
    saved(english, 5)


def test_one_stop_leads_from_the_head_to_the_units(english: Page, url: str):
    english.goto(f"{url}/bitexts/{LETTER}")
    target(english, 3).focus()
    english.locator(".top a").first.focus()
    english.keyboard.press("Shift+Tab")
    skip = english.get_by_role("link", name="Skip to units")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    english.keyboard.press("Enter")
    expect(target(english, 3)).to_be_focused()


def test_one_stop_leads_to_the_units_without_a_script(browser, url: str):
    with browser.new_context(java_script_enabled=False, locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{url}/bitexts/{LETTER}")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="跳到单元")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.unit') !== null")
