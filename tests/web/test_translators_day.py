"""A translator's day in the editor: from the count before the work to the Word table that comes back."""

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus.articles import Article, Paragraph
from corpus.memory import Entry
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import save_unit

SENTENCES = (
    "Young scientists met in Nairobi.",
    "The station bought 3 telescopes in 1988.",
    "Read more.",
    "Nobody has translated this.",
    "Read more.",
    "Joint laboratories are open.",
)


@pytest.fixture
def bitext(desk_path: Path) -> int:
    """Six units: one with an exact match, one with a match to be repaired, a repetition, and terms."""
    with Desk.open(desk_path) as desk:
        known = (
            (SENTENCES[0], "青年科学家在内罗毕会面。"),
            ("The station bought 3 telescopes in 1971.", "1971年，站上买了3台望远镜。"),
        )
        for source, target in known:
            desk.memory.remember(Entry("en", "zh-Hans", source, target))
        id, _ = desk.articles.add(Article("en", "A Day", (Paragraph(SENTENCES),)))
        return begin_translation(desk, id, "zh-Hans")


def unit(page: Page, number: int) -> Locator:
    return page.locator(f".unit[value='{number}']")


def target(page: Page, number: int) -> Locator:
    return unit(page, number).locator(".target textarea")


def state(page: Page, number: int, name: str) -> None:
    expect(unit(page, number)).to_have_attribute("data-state", name)


def test_a_translators_day(english: Page, url: str, bitext: int, desk_path: Path, tmp_path: Path):
    editor = f"{url}/bitexts/{bitext}"

    # Before the work: what is there to do.
    english.goto(f"{editor}/statistics")
    expect(english.locator(".statistics")).to_contain_text("repetitions within")

    # An exact match by its number, a repaired one, a term by its number and the rest of it by Tab.
    english.goto(editor)
    expect(target(english, 1)).to_be_focused()
    english.keyboard.press("Alt+1")
    english.keyboard.press("Control+Enter")
    expect(target(english, 1)).to_have_value("青年科学家在内罗毕会面。")
    expect(target(english, 2)).to_be_focused()
    expect(unit(english, 2).locator(".offers.memory")).to_contain_text("repaired")
    english.keyboard.press("Control+1")
    expect(target(english, 2)).to_have_value("1988年，站上买了3台望远镜。")
    english.keyboard.press("Control+Enter")

    # The repetition is filled, and both are taken back as one step.
    expect(target(english, 3)).to_be_focused()
    english.keyboard.type("阅读更多。")
    english.keyboard.press("Control+Enter")
    expect(target(english, 5)).to_have_value("阅读更多。")
    english.keyboard.press("Alt+z")
    expect(target(english, 3)).to_be_focused()
    expect(target(english, 3)).to_have_value("")
    expect(target(english, 5)).to_have_value("")
    english.keyboard.press("Alt+Shift+z")
    expect(target(english, 5)).to_have_value("阅读更多。")

    # The connection is cut while somebody writes, and comes back.
    english.keyboard.press("Alt+o")
    expect(target(english, 4)).to_be_focused()
    english.context.set_offline(True)
    english.keyboard.type("还没有人译过这句。")
    english.keyboard.press("Control+Enter")
    expect(english.locator(".unsaved")).to_be_visible()
    english.context.set_offline(False)
    state(english, 4, "translated")
    expect(english.locator(".unsaved")).to_be_hidden()

    # Somebody else writes the same unit, and the page is not told in time: both texts are shown, one is kept.
    english.route("**/news?*", lambda route: route.abort())
    english.locator(".unit[value='6'] .target textarea").focus()
    english.keyboard.type("联")
    expect(unit(english, 6).locator(".ghost .rest")).to_have_text("合实验室")
    english.keyboard.press("Tab")
    expect(target(english, 6)).to_have_value("联合实验室")
    expect(unit(english, 6).locator(".saving")).to_have_text("saved")
    with Desk.open(desk_path, user="Wang") as desk:
        last = desk.bitexts.units(bitext)[5]
        save_unit(desk, last.id, last.version, "王的译文。", confirm=False)
    english.keyboard.type("开放了。")
    expect(unit(english, 6).locator(".conflict")).to_contain_text("王的译文。")
    english.keyboard.press("Alt+1")
    expect(unit(english, 6).locator(".conflict")).to_be_hidden()
    expect(target(english, 6)).to_be_focused()
    english.keyboard.press("Control+Enter")
    state(english, 6, "translated")

    # A word is replaced wherever it stands.
    english.goto(f"{editor}/replace?find=望远镜&put=天文望远镜&keep=1")
    english.get_by_role("button", name="Replace what is ticked").click()
    expect(english.locator("main")).to_contain_text("1 place was rewritten")

    # A reviser sends a unit back; it is found by its comment, and corrected.
    english.goto(f"{editor}/review")
    english.locator("summary", has_text="Return with a comment").click()
    english.locator("textarea[name=comment]").first.fill("Which scientists?")
    english.locator("[value=return]").first.click()
    english.goto(f"{editor}?stage=open")
    expect(target(english, 1)).to_be_focused()
    english.keyboard.press("Alt+m")
    expect(unit(english, 1).locator(".remarks")).to_contain_text("Which scientists?")
    english.keyboard.press("Escape")
    english.keyboard.press("Control+Enter")
    state(english, 1, "translated")

    # Out as a Word table, edited there, and back.
    english.goto(editor)
    english.get_by_text("Export", exact=True).click()
    with english.expect_download() as download:
        english.get_by_role("link", name="Word table").click()
    assert download.value.suggested_filename.startswith("A Day")
    edited = tmp_path / "edited.docx"
    edited.write_bytes(rewritten(Path(download.value.path()).read_bytes(), "还没有人译过这句。", "这句还没有人译过。"))
    english.keyboard.press("Escape")
    english.get_by_text("More", exact=True).click()
    english.get_by_text("Import edited file").click()
    english.locator("input[type=file]").set_input_files(edited)
    english.get_by_role("button", name="Import").last.click()
    expect(english.locator("main")).to_contain_text("1 unit was updated from the file.")
    english.goto(editor)
    expect(target(english, 4)).to_have_value("这句还没有人译过。")


def rewritten(document: bytes, old: str, new: str) -> bytes:
    """The document with a text in it replaced, as Word would do it."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as was, zipfile.ZipFile(result, "w") as now:
        for name in was.namelist():
            content = was.read(name)
            now.writestr(name, content.replace(old.encode(), new.encode()) if name == "word/document.xml" else content)
    return result.getvalue()
