import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.concepts import Concept, PartOfSpeech, Term, TermType
from glossary.recognition import Recogniser

NAME = PartOfSpeech.PROPER_NOUN
ENGLISH = [
    Concept("ai", (Term("en", "artificial intelligence"), Term("en", "AI", type=TermType.ACRONYM))),
    Concept("most", (Term("en", "MOST", type=TermType.ACRONYM),)),
    Concept("bri", (Term("en", "Belt and Road Initiative", part_of_speech=NAME),)),
    Concept("br", (Term("en", "Belt and Road", part_of_speech=NAME),)),
    Concept("nature", (Term("en", "Nature", part_of_speech=NAME),)),
    Concept("policy", (Term("en", "policy"),)),
    Concept("box", (Term("en", "glove box"),)),
    Concept("tech", (Term("en", "sci-tech"),)),
    Concept("sti-1", (Term("en", "STI", type=TermType.ACRONYM),)),
    Concept("sti-2", (Term("en", "STI", type=TermType.ACRONYM),)),
]
CHINESE = [
    Concept("bri", (Term("zh-Hans", "“一带一路”倡议"),)),
    Concept("br", (Term("zh-Hans", "“一带一路”"),)),
    Concept("sti", (Term("zh-Hans", "科技创新"),)),
    Concept("st", (Term("zh-Hans", "科技"),)),
    Concept("ai", (Term("zh-Hans", "AI"), Term("zh-Hans", "人工智能"))),
    Concept("chip", (Term("zh-Hans", "芯"),)),
]


def found(text: str, concepts=ENGLISH, language="en") -> list[tuple[str, tuple[str, ...]]]:
    recogniser = Recogniser(concepts, language)
    return [(text[item.start : item.end], item.concepts) for item in recogniser.find(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Artificial Intelligence (AI) helps.", ["Artificial Intelligence", "AI"]),
        ("AIDS is no AI-based thing, nor is CHAI.", ["AI"]),
        ("MOST says most of it.", ["MOST"]),
        ("The Belt and Road Initiative's partners", ["Belt and Road Initiative"]),
        ("BELT AND ROAD INITIATIVE GROWS", ["BELT AND ROAD INITIATIVE"]),
        ("By nature, Nature is a journal.", ["Nature"]),
        ("policies on glove boxes", ["policies", "glove boxes"]),
        ("sci tech and sci-tech and Sci‑Tech", ["sci tech", "sci-tech", "Sci‑Tech"]),
        ("two AIs and ＡＩ", ["AIs", "ＡＩ"]),
        ("İstanbul policy", ["policy"]),
        ("", []),
    ],
)
def test_english(text, terms):
    assert [term for term, _ in found(text)] == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("推动AI创新", ["AI"]),
        ("共建“一带一路”倡议", ["“一带一路”倡议"]),
        ("共建一带一路倡议", ["一带一路倡议"]),
        ("科技创新与科技", ["科技创新", "科技"]),
        ("人工智能芯片", ["人工智能"]),
        ("OpenAI的模型", []),
    ],
)
def test_chinese(text, terms):
    assert [term for term, _ in found(text, CHINESE, "zh-Hans")] == terms


def test_all_concepts_of_one_form_are_offered():
    assert found("STI policy")[0] == ("STI", ("sti-1", "sti-2"))


def test_an_empty_term_base_finds_nothing():
    assert found("anything", []) == []


@given(st.text(alphabet="AIaimostBeltRd -İß科技创新“”一带路", max_size=60))
def test_occurrences_do_not_overlap_and_stand_on_boundaries(text):
    end = 0
    for occurrence in Recogniser(ENGLISH, "en").find(text):
        assert end <= occurrence.start < occurrence.end <= len(text)
        end = occurrence.end
