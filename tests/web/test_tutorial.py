"""The tutorial is true: its commands are run in order, and between them its steps in the browser are taken."""

import shutil

from playwright.sync_api import Page, expect

from tests.transcripts import TUTORIAL, run, steps

TEXT = TUTORIAL.read_text("utf-8")
ARTICLE = "Harbour City Opens a Seawater Laboratory"
TRANSLATION = 2


def test_the_tutorial(english: Page, serve, tmp_path):
    for file in TUTORIAL.with_suffix("").iterdir():
        shutil.copy(file, tmp_path)
    served: list[str] = []

    def open_article() -> None:
        if not served:
            served.append(serve(tmp_path / "desk.db")[1])
        english.goto(served[0])
        english.get_by_role("link", name="Desk", exact=True).click()
        listed = english.get_by_role("region", name="Articles and bitexts")
        expect(listed.get_by_role("link", name=ARTICLE)).to_be_visible()
        again = listed.get_by_role("link", name="Article", exact=True)
        (again if again.count() else listed.get_by_role("link", name=ARTICLE)).first.click()

    def align() -> None:
        open_article()
        english.get_by_role("button", name="Align").click()
        expect(english.locator(".alignment tbody tr")).to_have_count(8)
        for label in ("Merge", "Split", "Push up", "Push down"):
            expect(english.get_by_role("button", name=label)).to_be_visible()
        english.get_by_role("button", name="Accept units with at least this score").click()
        expect(english.locator(".progress .count").first).to_have_text("8 / 8")
        english.get_by_text("Export", exact=True).click()
        expect(english.get_by_role("link", name="TMX, all units")).to_be_visible()

    def write(text: str) -> None:
        english.get_by_label("Translation of unit 2").fill(text)
        english.get_by_label("Translation of unit 2").press("Control+Enter")
        expect(english.locator(".unit").nth(1).locator(".saving")).to_have_text("saved")

    def translate() -> None:
        open_article()
        english.get_by_role("button", name="Translate").click()
        # The page is arranged round the first unit then: nothing moves under the pointer any more.
        expect(english.get_by_label("Translation of unit 1")).to_be_focused()
        term = english.locator(".unit").nth(1).locator("mark", has_text="seawater desalination")
        term.hover()
        expect(english.get_by_role("tooltip").filter(has_text="海水脱盐")).to_contain_text("海水淡化")
        english.get_by_label("Translation of unit 2").click()
        expect(english.locator(".unit").nth(1).locator(".offers.memory")).to_contain_text("海水淡化联合实验室")
        write("海港市于2026年5月6日启用海水脱盐联合实验室。")
        english.get_by_text("More", exact=True).click()
        english.get_by_role("link", name="Terms in the translation").click()
        expect(english.locator(".problems")).to_contain_text("seawater desalination")

    def correct() -> None:
        english.get_by_role("link", name="Editor", exact=True).click()
        write("海港市于2026年5月6日启用海水淡化联合实验室。")

    browser = {"align": align, "translate": translate, "correct": correct}
    assert [step for step, _ in steps(TEXT) if not step.startswith("$ ")] == list(browser)
    run(TEXT, tmp_path, browser)
