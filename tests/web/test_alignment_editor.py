"""The alignment editor in a real browser: by keyboard alone, by mouse, and with somebody else in the same bitext."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus import samples, tmx
from corpus.alignment import Bead
from corpus.articles import Article
from corpus.bitexts.model import Unit, content
from tests.accessibility import Scheme, assert_accessible
from tests.present import present
from workbench.desk import Desk
from workbench.services.alignment import align_articles

LABORATORY = 2
PAIR = "joint-laboratory"


def row(page: Page, number: int) -> Locator:
    return page.locator(".alignment tbody tr").nth(number - 1)


def sentence(page: Page, number: int, side: str = "source", which: int = 1) -> Locator:
    return row(page, number).locator(f"[data-side={side}] .sentence").nth(which - 1)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def act(page: Page, key: str) -> str:
    """Presses a key that sends an action, waits for what comes back, and returns what it says."""
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        press(page, key)
    expect(page.locator(".alignment")).to_have_attribute("aria-busy", "false")
    return str(answer.value.json()["message"])


def shapes(page: Page) -> list[str]:
    return page.locator(".alignment .shape").all_text_contents()


def pairs(page: Page) -> list[list[list[str]]]:
    """The sentences of every unit as the page shows them."""
    return page.evaluate("""() => [...document.querySelectorAll(".alignment tbody tr")].map((row) =>
        ["source", "target"].map((side) =>
            [...row.querySelectorAll(`[data-side=${side}] .sentence:not(.absent)`)].map((item) => item.textContent)))
    """)


def stored(desk_path: Path, bitext: int = LABORATORY) -> list[Unit]:
    with Desk.open(desk_path) as desk:
        return desk.bitexts.units(bitext)


def contents(units: list[Unit]) -> list[tuple[object, ...]]:
    return [(unit.id, *content(unit)) for unit in units]


def articles(desk: Desk) -> tuple[Article, Article]:
    """The two articles of the sample pair."""
    laboratory = desk.bitexts.get(LABORATORY)
    return desk.articles.get(present(laboratory.source_article)), desk.articles.get(present(laboratory.target_article))


@pytest.fixture
def bitext(desk_path: Path) -> Iterator[int]:
    """The sample pair aligned one to one, whatever belongs together, so that nearly all of it is wrong."""
    with Desk.open(desk_path, user="Li") as desk:
        sides = articles(desk)
        n, m = (len(side.sentences()) for side in sides)
        beads = [Bead((i,) if i < n else (), (i,) if i < m else (), 0.2) for i in range(max(n, m))]
        yield align_articles(desk, sides[0].id, sides[1].id, beads)


@pytest.fixture
def gold(desk_path: Path) -> list[tuple[list[str], list[str]]]:
    with Desk.open(desk_path) as desk:
        source, target = (side.sentences() for side in articles(desk))
    return [([source[i] for i in bead.source], [target[j] for j in bead.target]) for bead in samples.gold(PAIR)]


class Typist:
    """Takes the alignment on a page to the gold one, unit after unit, by pressing keys and looking."""

    def __init__(self, page: Page, gold: list[tuple[list[str], list[str]]]) -> None:
        self.page = page
        self.gold = gold
        self.units = pairs(page)

    def work(self, start: int, end: int) -> None:
        """Makes the units from `start` up to `end` right and accepts each; the cursor is on the first of them."""
        number = start
        while number < end:
            crossed = number + 1 < end and self.crosses(number)
            if crossed:
                first, second = self.gold[number : number + 2]
                self.make(number, first[0], second[1])
                self.down()
                self.make(number + 1, second[0], first[1])
                press(self.page, "ArrowUp")
                self.act("x")
            else:
                self.make(number, *self.gold[number])
            for _ in range(1 + crossed):
                self.accept()
                number += 1

    def crosses(self, number: int) -> bool:
        """Whether the target of the next gold unit stands before that of this one."""
        wanted, following = self.gold[number][1], self.gold[number + 1][1]
        rest = [sentence for _, target in self.units[number:] for sentence in target]
        return bool(wanted and following) and rest.index(following[0]) < rest.index(wanted[0])

    def make(self, number: int, source: list[str], target: list[str]) -> None:
        for side, wanted, key in ((0, source, "ArrowLeft"), (1, target, "ArrowRight")):
            press(self.page, key)
            while len(self.units[number][side]) < len(wanted):
                self.fetch(number, side)
        for side, wanted, key in ((0, source, "ArrowLeft"), (1, target, "ArrowRight")):
            press(self.page, key)
            while len(self.units[number][side]) > len(wanted):
                self.act("Alt+ArrowDown")
        assert self.units[number] == [source, target]

    def fetch(self, number: int, side: int) -> None:
        """Pulls a sentence up from the next unit; where that has none on this side, takes all of it."""
        if not self.units[number + 1][side]:
            self.act("m")
            return
        self.down()
        self.act("Alt+ArrowUp")
        # A unit that was emptied is gone, and the cursor on the one after it.
        while self.here() > number:
            press(self.page, "ArrowUp")

    def act(self, key: str) -> None:
        act(self.page, key)
        self.units = pairs(self.page)

    def accept(self) -> None:
        act(self.page, "a")

    def down(self) -> None:
        press(self.page, "ArrowDown")

    def here(self) -> int:
        return int(self.page.evaluate(
            "() => [...document.querySelectorAll('.alignment tbody tr')].indexOf(document.activeElement.closest('tr'))"
        ))  # fmt: skip


def test_a_bad_alignment_is_taken_to_the_gold_one_by_keyboard_alone(
    english: Page, url: str, bitext: int, gold: list, desk_path: Path
):
    """Some by hand, a reload, undo and redo, the rest aligned again and put right, and a TMX equal to the gold."""
    english.goto(f"{url}/bitexts/{bitext}/alignment")
    expect(sentence(english, 1)).to_be_focused()
    Typist(english, gold).work(0, 8)

    english.reload()
    expect(english.locator(".bar .count")).to_contain_text("8 / ")
    assert [tuple(pair) for pair in pairs(english)[:8]] == gold[:8]

    done = contents(stored(desk_path, bitext))
    press(english, "Home")
    for _ in range(12):
        assert act(english, "Control+z").startswith("Undone: ")
    assert contents(stored(desk_path, bitext)) != done
    for _ in range(12):
        assert act(english, "Control+y").startswith("Redone: ")
    assert contents(stored(desk_path, bitext)) == done

    press(english, "Home")
    press(english, "o")
    assert act(english, "r") == "Done: realign the rest"
    assert contents(stored(desk_path, bitext))[:8] == done[:8]
    assert shapes(english).count("1–1") > 15
    press(english, "Home", "o")
    typist = Typist(english, gold)
    assert typist.here() == 8
    typist.work(8, len(gold))

    expect(english.locator("#announcement")).to_have_text("All units are accepted")
    expect(english.locator(".bar .count")).to_have_text(f"{len(gold)} / {len(gold)}")
    assert [tuple(pair) for pair in pairs(english)] == gold
    assert exported(english, "TMX, confirmed units") == [
        (" ".join(source), "".join(target)) for source, target in gold if source and target
    ]


def exported(page: Page, link: str) -> list[tuple[str | None, str | None]]:
    units = download(page, link)
    return [(unit.text("en"), unit.text("zh-Hans")) for unit in units]


def download(page: Page, link: str) -> list[tmx.TranslationUnit]:
    page.get_by_text("Export", exact=True).click()
    page.get_by_role("link", name=link).focus()
    with page.expect_download() as download:
        press(page, "Enter")
    return list(tmx.read(io.BytesIO(Path(download.value.path()).read_bytes()), "bitext.tmx"))


def test_the_export_of_all_says_what_nobody_has_accepted(english: Page, url: str):
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    act(english, "a")
    notes = [unit.note for unit in download(english, "TMX, all units")]
    assert notes[0] == ""
    assert re.fullmatch(r"not accepted, score \d\.\d\d", notes[1])


def test_every_action_by_mouse(english: Page, url: str, bitext: int, desk_path: Path):
    english.goto(f"{url}/bitexts/{bitext}/alignment")
    before = contents(stored(desk_path, bitext))

    def click(name: str) -> None:
        english.locator(".tools").get_by_role("button", name=re.compile(f"^{name}")).click()
        expect(english.locator("#announcement")).to_have_text(re.compile(f": {name.lower()}", re.IGNORECASE))

    sentence(english, 2).click()
    click("Merge")
    assert shapes(english)[:3] == ["1–1", "2–2", "1–1"]
    sentence(english, 2, which=2).click()
    click("Split")
    click("Push down")
    assert shapes(english)[:3] == ["1–1", "0–1", "2–1"]
    sentence(english, 3, "target").click()
    click("Swap targets")
    click("Swap units")
    row(english, 1).get_by_role("button", name="Accepted").click()
    expect(row(english, 1)).to_have_attribute("data-accepted", "")
    row(english, 1).get_by_role("button", name="Accepted").click()
    expect(row(english, 1)).not_to_have_attribute("data-accepted", "")
    sentence(english, 1).click()
    english.get_by_role("button", name="Link or unlink").click()
    expect(row(english, 1).locator(".shape")).to_have_text("1–0")
    english.get_by_role("button", name="Link or unlink").click()
    expect(row(english, 1).locator(".shape")).to_have_text("1–1")
    sentence(english, 4).click()
    click("Accept all above")
    assert english.locator("[data-accepted]").count() == 4
    undo = english.get_by_role("button", name="Undo")
    while (undo.get_attribute("title") or "").startswith("Undo: "):
        with english.expect_response(lambda response: response.request.method == "POST"):
            undo.click()
        english.wait_for_timeout(50)
    assert contents(stored(desk_path, bitext)) == before


def test_a_sentence_is_edited_and_split_at_the_caret(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    press(english, "ArrowRight", "e")
    field = english.locator(".alignment textarea")
    field.fill("联合实验室。走进肯尼亚农田")
    for _ in range(7):
        press(english, "ArrowLeft")
    act(english, "Enter")
    assert stored(desk_path)[0].target == ("联合实验室。", "走进肯尼亚农田")
    expect(sentence(english, 1, "target")).to_be_focused()
    press(english, "Shift+ArrowDown", "Enter")
    field.fill("走进<b>农田</b>")
    act(english, "Control+Enter")
    assert stored(desk_path)[0].target == ("联合实验室。", "走进<b>农田</b>")
    expect(sentence(english, 1, "target", 2)).to_have_text("走进<b>农田</b>")
    press(english, "e")
    field.fill("不要了")
    press(english, "Escape")
    expect(sentence(english, 1, "target", 2)).to_be_focused()
    assert stored(desk_path)[0].target[1] == "走进<b>农田</b>"


def test_enter_belongs_to_an_input_method_that_composes(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    before = contents(stored(desk_path))
    press(english, "ArrowRight", "e")
    client = english.context.new_cdp_session(english)
    client.send("Input.imeSetComposition", {"text": "zhi", "selectionStart": 3, "selectionEnd": 3})
    for kind in ("rawKeyDown", "keyUp"):
        client.send("Input.dispatchKeyEvent", {"type": kind, "key": "Enter", "windowsVirtualKeyCode": 229})
    english.wait_for_timeout(300)
    expect(english.locator(".alignment textarea")).to_be_focused()
    assert contents(stored(desk_path)) == before


def test_what_is_being_written_is_saved_when_the_field_is_left(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    press(english, "ArrowRight", "e")
    english.locator(".alignment textarea").fill("新标题")
    sentence(english, 3).click()
    expect(sentence(english, 1, "target")).to_have_text("新标题")
    expect(sentence(english, 3)).to_be_focused()
    assert stored(desk_path)[0].target == ("新标题",)


def test_jumping_to_what_wants_looking_at(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    irregular = [n for n, shape in enumerate(shapes(english), 1) if shape != "1–1"]
    for n in irregular[:2]:
        press(english, "n")
        expect(sentence(english, n)).to_be_focused()
    press(english, "Shift+N")
    expect(sentence(english, irregular[0])).to_be_focused()
    scores = [unit.score for unit in stored(desk_path)]
    least = min(score for score in scores if score)
    press(english, "t")
    english.keyboard.type(str(least + 0.005))
    press(english, "Escape", "b")
    expect(row(english, scores.index(least) + 1)).to_have_class(re.compile("here"))
    press(english, "Home", "Shift+A", "o")
    expect(sentence(english, 2)).to_be_focused()


def test_accepting_all_from_a_score_on(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    press(english, "t")
    english.keyboard.type("0.9")
    assert act(english, "Enter") == "Done: accept by score"
    units = stored(desk_path)
    assert all(unit.state.confirmed == (present(unit.score) >= 0.9) for unit in units)
    with Desk.open(desk_path) as desk:
        remembered = list(desk.memory.entries())
    assert len(remembered) == sum(unit.state.confirmed for unit in units) > 10
    assert {entry.origin for entry in remembered} == {"aligned"}
    assert all(present(entry.score) >= 0.9 for entry in remembered)


def test_a_click_on_the_map_goes_there(english: Page, url: str):
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    picture = english.locator(".map svg")
    crossing = english.locator(".alignment tr:has(.crossing)").count()
    assert crossing
    assert picture.locator(".beads .irregular").count() == sum(shape != "1–1" for shape in shapes(english)) + crossing
    box = present(picture.bounding_box())
    picture.click(position={"x": box["width"] * 0.83, "y": box["height"] - 3})
    expect(row(english, len(shapes(english)))).to_have_class(re.compile("here"))


def test_two_people_never_overwrite_each_other(english: Page, chinese: Page, url: str, desk_path: Path):
    for page in (english, chinese):
        page.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    count = len(shapes(english))
    act(english, "m")
    # Elsewhere: both changes stand, and each page shows them.
    press(chinese, "End")
    act(chinese, "a")
    expect(chinese.locator(".alignment tbody tr")).to_have_count(count - 1)
    expect(row(chinese, count - 1)).to_have_attribute("data-accepted", "")
    # The same unit: the second is told and sees what is there.
    press(english, "Home")
    act(english, "s")
    press(chinese, "Home")
    act(chinese, "l")
    expect(chinese.locator(".conflict")).to_be_visible()
    assert shapes(chinese)[:2] == ["1–1", "1–1"]
    expect(row(chinese, 1)).to_have_class(re.compile("theirs"))
    assert len(stored(desk_path)) == count


def test_a_text_that_meets_a_conflict_is_not_lost(english: Page, chinese: Page, url: str, desk_path: Path):
    for page in (english, chinese):
        page.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    press(chinese, "ArrowRight", "e")
    chinese.locator(".alignment textarea").fill("我的标题")
    act(english, "a")
    with chinese.expect_response(lambda response: response.status == 409):
        press(chinese, "Control+Enter")
    expect(chinese.locator(".conflict")).to_be_visible()
    expect(chinese.locator(".alignment textarea")).to_have_value("我的标题")
    assert stored(desk_path)[0].target != ("我的标题",)
    act(chinese, "Control+Enter")
    assert stored(desk_path)[0].target == ("我的标题",)


def test_a_text_that_does_not_reach_the_desk_stays_open(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    press(english, "ArrowRight", "e")
    english.locator(".alignment textarea").fill("断线时写的")
    english.context.set_offline(True)
    press(english, "Control+Enter")
    expect(english.locator("#announcement")).to_contain_text("did not reach the desk")
    english.context.set_offline(False)
    act(english, "Control+Enter")
    assert stored(desk_path)[0].target == ("断线时写的",)


def test_what_cannot_be_done_is_said(chinese: Page, url: str, desk_path: Path):
    chinese.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    before = contents(stored(desk_path))
    press(chinese, "End")
    with chinese.expect_response(lambda response: response.status == 400):
        press(chinese, "m")
    expect(chinese.locator("#announcement")).not_to_be_empty()
    assert contents(stored(desk_path)) == before


def test_keys_are_the_list_s_only_while_it_has_the_focus(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    before = contents(stored(desk_path))
    english.get_by_role("link", name="Editor").focus()
    press(english, "m", "a", "x")
    english.wait_for_timeout(300)
    assert contents(stored(desk_path)) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_editor_is_accessible_while_one_works(english: Page, url: str, scheme: Scheme):
    english.emulate_media(color_scheme=scheme)
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    act(english, "a")
    act(english, "l")
    press(english, "e")
    assert_accessible(english)


def test_the_unit_is_found_in_the_editor(english: Page, url: str):
    english.goto(f"{url}/bitexts/{LABORATORY}/alignment")
    number = len(shapes(english))
    press(english, "End", "g")
    expect(english).to_have_url(re.compile(r"/bitexts/2\?page=1#unit-\d+"))
    expect(english.locator(":target .number")).to_have_text(str(number))
