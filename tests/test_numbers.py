import pytest

from corpus.numbers import chinese_value, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("250 million people", [250e6]),
        ("2.5亿人", [250e6]),
        ("1.2 trillion yuan", [1.2e12]),
        ("1.2万亿元", [1.2e12]),
        ("3000多名、30多万人", [3000, 300_000]),
        ("3,000 and 14th", [3000, 14]),
        ("３．５％", [3.5]),
        ("百分之三十", [30]),
        ("2025年6月", [2025, 6]),
        ("June 2025", [6, 2025]),
        ("twelve of them", [12]),
        ("二〇二五年", [2025]),
        ("三千二百五十", [3250]),
        ("一带一路", []),
        ("In May we may", []),
    ],
)
def test_numbers_are_read_by_their_value(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十二", 12), ("二十", 20), ("一百零五", 105), ("五千万", 5e7), ("一亿三千万", 1.3e8), ("十", None)],
)
def test_chinese_numerals(numeral, value):
    assert chinese_value(numeral) == value
