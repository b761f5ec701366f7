"""The page of a translation as it will read, asked without a browser."""

import pytest
from lxml import html

from corpus.articles import Article, Caption, Paragraph
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import save_unit
from workbench.web import create_app

ARTICLE = Article(
    "en",
    "Lab Opens",
    (
        Paragraph(("Lab Opens",), "title"),
        Paragraph(("It opened <today>.", "It studies rice."), "text"),
        Paragraph(("Why rice",), "heading"),
        Paragraph(("First.",), "list"),
        Paragraph(("Second.",), "list"),
    ),
    captions=(Caption("The lab.", "Photo: Li"),),
)
TEXTS = ["实验室启用", "它今天<b>启用</b>。", "", "为何选水稻", "一。", "二。"]


@pytest.fixture
def client(desk):
    id, _ = desk.articles.add(ARTICLE)
    begin_translation(desk, id, "zh-Hans")
    return create_app(desk.path, {"TESTING": True}).test_client()


def translated(desk, *confirmed):
    for unit, text in zip(desk.bitexts.units(1), TEXTS, strict=True):
        if text:
            save_unit(desk, unit.id, 1, text, confirm=unit.position in confirmed)


def read(client, address="/bitexts/1/article"):
    (article,) = html.fromstring(client.get(address).text).iter("article")
    return article


def test_the_translation_reads_as_an_article(client, desk):
    translated(desk, 0, 1, 3, 4)
    article = read(client)
    assert article.get("lang") == "zh-Hans"
    assert [(each.tag, each.text_content().strip()) for each in article] == [
        ("h2", "实验室启用"),
        ("p", "它今天<b>启用</b>。[It studies rice.]"),
        ("h3", "为何选水稻"),
        ("ul", "一。二。"),
        ("p", "[The lab. (Photo: Li)]"),
    ]
    assert [item.text_content() for item in article.iter("li")] == ["一。", "二。"]


def test_what_is_unfinished_is_said_and_shown(client, desk):
    translated(desk, 0, 1, 3, 4)
    page = client.get("/bitexts/1/article").text
    assert "2 of 6 units are not confirmed." in page
    article = read(client)
    drafts, missing = (article.find_class(name) for name in ("draft", "missing"))
    assert [each.text_content() for each in drafts] == ["二。"]
    assert [(each.text_content(), each.get("lang")) for each in missing] == [
        ("[It studies rice.]", "en"), ("[The lab. (Photo: Li)]", "en"),
    ]  # fmt: skip
    assert "Captions are not part of the bitext" in page


def test_each_sentence_leads_to_its_unit_and_is_found_by_it(client, desk):
    translated(desk)
    unit = desk.bitexts.units(1)[1]
    (sentence,) = read(client).xpath(f"//a[@id='unit-{unit.id}']")
    assert sentence.get("href") == f"/bitexts/1?unit={unit.id}"
    assert client.get(sentence.get("href")).location == f"/bitexts/1?page=1#unit-{unit.id}"


def test_the_source_stands_beside_it_by_choice(client, desk):
    translated(desk)
    assert "It studies rice" in read(client, "/bitexts/1/article?source=1").text_content()
    first, *_ = read(client, "/bitexts/1/article?source=1").find_class("beside")
    assert [(each.tag, each.text_content()) for each in first] == [("p", "Lab Opens"), ("h2", "实验室启用")]


def test_what_is_rightly_empty_leaves_nothing(client, desk):
    unit = desk.bitexts.units(1)[3]
    save_unit(desk, unit.id, 1, "", confirm=False, confirm_empty=True)
    assert list(read(client).iter("h3")) == []
    assert len(list(read(client, "/bitexts/1/article?source=1").iter("h3"))) == 1
