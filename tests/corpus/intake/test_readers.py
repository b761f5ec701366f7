"""The readers: what they find in real files of each kind, and what they say about files that cannot be read."""

import zlib
from collections import Counter

import pytest

from corpus import intake
from corpus.intake.pages import Limits
from corpus.intake.readers import lines
from corpus.intake.readers.registry import read_pages
from corpus.text.charset import pages
from corpus.text.errors import UnreadableFile
from tests import document_files
from tests.document_files import WORD, column, docx, paragraph, pdf, text, zipped

ENGLISH = """A joint laboratory opened on Monday in Lanchuan. It studies rice.

Scientists from ten countries work there, said Dr. Li, who leads it.
"""
CHINESE = """联合实验室成立了。它研究水稻和水稻病害，并同农民分享成果。

来自十个国家的科学家在这里工作。
"""
TRADITIONAL = """聯合實驗室成立了。它研究水稻和水稻病害，並同農民分享成果。

來自十個國家的科學家在這裡工作。
"""

WEB_PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Lab Opens - Science Daily</title>
<meta property="og:site_name" content="Science Daily"><meta name="author" content="LONG Yun">
<meta property="article:published_time" content="2025-06-19T08:00:00+08:00"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Lab Opens in Lanchuan</h1>
<p>A joint laboratory opened on Monday in the city of Lanchuan. It studies rice and the diseases of rice,
and will share what it finds with farmers.</p>
<figure><img src="a.jpg"><figcaption>Photo shows the laboratory. (PHOTO: XINHUA)</figcaption></figure>
<h2>What it does</h2>
<p>Scientists from <b>ten</b> countries work there, said Dr. Li, who leads the <a href="x">programme</a>.</p>
<blockquote><p>"We are glad," she said. "It is a good day for rice, and for all who eat it."</p></blockquote>
<ul><li>Ten countries take part.</li><li>Two hundred varieties are tested.</li></ul>
</article>
<aside><h3>Top News</h3><ul><li><a href="1">Another story here</a></li></ul></aside>
<footer>Copyright 2025 Science Daily. All rights reserved.</footer></body></html>"""

CHINESE_PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>联合实验室成立-科技日报</title></head><body>
<div class="top"><ul><li><a href="/">首页</a></li><li><a href="/n">要闻</a></li></ul></div>
<div class="main"><h1>联合实验室成立</h1><div class="tips">2025-06-19 10:12　来源：科技日报　作者：李明</div>
<div class="text"><p>　　六月十六日，“一带一路”联合实验室在兰川成立。实验室研究水稻和水稻病害，
并同农民分享成果。来自十个国家的科学家在这里培育新品种。</p>
<p>　　李明博士说：“我们很高兴。”<br>　　据介绍，实验室将开展二百个品种的试验，<br>并为青年科研人员提供培训。</p>
</div></div>
<div class="right"><h3>相关新闻</h3><ul><li><a href=1>十国科学家相聚兰川</a></li></ul></div>
<div class="footer">版权所有：科技日报社</div></body></html>"""

COLUMN = ["The joint laboratory opened on Mon-", "day in the city of Lanchuan and is", "the home of forty scientists."]
SECOND = ["Farmers of ten countries came to see", "how the new varieties grow in fields", "without water."]


def read(tmp_path, name, content, limits=None):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_pages(path, limits or Limits())


def blocks(page):
    return [(block.kind, block.text) for block in page.blocks]


def texts(pages):
    return [block.text for page in pages for block in page.blocks]


# Web pages


