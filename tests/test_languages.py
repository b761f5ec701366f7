import pytest

from corpus import languages
from corpus.errors import UnknownLanguage


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("EN", "en"),
        ("en-us", "en-US"),
        ("pt_BR", "pt-BR"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh_SG", "zh-Hans"),
        ("ZH-hans-cn", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-hant", "zh-Hant"),
        ("sr-latn-rs", "sr-Latn-RS"),
    ],
)
def test_a_tag_is_written_in_one_way(written, canonical):
    assert languages.canonical(written) == canonical


@pytest.mark.parametrize("wrong", ["", "english", "xx", "zh--CN", "en;q=1", "*all*"])
def test_what_is_no_tag_is_refused(wrong):
    with pytest.raises(UnknownLanguage, match="not a language tag"):
        languages.canonical(wrong)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The laboratory opened.", "en"),
        ("联合实验室成立了。", "zh-Hans"),
        ("聯合實驗室成立了。", "zh-Hant"),
        ("推动 AI 创新", "zh-Hans"),
        ("The Silk Road (丝绸之路) is old.", "en"),
        ("共同研究所が開かれた", "ja"),
        ("Лаборатория открылась.", "ru"),
    ],
)
def test_the_language_of_a_text_is_told_by_its_script(text, language):
    assert languages.guess(text) == language


def test_a_text_without_letters_has_no_language():
    with pytest.raises(UnknownLanguage, match="cannot be told"):
        languages.guess("2025 – 2026")


def test_sentences_are_joined_as_the_language_does():
    assert languages.join(["One.", "Two."], "en") == "One. Two."
    assert languages.join(["一。", "二。"], "zh-Hans") == "一。二。"
