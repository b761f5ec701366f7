"""Sentence segmentation: the cases of tests/segmentation, the sample articles, and what holds for any text."""

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from floors import floor
from hypothesis import given
from hypothesis import strategies as st

from corpus.segmentation import sentences, split
from corpus.text import languages

HERE = Path(__file__).parent
CASES = HERE / "segmentation"
SAMPLES = HERE.parent / "corpus" / "samples"
BENCH = runpy.run_path(str(HERE / "bench" / "segmentation.py"))

LANGUAGES = ("en", "en-GB", "zh-Hans", "zh-Hant", "pt-BR", "fr", "ja", "ar", "th", "und")
# What the rules look at comes often, so that hypothesis meets them together.
MARKED_TEXT = st.text(
    st.sampled_from("aB中说1 \u3000\u00a0\n.!?…。！？；：，;\"'“”‘’「」『』()（）《》[]"), max_size=40
)


def cases(language: str) -> Iterator[tuple[str, str, list[str]]]:
    """The cases of a language: name, paragraph, sentences. The head of en.txt tells the format."""
    text = re.sub(r"^#.*\n", "", (CASES / f"{language}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        name, paragraph, *expected = block.rstrip("\n").split("\n")
        yield name, paragraph, [line.removeprefix("| ") for line in expected]


@pytest.mark.parametrize(
    ("language", "name", "paragraph", "expected"),
    [
        pytest.param(language, *case, id=f"{language}: {case[0]}")
        for language in ("en", "zh")
        for case in cases(language)
    ],
)
def test_case(language, name, paragraph, expected):
    assert sentences(paragraph, language, semicolons=name.endswith("[semicolons]")) == expected


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*/*.txt")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_sample_article(path):
    blocks = path.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    paragraphs = [block.split("\n") for block in blocks]
    assert [sentences(languages.join(gold, path.stem), path.stem) for gold in paragraphs] == paragraphs


@given(st.text() | MARKED_TEXT, st.sampled_from(LANGUAGES), st.booleans())
def test_pieces_joined_are_the_text(text, language, semicolons):
    pieces = split(text, language, semicolons=semicolons)
    assert "".join(pieces) == text
    assert all(pieces)


@given(MARKED_TEXT, st.sampled_from(LANGUAGES))
def test_sentences_are_the_pieces_stripped(text, language):
    assert sentences(text, language) == [piece.strip() for piece in split(text, language) if piece.strip()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000"])
def test_no_text_no_sentence(text, language):
    assert sentences(text, language) == []


def test_white_space_stays_with_the_sentence_before():
    assert split("One.  Two. ", "en") == ["One.  ", "Two. "]
    assert split("一。　二。", "zh-Hans") == ["一。　", "二。"]


def test_other_languages():
    assert sentences("O Sr. Silva chegou. Ele falou.", "pt-BR") == ["O Sr. Silva chegou.", "Ele falou."]
    assert sentences("متى؟ الآن.", "ar") == ["متى؟", "الآن."]


def test_long_text_in_other_languages():
    assert sentences("Esta frase é curta. " * 5_000, "pt") == ["Esta frase é curta."] * 5_000


def test_text_that_the_library_for_other_languages_fails_on():
    assert sentences("O\u00a0Sr.\u2028J.\u3000Silva. Foi \ud83d.", "pt")[-1] == "Foi \ud83d."


# A rule that looks back or ahead without bound would take hours on these.


@pytest.mark.parametrize("language", ["en", "zh-Hans", "pt"])
@pytest.mark.parametrize("unit", [".", ". ", "!", "…", "“", '"', "(", "（", "《", "[1]", " ", "a", "中"])
def test_endless_repetition_is_one_sentence(unit, language):
    text = unit * 100_000
    assert "".join(split(text, language)) == text


@pytest.mark.parametrize("language", ["en", "zh-Hans", "pt"])
def test_megabyte_without_a_stop_is_one_sentence(language):
    text = "word 词 " * 150_000
    assert split(text, language) == [text]


@pytest.mark.parametrize("unit", ["It is (so. ", "U.S. Navy, ", "“Why? ", "A. ", "1. "])
def test_long_english_paragraph(unit):
    text = "Start. " + unit * 20_000 + "It ends. Here."
    assert split(text, "en")[-1] == "Here."


@pytest.mark.parametrize("unit", ["他说（好！", "《什么？", "“好！”他", "我……", "A. "])
def test_long_chinese_paragraph(unit):
    text = unit * 20_000 + "结束。再见。"
    assert split(text, "zh-Hans")[-1] == "再见。"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_quality_on_gold_sentences(language):
    """A floor, not the figure: `python tests/bench/segmentation.py` prints the figures."""
    sets = [BENCH["files"](name, language) for name in BENCH["SETS"]]
    if not all(sets):
        pytest.skip(f"no gold sentences in {BENCH['EVAL']}")
    paragraphs = BENCH["at_headings"]([*sets[0], *sets[1]])
    assert BENCH["f1"](BENCH["measure"](sentences, paragraphs, language).boundaries) >= floor(
        f"segmentation-{language}"
    )
