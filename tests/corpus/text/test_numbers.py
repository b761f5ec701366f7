import pytest

from corpus.text.numbers import chinese_numeral, chinese_value, is_negative, numbers, values, written_like
from tests.present import present


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
        ("百分之三", [3]),
        ("百分之三点五", [3.5]),
        ("on May 6, 2024", [5, 6, 2024]),
        ("2025年6月", [2025, 6]),
        ("June 2025", [6, 2025]),
        ("twelve of them", [12]),
        ("二〇二五年", [2025]),
        ("三千二百五十", [3250]),
        ("一带一路", []),
        ("In May we may", []),
        ("10 000 m", [10_000]),
        ("1\u00a0234\u00a0567.5 kg, 10\u2009000 and 9\u202f500", [1_234_567.5, 10_000, 9_500]),
        ("in 2020 300 people", [2020, 300]),
        ("10 0000 and 1 00", [10, 0, 1, 0]),
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


@pytest.mark.parametrize("value", [3, 10, 12, 20, 105, 110, 1001, 3250, 10_000, 10_005, 120_034, 50_000_000])
def test_chinese_numerals_are_written_as_they_are_read(value):
    numeral = present(chinese_numeral(value))
    assert values(f"百分之{numeral}" if value < 11 else numeral) == [value]


@pytest.mark.parametrize(
    ("number", "like", "expected"),
    [
        ("3.2亿", "250 million", "320 million"),
        ("320 million", "2.5亿", "3.2亿"),
        ("1,500", "1200", "1500"),
        ("15000", "12,000", "15,000"),
        ("12", "三十", "十二"),
        ("7", "June", "July"),
        ("March", "6", "3"),
        ("four", "Three", "Four"),
        ("25", "three", "25"),
        ("2026", "二〇二五", "二〇二六"),
        ("4.75", "3.5", "4.75"),
        ("0.00001", "3亿", None),
        ("2.5", "三十", None),
        ("7", "0", "7"),
        ("0", "7", "0"),
        ("12 500", "10 000", "12 500"),
        ("1250000", "10\u202f000", "1\u202f250\u202f000"),
        ("500", "10 000", "500"),
        ("21", "3rd", "21st"),
        ("113", "22nd", "113th"),
        ("70 billion", "300万", None),
        ("300", "5 billion", None),
    ],
)
def test_a_number_is_written_like_another(number, like, expected):
    (ours,), (theirs,) = numbers(number), numbers(like)
    assert written_like(ours, theirs) == expected


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("-5 °C", True),
        ("降至−5℃", True),
        ("(–5)", True),
        ("零下 5 度", True),
        ("负5", True),
        ("minus 5", True),
        ("5 degrees below zero", True),
        ("5 degrees. Below zero", False),
        ("5 °C", False),
        ("COVID-5", False),
        ("20-5", False),
        ("(a)-5", False),
    ],
)
def test_a_number_knows_its_side_of_zero(text, negative):
    number = next(number for number in numbers(text) if number.value == 5)
    assert is_negative(text, number) is negative


def test_a_number_knows_its_place():
    (year, month) = numbers("自２０２５年6月起")
    assert (year.text, year.start, year.end, month.value) == ("２０２５", 1, 5, 6)