def test_a_web_page_gives_its_article_with_structure(tmp_path):
    (page,) = read(tmp_path, "lab.html", WEB_PAGE)
    assert blocks(page) == [
        ("title", "Lab Opens in Lanchuan"),
        (
            "text",
            "A joint laboratory opened on Monday in the city of Lanchuan. It studies rice and the diseases of rice,"
            " and will share what it finds with farmers.",
        ),
        ("caption", "Photo shows the laboratory. (PHOTO: XINHUA)"),
        ("heading", "What it does"),
        ("text", "Scientists from ten countries work there, said Dr. Li, who leads the programme."),
        ("text", '"We are glad," she said. "It is a good day for rice, and for all who eat it."'),
        ("list", "Ten countries take part."),
        ("list", "Two hundred varieties are tested."),
    ]
    assert (page.title, page.byline, page.date) == ("Lab Opens in Lanchuan", "LONG Yun", "2025-06-19")
    assert (page.source, page.language, page.notes) == ("Science Daily", "en-GB", ())
    assert page.blocks[2].place == "line 8"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16", "utf-16-le"),
        ("utf-16", "utf-16-be"),
    ],
)
def test_a_chinese_web_page_in_any_encoding(tmp_path, declared, encoding):
    (page,) = read(tmp_path, "lab.html", CHINESE_PAGE.format(charset=declared).encode(encoding))
    assert blocks(page) == [
        ("title", "联合实验室成立"),
        ("text", "2025-06-19 10:12　来源：科技日报　作者：李明"),
        (
            "text",
            "六月十六日，“一带一路”联合实验室在兰川成立。实验室研究水稻和水稻病害，并同农民分享成果。"
            "来自十个国家的科学家在这里培育新品种。",
        ),
        ("text", "李明博士说：“我们很高兴。”"),
        ("text", "据介绍，实验室将开展二百个品种的试验，并为青年科研人员提供培训。"),
    ]


@pytest.mark.parametrize(
    ("declared", "page", "encoding"),
    [
        ("windows-1252", CHINESE_PAGE, "gb18030"),
        ("iso-8859-1", CHINESE_PAGE, "gb18030"),
        ("gb2312", f'<html><meta charset="{{charset}}"><h1>聯合實驗室</h1><p>{TRADITIONAL}</p></html>', "big5"),
    ],
)
def test_a_web_page_that_names_the_wrong_encoding(tmp_path, declared, page, encoding):
    (found,) = read(tmp_path, "lab.html", page.format(charset=declared).encode(encoding))
    assert found.blocks[0].text in ("联合实验室成立", "聯合實驗室")
    ((template, _),) = found.warnings
    assert template.startswith("{file} names another encoding than the one it makes sense in")


def test_a_web_page_in_big5(tmp_path):
    page = f'<html lang="zh-TW"><meta charset="big5"><h1>聯合實驗室</h1><p>{TRADITIONAL}</p>'
    (page,) = read(tmp_path, "lab.html", page.encode("big5"))
    assert page.title == "聯合實驗室"
    assert page.language == "zh-Hant"
    assert "來自十個國家的科學家在這裡工作。" in page.blocks[-1].text


def test_a_damaged_character_of_a_page_is_noted(tmp_path):
    page = CHINESE_PAGE.format(charset="gb2312").encode("gb18030").replace("水稻".encode("gb18030"), b"\xff\xff", 1)
    (page,) = read(tmp_path, "lab.html", page)
    assert "characters of {file} are damaged" in page.warnings[0][0]


def test_a_declared_language_that_the_text_contradicts_is_not_believed(tmp_path):
    page = CHINESE_PAGE.format(charset="utf-8").replace("<html>", '<html lang="en">')
    assert read(tmp_path, "lab.html", page)[0].language == ""


def test_a_page_without_a_headline_is_marked(tmp_path):
    (page,) = read(tmp_path, "lab.html", f"<html><body><p>{ENGLISH}</p></body></html>")
    assert page.notes == ("The page has no headline: check the title.",)
    assert page.title == ""


def test_a_page_of_links_is_no_article(tmp_path):
    items = "".join(f'<li><a href="/{n}">Section number {n} of the site</a></li>' for n in range(60))
    with pytest.raises(UnreadableFile, match="links but no article"):
        read(tmp_path, "lab.html", f"<html><title>News</title><body><ul>{items}</ul></body></html>")


def test_a_page_without_text(tmp_path):
    with pytest.raises(UnreadableFile, match="without any text"):
        read(tmp_path, "lab.html", "<html><body><script>run()</script></body></html>")


