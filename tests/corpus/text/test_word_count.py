"""The length of texts in words, and in characters of scripts without spaces."""

import pytest

from corpus.text.word_count import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The lab opened in May.", 5),
        ("rice—the crop – isn't dead.", 5),
        ("AI-based, 3.5% (v2.0) — …", 3),
        ("中国已加入平方公里阵列天文台。", 14),
        ("“一带一路”倡议（BRI）", 7),
        ("2026年，AI公司投入5.08万亿元。", 11),
        ("日本語のテスト", 7),
        ("", 0),
        ("— … ！", 0),
        ("-" * 200_000, 0),
    ],
)
def test_words_and_characters_are_counted_as_the_field_does(text, words):
    assert count_words(text) == words
