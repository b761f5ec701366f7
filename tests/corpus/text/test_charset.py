import random

import pytest

from corpus.text.charset import files, pages
from corpus.text.errors import UnreadableFile

CHINESE = "科技创新合作取得重要成效，各方愿共同推动创新驱动发展，携手应对全球性挑战。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "utf-32"])
def test_chinese_is_read_in_any_encoding(encoding):
    assert files.decode(CHINESE.encode(encoding), "x.txt") == CHINESE


def test_traditional_chinese_in_big5():
    text = "科技創新合作取得重要成效，各方願共同推動創新驅動發展，攜手應對全球性挑戰。"
    assert files.decode(text.encode("big5"), "x.txt") == text


def test_line_ends_become_one_kind():
    assert files.decode(b"a\r\nb\rc\n", "x.txt") == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "x.txt is not a text file"),
        (bytes(range(256)), "x.txt is not a text file"),
        (CHINESE.encode()[:-1], "x.txt is damaged: byte 109 is not UTF-8"),
        (CHINESE.encode("utf-16")[:-1], "x.txt is damaged: byte 75 is not UTF-16"),
        (b" \n\t ", "x.txt is empty"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, problem):
    with pytest.raises(UnreadableFile, match=problem):
        files.decode(data, "x.txt")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    with pytest.raises(UnreadableFile, match=r"There is no file .*missing\.txt"):
        files.read_text(tmp_path / "missing.txt")
    with pytest.raises(UnreadableFile, match="is a folder"):
        files.read_text(tmp_path)
    with pytest.raises(UnreadableFile, match=r"empty\.txt is empty"):
        files.read_text(empty)


def test_a_file_over_the_limit_is_refused(tmp_path):
    path = tmp_path / "large.txt"
    path.write_bytes(b"a" * 2_000_001)
    with pytest.raises(UnreadableFile, match="has 2 MB; the limit is 1 MB"):
        files.read_text(path, max_bytes=1_000_000)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("张伟", "gb18030"),
        ("Zhang Wei (张伟) leads the Chang’e (嫦娥) project.", "gb18030"),
        ("en,zh-Hans\nsolar sail,太阳帆\n", "gb18030"),
        ("“钚”、铋", "gb18030"),
        ("林志明", "big5"),
        ("Lin (林志明) is from 台灣大學.", "big5"),
        ("香港科技大學嘅研究喺今日公布", "big5hkscs"),
        ("Café Müller — “naïve”, 20°±2, €5", "cp1252"),
        ("Übergröße", "cp1252"),
        ("El niño: ¿qué? «sí»", "cp1252"),
        ("中文", "utf-16-le"),
    ],
)
def test_a_short_text_is_read_in_the_languages_of_the_desk(text, encoding):
    found = files.guessed(text.encode(encoding), "x.txt")
    assert (found.text, found.likely) == (text, True)


RUSSIAN = "Учёные открыли новый вид растений в горах."
KOREAN = "과학기술정보통신부는 올해 연구 개발 예산을 확대한다고 밝혔다."


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (KOREAN, "euc_kr")])
def test_an_unlikely_guess_is_said(text, encoding):
    found = files.guessed(text.encode(encoding), "x.txt")
    assert (found.text, found.encoding, found.likely) == (text, encoding, False)
    with pytest.raises(UnreadableFile, match=rf"x\.txt may be in the encoding {encoding}, or in another one"):
        files.decode(text.encode(encoding), "x.txt")


def test_chinese_that_is_cut_off_is_damaged():
    with pytest.raises(UnreadableFile, match=r"x\.txt is damaged: byte 73 is not GB18030"):
        files.decode(CHINESE.encode("gb18030")[:-1], "x.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"caf\xe9 \x00\x01\x02 binary",
        b"Some words here \x00 \x93\x12 and more",
        b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(range(0x80, 0xF0)),
        *(random.Random(seed).randbytes(37 * seed) for seed in range(1, 40)),  # noqa: S311
    ],
)
def test_bytes_that_are_no_text_are_not_taken_for_utf_16(data):
    """A few zero bytes stand in any binary file, and nearly all bytes are well-formed in UTF-16."""
    with pytest.raises(UnreadableFile, match="is not a text file"):
        pages.decode(data, "x.bin")


@pytest.mark.parametrize("text", ["A plan.", "新计划 2029", "量子通信\n新进展", "Ｘ射线与3号站"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_in_utf_16_without_a_mark_is_read(text, encoding):
    assert pages.decode(text.encode(encoding), "x.txt") == (text, ())