def test_a_page_above_the_limit_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="the limit is 50 MB"):
        read(tmp_path, "lab.html", b"<html>".ljust(50_000_001))


def test_a_paragraph_above_the_limit_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="paragraph of 1000 characters in line 1"):
        read(tmp_path, "lab.html", f"<html><p>{'a' * 1000}</p>", Limits(block_characters=999))


def test_a_huge_page_is_read_whole_and_marked(tmp_path):
    body = "".join(f"<div><span>Sentence number {n} of it.</span></div>" for n in range(30_000))
    (page,) = read(tmp_path, "lab.html", f"<html><body><h1>Much</h1>{body}</body></html>")
    assert len(page.blocks) == 30_001
    assert "too large to tell its article" in page.notes[0]


def test_deep_nesting(tmp_path):
    (page,) = read(tmp_path, "lab.html", "<html><body><h1>Lab</h1>" + "<div>" * 1000 + f"<p>{ENGLISH}</p>")
    assert page.blocks[-1].text.startswith("A joint laboratory")
    with pytest.raises(UnreadableFile, match="deeper than 2048 levels"):
        read(tmp_path, "lab.html", "<html><body>" + "<div>" * 50_000 + f"<p>{ENGLISH}</p>")


@pytest.mark.parametrize(
    "markup",
    [
        "<script>for (var r=0; r<a; r++) {" + "t = t + 1; " * 9_000 + "}</script>",
        "<STYLE>/* r<a */" + "p { color: red } " * 9_000 + "</STYLE>",
        "<!-- r<a " + "x = 1; " * 9_000 + "-->",
        '<p data-state="{r<a ' + "x = 1; " * 9_000 + '}"></p>',
        "<p><img src=data:image/png;base64," + "a/" * 20_000 + "></p>",
    ],
)
def test_what_is_no_tag_has_no_attributes(tmp_path, markup):
    (page,) = read(tmp_path, "lab.html", WEB_PAGE.replace("<article>", f"{markup}<article>"))
    assert page.blocks[0].text == "Lab Opens in Lanchuan"


def test_a_tag_with_thousands_of_attributes(tmp_path):
    attributes = " ".join(f"a{n}=1" for n in range(10_000))
    with pytest.raises(UnreadableFile, match="thousands of attributes"):
        read(tmp_path, "lab.html", f"<html><body><h1>Lab</h1><p {attributes}>{ENGLISH}</p></body></html>")


def test_a_web_archive_gives_the_page_in_it(tmp_path):
    head = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    part = "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    (page,) = read(tmp_path, "lab.mhtml", f"{head}{part}{WEB_PAGE}\r\n--b--\r\n")
    assert page.title == "Lab Opens in Lanchuan"
    with pytest.raises(UnreadableFile, match="without a page in it"):
        read(tmp_path, "lab.mhtml", f"{head}Content-Type: image/png\r\n\r\nx\r\n--b--\r\n")


# Word documents


def test_a_word_document_gives_what_its_styles_say(tmp_path):
    document = docx(
        paragraph("Lab Opens", "a1"),
        paragraph("What it does", "1"),
        paragraph("It studies rice & wheat."),
        paragraph("Ten countries take part.", "a5"),
        paragraph("The laboratory.", "a3"),
        f"<w:tbl><w:tr><w:tc>{paragraph('Year')}</w:tc><w:tc>{paragraph('2024')}</w:tc></w:tr></w:tbl>",
        properties="<dc:title>Lab</dc:title><dc:creator>LONG Yun</dc:creator>"
        "<dcterms:created>2025-06-19T08:00:00Z</dcterms:created>",
        footnotes=f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="1">{paragraph("A note.")}</w:footnote>'
        f'<w:footnote w:type="separator" w:id="0">{paragraph("---")}</w:footnote></w:footnotes>',
    )
    (page,) = read(tmp_path, "lab.docx", document)
    assert blocks(page) == [
        ("title", "Lab Opens"),
        ("heading", "What it does"),
        ("text", "It studies rice & wheat."),
        ("list", "Ten countries take part."),
        ("caption", "The laboratory."),
        ("text", "Year"),
        ("text", "2024"),
        ("text", "A note."),
    ]
    assert (page.title, page.byline, page.date) == ("Lab", "LONG Yun", "2025-06-19")
    assert [block.place for block in page.blocks[4:]] == [
        "paragraph 5",
        "table 1, row 1, cell 1",
        "table 1, row 1, cell 2",
        "footnote 1",
    ]


