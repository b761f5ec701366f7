"""Intake in a real browser: send files, look at what was found, decide, take in."""

from pathlib import Path

import pytest
from accessibility import assert_accessible
from playwright.sync_api import Page, expect

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
    english.get_by_role("button", name="Take in the marked articles").click()
    expect(english.locator("#articles ~ table")).to_contain_text("Lab Opens in Lanchuan")
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
    english.get_by_role("button", name="Look again").click()
    expect(text).to_contain_text("All Rights Reserved")
    english.get_by_label("Copyright ©").check()
    english.get_by_role("button", name="Look again").click()
    expect(text).not_to_contain_text("All Rights Reserved")


def test_what_was_not_looked_at_is_not_taken_in(english: Page, url: str, news: Path, desk_path: Path):
    """A mark that is changed and not looked at again leads to another look first."""
    send(english, url, news)
    english.locator("details", has=english.locator("summary", has_text="Copyright lines")).locator("summary").click()
    english.get_by_label("Copyright ©").uncheck()
    english.get_by_role("button", name="Take in the marked articles").click()
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


def test_a_bad_file_is_said_in_the_language_of_the_page(chinese: Page, url: str, tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x00\x01\x02\x03")
    send(chinese, url, path)
    expect(chinese.locator("form.upload output")).to_contain_text("a.txt")
    expect(chinese.locator("form.upload output")).to_contain_text("UTF-8")


def test_an_upload_is_thrown_away(chinese: Page, url: str, news: Path):
    send(chinese, url, news)
    chinese.get_by_role("button", name="丢弃").click()
    expect(chinese.locator("h1")).to_have_text("导入")
    expect(chinese.locator("main")).not_to_contain_text("news.txt")
