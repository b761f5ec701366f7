"""The desk's first page: where to go on, what waits for me, and the list of bitexts and free articles."""

import re
from dataclasses import replace

import pytest

from corpus.articles import Article, Paragraph
from corpus.bitexts.model import Bead
from corpus.text.progress import silent
from workbench.desk import Desk
from workbench.jobs.handlers import HANDLERS
from workbench.services.alignment import align_articles
from workbench.services.article_intake import begin_translation
from workbench.services.article_pairing import order_for
from workbench.services.assigning import assign_bitext
from workbench.services.commenting import add_comment
from workbench.services.naming import give_name
from workbench.services.reviewing import send_unit_back
from workbench.services.suggestions import matches
from workbench.services.unit_editing import save_unit
from workbench.stores.job_arguments import FillDemo, ProposePairs
from workbench.stores.overview import ListFilter, Show
from workbench.web import create_app

CHINESE = {"Accept-Language": "zh-CN"}


def an_article(language: str, title: str, date: str = "2026-05-01") -> Article:
    return Article(language, title, (Paragraph((title,), "title"), Paragraph((f"{title}.",))), date=date)


@pytest.fixture
def filled(desk) -> Desk:
    """Bitext 1 is aligned, 2 is being translated by Li; one article of each language is free."""
    texts = [
        an_article("en", "Rice Grows"), an_article("zh-Hans", "水稻生长"), an_article("en", "Lab Opens"),
        an_article("en", "100% Free", "2026-06-01"), an_article("zh-Hans", "自由文章", "2026-06-02"),
    ]  # fmt: skip
    ids = [desk.articles.add(each)[0] for each in texts]
    align_articles(desk, ids[0], ids[1], [Bead((0,), (0,)), Bead((1,), (1,))])
    begin_translation(desk, ids[2], "zh-Hans")
    return desk


@pytest.fixture
def li(filled):
    client = create_app(filled.path, {"TESTING": True}).test_client()
    client.post("/me", data={"name": "Li"})
    return client


def titles(page: str) -> list[str]:
    listed = page.partition('id="list"')[2]
    return re.findall(r'<td role="cell"><a href="[^"]*"><span[^>]*>([^<]*)</span>', listed)


def test_the_list_has_each_text_once_the_newest_first_by_the_title_of_the_page_s_language(li, filled):
    assert titles(li.get("/").text) == ["Lab Opens", "Rice Grows", "自由文章", "100% Free"]
    save_unit(filled, filled.bitexts.units(2)[0].id, 1, "实验室成立", confirm=False)
    assert titles(li.get("/", headers=CHINESE).text) == ["实验室成立", "水稻生长", "自由文章", "100% Free"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("show=unpaired", ["自由文章", "100% Free"]),
        ("show=aligned", ["Rice Grows"]),
        ("show=translated", ["Lab Opens"]),
        ("show=done", []),
        ("q=rice", ["Rice Grows"]),
        ("q=水稻", ["Rice Grows"]),
        ("q=100%25", ["100% Free"]),
        ("q=%25", ["100% Free"]),
        ("language=zh", ["自由文章"]),
        ("since=2026-06-01", ["自由文章", "100% Free"]),
        ("since=yesterday&show=nothing&start=x", ["Lab Opens", "Rice Grows", "自由文章", "100% Free"]),
    ],
)
def test_the_list_is_narrowed_down(li, query, found):
    assert titles(li.get(f"/?{query}").text) == found


def test_mine_and_done_are_what_they_say(filled):
    with Desk.open(filled.path, "Wang") as wang:
        assert wang.overview.count(ListFilter(Show.MINE, "Wang")) == 0
        assign_bitext(wang, 1, "", "Wang", "")
        assert [entry.id for entry in wang.overview.entries(ListFilter(Show.MINE, "Wang"), 0, 9)] == [1]
        for unit in wang.bitexts.units(1):
            save_unit(wang, unit.id, 1, unit.target[0], confirm=True)
        assert [entry.id for entry in wang.overview.entries(ListFilter(Show.DONE), 0, 9)] == [1]


def test_a_long_list_has_pages(li, filled):
    for number in range(30):
        filled.articles.add(replace(an_article("en", f"Number {number}"), file=f"{number}"))
    first, second = li.get("/").text, li.get("/?start=25").text
    assert len(titles(first)) == 25
    assert len(titles(second)) == 9
    assert "start=25#list" in first
    assert not set(titles(first)) & set(titles(second))