def test_tracked_changes_are_read_as_accepted(tmp_path):
    changes = (
        "<w:ins><w:r><w:t> on Monday</w:t></w:r></w:ins><w:del><w:r><w:delText> today</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t> here</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
    )
    joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>It is </w:t></w:r></w:p>" + paragraph("large.")
    (page,) = read(tmp_path, "lab.docx", docx(paragraph("It opened", runs=changes), joined))
    assert texts([page]) == ["It opened on Monday here", "It is large."]


def test_soft_breaks_end_a_paragraph_only_after_a_sentence(tmp_path):
    after = "<w:r><w:br/><w:t>它研究水稻，</w:t><w:br/><w:t>也研究小麦。</w:t></w:r>"
    (page,) = read(tmp_path, "lab.docx", docx(paragraph("实验室成立了。", runs=after)))
    assert texts([page]) == ["实验室成立了。", "它研究水稻，也研究小麦。"]


def test_a_text_box_is_read_once(tmp_path):
    box = f"<wps><w:txbxContent>{paragraph('In a box.')}</w:txbxContent></wps>"
    runs = f"<w:r><AlternateContent><Choice>{box}</Choice><Fallback>{box}</Fallback></AlternateContent></w:r>"
    (page,) = read(tmp_path, "lab.docx", docx(paragraph("Outside.", runs=runs)))
    assert texts([page]) == ["Outside.", "In a box."]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE d SYSTEM "http://localhost:9/d.dtd">',
    ],
)
def test_a_word_document_with_entities_is_left_alone(tmp_path, doctype):
    with pytest.raises(UnreadableFile, match="declares entities"):
        read(tmp_path, "lab.docx", docx(paragraph("Lab"), doctype=doctype))


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (
            zipped({"[Content_Types].xml": document_files.TYPES.format(kind=document_files.WORD_KIND)}),
            "without its text part",
        ),
        (
            zipped({"[Content_Types].xml": "x", "word/document.xml": "<a><b>"}),
            "word/document.xml in lab.docx is damaged",
        ),
        (docx(), "has no text"),
        (docx(paragraph("Lab"))[:-40], "damaged ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old format of Word"),
        (b"{\\rtf1 Lab}", "save it as DOCX"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "save it as DOCX"),
    ],
)
def test_documents_that_cannot_be_read(tmp_path, document, message):
    with pytest.raises(UnreadableFile, match=message):
        read(tmp_path, "lab.docx", document)


# PDF


def newspaper_page(number, headline):
    return (
        text(60, 815, 8, f"Science Daily, June 1{number}, 2025")
        + text(60, 740, 24, headline)
        + column(60, 700, COLUMN + SECOND)
        + column(300, 700, SECOND * 2)
        + text(60, 560, 14, "A second headline across both of the columns of the page")
        + column(60, 530, SECOND)
        + column(300, 530, COLUMN)
        + text(290, 20, 8, str(number + 4))
    )


def test_a_pdf_is_read_column_by_column(tmp_path):
    file = pdf(newspaper_page(1, "Lab Opens in Lanchuan and Far Beyond"), newspaper_page(2, "Rice for Ten Countries"))
    first, second = read(tmp_path, "issue.pdf", file)
    opened = "The joint laboratory opened on Mon- day in the city of Lanchuan and is the home of forty scientists."
    farmers = "Farmers of ten countries came to see how the new varieties grow in fields without water."
    assert blocks(first) == [
        ("title", "Lab Opens in Lanchuan and Far Beyond"),
        ("text", opened),
        ("text", farmers),
        ("text", farmers),
        ("text", farmers),
        ("heading", "A second headline across both of the columns of the page"),
        ("text", farmers),
        ("text", opened),
    ]
    assert [block.place[-8:] for block in first.blocks] == [f"column {n}" for n in (1, 1, 1, 2, 2, 1, 1, 2)]
    assert blocks(second)[0] == ("heading", "Rice for Ten Countries")


