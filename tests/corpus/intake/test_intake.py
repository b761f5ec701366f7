import hashlib
import json
from pathlib import Path

import pytest

from corpus import intake
from corpus.text.errors import UnknownLanguage, UnreadableFile
from tests.document_files import zipped
from workbench.services.article_intake import import_articles

PLAIN = """Lab Opens in Lanchuan

A joint laboratory opened on Monday. It studies rice.

"We are glad," said Dr. Li.
"""

WITH_HEADER = """title: 实验室成立
byline: 本报记者 李明
date: 2026-03-02
source: 示例

联合实验室成立了。它研究水稻。
"""


def read(tmp_path, text, **options):
    path = tmp_path / "lab.txt"
    path.write_text(text, encoding="utf-8")
    (article,) = intake.read(path, **options)
    return article


def test_paragraphs_and_sentences(tmp_path):
    article = read(tmp_path, PLAIN)
    assert (article.language, article.title, article.file) == ("en", "Lab Opens in Lanchuan", "lab.txt")
    assert [paragraph.sentences for paragraph in article.paragraphs] == [
        ("Lab Opens in Lanchuan",),
        ("A joint laboratory opened on Monday.", "It studies rice."),
        ('"We are glad," said Dr. Li.',),
    ]
    assert [paragraph.place for paragraph in article.paragraphs] == ["line 1", "line 3", "line 5"]


def test_a_header_gives_the_credits(tmp_path):
    article = read(tmp_path, WITH_HEADER)
    assert (article.title, article.byline, article.date) == ("实验室成立", "本报记者 李明", "2026-03-02")
    assert article.sentences() == ["实验室成立", "联合实验室成立了。", "它研究水稻。"]
    assert article.paragraphs[1].place == "line 6"


def test_presplit_takes_each_line_as_a_sentence(tmp_path):
    article = read(tmp_path, "One. Two.\nThree\n\nFour.\n", presplit=True)
    assert [paragraph.sentences for paragraph in article.paragraphs] == [("One. Two.", "Three"), ("Four.",)]


def test_a_first_paragraph_that_is_prose_is_no_title(tmp_path):
    assert read(tmp_path, "It is late.\n\nIt rains.\n").title == "lab"


def test_a_named_language_wins(tmp_path):
    assert read(tmp_path, "Bonjour.", language="fr").language == "fr"


def test_a_text_without_letters_wants_a_language(tmp_path):
    with pytest.raises(UnknownLanguage):
        read(tmp_path, "1, 2, 3")


def test_a_header_alone_is_no_article(tmp_path):
    with pytest.raises(UnreadableFile, match="no text below its header"):
        read(tmp_path, "title: Nothing\n")


def test_the_same_file_is_stored_once(tmp_path, desk):
    path = tmp_path / "lab.txt"
    path.write_text(PLAIN, encoding="utf-8")
    ((first, new),) = import_articles(desk, [path]).articles
    ((second, new_again),) = import_articles(desk, [path]).articles
    assert (new, new_again) == (True, False)
    assert first.id == second.id


RICE, TEA = "It is late. Rice grows in the sea.\n", "It rains. The robots serve tea.\n"


def pieces(tmp_path, *texts):
    """Files of one name, each in a folder of its own."""
    for folder, text in zip(("x", "y"), texts, strict=True):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "piece.txt").write_text(text, encoding="utf-8")
        yield tmp_path / folder / "piece.txt"


@pytest.mark.parametrize("together", [True, False])
def test_two_texts_of_one_file_name_are_two_articles(tmp_path, desk, together):
    first, second = pieces(tmp_path, RICE, TEA)
    for paths in [[first, second]] if together else [[first], [second]]:
        assert all(new for _, new in import_articles(desk, paths).articles)
    assert [article.sentences() for article in desk.articles.all()] == [
        ["It rains.", "The robots serve tea."],
        ["It is late.", "Rice grows in the sea."],
    ]
    assert {article.title for article in desk.articles.all()} == {"piece"}


def test_a_text_without_headline_that_is_mostly_the_same_is_a_later_state(tmp_path, desk):
    first, second = pieces(tmp_path, RICE, RICE.replace("sea", "lake"))
    import_articles(desk, [first])
    assert [new for _, new in import_articles(desk, [second]).articles] == [False]
    assert [article.sentences()[1] for article in desk.articles.all()] == ["Rice grows in the lake."]


def test_two_texts_under_one_headline_in_a_file_are_states_of_one(tmp_path, desk):
    first, second = pieces(tmp_path, f"Lab Opens\n\n{RICE}", f"Lab Opens\n\n{TEA}")
    import_articles(desk, [first])
    assert [new for _, new in import_articles(desk, [second]).articles] == [False]


