import pytest

from corpus import intake
from corpus.errors import UnknownLanguage, UnreadableFile

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


def test_the_seed_files_come_in_whole(shared, desk):
    """No word of a real page is lost, whatever its layout."""
    files = sorted(shared.glob("seeds/*.txt")) + sorted(shared.glob("seeds/zh/*.txt"))
    stored = desk.intake(files)
    assert len(stored) == 6
    for path, (article, new) in zip(files, stored, strict=True):
        assert new
        assert "".join(article.text().split()) == "".join(path.read_text(encoding="utf-8").split())
        assert article.language == ("zh-Hans" if path.parent.name == "zh" else "en")


def test_the_same_file_is_stored_once(tmp_path, desk):
    path = tmp_path / "lab.txt"
    path.write_text(PLAIN, encoding="utf-8")
    ((first, new),) = desk.intake([path])
    ((second, new_again),) = desk.intake([path])
    assert (new, new_again) == (True, False)
    assert first.id == second.id


def test_a_bad_file_keeps_all_files_out(tmp_path, desk):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(PLAIN, encoding="utf-8")
    bad.write_bytes(b"\x00\x01")
    with pytest.raises(UnreadableFile):
        desk.intake([good, bad])
    assert desk.articles.all() == []