def test_running_heads_and_folios_are_no_text(tmp_path):
    pages = read(tmp_path, "issue.pdf", pdf(newspaper_page(1, "Lab Opens"), newspaper_page(2, "Rice")))
    assert [page.number for page in pages] == ["5", "6"]
    assert pages[0].notes == ("Left out of page 1 as a running head: Science Daily, June 11, 2025",)
    assert not any("Science Daily" in line for line in texts(pages))


def test_what_only_one_page_repeats_is_text(tmp_path):
    content = "".join(text(60, y, 8, "Science Daily") for y in (815, 810, 805)) + column(60, 600, COLUMN)
    (page,) = read(tmp_path, "issue.pdf", pdf(content))
    assert (page.notes, page.number) == ((), "1")


def test_a_chinese_pdf_has_no_spaces_between_its_lines(tmp_path):
    content = (
        text(60, 760, 24, "联合实验室成立", "F3")
        + text(80, 720, 10, "六月十六日，“一带一路”联合实验室在兰川成立。实验室", "F3")
        + column(60, 708, ["研究水稻和水稻病害，并同农民分享成果，培育新品种，也", "培训科研人员。"], font="F3")
        + text(80, 684, 10, "来自十个国家的科学家在这里工作。", "F3")
        + text(290, 20, 8, "第3版", "F3")
    )
    (page,) = read(tmp_path, "lab.pdf", pdf(content))
    assert blocks(page) == [
        ("title", "联合实验室成立"),
        (
            "text",
            "六月十六日，“一带一路”联合实验室在兰川成立。实验室研究水稻和水稻病害，并同农民分享成果，培育新品种，也培训科研人员。",
        ),
        ("text", "来自十个国家的科学家在这里工作。"),
    ]
    assert page.number == "3"


def test_paragraphs_of_a_pdf_by_indent_and_gap(tmp_path):
    content = (
        column(60, 700, ["The joint laboratory opened today in the", "city and will be the home of many people."])
        + column(72, 676, ["It studies rice and all of its diseases,"])
        + column(60, 664, ["and shares what it finds with the farmers."])
        + column(60, 630, ["Farmers came to see it from ten countries", "and went home again glad."])
    )
    assert [line.split()[0] for line in texts(read(tmp_path, "lab.pdf", pdf(content)))] == ["The", "It", "Farmers"]


def test_items_of_a_list_in_a_pdf(tmp_path):
    content = (
        column(60, 700, ["The laboratory has these aims in its work:"])
        + column(75, 688, ["• to study rice, which many of us eat", "and which few of us know,", "• to share all."])
        + column(60, 652, ["Farmers came to see it from ten countries"])
    )
    (page,) = read(tmp_path, "lab.pdf", pdf(content))
    assert blocks(page)[1:] == [
        ("list", "• to study rice, which many of us eat and which few of us know,"),
        ("list", "• to share all."),
        ("text", "Farmers came to see it from ten countries"),
    ]


def test_a_drop_cap_belongs_to_its_word(tmp_path):
    rest = ["he joint laboratory opened today in", "the city and will be home to many."]
    content = text(60, 682, 30, "T") + column(82, 700, rest) + column(60, 676, SECOND)
    (page,) = read(tmp_path, "lab.pdf", pdf(content))
    assert page.blocks[0].text.startswith("The joint laboratory opened today in the city")


