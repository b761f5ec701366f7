import pytest

from corpus.text import languages
from corpus.text.errors import UnknownLanguage


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
        # As other programs write it.
        *((tag, "zh-Hans") for tag in ("zh-CHS", "ZH_chs", "CHS", "cmn-Hans-CN", "zh-cmn-Hans", "zh-cmn-Hans-CN")),
        *((tag, "zh-Hans") for tag in ("zho", "chi", "CHI-CN", "zho-CHN", "cmn", "zh-cmn", "zh-guoyu", "zh-156")),
        *((tag, "zh-Hant") for tag in ("zh-CHT", "cht", "cmn-Hant", "zh_cmn_TW", "zho-Hant-HKG", "chi-TWN", "zh-MAC")),
        ("eng", "en"),
        ("ENG_usa", "en-US"),
        ("en-UK", "en-GB"),
        ("en-GB-oed", "en-GB-oxendict"),
        ("ger-DEU", "de-DE"),
        ("fre", "fr"),
        ("zh-yue-HK", "yue-HK"),
        ("zh-min-nan", "nan"),
        ("i-klingon", "tlh"),
        ("ar-arb", "ar"),
        ("no-bok", "nb"),
    ],
)
def test_a_tag_is_written_in_one_way(written, canonical):
    assert languages.canonical(written) == canonical


@pytest.mark.parametrize(
    "wrong", ["", "english", "xx", "zh--CN", "en;q=1", "*all*", "x-klingon", "en-cmn", "zh-kkk", "CHS-CN"]
)
def test_what_is_no_tag_is_refused(wrong):
    with pytest.raises(UnknownLanguage, match="not a language tag"):
        languages.canonical(wrong)


def test_chinese_may_leave_its_script_open():
    tags = ("zh", "ZHO", "chi", "cmn", "zh-cmn", "zh-CN", "zh-CHS", "cmn-Hans", "en", "?")
    assert [tag for tag in tags if languages.leaves_script_open(tag)] == ["zh", "ZHO", "chi", "cmn", "zh-cmn"]


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
