"""What is typed after a confirmation belongs to the next unit, however late the desk answers; nothing of it is lost."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, expect

from corpus.articles import Article, Paragraph
from corpus.bitexts.operations import Action
from workbench.desk import Desk
from workbench.services.alignment import rearrange_bitext
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import save_unit

LETTER = 1


def target(page: Page, number: int):
    return unit(page, number).locator("textarea")


def unit(page: Page, number: int):
    return page.locator(f".unit[value='{number}']")


def targets(path: Path, bitext: int, count: int) -> list[tuple[str, str]]:
    with Desk.open(path) as desk:
        return [("".join(unit.target), unit.state.value) for unit in desk.bitexts.units(bitext, 0, count)]


def all_saved(page: Page) -> None:
    expect(page.locator(".saving", has_text="saving …")).to_have_count(0)
    page.wait_for_function("!document.querySelector('.saving[data-problem]')")


def far_away(page: Page, latency: int) -> CDPSession:
    """The desk answers after so many milliseconds."""
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    conditions = {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1}
    client.send("Network.emulateNetworkConditions", conditions)
    return client


def compose(client: CDPSession, pinyin: str, text: str) -> None:
    """As an input method does it: the letters one by one, then what they stand for."""
    for end in range(1, len(pinyin) + 1):
        client.send("Input.imeSetComposition", {"text": pinyin[:end], "selectionStart": end, "selectionEnd": end})
    client.send("Input.insertText", {"text": text})


def by_keyboard(page: Page, client: CDPSession, text: str, pinyin: str) -> None:
    page.keyboard.type(text)


def by_input_method(page: Page, client: CDPSession, text: str, pinyin: str) -> None:
    compose(client, pinyin, text)


@pytest.mark.parametrize("write", [by_keyboard, by_input_method])
@pytest.mark.parametrize("latency", [0, 40, 300])
def test_every_character_is_in_the_unit_it_was_typed_for(
    english: Page, url: str, desk_path: Path, latency: int, write: Callable[..., None]
):
    english.goto(f"{url}/bitexts/{LETTER}")
    client = far_away(english, latency)
    target(english, 1).focus()
    for text, pinyin in (("前一句。", "qianyiju"), ("中间", "zhongjian"), ("后一句！", "houyiju")):
        write(english, client, text, pinyin)
        english.keyboard.press("Control+Enter")
    write(english, client, "未完", "weiwan")
    expect(target(english, 4)).to_be_focused()
    expect(unit(english, 4).locator(".saving")).to_have_text("saved")
    all_saved(english)
    assert targets(desk_path, LETTER, 5) == [
        ("前一句。", "translated"),
        ("中间", "translated"),
        ("后一句！", "translated"),
        ("未完", "initial"),
        ("", "initial"),
    ]
    expect(english.locator(".editor-head .progress .count")).to_have_text("3 / 37")


@pytest.fixture
def long_bitext(desk_path: Path) -> int:
    """One of 60 units: the last of the first page and the second of the next are open."""
    sentences = tuple(f"Sentence {number} is here." for number in range(1, 60))
    with Desk.open(desk_path) as desk:
        article = Article("en", "Sixty", (Paragraph(("Sixty",), "title"), Paragraph(sentences)))
        id, _ = desk.articles.add(article)
        bitext = begin_translation(desk, id, "zh-Hans")
        for unit in desk.bitexts.units(bitext):
            if unit.position not in (49, 51, 52, 53):
                save_unit(desk, unit.id, unit.version, "好。", confirm=True)
    return bitext


@pytest.mark.parametrize("write", [by_keyboard, by_input_method])
def test_a_page_is_turned_under_whoever_types_on(
    english: Page, url: str, desk_path: Path, long_bitext: int, write: Callable[..., None]
):
    english.goto(f"{url}/bitexts/{long_bitext}")
    client = far_away(english, 300)
    target(english, 50).focus()
    for text, pinyin in (("第一页完。", "diyiye"), ("第二页始。", "dierye")):
        write(english, client, text, pinyin)
        english.keyboard.press("Control+Enter")
    write(english, client, "接着", "jiezhe")
    expect(target(english, 53)).to_be_focused()
    expect(unit(english, 53).locator(".saving")).to_have_text("saved")
    assert english.url.endswith("page=2")
    all_saved(english)
    written = targets(desk_path, long_bitext, 60)
    assert [written[place] for place in (49, 50, 51, 52, 53)] == [
        ("第一页完。", "translated"),
        ("好。", "translated"),
        ("第二页始。", "translated"),
        ("接着", "initial"),
        ("", "initial"),
    ]


def test_a_composition_outlasts_the_turning_of_the_page(english: Page, url: str, desk_path: Path, long_bitext: int):
    english.goto(f"{url}/bitexts/{long_bitext}")
    client = far_away(english, 100)
    target(english, 50).focus()
    english.keyboard.type("第一页完。")
    english.keyboard.press("Control+Enter")
    client.send("Input.imeSetComposition", {"text": "jie", "selectionStart": 3, "selectionEnd": 3})
    english.wait_for_timeout(800)
    expect(english.locator(".turning")).to_be_visible()
    client.send("Input.insertText", {"text": "接"})
    expect(target(english, 52)).to_have_value("接")
    expect(target(english, 52)).to_be_focused()


def test_a_confirmation_made_while_the_desk_is_away_stays_one(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LETTER}")
    target(english, 1).focus()
    english.context.set_offline(True)
    english.keyboard.type("断线时确认的")
    english.keyboard.press("Control+Enter")
    english.keyboard.type("断线时写的")
    expect(english.locator(".unsaved")).to_contain_text("Not saved yet: 2")
    target(english, 1).press("End")
    english.keyboard.type("，后来又改")
    target(english, 2).focus()
    english.context.set_offline(False)
    expect(english.locator(".unsaved")).to_be_hidden()
    for number in (1, 2):
        expect(unit(english, number).locator(".saving")).to_have_text("saved")
    with Desk.open(desk_path) as desk:
        first, second = desk.bitexts.units(LETTER, 0, 2)
        history = [("".join(old.target), old.state.value) for old in desk.bitexts.history(first.id)]
    assert ("断线时确认的", "translated") in history
    assert (first.target, first.state) == (("断线时确认的，后来又改",), "initial")
    assert (second.target, second.state) == (("断线时写的",), "initial")


@pytest.mark.parametrize("length", [9_000, 60_000])
def test_a_text_of_any_length_is_saved(english: Page, url: str, desk_path: Path, length: int):
    english.goto(f"{url}/bitexts/{LETTER}")
    target(english, 1).fill("长" * length)
    expect(unit(english, 1).locator(".saving")).to_have_text("saved")
    assert targets(desk_path, LETTER, 1) == [("长" * length, "initial")]


def test_a_conflict_behind_is_counted_and_keeps_what_was_confirmed(english: Page, url: str, desk_path: Path):
    english.route("**/news?*", lambda route: route.abort())  # told of it, there would be no conflict
    english.goto(f"{url}/bitexts/{LETTER}")
    with Desk.open(desk_path, user="Wang") as desk:
        save_unit(desk, desk.bitexts.units(LETTER)[0].id, 1, "王写的", confirm=False)
    target(english, 1).focus()
    english.keyboard.type("我确认的")
    english.keyboard.press("Control+Enter")
    english.keyboard.type("第二句")
    problems = english.locator(".unsaved")
    expect(problems).to_contain_text("Changed elsewhere as well: 1")
    expect(target(english, 2)).to_be_focused()
    expect(target(english, 2)).to_have_value("第二句")
    problems.get_by_role("button").click()
    expect(target(english, 1)).to_be_focused()
    unit(english, 1).get_by_role("button", name="Keep mine").click()
    expect(problems).to_be_hidden()
    expect(unit(english, 1).locator(".state")).to_have_text("confirmed")
    assert targets(desk_path, LETTER, 2) == [("我确认的", "translated"), ("第二句", "initial")]


def test_a_unit_that_is_gone_is_said_and_its_text_stays_on_the_page(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LETTER}")
    with Desk.open(desk_path, user="Wang") as desk:
        first = desk.bitexts.units(LETTER)[0]
        rearrange_bitext(desk, LETTER, desk.bitexts.get(LETTER).revision, Action("merge", unit=first.id))
    target(english, 2).focus()
    english.keyboard.type("白写了吗")
    english.keyboard.press("Control+Enter")
    expect(english.locator(".unsaved")).to_contain_text("Could not be saved: 1")
    expect(unit(english, 2).locator(".saving")).to_contain_text("There is no unit 2 in this desk.")
    expect(target(english, 2)).to_have_value("白写了吗")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Somebody else writes to the desk."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")


def test_a_desk_in_use_is_waited_for(english: Page, url: str, desk_path: Path):
    """Longer than a request waits: the editor says so, and confirms when it can."""
    english.goto(f"{url}/bitexts/{LETTER}")
    target(english, 1).focus()
    with locked(desk_path):
        english.keyboard.type("等一下")
        english.keyboard.press("Control+Enter")
        expect(unit(english, 1).locator(".saving")).to_contain_text("is in use by another program")
        expect(english.locator(".unsaved")).to_contain_text("Not saved yet: 1")
    expect(unit(english, 1).locator(".saving")).to_have_text("saved")
    assert targets(desk_path, LETTER, 1) == [("等一下", "translated")]


@pytest.mark.parametrize("leave", ["link", "reload"])
def test_what_was_just_typed_is_saved_when_the_page_is_left(english: Page, url: str, desk_path: Path, leave: str):
    english.goto(f"{url}/bitexts/{LETTER}")
    far_away(english, 200)
    target(english, 1).focus()
    english.keyboard.type("走之前写的")
    if leave == "link":
        english.get_by_role("link", name="Desk").click()
        expect(english.get_by_role("heading", name="Articles")).to_be_visible()
    else:
        english.reload()
    # It is on its way while the next page comes.
    while targets(desk_path, LETTER, 1) != [("走之前写的", "initial")]:
        english.wait_for_timeout(100)


def test_a_unit_is_confirmed_as_empty_by_a_key_of_its_own(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LETTER}")
    target(english, 1).focus()
    english.keyboard.press("Control+Enter")
    expect(unit(english, 1).locator(".saving")).to_contain_text("Ctrl+Shift+Enter")
    expect(target(english, 1)).to_be_focused()
    english.keyboard.press("Control+Shift+Enter")
    expect(target(english, 2)).to_be_focused()
    expect(unit(english, 1).locator(".state")).to_have_text("confirmed as empty")
    english.keyboard.type("有字")
    english.keyboard.press("Control+Shift+Enter")
    expect(unit(english, 2).locator(".saving")).to_contain_text("Not empty")
    expect(unit(english, 2).get_by_role("button", name="Confirm as empty")).to_be_hidden()
    english.reload()
    expect(unit(english, 1).locator(".state")).to_have_text("confirmed as empty")
    assert targets(desk_path, LETTER, 1) == [("", "translated")]


def test_a_unit_is_confirmed_as_empty_without_a_script(browser, url: str, desk_path: Path):
    with browser.new_context(java_script_enabled=False, locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{url}/bitexts/{LETTER}")
        unit(page, 1).get_by_role("button", name="确认留空").click()
        expect(unit(page, 1).locator(".state")).to_have_text("已确认（留空）")
    assert targets(desk_path, LETTER, 1) == [("", "translated")]
