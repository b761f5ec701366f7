"""Repair, assembly and metadata: the cases of tests/intake, and what holds for any text."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import intake
from corpus.intake import Intake
from corpus.intake.pages import Block, Page
from corpus.intake.readers import plain
from corpus.text.errors import UnknownLanguage, UnreadableFile

CASES = Path(__file__).with_name("cases")


def cases(language: str) -> Iterator[tuple[str, str, list[str]]]:
    """The cases of a language: name, files, what becomes of them. The head of en.txt tells the format."""
    text = (CASES / f"{language}.txt").read_text(encoding="utf-8")
    for case in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        name, rest = case.split("\n", 1)
        files, expected = rest.split("\n->\n")
        yield name, files, expected.strip().split("\n")


def read(files: str, refused: frozenset[str] = frozenset()) -> Intake:
    """Reads the files of a case."""
    _, *named = re.split(
        r"^@@ (.+)\n", files if files.startswith("@@") else f"@@ case.txt\n{files}", flags=re.MULTILINE
    )
    pages = [page for name, text in zip(named[::2], named[1::2], strict=True) for page in plain.read_pages(text, name)]
    return intake.from_pages(pages, refused=refused)


def described(found: Intake) -> list[str]:
    """What was found, as the cases write it."""
    lines = []
    for article in found.articles:
        for paragraph in article.paragraphs:
            joined = ("" if article.language.startswith("zh") else " ").join(paragraph.sentences)
            lines.append(f"{paragraph.kind}: {joined}")
        about = {name: getattr(article, name) for name in ("byline", "date", "source", "section", "page")}
        lines += [f"{name}: {value}" for name, value in about.items() if value]
        for caption in article.captions:
            lines += [f"caption: {caption.text}", *([f"credit: {caption.credit}"] if caption.credit else [])]
    return lines + [f"leftover: {leftover.text}" for leftover in found.leftovers]


ALL_CASES = [
    pytest.param(language, files, expected, id=f"{language}: {name}")
    for language in ("en", "zh")
    for name, files, expected in cases(language)
]


@pytest.mark.parametrize(("language", "files", "expected"), ALL_CASES)
def test_case(language, files, expected):
    assert described(read(files)) == expected


def test_there_are_enough_cases():
    assert len(ALL_CASES) >= 60


def lost(pages: list[Page], found: Intake) -> Counter[str]:
    """The characters of the pages that are nowhere any more, neither in the result nor in a decision."""
    kept = [leftover.text for leftover in found.leftovers]
    for article in found.articles:
        kept += article.sentences()
        kept += [text for caption in article.captions for text in (caption.text, caption.credit)]
    missing = characters("".join(block.text for page in pages for block in page.blocks)) - characters("".join(kept))
    for decision in found.decisions:
        missing -= characters(decision.before) - characters(decision.after)
    return missing


def characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@pytest.mark.parametrize(("language", "files", "expected"), ALL_CASES)
def test_nothing_is_lost(language, files, expected):
    pages = plain.read_pages(files, "case.txt")
    assert not lost(pages, intake.from_pages(pages))


# What the rules look at, so that hypothesis brings it together in ways nobody thought of.
PIECES = st.sampled_from(
    [
        "A Headline of Some Words",
        "By LI Wei",
        "See page 2",
        "From page 1",
        "Top News",
        "Home > News > Here",
        "(PHOTO: LI Wei)",
        "Photo shows a bridge. (PHOTO: LI Wei)",
        "May 4, 2026",
        "VOL.3-NO.12",
        "Lanchuan Daily",
        "PAGE 2",
        "Source: Lanchuan Daily",
        "• an item of a list",
        "The village, which is small,",
        "ate the techno-",
        "logical rice. It was *good*,,and sci- tech (Photo by X) was here.",
        "一 带 一 路。。",
        "海边村的稻田丰收了，",
        "图为海边村。李明 摄",
        "（下转第3版）",
        "（上接第1版）村民们很高兴。",
        "相关新闻",
        "来源：兰川日报",
        "Copyright © me",
        "# Title",
    ]
)


@given(st.lists(PIECES | st.text(max_size=30), min_size=1, max_size=12))
def test_nothing_is_lost_whatever_comes(blocks):
    pages = [Page(tuple(Block(text, f"line {number}") for number, text in enumerate(blocks)), "a.txt")]
    try:
        found = intake.from_pages(pages, "en")
    except UnreadableFile:
        return
    assert not lost(pages, found)


@given(st.lists(PIECES, min_size=1, max_size=10))
def test_what_is_refused_is_not_done(blocks):
    pages = [Page(tuple(Block(text, f"line {number}") for number, text in enumerate(blocks)), "a.txt")]
    try:
        found = intake.from_pages(pages, "en")
        for _ in range(40):
            if not found.decisions:
                break
            refused = frozenset(decision.id for decision in (*found.decisions, *found.refused))
            found = intake.from_pages(pages, "en", refused)
    except UnreadableFile:
        return
    assert found.decisions == ()
    text = "".join(
        [sentence for article in found.articles for sentence in article.sentences()]
        + [leftover.text for leftover in found.leftovers]
    )
    assert characters(text) == characters("".join(blocks))


def test_one_decision_is_taken_back():
    files = "Salt Rice\n\nThe village ate sci- tech rice and sci- tech bread.\n\nTop News\n\nRobots Serve Tea\n"
    found = read(files)
    assert [decision.rule for decision in found.decisions] == ["teasers", "teasers", "hyphens", "hyphens"]
    second = found.decisions[3]
    again = read(files, frozenset({second.id}))
    assert again.articles[0].sentences() == ["Salt Rice", "The village ate sci-tech rice and sci- tech bread."]
    assert again.refused == (second,)
    assert second.message == "Closed up a hyphen: sci- tech → sci-tech"


def test_a_refused_jump_leaves_two_articles():
    files = "@@ a.txt\nSalt Rice\n\nIt grew.\n\nSee page 2\n@@ b.txt\nSalt Rice\n\nFrom page 1\n\nIt was eaten.\n"
    joined = next(decision for decision in read(files).decisions if decision.before == "Salt Rice")
    found = read(files, frozenset({joined.id}))
    assert [article.title for article in found.articles] == ["Salt Rice", "Salt Rice"]


def test_the_place_names_the_file_where_there_are_several():
    files = (
        "@@ a.txt\nSalt Rice\n\nIt grew in the\n\nSee page 2\n"
        "@@ b.txt\nSalt Rice\n\nFrom page 1\n\nsea. It was eaten.\n"
    )
    (article,) = read(files).articles
    assert article.file == "a.txt, b.txt"
    assert [paragraph.place for paragraph in article.paragraphs] == ["a.txt: line 1", "a.txt: line 3, b.txt: line 5"]


def test_what_is_lost_in_a_file_is_noted():
    found = read("The rice of the village of Haibian is good, and the caf\ufffd is open from nine to five every day.\n")
    assert "characters that were lost" in found.notes[0].message


def test_a_file_of_lost_characters_is_refused():
    with pytest.raises(UnreadableFile, match="wrong encoding"):
        read("锟斤拷锟斤拷 rice 锟斤拷锟斤拷")


CHINESE = "科技创新合作取得重要成效，各方愿共同推动创新驱动发展，携手应对全球性挑战。"


def test_utf_8_read_as_gbk_is_read_back():
    found = read(CHINESE.encode().decode("gb18030", "replace"))
    assert found.articles[0].sentences() == [CHINESE.replace("性", "\ufffd").replace("。", "\ufffd")]
    assert "characters that were lost" in found.notes[0].message


def test_utf_8_read_as_windows_1252_is_read_back():
    # Five bytes are nothing in Windows-1252; programs leave them as control characters.
    damaged = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in CHINESE.encode()
    )
    assert read(damaged).articles[0].sentences() == [CHINESE]


def test_codes_of_symbol_fonts_are_read():
    found = read("The dose was 5 \uf06dg at 20 \uf0b0C in all.\n\n\uf0fc It was enough for all of them.")
    assert found.articles[0].sentences() == ["The dose was 5 µg at 20 °C in all.", "✓ It was enough for all of them."]
    assert [decision.rule for decision in found.decisions] == ["characters"] * 3


ENGLISH = "The lab’s “first” — in São Paulo — costs €20 million, à la carte."


@pytest.mark.parametrize(
    ("text", "encoding", "read_as"),
    [
        (ENGLISH, "utf-8", "latin-1"),
        (CHINESE, "utf-8", "latin-1"),
        (CHINESE, "gb18030", "latin-1"),
        ("The name (张伟) is common.", "gb18030", "cp1252"),
        ("科技創新合作取得重要成效，各方願共同推動。", "big5", "latin-1"),
    ],
)
def test_what_was_read_as_latin_1_is_read_back(text, encoding, read_as):
    assert read(text.encode(encoding).decode(read_as)).articles[0].sentences() == [text]


def test_what_was_read_wrongly_twice_is_read_back_twice():
    twice = ENGLISH.encode().decode("latin-1").encode().decode("latin-1")
    assert read(twice).articles[0].sentences() == [ENGLISH]


@pytest.mark.parametrize("text", ["The labâs new office is open.", "The price is Â 5 now.", "He said â€ and left."])
def test_what_cannot_be_read_back_is_reported(text):
    (warning,) = [note for note in read(text).notes if note.warns]
    assert "look like another encoding (line 1:" in warning.message


@pytest.mark.parametrize("text", ["Café Müller — “naïve” résumé, créée à l’âge d’or.", "MENÜ, 20°±2 °C, ½ and «É»."])
def test_accents_are_no_damage(text):
    found = read(text)
    assert found.articles[0].sentences() == [text]
    assert not [note for note in found.notes if note.warns]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le riz de la mer est une chance pour les villages qui sont sur la côte, dans une région pauvre.", "fr"),
        ("El arroz del mar es una gran noticia para los pueblos de la costa, como este, y para las islas.", "es"),
        ("O arroz do mar não é uma novidade para os povos da costa, mas uma ajuda pelo preço, com o qual são.", "pt"),
        ("The rice of the sea is a chance for villages.", "en"),
        ("Рис растёт в морской воде.", "ru"),
        ("海水稻在海边生长。", "zh-Hans"),
        ("海水稻在海邊生長，產量不低。", "zh-Hant"),
    ],
)
def test_the_language_is_told(text, language):
    assert read(text).articles[0].language == language


def test_a_text_without_letters_wants_a_language():
    with pytest.raises(UnknownLanguage):
        read("1, 2, 3")


# Time stays linear: what takes hours with a rule that looks without bound takes a second here.


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "中文",
        "a-",
        "a- ",
        "*a",
        "(",
        "（",
        "Ã©",
        "\n",
        "a\n",
        "A\n\n",
        "> ",
        "| ",
        "一 ",
        '"',
        "，",
        "_a",
        "[",
    ],
)
def test_a_megabyte_of_one_thing(unit):
    text = "Start " + unit * (1_000_000 // len(unit) if "\n" not in unit else 20_000) + " end."
    assert intake.from_pages(plain.read_pages(text, "a.txt"), "en").articles
