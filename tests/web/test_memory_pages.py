"""The memory in a real browser: import with progress and report, export; and a bitext that is edited elsewhere."""

import io
import re
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from corpus import tmx
from tests.accessibility import Scheme, assert_accessible
from workbench.desk import Desk
from workbench.services.bitext_exchange import write_bitext_xliff
from workbench.services.memory_exchange import import_tmx
from workbench.services.unit_editing import save_unit

BEGIN = '<tmx version="1.4"><header srclang="en"/><body>\n'
UNIT = (
    '<tu tuid="{0}"><tuv xml:lang="en"><seg>Field {0} &lt;b&gt;</seg></tuv>'
    '<tuv xml:lang="{1}"><seg>{0}号田</seg></tuv></tu>\n'
)
CORE = "{urn:oasis:names:tc:xliff:document:2.0}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "<i>fields.tmx"
    path.write_text(BEGIN + UNIT.format(1, "zh") + UNIT.format(2, "zh-TW") + UNIT.format(3, "zh") + "</body></tmx>")
    return path


def send(page: Page, url: str, path: Path) -> None:
    page.goto(f"{url}/memory/")
    page.set_input_files("input[type=file]", path)
    page.locator("form.upload button").click()


def left_over(desk_path: Path) -> list[Path]:
    return list(desk_path.parent.glob(".*-sent-*"))


def test_a_file_is_imported_and_its_report_says_what_was_done(english: Page, url: str, file: Path, desk_path: Path):
    send(english, url, file)
    expect(english).to_have_url(re.compile(r"/memory/imports/\d+$"))
    expect(english.locator("h1")).to_have_text("Import <i>fields.tmx")
    expect(english.locator(".figures")).to_have_text(
        re.compile(r"Units read\s*3\s*new\s*2\s*merged.*0\s*skipped\s*1", re.S)
    )
    expect(english.locator("tbody").first).to_contain_text("has en, zh-Hant, not en and zh-Hans")
    english.locator("summary").click()
    expect(english.locator("details tbody")).to_contain_text("3")
    assert_accessible(english)
    with Desk.open(desk_path) as desk:
        assert [entry.source for entry in desk.memory.entries()] == ["Field 1 <b>", "Field 3 <b>"]
    assert left_over(desk_path) == []
    english.get_by_role("link", name="Open the memory").click()
    expect(english.locator("table").first).to_contain_text("English → Simplified Chinese")


def test_nothing_imported_is_no_success(chinese: Page, url: str, tmp_path: Path):
    path = tmp_path / "x.tmx"
    path.write_text(BEGIN + UNIT.format(1, "fr") + "</body></tmx>")
    send(chinese, url, path)
    expect(chinese.get_by_role("alert")).to_contain_text("x.tmx")
    expect(chinese.locator("tbody").first).to_contain_text("en, fr")
    expect(chinese.locator("tbody").first).not_to_contain_text("has en")


def test_a_broken_file_is_refused_or_imported_without_what_is_bad(
    chinese: Page, url: str, tmp_path: Path, desk_path: Path
):
    path = tmp_path / "x.tmx"
    path.write_text(BEGIN + UNIT.format(1, "zh") + UNIT.format(2, "?") + "</body></tmx>")
    send(chinese, url, path)
    expect(chinese.locator(".problem")).to_have_text("x.tmx 第 3 行：“?”不是语言标签。")
    assert left_over(desk_path) == []
    chinese.goto(f"{url}/memory/")
    chinese.set_input_files("input[type=file]", path)
    chinese.get_by_label("略过损坏的单元").check()
    chinese.locator("form.upload button").click()
    expect(chinese).to_have_url(re.compile(r"/memory/imports/\d+$"))
    with Desk.open(desk_path) as desk:
        assert [entry.tuid for entry in desk.memory.entries()] == ["1"]


def test_a_large_import_shows_its_progress_and_is_cancelled(english: Page, url: str, tmp_path: Path, desk_path: Path):
    path = tmp_path / "large.tmx"
    with path.open("w") as stream:
        stream.write(BEGIN)
        stream.writelines(UNIT.format(number, "zh") for number in range(400_000))
        stream.write("</body></tmx>")
    send(english, url, path)
    expect(english).to_have_url(re.compile(r"/jobs/\d+"), timeout=0)
    expect(english.locator(".count")).to_have_text(re.compile(r"^[1-9]\d? %$"), timeout=0)
    english.get_by_role("button", name="Cancel").click()
    expect(english.locator("output")).to_have_text("cancelled", timeout=0)
    with Desk.open(desk_path) as desk:
        assert desk.memory.stats() == []
    assert left_over(desk_path) == []


def test_the_memory_is_exported(english: Page, url: str, file: Path, desk_path: Path, tmp_path: Path):
    with Desk.open(desk_path) as desk:
        desk.memory.put_collection("house", 2)
        import_tmx(desk, file, "en", "zh-Hans", "house")
        import_tmx(desk, file, "en", "zh-Hant")
    english.goto(f"{url}/memory/")
    export = english.get_by_role("region", name="Export")
    export.get_by_label("Languages").select_option("en zh-Hans")
    export.get_by_label("Collection").select_option("house")
    export.get_by_label("zh-CN").check()
    with english.expect_download() as download:
        export.get_by_role("button", name="Download TMX").click()
    assert download.value.suggested_filename == "memory.tmx"
    data = Path(download.value.path()).read_bytes()
    assert [unit.tuid for unit in tmx.read(io.BytesIO(data), "x")] == ["1", "3"]
    assert b'xml:lang="zh-CN"' in data


