"""Drafts that are none, and numbers in them that are to be checked; nothing of these is put in by itself."""

import pytest

from corpus.articles import Article, Paragraph
from workbench.checks import acceptance
from workbench.checks.acceptance import REPEATS, UNTRANSLATED, changed_magnitudes, problem
from workbench.errors import EngineError
from workbench.mt.protocol import Draft
from workbench.services import pretranslation
from workbench.services.article_intake import begin_translation
from workbench.services.pretranslation import PretranslationOptions, PretranslationReport, pretranslate
from workbench.services.suggestions import machine_translation, machine_translations

LATER = "The new reactor will be built on the northern coast of the island next year."


@pytest.mark.parametrize(
    ("text", "draft", "expected"),
    [
        (LATER, "反应反应反应反应反应反应反应反应", REPEATS),
        (LATER, "反应堆明年、反应堆明年、反应堆明年、反应堆明年", REPEATS),
        (LATER, "新反应堆啊啊啊啊啊啊啊啊啊啊啊啊", REPEATS),
        (LATER, "新反应堆将于明年建在该岛北部海岸，该岛北部海岸，该岛北部海岸，该岛北部海岸。", REPEATS),
        (LATER, "新反应堆明年将建在该岛北部海岸。", None),
        (LATER, LATER, UNTRANSLATED),
        (LATER, LATER.upper(), UNTRANSLATED),
        (LATER, "El nuevo reactor se va a construir en la costa norte.", UNTRANSLATED),
        (LATER, "...", UNTRANSLATED),
        (LATER, "", None),
        ("Nature Communications", "Nature Communications", None),
        ("iPhone 17 Pro Max", "iPhone 17 Pro Max", None),
        ("https://example.org/a/long/path/of/words", "https://example.org/a/long/path/of/words", None),
        ("No, no, no, no, no!", "不，不，不，不，不！", None),
        ("Codes: 00 00 00 00 00 00 00 00", "代码：00 00 00 00 00 00 00 00", None),
        ("He laughed for a long while.", "他哈哈大笑了好一阵子。", None),
    ],
)
def test_a_draft_in_chinese_is_one(text, draft, expected):
    assert problem(text, draft, "en", "zh-Hans") == expected


@pytest.mark.parametrize(
    ("text", "draft", "expected"),
    [
        ("新反应堆明年开建。", "The new reactor the new reactor the new reactor the new reactor", REPEATS),
        ("新反应堆明年开建。", "Very very very very very new", REPEATS),
        ("新反应堆明年开建。", "新反应堆明年开建。", UNTRANSLATED),
        ("新反应堆明年开建。", "新反应堆将于明年开工建设。", UNTRANSLATED),
        ("新反应堆明年开建。", "Work on the new reactor begins next year.", None),
        ("新反应堆明年开建。", "It is very, very, very hot in the reactor.", None),
        ("C919", "C919", None),
    ],
)
def test_a_draft_in_english_is_one(text, draft, expected):
    assert problem(text, draft, "zh-Hans", "en") == expected


@pytest.mark.parametrize(
    ("text", "draft", "expected"),
    [
        ("A total of 2.2万 people came.", "A total of 2.2 million came.", (("2.2万", "2.2 million"),)),
        ("It cost 250 million yuan.", "它花了250亿元。", (("250 million", "250亿"),)),
        ("It grew by 3.5 % in 2029.", "2029年增长35%。", (("3.5", "35"),)),
        ("It cost 1.4 billion yuan.", "它花了1.4亿元。", (("1.4 billion", "1.4亿"),)),
        ("Some 12,000 people came.", "约12万人来此。", (("12,000", "12万"),)),
        ("Between 30 and 300 came, 0 left.", "来了30至3000人，走了0人。", (("300", "3000"),)),
        ("It cost 250 million yuan.", "它花了2.5亿元。", ()),
        ("Some 22,000 people came.", "约2.2万人来此。", ()),
        ("It has 10 dishes, and 100 mirrors.", "它有10面天线和100面镜子。", ()),
        ("About 2 million people came.", "约两百万人来此。", ()),
        ("A drop of 50 percent.", "下降了5成。", ()),
        ("Ten people, 100 cars.", "10人，100辆车。", ()),
        ("It grew by 3.5 % in 2029.", "2029年有增长。", ()),
    ],
)
def test_a_magnitude_that_changed_is_found(text, draft, expected):
    assert changed_magnitudes(text, draft, "en", "zh-Hans") == expected


def test_a_magnitude_from_chinese_into_english_is_found_too():
    assert changed_magnitudes("投资2.2亿元。", "It took 2.2 billion yuan.", "zh-Hans", "en") == (
        ("2.2亿", "2.2 billion"),
    )
    assert changed_magnitudes("投资2.2亿元。", "It took two hundred and twenty million.", "zh-Hans", "en") == ()


def test_other_languages_whose_decimals_are_written_otherwise_are_left_alone():
    assert changed_magnitudes("It has 1,234 dishes.", "Tem 1.234 antenas.", "en", "pt-BR") == ()


class Says:
    """An engine that says what it was told to."""

    name = "says"

    def __init__(self, *texts: str) -> None:
        self.texts = texts

    def pairs(self):
        return [("en", "zh-Hans")]

    def supports(self, source_language, target_language):
        return True

    def translate(self, sentences, source_language, target_language, *, terms=None, alternatives=0, progress=None):
        return [Draft(text, 0.9, self.name) for text in self.texts]


@pytest.fixture
def bitext(desk):
    sentences = ("The plant has 35 new employees now.", "It makes 250 million cells.", "All of them are sold abroad.")
    article, _ = desk.articles.add(Article("en", "", tuple(Paragraph((sentence,)) for sentence in sentences)))
    return desk.bitexts.get(begin_translation(desk, article, "zh-Hans"))


def test_nothing_doubtful_is_put_in_by_pretranslation(desk, bitext, monkeypatch):
    texts = "该厂现有35名新员工。", "它生产250亿个细胞。", "全部全部全部全部全部"
    monkeypatch.setattr(pretranslation, "engine_for", lambda *_: Says(*texts))
    assert pretranslate(desk, bitext.id, PretranslationOptions()) == PretranslationReport(machine=1, left=2, doubtful=2)
    assert [unit.target for unit in desk.bitexts.units(bitext.id)] == [("该厂现有35名新员工。",), (), ()]


def test_what_is_doubtful_is_marked_and_what_is_no_draft_is_said(desk, bitext, monkeypatch):
    units = desk.bitexts.units(bitext.id)
    marked, none = machine_translations(desk, Says("它生产250亿个细胞。", "全部全部全部全部全部"), bitext, units[1:])
    assert (marked.text, marked.numbers) == ("它生产250亿个细胞。", (("250 million", "250亿"),))
    assert (none.text, none.problem) == ("", REPEATS)
    monkeypatch.setattr("workbench.mt.find", lambda *_, **__: Says("全部全部全部全部全部"))
    with pytest.raises(EngineError, match="repeats itself"):
        machine_translation(desk, bitext, units[2])


def test_a_loop_of_any_length_is_found():
    for length in range(1, 31):
        stretch = "".join(chr(0x4E00 + number) for number in range(length))
        assert acceptance.repeats("开头" + stretch * 7, "zh-Hans")
        assert not acceptance.repeats("开头" + stretch, "zh-Hans")
