"""The offers of the next units are there before they are gone to, and are asked for once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from corpus.articles import Article, Paragraph
from corpus.memory import Entry
from tests import mt_package
from tests.web.test_editor import install
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import save_unit

CALM = 400  # ms in a unit before the next ones' offers are fetched


@pytest.fixture
def bitext(desk_path: Path) -> int:
    """One of 60 units: the second is confirmed, the memory has the third."""
    with Desk.open(desk_path) as desk:
        desk.memory.remember(Entry("en", "zh-Hans", "Sentence 3 is here.", "第三句在这里。"))
        sentences = tuple(f"Sentence {number} is here." for number in range(1, 61))
        article, _ = desk.articles.add(Article("en", "Sixty", (Paragraph(sentences),)))
        bitext = begin_translation(desk, article, "zh-Hans")
        second = desk.bitexts.units(bitext)[1]
        save_unit(desk, second.id, second.version, "好。", confirm=True)
    return bitext


def asked(page: Page, kind: str = "suggestions") -> list[str]:
    """The requests of a kind from now on, by the numbers of their units."""
    found: list[str] = []

    def note(request) -> None:
        if match := re.search(rf"/units/(\d+)/{kind}$", request.url):
            found.append(page.locator(f"#unit-{match[1]}").get_attribute("value") or "")

    page.on("requestfinished", note)
    return found


def test_the_next_two_open_units_are_ready_before_they_are_gone_to(english: Page, url: str, bitext: int):
    numbers = asked(english)
    english.goto(f"{url}/bitexts/{bitext}")
    third = english.locator(".unit[value='3']")
    expect(third.locator("button.offered").first).to_contain_text("第三句在这里。")
    expect(third.locator(".offers.memory")).to_be_hidden()
    english.wait_for_timeout(3 * CALM)
    assert numbers == ["1", "3", "4"]
    english.context.set_offline(True)
    english.keyboard.press("Alt+ArrowDown")
    english.keyboard.press("Alt+ArrowDown")
    english.keyboard.press("Control+1")
    expect(third.locator("textarea")).to_have_value("第三句在这里。")
    english.context.set_offline(False)


def test_whoever_jumps_about_asks_for_each_unit_once(english: Page, url: str, bitext: int):
    numbers = asked(english)
    english.goto(f"{url}/bitexts/{bitext}")
    for _ in range(9):
        english.keyboard.press("Alt+ArrowDown")
    expect(english.locator(".unit[value='10'] textarea")).to_be_focused()
    english.wait_for_timeout(5 * CALM)
    for _ in range(9):
        english.keyboard.press("Alt+ArrowUp")
    english.wait_for_timeout(3 * CALM)
    assert sorted(numbers, key=int) == [str(number) for number in range(1, 13)]


def test_one_request_at_a_time_is_ahead_and_is_cancelled_when_the_page_turns(english: Page, url: str, bitext: int):
    held: list[Route] = []
    cancelled: list[str] = []
    english.on("requestfailed", lambda request: cancelled.append(request.url))
    english.goto(f"{url}/bitexts/{bitext}")
    # The first unit's own has been answered, those ahead are not.
    expect(english.locator(".unit[value='1'] .offers.memory")).to_be_visible()
    english.route("**/suggestions", lambda route: held.append(route))
    english.wait_for_timeout(3 * CALM)
    assert len(held) == 1
    go_to(english, 51)
    expect(english.locator(".unit[value='51'] textarea")).to_be_focused()
    while not cancelled:
        english.wait_for_timeout(20)
    assert cancelled == [held[0].request.url]


def test_what_was_confirmed_meanwhile_is_offered_for_a_unit_like_it(english: Page, url: str, bitext: int):
    numbers = asked(english)
    english.goto(f"{url}/bitexts/{bitext}")
    while numbers != ["1", "3", "4"]:
        english.wait_for_timeout(20)
    english.keyboard.type("甲一在此。")
    english.keyboard.press("Control+Enter")
    expect(english.locator(".unit[value='4'] .offers.memory")).to_contain_text("甲一在此。")
    assert numbers[:4] == ["1", "3", "4", "4"]


def go_to(page: Page, number: int) -> None:
    page.keyboard.press("Alt+g")
    page.keyboard.type(str(number))
    page.keyboard.press("Enter")


def test_an_engine_of_this_machine_drafts_ahead(
    english: Page, url: str, bitext: int, translation_packages: Path, tmp_path: Path
):
    install(mt_package.build(tmp_path, "en", "zh"))
    numbers = asked(english, "machine")
    english.goto(f"{url}/bitexts/{bitext}")
    while numbers != ["1", "3", "4"]:
        english.wait_for_timeout(100)
    english.keyboard.press("Alt+ArrowDown")
    english.keyboard.press("Alt+ArrowDown")
    while numbers[3:] != ["5"]:
        english.wait_for_timeout(100)
