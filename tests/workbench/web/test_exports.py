"""What leaves a bitext by its pages, and the Word table that comes back, asked without a browser."""

import io
import re
import zipfile

import pytest
from lxml import html

from tests.present import present
from workbench.services.article_intake import begin_translation
from workbench.services.exports import EXPORTS
from workbench.services.unit_editing import save_unit
from workbench.web import create_app


@pytest.fixture
def client(desk, article):
    id, _ = desk.articles.add(article)
    begin_translation(desk, id, "zh-Hans")
    return create_app(desk.path, {"TESTING": True}).test_client()


def test_the_menu_offers_every_form_and_says_first_what_is_unfinished(client, desk):
    (menu,) = html.fromstring(client.get("/bitexts/1/article").text).find_class("export")
    links = [link.get("href") for link in menu.iter("a")]
    assert links == [f"/bitexts/1/export/{form}" for form in EXPORTS]
    text = menu.text_content()
    assert text.index("3 of 3 units are not confirmed.") < text.index("Word document (DOCX)")
    for link in links:
        assert client.get(link).status_code == 200
    for unit in desk.bitexts.units(1):
        save_unit(desk, unit.id, 1, "译文。", confirm=True)
    (unfinished,) = html.fromstring(client.get("/bitexts/1/article").text).find_class("unfinished")
    assert "hidden" in unfinished.attrib


def test_a_file_is_named_after_its_title_in_any_script(client, desk):
    unit = desk.bitexts.units(1)[0]
    save_unit(desk, unit.id, 1, "实验室启用", confirm=True)
    said = client.get("/bitexts/1/export/docx").headers["Content-Disposition"]
    assert said.endswith("filename*=UTF-8''%E5%AE%9E%E9%AA%8C%E5%AE%A4%E5%90%AF%E7%94%A8.docx")
    said = client.get("/bitexts/1/export/tmx").headers["Content-Disposition"]
    assert said == 'attachment; filename="Lab Opens.en-zh-Hans.tmx"'


def test_there_is_no_other_form(client):
    assert client.get("/bitexts/1/export/exe").status_code == 404
    assert client.get("/bitexts/9/export/docx").status_code == 404


def edited(data: bytes, old: str, new: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            after.writestr(name, text.replace(old, new) if name == "word/document.xml" else text)
    return stream.getvalue()


def test_a_word_table_in_the_page_s_language_goes_out_and_comes_back(client, desk):
    first, second, _ = desk.bitexts.units(1)
    for unit in (first, second):
        save_unit(desk, unit.id, 1, f"译文{unit.id}。", confirm=False)
    table = client.get("/bitexts/1/export/table", headers={"Accept-Language": "zh-CN"}).data
    save_unit(desk, second.id, 2, "本地。", confirm=True)
    table = edited(edited(table, "译文1。", "外来一。"), "译文2。", "外来二。")
    assert "草稿" in zipfile.ZipFile(io.BytesIO(table)).read("word/document.xml").decode()
    page = client.post("/bitexts/1/return", data={"file": (io.BytesIO(table), "信.docx")}).text
    assert "1 unit was updated from the file." in page
    assert "changed here and in the file" in page
    assert desk.bitexts.unit(first.id).target == ("外来一。",)
    form = {name: value for name, value in re.findall(r'name="([\w-]+)" value="(\w+)"', page) if name != "take-2"}
    assert form["unit"] == str(second.id)
    form |= {"take-2": "file", "text-2": "外来二。"}
    assert client.post("/bitexts/1/return/settle", data=form).status_code == 303
    assert desk.bitexts.unit(second.id).target == ("外来二。",)


def test_a_word_document_that_is_no_table_is_refused_with_a_word(client):
    article = client.get("/bitexts/1/export/docx").data
    answer = client.post("/bitexts/1/return", data={"file": (io.BytesIO(article), "a.docx")})
    assert answer.status_code == 400
    (said,) = html.fromstring(answer.text).xpath("//*[@role='alert']")
    assert present(said.text_content()).strip().startswith("a.docx has no row that says which unit it is")