@pytest.mark.parametrize(
    ("rotate", "matrix"), [(90, "0 1 -1 0 595 0"), (180, "-1 0 0 -1 595 842"), (270, "0 -1 1 0 0 842")]
)
def test_a_rotated_page_is_read_as_it_is_seen(tmp_path, rotate, matrix):
    content = f"q {matrix} cm\n" + text(60, 500, 20, "Lab Opens") + column(60, 460, COLUMN) + "Q\n"
    assert texts(read(tmp_path, "lab.pdf", pdf(content, rotate=rotate)))[0] == "Lab Opens"


def test_the_title_in_the_properties_of_a_pdf_counts_where_it_is_on_the_page(tmp_path):
    page = text(60, 740, 24, "Lab Opens") + column(60, 700, COLUMN)
    assert read(tmp_path, "lab.pdf", pdf(page, title="Lab opens"))[0].title == "Lab opens"
    assert read(tmp_path, "lab.pdf", pdf(page, title="Microsoft Word - news.doc"))[0].title == ""


def test_a_page_without_text_among_others_is_noted(tmp_path):
    pages = read(tmp_path, "lab.pdf", pdf(column(60, 700, COLUMN), ""))
    assert pages[1].notes == ("Page 2 has no text layer: what is on it was not read.",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (pdf(""), "no text layer.*OCR"),
        (pdf(column(60, 700, COLUMN), encrypted=True), "protected by a password"),
        (pdf(column(60, 700, COLUMN))[:-300], "cut off"),
        (b"%PDF-1.4\nrubbish\nstartxref\n0\n%%EOF\n", "damaged"),
        (pdf("", ""), "2 pages; the limit is 1"),
    ],
)
def test_pdf_files_that_cannot_be_read(tmp_path, content, message):
    with pytest.raises(UnreadableFile, match=message):
        read(tmp_path, "lab.pdf", content, Limits(pdf_pages=1))


def test_a_pdf_page_with_too_many_characters(tmp_path):
    with pytest.raises(UnreadableFile, match=r"Page 1 of lab\.pdf has"):
        read(tmp_path, "lab.pdf", pdf(column(60, 700, COLUMN)), Limits(block_characters=20))


# Plain text, and what is told from it


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (words, encoding)
        for words, own in ((ENGLISH, "cp1252"), (CHINESE, "gb18030"), (TRADITIONAL, "big5"))
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", own)
    ],
    ids=lambda value: value if value.isascii() and value.islower() else value[:4],
)
def test_plain_text_in_any_encoding(tmp_path, words, encoding):
    pages = read(tmp_path, "lab.txt", words.encode(encoding))
    assert Counter("".join(texts(pages)).split()) == Counter("".join(words.strip().split("\n\n")).split())


@pytest.mark.parametrize(
    ("name", "content", "first"),
    [
        ("lab.txt", WEB_PAGE, "Lab Opens in Lanchuan"),
        ("lab.txt", "<!-- saved from url=(0010)about:blank -->\n" + WEB_PAGE, "Lab Opens in Lanchuan"),
        ("lab.html", ENGLISH, ENGLISH.split("\n")[0]),
        ("lab.zip", docx(paragraph("Lab Opens", "a1")), "Lab Opens"),
        ("lab.docx", pdf(text(60, 700, 10, "Lab Opens")), "Lab Opens"),
        ("lab.pdf", zipped({"a": ENGLISH}), ENGLISH.split("\n")[0]),
        ("lab", "BMW opened a laboratory.\n\nIt <body> of work.", "BMW opened a laboratory."),
    ],
)
def test_the_reader_is_chosen_by_content(tmp_path, name, content, first):
    assert texts(read(tmp_path, name, content))[0] == first


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is a picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "is a picture"),
        (b"Rar!\x1a\x07", "is a RAR archive"),
        (
            zipped({"[Content_Types].xml": document_files.TYPES.format(kind="vnd.spreadsheetml.sheet")}),
            "tables or slides",
        ),
        ('<?xml version="1.0"?><tmx version="1.4"/>', "is an XML file"),
        (b"\x01\x02\x03\x00", "not a text file"),
        (b"", "is empty"),
    ],
)
def test_files_that_are_no_articles(tmp_path, content, message):
    with pytest.raises(UnreadableFile, match=message):
        read(tmp_path, "lab", content)


