"""Intake in a real browser: send files, look at what was found, decide, take in."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import assert_accessible
from workbench.desk import Desk

PAGE = """Lab Opens in Lanchuan

By LI Ming

A joint labora-

tory opened on Monday. It studies rice.

Copyright © Some Daily, All Rights Reserved
"""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(PAGE, "utf-8")
    return path


def send(page: Page, url: str, *files: Path) -> None:
    page.goto(f"{url}/intake/")
    page.set_input_files("input[type=file]", files)
    page.locator("form.upload button").click()


def test_an_article_is_looked_at_and_taken_in(english: Page, url: str, news: Path, desk_path: Path):
    send(english, url, news)
    expect(english.locator(".found")).to_contain_text("Lab Opens in Lanchuan")
    expect(english.locator(".found")).to_contain_text("By LI Ming")
    assert_accessible(english)
    with Desk.open(desk_path) as desk:
        assert len(desk.articles.all()) == 16
    english.get_by_role("button", name="Import selected articles").click()
    expect(english.locator(".imported")).to_contain_text("Lab Opens in Lanchuan")
    with Desk.open(desk_path) as desk:
        article = desk.articles.all()[0]
        assert desk.uploads.all() == []
    assert article.sentences() == [
        "Lab Opens in Lanchuan",
        "A joint laboratory opened on Monday.",
        "It studies rice.",
    ]


def test_a_decision_is_taken_back_and_taken_anew(english: Page, url: str, news: Path):
    send(english, url, news)
    text = english.locator(".found div.text")
    english.locator("details", has=english.locator("summary", has_text="Copyright lines")).locator("summary").click()
    english.get_by_label("Copyright ©").uncheck()
    english.get_by_role("button", name="Update preview").click()
    expect(text).to_contain_text("All Rights Reserved")
    english.get_by_label("Copyright ©").check()
    english.get_by_role("button", name="Update preview").click()
    expect(text).not_to_contain_text("All Rights Reserved")


def test_what_was_not_looked_at_is_not_taken_in(english: Page, url: str, news: Path, desk_path: Path):
    """A mark that is changed and not looked at again leads to another look first."""
    send(english, url, news)
    english.locator("details", has=english.locator("summary", has_text="Copyright lines")).locator("summary").click()
    english.get_by_label("Copyright ©").uncheck()
    english.get_by_role("button", name="Import selected articles").click()
    expect(english.locator(".found div.text")).to_contain_text("All Rights Reserved")
    with Desk.open(desk_path) as desk:
        assert len(desk.articles.all()) == 16


def test_files_are_dropped(english: Page, url: str):
    english.goto(f"{url}/intake/")
    dropped = english.evaluate_handle(
        "text => { const t = new DataTransfer(); t.items.add(new File([text], 'a.txt')); return t; }", PAGE
    )
    english.dispatch_event(".drop", "drop", {"dataTransfer": dropped})
    english.locator("form.upload button").click()
    expect(english.locator(".found")).to_contain_text("Lab Opens in Lanchuan")


def test_a_bad_file_is_said_in_the_language_of_the_page_and_keeps_no_other_out(
    chinese: Page, url: str, news: Path, tmp_path: Path
):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x00\x01\x02\x03")
    send(chinese, url, path, news)
    expect(chinese.locator(".problem")).to_contain_text("a.txt 不是文本文件")
    expect(chinese.locator(".found")).to_contain_text("Lab Opens in Lanchuan")
    assert_accessible(chinese)


def test_an_upload_that_cannot_be_read_has_a_way_out(english: Page, url: str, tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x00\x01\x02\x03")
    send(english, url, path)
    expect(english.locator(".problem")).to_contain_text("a.txt is not a text file")
    expect(english.get_by_role("button", name="Import selected articles")).to_have_count(0)
    english.goto(f"{url}/intake/")
    english.get_by_role("button", name="Discard: a.txt").click()
    expect(english.locator("main")).not_to_contain_text("a.txt")


def test_what_is_left_out_is_shown_where_it_stood(english: Page, url: str, tmp_path: Path):
    path = tmp_path / "rice.txt"
    path.write_text(
        "Salt Rice Feeds a Village\n\nThey ate it.\n\nRead more\n\nRobots Serve Tea at the Fair\n\nIt was good.\n"
    )
    send(english, url, path)
    expect(english.get_by_role("alert")).to_contain_text("rice.txt: 43 % of its text was left out.")
    english.locator("summary", has_text="Text").click()
    expect(english.locator(".gap")).to_have_text("Omitted here: Read more · Robots Serve Tea at the Fair")
    assert_accessible(english)


def test_many_articles_are_shown_page_by_page(english: Page, url: str, tmp_path: Path, desk_path: Path):
    """A mark that is taken away on a page is kept on the others."""
    paths = [tmp_path / f"{number}.txt" for number in range(22)]
    for number, path in enumerate(paths):
        path.write_text(f"Lab {chr(65 + number)} Opens\n\nIt is laboratory {number} of many.\n")
    send(english, url, *paths)
    expect(english.locator("h2#found")).to_have_text("22 articles were found")
    expect(english.locator(".found")).to_have_count(20)
    english.get_by_label("Lab B Opens").uncheck()
    english.get_by_role("button", name="Next page").click()
    expect(english.locator(".found")).to_have_count(2)
    english.get_by_role("button", name="Import selected articles").click()
    expect(english.locator(".imported")).to_contain_text("Lab V Opens")
    with Desk.open(desk_path) as desk:
        titles = {article.title for article in desk.articles.all()}
    assert {"Lab A Opens", "Lab C Opens", "Lab V Opens"} <= titles
    assert "Lab B Opens" not in titles


def test_a_long_article_has_pages_of_its_own(english: Page, url: str, tmp_path: Path):
    path = tmp_path / "long.txt"
    path.write_text("Long Story\n\n" + "\n\n".join(f"It is paragraph {number}." for number in range(150)))
    send(english, url, path)
    english.locator("summary", has_text="Text").click()
    expect(english.locator(".found .sentence")).to_have_count(99)
    english.get_by_role("link", name="Show full text").click()
    english.get_by_role("link", name="Next page").click()
    expect(english.locator(".sentence").last).to_have_text("It is paragraph 149.")
    assert_accessible(english)


def test_an_upload_is_thrown_away(chinese: Page, url: str, news: Path):
    send(chinese, url, news)
    chinese.get_by_role("button", name="丢弃").click()
    expect(chinese.locator("h1")).to_have_text("导入")
    expect(chinese.locator("main")).not_to_contain_text("news.txt")