def test_each_file_gets_its_own_verdict(tmp_path, desk):
    for name, data in {
        "a.txt": b"\x00\x01",
        "b.txt": PLAIN.encode(),
        "c.txt": b"1, 2, 3",
        "d.txt": "锟斤拷锟斤拷 rice 锟斤拷锟斤拷".encode(),
        "e.txt": b"",
        "f.html": b"<html><body></body></html>",
    }.items():
        (tmp_path / name).write_bytes(data)
    taken = import_articles(desk, [*sorted(tmp_path.glob("*.[th]*")), tmp_path / "gone.txt"])
    assert [article.title for article in desk.articles.all()] == ["Lab Opens in Lanchuan"]
    assert sorted(refusal.file for refusal in taken.found.refusals) == [
        "a.txt", "c.txt", "d.txt", "e.txt", "f.html", "gone.txt",
    ]  # fmt: skip


def test_each_file_of_an_archive_gets_its_own_verdict(tmp_path, desk):
    path = tmp_path / "day.zip"
    path.write_bytes(zipped({"bad.pdf": b"%PDF-1.4 nothing", "good.txt": PLAIN, "inner.zip": b"PK\x03\x04 nothing"}))
    found = import_articles(desk, [path]).found
    assert [article.title for article in found.articles] == ["Lab Opens in Lanchuan"]
    assert [refusal.file for refusal in found.refusals] == ["day.zip/bad.pdf", "day.zip/inner.zip"]


def test_a_file_alone_that_cannot_be_read_is_an_error(tmp_path):
    path = tmp_path / "bad.txt"
    path.write_bytes(b"\x00\x01")
    with pytest.raises(UnreadableFile, match=r"bad\.txt is not a text file"):
        intake.read(path)


EXPECTED = Path(__file__).with_name("cases") / "seeds.json"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.fixture
def seeds(shared) -> list[Path]:
    """The five real documents, which a user's clone has not."""
    return sorted(shared.glob("seeds/*.txt"))


def test_the_seeds_are_eight_articles(seeds):
    """Compares with what was checked by eye; the data has hashes and first words, never the text."""
    found = intake.read_all(seeds)
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    assert [article.title for article in found.articles] == [each["title"] for each in expected]
    for article, each in zip(found.articles, expected, strict=True):
        for name in ("byline", "date", "source", "section", "language", "page"):
            assert getattr(article, name) == each[name], (article.title, name)
        assert [digest(f"{caption.text} {caption.credit}") for caption in article.captions] == each["captions"]
        joined = [(paragraph.kind, " ".join(paragraph.sentences)) for paragraph in article.paragraphs]
        assert [[kind, digest(text), " ".join(text.split()[:3])] for kind, text in joined] == each["paragraphs"]


def test_the_sentences_that_were_broken_are_whole_and_once(seeds):
    sentences = [sentence for article in intake.read_all(seeds).articles for sentence in article.sentences()]
    for start, end in [
        ("Professor Cássius", "sci-tech exchanges."),
        ("In regions like", "significant technological development."),
        ("We will expand", "sharing of STI outcomes."),
    ]:
        assert sum(sentence.startswith(start) and sentence.endswith(end) for sentence in sentences) == 1


def test_the_order_of_the_files_does_not_matter(seeds):
    forth, back = intake.read_all(seeds).articles, intake.read_all(reversed(seeds)).articles
    assert {article.text() for article in forth} == {article.text() for article in back}


def test_what_is_no_text_is_in_no_body(seeds):
    bodies = "\n".join(article.text() for article in intake.read_all(seeds).articles)
    for mark in (
        "PHOTO",
        "Photo by",
        "See page",
        "From page",
        "PAGE",
        "VOL.",
        "Top News",
        "Copyright",
        "mailto",
        "By L",
    ):
        assert mark not in bodies


def test_a_desk_keeps_captions_and_page(seeds, desk):
    taken = import_articles(desk, seeds)
    assert [article for article, _ in taken.articles] == list(taken.found.articles)
    assert sum(len(article.captions) for article in desk.articles.all()) == 5
    again = import_articles(desk, seeds)
    assert [(article.id, new) for article, new in again.articles] == [
        (article.id, False) for article, _ in taken.articles
    ]


def test_a_file_is_read_as_it_is_where_one_article_is_wanted(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Home > News > Here\n\nA sci- tech fair.\n\nTop News\n", encoding="utf-8")
    article = intake.read_one(path)
    assert article.sentences() == ["Home > News > Here", "A sci- tech fair.", "Top News"]
