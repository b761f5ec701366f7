"""What intake leaves out of a text: as little as it can, counted, and shown where it stood."""

import pytest
from click.testing import CliRunner

from corpus import intake
from corpus.intake.pages import Block, Page
from corpus.intake.readers import plain
from workbench.cli import main

MIDWAY = """Salt Rice Feeds a Village

The village of Haibian ate its own rice for the first time on Sunday.

{heading}

The rice grows in sea water, and forty families have sown it on land that bore nothing before.

"Nobody believed us," said the mayor at the feast in the old school.

A second harvest is planned for October.
"""
MIDWAY_CHINESE = """海边村吃上海水稻

海边村周日第一次吃上了自己种的稻米。

相关新闻

机器人端茶不洒一滴

这种水稻长在海水里，四十户人家把它种在了原来寸草不生的地里。

村长说：“谁都不信我们。”
"""


def read(text):
    return intake.from_pages(plain.read_pages(text, "rice.txt"))


@pytest.mark.parametrize("heading", ["Read more", "Related stories:", "相关新闻", "• Top News"])
def test_the_article_goes_on_below_a_line_that_points_elsewhere(heading):
    (article,) = read(MIDWAY.format(heading=heading)).articles
    assert len(article.sentences()) == 5
    assert article.sentences()[-1] == "A second harvest is planned for October."


def test_headlines_go_and_the_gap_says_where():
    found = read(MIDWAY_CHINESE)
    assert [sentence[:4] for sentence in found.articles[0].sentences()] == [
        "海边村吃",
        "海边村周",
        "这种水稻",
        "村长说：",
    ]
    assert found.gaps == (intake.Gap(0, 2, ("相关新闻", "机器人端茶不洒一滴"), ("teasers", "teasers")),)


def test_links_go_even_if_they_are_sentences():
    texts = ["Salt Rice Feeds a Village", "They ate it.", "Read more", "Robots served tea.", "They liked the rice."]
    blocks = tuple(Block(text, f"line {number}", link=number == 3) for number, text in enumerate(texts))
    (article,) = intake.from_pages([Page(blocks, "rice.html")]).articles
    assert article.sentences() == ["Salt Rice Feeds a Village", "They ate it.", "They liked the rice."]


def test_a_heading_of_the_file_stays_with_its_text():
    texts = ["Salt Rice Feeds a Village", "They ate it.", "Read more", "How it grows", "It grows in the sea."]
    blocks = tuple(Block(text, "", "heading" if text == "How it grows" else "text") for text in texts)
    (article,) = intake.from_pages([Page(blocks, "rice.html")]).articles
    assert article.sentences()[2:] == ["How it grows", "It grows in the sea."]


def test_a_sentence_about_rights_is_no_line_about_rights():
    (article,) = read("Law Changes\n\nCopyright law will change, the ministry said.\n\nIt is old.\n").articles
    assert "Copyright law will change, the ministry said." in article.sentences()


MUCH = """Salt Rice Feeds a Village

The village ate its own rice.

Top News

Robots Serve Tea at the Fair of Lanchuan Again

Tide Plant Has Its Best Month Since It Was Built
"""


def test_a_warning_where_much_is_left_out():
    (warning,) = [note for note in read(MUCH).notes if note.warns]
    assert warning.message.startswith("rice.txt: 65 % of its text was left out.")


def test_no_warning_where_little_is_left_out():
    assert not [note for note in read(MIDWAY.format(heading="Read more")).notes if note.warns]


def test_the_command_line_shows_what_is_left_out(tmp_path):
    path = tmp_path / "rice.txt"
    path.write_text(MUCH)
    desk = ["--desk", str(tmp_path / "desk.db")]
    CliRunner().invoke(main, [*desk, "init"])
    result = CliRunner().invoke(main, [*desk, "intake", str(path), str(tmp_path / "gone.txt")])
    assert "WARNING: rice.txt: 65 % of its text was left out." in result.stderr
    assert "  line 7: Robots Serve Tea at the Fair of Lanchuan Again" in result.stderr
    assert "Not taken in: There is no file" in result.stderr
    assert "Salt Rice Feeds a Village" in result.stdout
    assert result.exit_code == 1


@pytest.mark.parametrize(("box", "warns"), [("sidebar", True), ("plain", False)])
def test_a_warning_where_a_web_page_loses_much_of_its_text(tmp_path, box, warns):
    lines = [f"<p>It is sentence number {number} of a story that is long enough to be kept.</p>" for number in range(9)]
    boxed = f"<div class='{box}'>{''.join(lines[3:6])}</div>"
    path = tmp_path / "rice.html"
    path.write_text(
        f"<html><article><h1>Salt Rice</h1>{''.join(lines[:3])}{boxed}{''.join(lines[6:])}</article></html>"
    )
    warnings = [note.message for note in intake.read_all([path]).notes if note.warns]
    text = "rice.html: 33 % of the text among its paragraphs was taken for no part of the article: check it."
    assert warnings == ([text] if warns else [])