def test_work_goes_on_where_it_was_left(li, filled):
    assert "Continue at unit" not in li.get("/").text
    first, second = filled.bitexts.units(2)
    save_unit(filled, first.id, 1, "实验室成立", confirm=True)
    page = li.get("/").text
    assert "Continue at unit 2" in page
    assert "1 unit left" in page
    assert li.get("/bitexts/2?after=1").headers["Location"].startswith("/bitexts/2?page=1")
    save_unit(filled, second.id, 1, "实验室成立了。", confirm=True)
    assert "Continue at unit" not in li.get("/").text


def test_what_waits_for_me_is_said_with_its_day_and_nobody_else_s(li, filled):
    give_name(filled, "Chen")
    assign_bitext(filled, 2, "Li", "Chen", "2100-03-05")
    assert "Assigned to me" in li.get("/").text
    assert "Mar 5, 2100" in li.get("/").text
    for unit in filled.bitexts.units(2):
        save_unit(filled, unit.id, 1, "实验室", confirm=True)
    assert "Assigned to me" not in li.get("/").text
    chen = create_app(filled.path, {"TESTING": True}).test_client()
    chen.post("/me", data={"name": "Chen"})
    page = chen.get("/").text
    assert "To review" in page
    assert "2 units" in page
    unit = filled.bitexts.units(2)[0]
    with Desk.open(filled.path, "Chen") as other:
        send_unit_back(other, 2, unit.id, unit.version, "Which lab?")
    add_comment(filled, 2, unit.id, "@Chen, the one in Kenya.")
    assert "Which lab?" in li.get("/").text
    assert "the one in Kenya." not in li.get("/").text
    assert "the one in Kenya." in chen.get("/").text


def test_an_empty_desk_shows_three_steps_and_a_begun_one_the_next(desk, article):
    client = create_app(desk.path, {"TESTING": True}).test_client()
    page = client.get("/").text
    assert page.count("<h3>") == 3
    assert "Open the demonstration" in page
    assert 'id="list"' not in page
    id, _ = desk.articles.add(article)
    assert "Open the demonstration" not in client.get("/").text
    begin_translation(desk, id, "zh-Hans")
    assert "Download TMX" in client.get("/").text
    begin_translation(desk, id, "zh-Hant")
    assert "Three steps" not in client.get("/").text


def test_what_came_in_is_said_with_its_pair_and_one_button(li, filled):
    free = [entry.id for entry in filled.overview.entries(ListFilter(Show.UNPAIRED), 0, 9)]
    address = "/intake/imported?" + "&".join(f"article={id}" for id in free) + "&count=3"
    page = li.get(address).text
    assert "3 articles imported" in page
    assert "and 1 more" in page
    assert "No two of them look like a pair." in page
    chinese, english = free
    filled.proposals.replace([english], [chinese], [(english, chinese, 0.9)], [])
    page = li.get(address).text
    assert f'action="/articles/{english}/align"' in page
    assert f'name="counterpart" value="{chinese}"' in page
    assert "Looks like a pair: align?" in li.get("/").text
    align_articles(filled, english, chinese, [Bead((0,), (0,)), Bead((1,), (1,))])
    assert "Align these two" not in li.get(address).text
    assert li.get("/intake/imported?article=99&count=x&job=0").status_code == 200


@pytest.mark.parametrize(
    ("imported", "ordered"),
    [
        (["zh-Hans", "en"], ("en", "zh-Hans")),
        (["zh-Hans"], ("en", "zh-Hans")),
        (["fr", "de"], ("en", "fr")),
        (["en"] * 201, None),
    ],
)
def test_pairs_are_looked_for_among_the_languages_that_came_in(filled, imported, ordered):
    job = order_for(filled, [an_article(language, "A") for language in imported])
    assert (job is None) == (ordered is None)
    if job is not None:
        wanted = filled.jobs.get(job).arguments
        assert isinstance(wanted, ProposePairs)
        assert (wanted.source_language, wanted.target_language) == ordered
        assert wanted.since


def test_one_language_alone_has_no_pairs(desk, article):
    desk.articles.add(article)
    assert order_for(desk, [article]) is None


def test_the_demonstration_is_brought_into_an_empty_desk_once(desk):
    client = create_app(desk.path, {"TESTING": True}).test_client()
    for _ in range(2):
        assert client.post("/demonstration").status_code == 303
    (job,) = desk.jobs.active(FillDemo)
    for _ in range(2):
        HANDLERS[FillDemo](desk, job.arguments, silent, job.id)
    assert len(desk.articles.all()) == 17
    assert len(desk.bitexts.all()) == 3
    later = desk.bitexts.units(3)
    assert [suggestion.score for suggestion in matches(desk, desk.bitexts.get(3), later[-1])] == [1.0]
