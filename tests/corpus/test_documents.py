"""A bitext as documents: the article reads as it should, and what was edited in a Word table comes back."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree, html

from corpus.articles import Article, Caption, Paragraph
from corpus.bitexts.model import Unit, UnitState
from corpus.bitexts.reimport import ConflictReason, ReimportReport
from corpus.documents import TableNames, write_docx, write_html, write_table, write_text
from corpus.documents.docx_package import WORD, word_tag
from corpus.errors import InvalidDocx
from corpus.intake.pages import Limits
from corpus.intake.readers import docx
from corpus.intake.readers.archive import Budget
from corpus.text.errors import UnreadableFile
from workbench.services.article_intake import begin_translation
from workbench.services.article_view import translated_article
from workbench.services.bitext_exchange import reimport, write_bitext_table
from workbench.services.exports import EXPORTS, ExportOptions, file_name
from workbench.services.unit_editing import save_unit, undo_step

W = f"{{{WORD}}}"
ARTICLE = Article(
    "en",
    "Lab Opens",
    (
        Paragraph(("Lab Opens",), "title"),
        Paragraph(("It opened today.", "It studies rice."), "text"),
        Paragraph(("Why rice",), "heading"),
        Paragraph(("First.",), "list"),
        Paragraph(("Second.",), "list"),
    ),
    captions=(Caption("The lab.", "Photo: Li"),),
    date="2026-05-06",
)
TEXTS = ["实验室<启用> & “试验”", "它今天启用。\x01", "", "为何选水稻", "一。", "二。"]


@pytest.fixture
def bitext(desk) -> int:
    id, _ = desk.articles.add(ARTICLE)
    bitext = begin_translation(desk, id, "zh-Hans")
    for unit, text in zip(desk.bitexts.units(bitext), TEXTS, strict=True):
        if text:
            save_unit(desk, unit.id, 1, text, confirm=unit.position < 4)
    return bitext


def written(write, *arguments) -> bytes:
    stream = io.BytesIO()
    write(stream, *arguments)
    return stream.getvalue()


def parts(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist()}


# The article


def test_a_word_document_is_read_back_as_the_article(desk, bitext):
    (page,) = docx.read_pages(written(write_docx, translated_article(desk, bitext)), "a.docx", Budget(Limits()))
    assert [(block.kind, block.text) for block in page.blocks] == [
        ("title", "实验室<启用> & “试验”"),
        ("text", "它今天启用。[It studies rice.]"),
        ("heading", "为何选水稻"),
        ("list", "一。"),
        ("list", "二。"),
        ("caption", "[The lab. (Photo: Li)]"),
    ]
    assert (page.title, page.language, page.date) == ("实验室<启用> & “试验”", "zh-Hans", "2026-05-06")


def test_a_word_document_is_whole(desk, bitext):
    """Each part has a type and is reached by a relation; each style that is used is there."""
    found = parts(written(write_docx, translated_article(desk, bitext)))
    types = {each.get("PartName"): each.get("ContentType") for each in found["[Content_Types].xml"].iter("{*}Override")}
    named = {name for name in found if not name.endswith(".rels") and name != "[Content_Types].xml"}
    assert types.keys() == {f"/{name}" for name in named}
    top = {each.get("Target") for each in found["_rels/.rels"]}
    inner = {f"word/{each.get('Target')}" for each in found["word/_rels/document.xml.rels"]}
    assert top | inner == named
    styles = {each.get(f"{W}styleId") for each in found["word/styles.xml"].iter(f"{W}style")}
    used = {each.get(f"{W}val") for each in found["word/document.xml"].iter(f"{W}pStyle")}
    assert used == {"Title", "Heading1", "ListBullet", "Caption"}
    assert used < styles


def test_each_text_says_its_language_to_word(desk, bitext):
    document = parts(written(write_docx, translated_article(desk, bitext)))["word/document.xml"]
    runs = {
        "".join(run.itertext(f"{W}t")): {
            (each.tag.removeprefix(W), *(f"{key.removeprefix(W)}={value}" for key, value in each.items()))
            for each in run.find(f"{W}rPr")
        }
        for run in document.iter(f"{W}r")
    }
    assert runs["为何选水稻"] == {("rFonts", "hint=eastAsia"), ("lang", "eastAsia=zh-CN")}
    assert runs["[It studies rice.]"] == {("highlight", "val=yellow"), ("lang", "val=en-US")}


@pytest.mark.parametrize(
    ("tag", "known"),
    [("zh-Hans", "zh-CN"), ("zh-Hant", "zh-TW"), ("en", "en-US"), ("en-GB", "en-GB"), ("ja", "ja-JP"), ("fr", "fr-FR")],
)
def test_word_knows_languages_by_region(tag, known):
    assert word_tag(tag) == known


def test_a_web_page_holds_the_text_and_nothing_of_it_is_markup(desk, bitext):
    data = written(write_html, translated_article(desk, bitext))
    assert data.startswith(b"<!doctype html>")
    page = html.fromstring(data)
    assert (page.get("lang"), page.findtext(".//title")) == ("zh-Hans", "实验室<启用> & “试验”")
    (article,) = page.iter("article")
    assert [(each.tag, each.text_content()) for each in article] == [
        ("h1", "实验室<启用> & “试验”"),
        ("p", "它今天启用。[It studies rice.]"),
        ("h2", "为何选水稻"),
        ("ul", "一。二。"),
        ("p", "[The lab. (Photo: Li)]"),
    ]
    assert next((each.text, each.get("lang")) for each in article.iter("mark")) == ("[It studies rice.]", "en")


def test_plain_text_has_paragraphs_and_items(desk, bitext):
    assert written(write_text, translated_article(desk, bitext)).decode() == (
        "实验室<启用> & “试验”\n\n它今天启用。\x01[It studies rice.]\n\n为何选水稻\n\n• 一。\n• 二。\n\n"
        "[The lab. (Photo: Li)]\n"
    )


def test_sentences_of_a_spaced_language_have_spaces_between_them(desk):
    paragraphs = (Paragraph(("甲。", "乙。", "丙。")),)
    id, _ = desk.articles.add(Article("zh-Hans", "甲", paragraphs))
    bitext = begin_translation(desk, id, "en")
    first, _, third = desk.bitexts.units(bitext)
    save_unit(desk, first.id, 1, "One.", confirm=True)
    save_unit(desk, third.id, 1, "Three.", confirm=True)
    article = translated_article(desk, bitext)
    assert written(write_text, article).decode() == "One. [乙。] Three.\n"
    assert html.fromstring(written(write_html, article)).text_content() == "甲One. [乙。] Three."
    (page,) = docx.read_pages(written(write_docx, article), "a.docx", Budget(Limits()))
    assert page.blocks[0].text == "One. [乙。] Three."


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("致青年科学家的一封信", "致青年科学家的一封信"),
        ("AI/ML: what?\n<now>", "AI ML what now"),
        ("../../etc/passwd", "etc passwd"),
        ("...", "bitext-1"),
        ("CON", "bitext-1 CON"),
        ("长" * 300, "长" * 80),
        ("\u202egnp.exe", "gnp.exe"),
    ],
)
def test_files_are_named_after_the_title_as_any_system_takes_it(desk, title, name):
    id, _ = desk.articles.add(Article("zh-Hans", title, (Paragraph(("甲。",)),)))
    bitext = begin_translation(desk, id, "en")
    assert file_name(desk, bitext, "docx") == f"{name}.docx"
    assert file_name(desk, bitext, "tmx") == f"{name}.zh-Hans-en.tmx"


def test_an_article_s_file_has_the_translated_title(desk, bitext):
    assert file_name(desk, bitext, "text") == "实验室 启用 & “试验”.txt"
    assert file_name(desk, bitext, "table") == "Lab Opens.en-zh-Hans.docx"


# The table


class Table:
    """The Word table of a bitext as it is edited elsewhere."""

    def __init__(self, data: bytes) -> None:
        self.parts = parts(data)
        self.body = self.parts["word/document.xml"].find(f"{W}body")
        self.rows = self.body.findall(f".//{W}tr")[1:]

    def cell(self, row: int, column: int) -> Any:
        return self.rows[row].findall(f"{W}tc")[column]

    def write(self, row: int, column: int, *paragraphs: str) -> None:
        cell = self.cell(row, column)
        for old in cell.findall(f"{W}p"):
            cell.remove(old)
        for text in paragraphs:
            run = etree.SubElement(etree.SubElement(cell, f"{W}p"), f"{W}r")
            etree.SubElement(run, f"{W}t").text = text

    def lose(self, *names: str) -> None:
        for name in names:
            for each in list(self.body.iter(f"{W}{name}")):
                content = each.find(f"{W}sdtContent")
                each.getparent().replace(each, content[0]) if content is not None else each.getparent().remove(each)

    def data(self) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            for name, root in self.parts.items():
                package.writestr(name, etree.tostring(root))
        return stream.getvalue()


@pytest.fixture
def table(desk, bitext) -> Table:
    stream = io.BytesIO()
    assert write_bitext_table(desk, bitext, stream) == 6
    return Table(stream.getvalue())


@pytest.fixture
def back(desk, bitext, tmp_path) -> Callable[..., ReimportReport]:
    def send(table: Table | bytes, into: int = bitext) -> ReimportReport:
        path = tmp_path / "t.docx"
        path.write_bytes(table.data() if isinstance(table, Table) else table)
        return reimport(desk, into, path)

    return send


def states(desk, bitext) -> list[tuple[str, str]]:
    return [("".join(unit.target), unit.state.value) for unit in desk.bitexts.units(bitext)]


def test_an_unchanged_table_changes_nothing(desk, bitext, table, back):
    before = desk.bitexts.units(bitext)
    report = back(table)
    assert (report.read, report.taken, report.contested) == (6, [], [])
    assert desk.bitexts.units(bitext) == before


def test_what_was_edited_comes_to_its_place_as_one_step(desk, bitext, table, back):
    before = states(desk, bitext)
    table.write(2, 2, "它研究水稻。", "它很新。")
    table.write(2, 3, "translated")
    table.write(5, 2, "第二。")
    table.body.find(f"{W}tbl").remove(table.rows[0])
    table.body.find(f"{W}tbl").append(table.rows[1])
    report = back(table)
    assert (report.read, len(report.taken), report.contested) == (5, 2, [])
    after = states(desk, bitext)
    assert after == [*before[:2], ("它研究水稻。它很新。", "translated"), *before[3:5], ("第二。", "initial")]
    undo_step(desk, bitext, desk.bitexts.get(bitext).revision)
    assert states(desk, bitext) == before


def test_what_was_changed_on_both_sides_is_contested(desk, bitext, table, back):
    unit = desk.bitexts.units(bitext)[1]
    save_unit(desk, unit.id, unit.version, "本地。", confirm=True)
    table.write(1, 2, "外来。")
    (conflict,) = back(table).contested
    assert (conflict.reason, conflict.returned.target) == (ConflictReason.CHANGED, "外来。")
    assert states(desk, bitext)[1][0] == "本地。"


@pytest.mark.parametrize("lost", [["sdt"], ["bookmarkStart", "bookmarkEnd"]])
def test_either_of_the_marks_is_enough(desk, bitext, table, back, lost):
    table.lose(*lost)
    table.write(2, 2, "它研究水稻。")
    assert len(back(table).taken) == 1


def test_tracked_changes_count_as_accepted_and_comments_are_notes(desk, bitext, table, back):
    paragraph = table.cell(3, 2).find(f"{W}p")
    (run,) = paragraph.findall(f"{W}r")
    deleted = etree.SubElement(paragraph, f"{W}del")
    deleted.append(run)
    text = run.find(f"{W}t")
    text.tag = f"{W}delText"
    inserted = etree.SubElement(etree.SubElement(paragraph, f"{W}ins"), f"{W}r")
    etree.SubElement(inserted, f"{W}t").text = "选水稻的理由"
    etree.SubElement(inserted, f"{W}commentReference", {f"{W}id": "7"})
    table.parts["word/comments.xml"] = etree.fromstring(
        f'<w:comments xmlns:w="{WORD}"><w:comment w:id="7"><w:p><w:r><w:t>Better so?</w:t></w:r></w:p></w:comment>'
        "</w:comments>"
    )
    report = back(table)
    unit = desk.bitexts.units(bitext)[3]
    assert report.notes == [(unit.id, "Better so?")]
    assert "".join(unit.target) == "选水稻的理由"


def test_states_are_chosen_in_the_words_of_the_page(desk, bitext, back):
    names = TableNames(
        ("序号", "原文", "译文", "状态"), {state: f"状态 {number}" for number, state in enumerate(UnitState)}, "zh-Hans"
    )
    stream = io.BytesIO()
    write_bitext_table(desk, bitext, stream, names)
    table = Table(stream.getvalue())
    table.write(4, 3, "状态 1")
    back(table)
    assert states(desk, bitext)[4] == ("一。", "translated")


def lose_marks(table: Table) -> None:
    table.lose("sdt", "bookmarkStart", "bookmarkEnd")


def lose_one(table: Table) -> None:
    table.write(2, 0, "3")


def join_rows(table: Table) -> None:
    table.cell(0, 0).append(table.cell(1, 0).find(f"{W}p"))


def double(table: Table) -> None:
    table.body.find(f"{W}tbl").append(etree.fromstring(etree.tostring(table.rows[0])))


def drop_column(table: Table) -> None:
    table.rows[0].remove(table.cell(0, 3))


def other_state(table: Table) -> None:
    table.write(0, 3, "fine")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lose_marks, "t.docx has no row that says which unit it is"),
        (lose_one, "t.docx, row 4: the row has lost what says which unit it is"),
        (join_rows, "t.docx, row 2: the row has lost what says which unit it is, or was made of several"),
        (double, "t.docx, row 8: unit 1 is there twice"),
        (drop_column, "t.docx, row 2: there are 3 columns"),
        (other_state, "t.docx, row 2: “fine” is none of the states"),
    ],
)
def test_a_table_that_lost_something_is_refused_and_says_what(desk, bitext, table, back, spoil, said):
    before = states(desk, bitext)
    table.write(4, 2, "不会写入。")
    spoil(table)
    with pytest.raises(InvalidDocx, match=re.escape(said)):
        back(table)
    assert states(desk, bitext) == before


def test_the_table_of_another_bitext_is_refused(desk, bitext, table, back):
    with pytest.raises(InvalidDocx, match="was not exported from"):
        back(table, begin_translation(desk, 1, "zh-Hans"))


def test_a_hostile_document_is_refused_as_any_other(desk, bitext, table, back):
    bomb = b'<!DOCTYPE w [<!ENTITY a "b">]><w/>'
    for name, content, said in (
        ("word/document.xml", bomb, "declares entities"),
        ("word/document.xml", b"<w:document", "is damaged"),
        ("word/comments.xml", bomb, "declares entities"),
        ("word/document.xml", b" " * 30_000_000, "unpacks to more than"),
    ):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            for part, root in table.parts.items():
                package.writestr(part, content if part == name else etree.tostring(root))
            if name not in table.parts:
                package.writestr(name, content)
        with pytest.raises(UnreadableFile, match=said):
            back(stream.getvalue())
    for data in (b"PK\x03\x04 no archive", b"no XLIFF either"):
        with pytest.raises(UnreadableFile):
            back(data)


def test_a_bookmark_is_no_longer_than_word_takes(desk, bitext):
    found = desk.bitexts.get(bitext)
    unit = Unit(("a",), id=99_999_999, version=99_999)
    data = written(lambda stream: write_table(stream, found, [unit]))
    (mark,) = Table(data).body.iter(f"{W}bookmarkStart")
    assert len(mark.get(f"{W}name")) <= 40


def test_every_form_is_written(desk, bitext):
    counts = {form: each.write(desk, bitext, io.BytesIO(), ExportOptions()) for form, each in EXPORTS.items()}
    assert counts == {"docx": 6, "html": 6, "text": 6, "table": 6, "xliff": 6, "tmx": 5, "tmx-confirmed": 3}
