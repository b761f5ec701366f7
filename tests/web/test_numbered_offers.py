"""Matches, drafts and terms as one numbered list in a real browser: taken by a number, however late the list comes."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from corpus.articles import Article, Paragraph
from corpus.memory import Entry
from glossary.concepts import Concept, Status, Term
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation

SENTENCE = "The quarkwell needs a frobnicator."
MATCH = "夸克井需要一台福机。"


@pytest.fixture
def bitext(desk_path: Path) -> int:
    """Three units; the memory has a match for the first, the term base two terms in it."""
    with Desk.open(desk_path) as desk:
        desk.memory.remember(Entry("en", "zh-Hans", SENTENCE, MATCH))
        for uid, english, renderings in (
            ("c-well", "quarkwell", {"夸克井": Status.ADMITTED, "夸井": Status.PREFERRED, "旧井": Status.DEPRECATED}),
            ("c-frob", "frobnicator", {"福机": Status.PREFERRED}),
        ):
            terms = (Term("en", english), *(Term("zh-Hans", text, status) for text, status in renderings.items()))
            desk.termbase.add(Concept(uid, terms))
        sentences = (SENTENCE, "Nobody needs the quarkwell.", "That is all.")
        article, _ = desk.articles.add(Article("en", "Wells", (Paragraph(sentences),)))
        return begin_translation(desk, article, "zh-Hans")


def target(page: Page, number: int) -> Locator:
    return page.locator(f".unit[value='{number}'] textarea")


def offered(page: Page, number: int) -> Locator:
    return page.locator(f".unit[value='{number}'] button.offered")


class Held:
    """Requests for matches that are not answered yet."""

    def __init__(self, page: Page) -> None:
        self.routes: list[Route] = []
        page.route("**/suggestions", lambda route: self.routes.append(route))

    def answer(self, page: Page) -> None:
        while not self.routes:
            page.wait_for_timeout(20)
        for route in self.routes:
            route.continue_()
        page.unroute("**/suggestions")


def test_matches_and_terms_are_one_numbered_list(english: Page, url: str, bitext: int):
    english.goto(f"{url}/bitexts/{bitext}")
    expect(offered(english, 1).locator("kbd")).to_have_text(["1", "2", "3"])
    expect(offered(english, 1)).to_contain_text([MATCH, "quarkwell → 夸井", "frobnicator → 福机"])
    terms = english.locator(".unit[value='1'] .terms")
    expect(terms).to_contain_text("夸克井")
    expect(terms).not_to_contain_text("旧井")
    target(english, 2).focus()
    expect(terms).to_be_hidden()
    expect(offered(english, 2).locator("kbd")).to_have_text(["1"])


@pytest.mark.parametrize("modifier", ["Control", "Alt"])
def test_a_match_replaces_and_a_term_is_inserted_at_the_caret(english: Page, url: str, bitext: int, modifier: str):
    english.goto(f"{url}/bitexts/{bitext}")
    expect(offered(english, 1).locator("kbd")).to_have_text(["1", "2", "3"])
    english.keyboard.type("甲乙")
    english.keyboard.press("ArrowLeft")
    english.keyboard.press(f"{modifier}+2")
    expect(target(english, 1)).to_have_value("甲夸井乙")
    english.keyboard.press(f"{modifier}+1")
    expect(target(english, 1)).to_have_value(MATCH)
    english.keyboard.press("Control+z")
    expect(target(english, 1)).to_have_value("甲夸井乙")
    english.keyboard.press("Control+z")
    expect(target(english, 1)).to_have_value("甲乙")


@pytest.mark.parametrize("modifier", ["Control+Shift", "Alt+Shift"])
def test_with_shift_a_match_replaces_what_is_selected(english: Page, url: str, bitext: int, modifier: str):
    english.goto(f"{url}/bitexts/{bitext}")
    expect(offered(english, 1).locator("kbd")).to_have_text(["1", "2", "3"])
    english.keyboard.type("甲乙丙")
    english.keyboard.press("ArrowLeft")
    english.keyboard.press("Shift+ArrowLeft")
    english.keyboard.press(f"{modifier}+Digit1")
    expect(target(english, 1)).to_have_value(f"甲{MATCH}丙")


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Control+Shift", "Alt+Shift"])
def test_a_number_pressed_while_composing_is_the_input_method_s(english: Page, url: str, bitext: int, modifier: str):
    english.goto(f"{url}/bitexts/{bitext}")
    expect(offered(english, 1).locator("kbd")).to_have_text(["1", "2", "3"])
    client = english.context.new_cdp_session(english)
    client.send("Input.imeSetComposition", {"text": "jing", "selectionStart": 4, "selectionEnd": 4})
    english.keyboard.press(f"{modifier}+Digit1")
    client.send("Input.insertText", {"text": "井"})
    expect(target(english, 1)).to_have_value("井")


def test_keys_wait_for_the_list_and_what_is_typed_comes_behind(english: Page, url: str, bitext: int):
    held = Held(english)
    english.goto(f"{url}/bitexts/{bitext}")
    english.keyboard.press("Control+1")
    english.keyboard.press("Control+3")
    english.keyboard.type("又及")
    expect(target(english, 1)).to_have_value("又及")
    held.answer(english)
    expect(target(english, 1)).to_have_value(f"{MATCH}福机又及")
    english.keyboard.type("完")
    expect(target(english, 1)).to_have_value(f"{MATCH}福机又及完")


def test_a_composition_outlasts_the_coming_of_the_list(english: Page, url: str, bitext: int):
    held = Held(english)
    english.goto(f"{url}/bitexts/{bitext}")
    client = english.context.new_cdp_session(english)
    english.keyboard.press("Alt+1")
    client.send("Input.imeSetComposition", {"text": "you", "selectionStart": 3, "selectionEnd": 3})
    held.answer(english)
    expect(offered(english, 1)).to_have_count(3)
    client.send("Input.insertText", {"text": "又"})
    expect(target(english, 1)).to_have_value(f"{MATCH}又")


def test_a_confirmation_waits_for_what_was_chosen_and_its_author_does_not(
    english: Page, url: str, desk_path: Path, bitext: int
):
    held = Held(english)
    english.goto(f"{url}/bitexts/{bitext}")
    english.keyboard.press("Control+1")
    english.keyboard.press("Control+Enter")
    expect(target(english, 2)).to_be_focused()
    english.keyboard.type("第二句")
    held.answer(english)
    expect(english.locator(".unit[value='1'] .state")).to_have_text("confirmed")
    expect(target(english, 2)).to_be_focused()
    expect(target(english, 2)).to_have_value("第二句")
    with Desk.open(desk_path) as desk:
        first = desk.bitexts.units(bitext)[0]
    assert (first.target, first.origin, first.state) == ((MATCH,), "memory", "translated")


def test_a_text_that_was_changed_before_the_list_came_is_kept(english: Page, url: str, bitext: int):
    held = Held(english)
    english.goto(f"{url}/bitexts/{bitext}")
    english.keyboard.type("甲")
    english.keyboard.press("Control+1")
    english.keyboard.press("Home")
    english.keyboard.type("前")
    held.answer(english)
    expect(english.locator(".unit[value='1'] .saving")).to_contain_text("press the key again")
    expect(target(english, 1)).to_have_value("前甲")


def test_the_terms_are_there_while_the_desk_is_away(english: Page, url: str, bitext: int):
    english.goto(f"{url}/bitexts/{bitext}")
    english.context.set_offline(True)
    english.keyboard.press("Alt+ArrowDown")
    english.keyboard.press("Control+1")
    expect(target(english, 2)).to_have_value("夸井")
    english.context.set_offline(False)


def test_what_is_clicked_is_put_in(english: Page, url: str, bitext: int):
    english.goto(f"{url}/bitexts/{bitext}")
    offered(english, 1).filter(has_text=MATCH).click()
    english.locator(".unit[value='1']").get_by_role("button", name="夸克井", exact=True).click()
    expect(target(english, 1)).to_have_value(f"{MATCH}夸克井")
    expect(target(english, 1)).to_be_focused()