def test_without_script(browser: Browser, url: str, file: Path):
    context = browser.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    send(page, url, file)
    # The page looks again by itself.
    expect(page).to_have_url(re.compile(r"/memory/imports/\d+$"))
    expect(page.locator("h1")).to_contain_text("fields.tmx")
    context.close()


@pytest.mark.parametrize(("locale", "scheme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_the_pages_are_accessible(browser: Browser, url: str, file: Path, desk_path: Path, scheme: Scheme, locale: str):
    with Desk.open(desk_path) as desk:
        desk.memory.put_collection("house", 2)
        import_tmx(desk, file, "en", "zh-Hans")
    context = browser.new_context(locale=locale, color_scheme=scheme)
    page = context.new_page()
    send(page, url, file)
    page.wait_for_url("**/memory/imports/*")
    assert_accessible(page)
    page.goto(f"{url}/memory/")
    assert_accessible(page)
    bring_back(page, url, contested(desk_path))
    page.locator(".contested").first.wait_for()
    assert_accessible(page)
    context.close()


def contested(desk_path: Path) -> Path:
    """The XLIFF of the first bitext, edited elsewhere in three units and here in the first of these."""
    path = desk_path.with_name("edited.xlf")
    with Desk.open(desk_path, user="Li") as desk:
        with path.open("wb") as stream:
            write_bitext_xliff(desk, 1, stream)
        unit = desk.bitexts.units(1)[1]
        save_unit(desk, unit.id, unit.version, "这里的译文。", confirm=False)
    file = etree.parse(path)
    for number, segment in enumerate(file.findall(f".//{CORE}segment")[1:4]):
        for old in segment.findall(f"{CORE}target"):
            segment.remove(old)
        etree.SubElement(segment, f"{CORE}target").text = f"外来的 <b> 译文 {number}。"
        segment.set("state", "translated")
    file.write(path)
    return path


def bring_back(page: Page, url: str, path: Path) -> None:
    page.goto(f"{url}/bitexts/1/article")
    page.locator(".bring-back summary").click()
    page.set_input_files("input[type=file]", path)
    page.locator(".bring-back button").click()


def texts(desk_path: Path) -> list[str]:
    with Desk.open(desk_path) as desk:
        return ["".join(unit.target) for unit in desk.bitexts.units(1)[1:4]]


def test_what_was_changed_on_both_sides_is_decided_on_a_page(english: Page, url: str, desk_path: Path):
    bring_back(english, url, contested(desk_path))
    expect(english.locator("main")).to_contain_text("2 units were updated from the file.")
    field = english.locator(".contested")
    expect(field).to_contain_text("changed here and in the file")
    expect(field).to_contain_text("这里的译文。")
    expect(field).to_contain_text("外来的 <b> 译文 0。")
    assert texts(desk_path)[0] == "这里的译文。"
    english.get_by_label("In the file").check()
    english.get_by_role("button", name="Apply selection").click()
    expect(english).to_have_url(re.compile("/bitexts/1"))
    assert texts(desk_path) == [f"外来的 <b> 译文 {number}。" for number in range(3)]


def test_what_is_here_stays_where_nothing_else_is_chosen(chinese: Page, url: str, desk_path: Path):
    bring_back(chinese, url, contested(desk_path))
    chinese.get_by_role("button", name="采用所选译文").click()
    expect(chinese).to_have_url(re.compile("/bitexts/1"))
    assert texts(desk_path)[0] == "这里的译文。"


def test_an_xliff_of_another_bitext_is_refused(chinese: Page, url: str, desk_path: Path):
    path = contested(desk_path)
    chinese.goto(f"{url}/bitexts/2/article")
    chinese.locator(".bring-back summary").click()
    chinese.set_input_files("input[type=file]", path)
    chinese.locator(".bring-back button").click()
    expect(chinese.get_by_role("alert")).to_contain_text("edited.xlf 不是从本工作台的")
    assert left_over(desk_path) == []


def test_the_menu_gives_a_file_or_a_copy(english: Page, url: str):
    english.goto(f"{url}/bitexts/1")
    english.locator("textarea").first.fill("一封信")
    english.locator("textarea").first.press("Control+Enter")
    expect(english.locator(".editor-head .progress .count")).to_have_text("1 / 37")
    english.get_by_text("Export", exact=True).click()
    expect(english.locator(".export")).to_contain_text("36 of 37 units are not confirmed.")
    assert_accessible(english)
    with english.expect_download() as download:
        english.get_by_role("link", name="XLIFF").click()
    assert download.value.suggested_filename == "A Letter to Young Scientists.en-zh-Hans.xlf"
    assert etree.parse(download.value.path()).getroot().get("version") == "2.1"
    english.context.grant_permissions(["clipboard-read", "clipboard-write"])
    english.get_by_role("button", name="Copy the article as rich text").click()
    expect(english.locator(".copy-said")).to_have_text("The article is in the clipboard.")
    types = """async () => {
      const [item] = await navigator.clipboard.read();
      return Promise.all(["text/html", "text/plain"].map(async type => (await item.getType(type)).text()));
    }"""
    rich, plain = english.evaluate(types)
    assert "<h1>一封信</h1>" in rich
    assert plain.startswith("一封信\n\n[Dear young friends,]")
    english.keyboard.press("Escape")
    expect(english.get_by_role("link", name="XLIFF")).to_be_hidden()
    expect(english.locator(".export summary")).to_be_focused()
