import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.concepts import Concept, ConceptState, PartOfSpeech, Status, Term, TermType
from glossary.recognition import Recogniser
from glossary.recognition.folding import fold

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
        ("NATURE REPORTS", []),
        ("BELT and ROAD Initiative", []),
        ("NATURE AND THE BELT AND ROAD", ["BELT AND ROAD"]),
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


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("科技\n创新", ["科技\n创新"]),
        ("發展科技創新", ["科技創新"]),
        ("科 技 創 新", ["科 技 創 新"]),
        ("ＡＩ 时代", ["ＡＩ"]),
        ("「一带一路」倡议", ["「一带一路」倡议"]),
    ],
)
def test_spaces_width_and_script_do_not_count_in_chinese(text, terms):
    assert [term for term, _ in found(text, CHINESE, "zh-Hans")] == terms


@pytest.mark.parametrize("text", ["科技\u0301创新", "\u0301\u0302科技\u20e3"])
def test_a_term_that_ends_within_a_character_is_none(text):
    """A character and the marks on it are one."""
    assert found(text, CHINESE, "zh-Hans") == []


def test_a_term_that_begins_within_a_character_is_none():
    marked = [Concept("c", (Term("zh-Hans", "\u0301科技"),))]
    assert found("か\u0301科技", marked, "zh-Hans") == []
    assert found("。\u0301科技", marked, "zh-Hans") == [("\u0301科技", ("c",))]


@pytest.mark.parametrize(
    ("text", "term"), [("⼈⼯智能助⼒。", "⼈⼯智能"), ("开⻔⻅⼭。", "开⻔⻅⼭"), ("⻋⼾", "⻋⼾")]
)
def test_parts_of_characters_count_as_characters(text, term):
    concepts = [Concept(each, (Term("zh-Hans", each),)) for each in ("人工智能", "开门见山", "车户")]
    assert [found for found, _ in found(text, concepts, "zh-Hans")] == [term]


def test_a_traditional_term_is_found_in_simplified_text():
    assert found("软件", [Concept("c", (Term("zh-Hant", "軟件"),))], "zh-Hans") == [("软件", ("c",))]


def test_a_single_character_is_a_term_where_it_is_among_its_forms():
    assert found(
        "碳和氢", [Concept("c", (Term("zh-Hans", "碳", forms=("碳",)), Term("zh-Hans", "氢")))], "zh-Hans"
    ) == [("碳", ("c",))]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Parkinson's disease", "Parkinson disease"),
        ("Parkinson’s disease", "Parkinson's disease"),
        ("analysis", "analyses"),
        ("face masks", "face mask"),
        ("Straße", "STRASSE"),
        ("İstanbul", "İSTANBUL"),
        ("sci-tech", "sci-\ntech"),
        ("café", "cafe\u0301"),
        ("finance", "ﬁnance"),
    ],
)
def test_english_forms(term, text):
    assert found(text, [Concept("c", (Term("en", term),))]) == [(text, ("c",))]


@pytest.mark.parametrize("text", ["AID", "series of new", "policyholder", "aids"])
def test_no_english_forms(text):
    concepts = [Concept("a", (Term("en", "AIDS", type=TermType.ACRONYM),)), Concept("n", (Term("en", "news"),))]
    assert found(text, [*concepts, ENGLISH[5]]) == []


def test_nested_terms_are_found_where_they_are_wanted():
    recogniser = Recogniser(CHINESE, "zh-Hans")
    text = "科技创新"
    assert [text[item.start : item.end] for item in recogniser.find(text, nested=True)] == ["科技创新", "科技"]


def test_the_subject_that_is_asked_for_comes_first():
    pair = [Concept(uid, (Term("en", "cell"),), subject) for uid, subject in (("a", "biology"), ("b", "energy"))]
    recogniser = Recogniser(pair, "en")
    assert recogniser.find("cell")[0].concepts == ("a", "b")
    assert recogniser.find("cell", subject="energy")[0].concepts == ("b", "a")


def test_a_form_of_many_terms_offers_those_to_be_preferred_first_and_each_once():
    concepts = [
        Concept("c", (Term("en", "cell"), Term("en", "cells"))),
        Concept("b", (Term("en-US", "cell"), Term("en", "Cell", Status.ADMITTED))),
        Concept("a", (Term("en", "cell", Status.DEPRECATED),)),
    ]
    expected = [("b", "cell"), ("c", "cell"), ("c", "cells"), ("b", "Cell"), ("a", "cell")]
    recogniser = Recogniser(concepts, "en")
    for current in (recogniser, recogniser.updated({"c", "a"}, concepts[::2])):
        (occurrence,) = current.find("cells")
        assert [(uid, term.text) for uid, term in occurrence.terms] == expected


@pytest.mark.parametrize("before", ["", "Straße ", "İİ ", "STRASSE, ", "e\u0301 - ", "\u00ad"])
def test_capitals_count_wherever_the_term_stands(before):
    most = Concept("m", (Term("en", "MOST", type=TermType.ACRONYM),))
    assert found(f"{before}most, MOST.", [most]) == [("MOST", ("m",))]


@given(st.lists(st.text("aBé1ß", min_size=1), min_size=1), st.booleans(), st.booleans())
def test_plain_words_are_folded_like_any_text(words, chinese, case):
    plain, other = fold(" ".join(words), chinese, case), fold(" ".join(words) + "!", chinese, case)
    assert [list(part) for part in plain] == [list(part)[:-1] for part in other]


def test_a_rejected_concept_is_not_found():
    assert found("policy", [Concept("c", (Term("en", "policy"),), state=ConceptState.REJECTED)]) == []


NAMES = st.sampled_from(("AI", "policy", "sci-tech", "tech policy", "Straße", "İ"))
CONCEPTS = st.dictionaries(st.sampled_from("abcde"), NAMES, max_size=5)


def stored(names: dict[str, str]) -> list[Concept]:
    return [Concept(uid, (Term("en", name),)) for uid, name in names.items()]


@given(CONCEPTS, st.lists(CONCEPTS, max_size=4), st.text(alphabet="AIpolicy schteSraßİ-\n", max_size=40))
def test_updates_give_the_same_as_building_anew(before, changes, noise):
    text = f"{noise} AI policy sci-tech policy {noise} STRASSE İ"
    recogniser, now = Recogniser(stored(before), "en"), dict(before)
    for after in changes:
        changed = {uid for uid in now.keys() | after.keys() if now.get(uid) != after.get(uid)}
        recogniser = recogniser.updated(changed, stored({uid: after[uid] for uid in changed if uid in after}))
        now = after
    assert recogniser.find(text, nested=True) == Recogniser(stored(now), "en").find(text, nested=True)
    for occurrence in recogniser.find(text):
        surface = text[occurrence.start : occurrence.end]
        assert surface.strip() == surface != ""
        assert [item.concepts for item in recogniser.find(surface)] == [occurrence.concepts]
