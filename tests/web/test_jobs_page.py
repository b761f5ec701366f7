"""Work in the background in a real browser: its progress, its end, cancelling it, and realigning a long bitext."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from corpus import samples
from corpus.alignment import Bead
from corpus.articles import Article, Paragraph
from corpus.bitexts.model import content
from corpus.bitexts.operations import Action
from tests.accessibility import Scheme, assert_accessible
from tests.present import present
from workbench.desk import Desk
from workbench.services.alignment import align_articles, rearrange_bitext
from workbench.stores.job_arguments import Align
from workbench.stores.jobs import JobMessage, JobState

WORKER = "a worker that only this test knows"


@pytest.fixture
def running(desk_path: Path) -> int:
    """A job that nobody does but the test: its worker lives for ever."""
    # At once, or the worker of the served desk is faster now and then.
    with Desk.open(desk_path, user="Li") as desk, desk.db.atomic():
        id = desk.jobs.add(Align(source=1, target=2, title="New <i>Catalyst</i>", language="en"))
        desk.jobs.claim(WORKER)
        desk.db.table("jobs").update(id, {"beat_at": "2999-01-01T00:00:00Z", "done": 1, "total": 4})
    return id


def advance(desk_path: Path, id: int, done: int, total: int) -> bool:
    with Desk.open(desk_path) as desk:
        goes_on = desk.jobs.advance(desk.jobs.get(id), done, total)
        desk.db.table("jobs").update(id, {"beat_at": "2999-01-01T00:00:00Z"})
    return goes_on


def finish(desk_path: Path, id: int, state: JobState, **end: Any) -> None:
    with Desk.open(desk_path) as desk:
        desk.jobs.finish(desk.jobs.get(id), state, **end)


def test_the_bar_moves_and_the_page_goes_where_the_work_is_done(english: Page, url: str, desk_path: Path, running: int):
    english.goto(f"{url}/jobs/{running}")
    expect(english.locator("h1")).to_have_text("Align New <i>Catalyst</i>")
    expect(english.locator("output")).to_have_text("running …")
    bar = english.get_by_role("progressbar", name="Align")
    expect(bar).to_have_attribute("value", "1")
    advance(desk_path, running, 3, 4)
    expect(bar).to_have_attribute("value", "3")
    expect(english.locator(".count")).to_have_text("75 %")
    finish(desk_path, running, JobState.DONE, result={"bitext": 2})
    expect(english).to_have_url(f"{url}/bitexts/2/alignment")


def test_what_went_wrong_is_said_in_the_language_of_the_page(chinese: Page, url: str, desk_path: Path, running: int):
    chinese.goto(f"{url}/jobs/{running}")
    expect(chinese.locator("output")).to_have_text("进行中…")
    failure = JobMessage("There is no article {id} in this desk.", {"id": 7})
    finish(desk_path, running, JobState.FAILED, message=failure)
    expect(chinese.locator("output")).to_have_text("失败")
    expect(chinese.locator(".problem")).to_have_text("工作台中没有文章 7。")
    expect(chinese.get_by_role("button", name="取消")).to_be_hidden()
    expect(chinese.get_by_role("link", name="返回发起处")).to_have_attribute("href", "/articles/1")


def test_work_is_cancelled(english: Page, url: str, desk_path: Path, running: int):
    english.goto(f"{url}/jobs/{running}")
    english.get_by_role("button", name="Cancel").click()
    expect(english.locator("output")).to_have_text("cancelling …")
    assert advance(desk_path, running, 2, 4) is False
    finish(desk_path, running, JobState.CANCELLED)
    expect(english.locator("output")).to_have_text("cancelled")
    expect(english.get_by_role("button", name="Cancel")).to_be_hidden()


def test_without_script(browser: Browser, url: str, desk_path: Path, running: int):
    context = browser.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/jobs/{running}")
    expect(page.locator("output")).to_have_text("running …")
    page.get_by_role("button", name="Cancel").click()
    expect(page).to_have_url(f"{url}/jobs/{running}")
    expect(page.locator("output")).to_have_text("cancelling …")
    finish(desk_path, running, JobState.DONE, result={"bitext": 2})
    # The page looks again by itself.
    page.get_by_role("link", name="Show result").click()
    expect(page).to_have_url(f"{url}/bitexts/2/alignment")
    context.close()


def test_the_list_follows(english: Page, url: str, desk_path: Path, running: int):
    english.goto(url)
    english.get_by_role("link", name="Background tasks").click()
    expect(english.locator("tbody tr")).to_contain_text("running …")
    english.get_by_role("link", name="Align: New <i>Catalyst</i>").focus()
    finish(desk_path, running, JobState.DONE, result={"bitext": 2})
    expect(english.locator("tbody tr")).to_contain_text("done")
    expect(english.get_by_role("link", name="Align: New <i>Catalyst</i>")).to_be_focused()
    english.keyboard.press("Enter")
    expect(english).to_have_url(f"{url}/bitexts/2/alignment")


@pytest.mark.parametrize(("locale", "scheme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_the_pages_are_accessible(
    browser: Browser, url: str, desk_path: Path, running: int, scheme: Scheme, locale: str
):
    context = browser.new_context(locale=locale, color_scheme=scheme)
    page = context.new_page()
    for path in (f"/jobs/{running}", "/jobs/"):
        page.goto(url + path)
        assert_accessible(page)
    finish(desk_path, running, JobState.FAILED, message=JobMessage("There is no article {id} in this desk.", {"id": 7}))
    for path in (f"/jobs/{running}", "/jobs/"):
        page.goto(url + path)
        assert_accessible(page)
    context.close()


def test_a_job_that_is_not_there_is_said(chinese: Page, url: str):
    assert present(chinese.goto(f"{url}/jobs/99")).status == 404
    expect(chinese.get_by_role("alert")).to_contain_text("99")


# Realigning a long bitext


@pytest.fixture
def long(desk_path: Path) -> int:
    """All sample articles as one, aligned one to one, whatever belongs together."""
    with Desk.open(desk_path, user="Li") as desk:
        ids, counts = [], []
        for language in ("en", "zh-Hans"):
            sentences = tuple(
                line
                for name in samples.names()
                for line in samples.path(name, language).read_text("utf-8").splitlines()
                if line.strip()
            )
            ids.append(desk.articles.add(Article(language, "All", (Paragraph(sentences),)))[0])
            counts.append(len(sentences))
        n, m = counts
        beads = [Bead((i,) if i < n else (), (i,) if i < m else (), 0.2) for i in range(max(n, m))]
        source, target = ids
        return align_articles(desk, source, target, beads)


def units(desk_path: Path, bitext: int) -> list[tuple[object, ...]]:
    with Desk.open(desk_path) as desk:
        return [(unit.id, *content(unit)) for unit in desk.bitexts.units(bitext)]


def realigned(page: Page) -> None:
    expect(page.locator("#announcement")).to_have_text(re.compile("realign the rest$"), timeout=0)


def test_a_long_bitext_is_realigned_in_the_background(english: Page, url: str, desk_path: Path, long: int):
    before = units(desk_path, long)
    english.goto(f"{url}/bitexts/{long}/alignment")
    english.keyboard.press("r")
    expect(english.locator(".realigning progress")).to_be_visible()
    assert_accessible(english)
    # The page can be left and comes back to where the work is.
    english.reload()
    realigned(english)
    expect(english.locator(".realigning")).to_have_count(0)
    after = units(desk_path, long)
    assert len(after) != len(before)
    expect(english.locator(".alignment tbody tr")).to_have_count(len(after))
    expect(english.locator(".alignment tbody .sentence").first).to_be_focused()
    english.keyboard.press("Control+z")
    expect(english.locator("#announcement")).to_have_text("Undone: realign the rest")
    assert units(desk_path, long) == before


def test_two_long_articles_are_aligned_in_the_background(english: Page, url: str, desk_path: Path, long: int):
    with Desk.open(desk_path) as desk:
        bitext = desk.bitexts.get(long)
        source, _ = desk.articles.add(desk.articles.get(present(bitext.source_article)))
    english.goto(f"{url}/articles/{source}")
    english.get_by_label("Counterpart").select_option(str(bitext.target_article))
    english.get_by_role("button", name="Align").click()
    expect(english).to_have_url(re.compile(r"/jobs/\d+$"))
    expect(english).to_have_url(f"{url}/bitexts/{long + 1}/alignment", timeout=0)
    expect(english.locator(".alignment .shape").first).to_have_text("1–1")


def test_realigning_is_cancelled(english: Page, url: str, desk_path: Path, long: int):
    before = units(desk_path, long)
    english.goto(f"{url}/bitexts/{long}/alignment")
    english.keyboard.press("r")
    english.get_by_role("button", name="Cancel").click()
    expect(english.locator("#announcement")).to_have_text("cancelled", timeout=0)
    assert units(desk_path, long) == before


def test_what_was_changed_while_it_was_realigned_stays(english: Page, url: str, desk_path: Path, long: int):
    english.goto(f"{url}/bitexts/{long}/alignment")
    english.keyboard.press("r")
    expect(english.locator(".realigning")).to_be_visible()
    with Desk.open(desk_path, user="Wang") as desk:
        first = desk.bitexts.units(long)[0]
        rearrange_bitext(desk, long, desk.bitexts.get(long).revision, Action("merge", first.id))
    expect(english.locator(".aligning > .conflict")).to_contain_text("left as it is now", timeout=0)
    expect(english.locator(".alignment .shape").first).to_have_text("2–2")
    assert units(desk_path, long)[0][0] == first.id


def test_work_survives_the_workbench(english: Page, desk_path: Path, long: int, serve):
    """It is told to end in the middle; the next one does the work."""
    process, url = serve()
    english.goto(f"{url}/bitexts/{long}/alignment")
    english.keyboard.press("r")
    expect(english.locator(".realigning")).to_be_visible()
    process.terminate()
    process.wait()
    with Desk.open(desk_path) as desk:
        (job,) = desk.jobs.recent(1)
        assert job.state is JobState.QUEUED
    _, url = serve()
    english.goto(f"{url}/bitexts/{long}/alignment")
    realigned(english)