# Archives and folders


def test_a_zip_is_read_in_natural_order(tmp_path):
    pages = read(
        tmp_path, "issue.zip", zipped({"p10.txt": "Ten.", "p2.txt": "Two.", "P1/a.docx": docx(paragraph("One."))})
    )
    assert texts(pages) == ["One.", "Two.", "Ten."]
    assert [page.file for page in pages] == ["issue.zip/P1/a.docx", "issue.zip/p2.txt", "issue.zip/p10.txt"]


def test_what_is_no_article_is_left_out_and_noted(tmp_path):
    archive = {
        "a.html": WEB_PAGE,
        "a_files/ad.html": WEB_PAGE,
        "a.css": "p {}",
        "photo": b"\x89PNG\r\n\x1a\n\x00\x00",
        "__MACOSX/._a.html": "x",
        ".DS_Store": "x",
        "empty.txt": "",
    }
    (page,) = read(tmp_path, "issue.zip", zipped(archive))
    assert page.notes[-1].startswith("Left out, being no articles: ")
    assert all(f"issue.zip/{name}" in page.notes[-1] for name in archive if name != "a.html")


def test_a_folder_is_read_like_an_archive(tmp_path):
    folder = tmp_path / "issue"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "b.txt").write_text(CHINESE, encoding="gb18030")
    (folder / "a.pdf").write_bytes(pdf(text(60, 700, 10, "Lab Opens")))
    (folder / "issue.zip").write_bytes(zipped({"c.txt": "The end."}))
    (folder / ".hidden").write_text("x")
    pages = read_pages(folder)
    assert [page.file for page in pages] == ["issue/a.pdf", "issue/inner/b.txt", "issue/issue.zip/c.txt"]
    assert pages[0].notes == ("Left out, being no articles: issue/.hidden.",)


def test_an_unreadable_member_keeps_the_others_out(tmp_path):
    with pytest.raises(UnreadableFile, match=r"issue\.zip/b\.pdf is cut off"):
        read(tmp_path, "issue.zip", zipped({"a.txt": ENGLISH, "b.pdf": b"%PDF-1.4"}))


def test_names_that_climb_out_of_the_archive_are_harmless(tmp_path):
    pages = read(tmp_path, "issue.zip", zipped({"../../a.txt": "One.", "/etc/b.txt": "Two.", "C:\\c.txt": "Three."}))
    assert sorted(page.file for page in pages) == ["issue.zip/C/c.txt", "issue.zip/a.txt", "issue.zip/etc/b.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["issue.zip"]


def test_a_guess_that_is_not_likely_is_noted(tmp_path):
    (page,) = read(tmp_path, "lab.txt", "Учёные открыли новый вид растений в горах.".encode("cp1251"))
    (warning,) = intake.from_pages([page]).notes[:1]
    assert warning.message == "The encoding of lab.txt was guessed as cp1251: check that its characters are right."
    assert warning.warns


def test_a_file_has_not_too_many_paragraphs(tmp_path):
    limits = Limits(paragraphs=3, all_paragraphs=5)
    assert read(tmp_path, "three.txt", "One.\n\nTwo.\n\nThree.", limits)
    with pytest.raises(UnreadableFile, match=r"four\.txt has 4 paragraphs; the limit is 3: split the file"):
        read(tmp_path, "four.txt", "One.\n\nTwo.\n\nThree.\n\nFour.", limits)
    with pytest.raises(UnreadableFile, match="has 4 paragraphs"):
        read(tmp_path, "four.html", "<html><body><h1>One two</h1><p>It is.<p>It is.<p>It was.</body></html>", limits)


def test_files_together_have_not_too_many_paragraphs(tmp_path):
    limits = Limits(paragraphs=3, all_paragraphs=5)
    archive = zipped(dict.fromkeys(("a.txt", "b.txt"), "One.\n\nTwo.\n\nThree."))
    with pytest.raises(UnreadableFile, match="more than 5 paragraphs: bring the files in in smaller parts"):
        read(tmp_path, "day.zip", archive, limits)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("One.\n\nTwo.\n\nThree.")
    found = intake.read_each([tmp_path / "a.txt", tmp_path / "b.txt"], "en", limits=limits)
    assert (len(found.articles), [refusal.file for refusal in found.refusals]) == (1, ["b.txt"])


def test_names_of_a_chinese_windows(tmp_path):
    archive = zipped({"aaaa.txt": CHINESE}).replace(b"aaaa", "成立".encode("gb18030"))
    assert read(tmp_path, "issue.zip", archive)[0].file == "issue.zip/成立.txt"


def test_an_archive_of_pictures_has_no_article(tmp_path):
    with pytest.raises(UnreadableFile, match="no file with an article"):
        read(tmp_path, "issue.zip", zipped({"a.png": b"\x89PNG\r\n\x1a\n\x00\x00"}))


def test_an_encrypted_archive(tmp_path):
    archive = bytearray(zipped({"a.txt": ENGLISH}))
    archive[6] |= 1
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match=r"issue\.zip is protected by a password"):
        read(tmp_path, "issue.zip", bytes(archive))


def test_a_damaged_member(tmp_path):
    archive = zipped({"a.txt": ENGLISH})
    packed = zlib.compressobj(wbits=-15)
    start = archive.index(packed.compress(ENGLISH.encode()) + packed.flush())
    with pytest.raises(UnreadableFile, match=r"a\.txt in issue\.zip is damaged"):
        read(tmp_path, "issue.zip", archive[:start] + b"\xff" * 20 + archive[start + 20 :])


def test_a_member_that_unpacks_too_far_is_a_bomb(tmp_path):
    with pytest.raises(UnreadableFile, match=r"issue\.zip unpacks to more than 5 MB in a\.txt.*ZIP bomb"):
        read(tmp_path, "issue.zip", zipped({"a.txt": b"a" * 6_000_000}))


@pytest.mark.parametrize(
    "archive",
    [
        zipped({f"{n}.txt": "word " * 1000 for n in range(3)}),
        zipped({"a.docx": docx(paragraph("word " * 3000))}),
        zipped({f"{n}.zip": zipped({"a.txt": "word " * 1000}) for n in range(3)}),
        docx(paragraph("word " * 3000)),
    ],
)
def test_all_members_together_have_a_limit(tmp_path, archive):
    with pytest.raises(UnreadableFile, match="ZIP bomb"):
        read(tmp_path, "issue.zip", archive, Limits(unpacked_bytes=12_000))


def test_too_many_members(tmp_path):
    with pytest.raises(UnreadableFile, match="more than 3 files"):
        read(tmp_path, "issue.zip", zipped({f"{n}.txt": "x" for n in range(4)}), Limits(members=3))


def test_archives_within_archives_end_somewhere(tmp_path):
    archive = zipped({"a.txt": "Deep down."})
    for _ in range(2):
        archive = zipped({"a.zip": archive})
    assert texts(read(tmp_path, "a.zip", archive)) == ["Deep down."]
    with pytest.raises(UnreadableFile, match="archive within 3 archives"):
        read(tmp_path, "a.zip", zipped({"a.zip": archive}))


# What the readers have in common


@pytest.mark.parametrize(
    ("given", "joined"),
    [
        (["sci-", "tech"], "sci- tech"),
        (["one", "two"], "one two"),
        (["科技", "创新"], "科技创新"),
        (["科技创新（", "STI", "）合作"], "科技创新（STI）合作"),
        (["“一带一路”", "合作"], "“一带一路”合作"),
        (["", "one"], "one"),
    ],
)
def test_lines_are_joined_as_their_script_does(given, joined):
    assert lines.join(given) == joined


def test_text_with_zero_bytes_is_not_taken_for_utf16():
    with pytest.raises(UnreadableFile):
        pages.decode(b"\x00\x01\x00\x02\x00\x03" * 50, "x")
