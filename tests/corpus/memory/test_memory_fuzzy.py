"""Fuzzy matches: the score, what differs, what is taken off, and that none is ever missed."""

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from corpus import samples, tmx
from corpus.intake import read_one
from corpus.memory import Entry, Indexes, MatchSettings, MemoryImportReport, Penalties, match_key
from corpus.memory.matching import index
from corpus.memory.matching.index_shard import Shard
from corpus.memory.matching.tokens import encode, tokens
from corpus.text.folding import fold_for_matching, fold_for_matching_with_offsets
from tests.present import present
from workbench.desk import Desk

OPENED = "The joint laboratory opened in Chengdu in 2024."


def remember(desk, *sources, source_language="en", target_language="zh-Hans", **values):
    desk.memory.add_all(
        (Entry(source_language, target_language, text, f"译{text}", **values) for text in sources), MemoryImportReport()
    )


def sources(matches):
    return [(match.score, match.entry.source) for match in matches]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It's 2,500.5 km – “far”", ["it's", "2,500.5", "km", "–", "“", "far", "”"]),
        ("en", "Ｃhina’s COVID-19", ["china’s", "covid", "-", "19"]),
        ("hi", "हिन्दी में", ["हिन्दी", "में"]),
        ("zh-Hant", "中國 ＡＩ，5％", ["中", "国", "a", "i", ",", "5", "%"]),
        ("ja", "カﾞ 2", ["カ", "\u3099", "2"]),
    ],
)
def test_tokens(language, text, expected):
    assert [token.text for token in tokens(text, language)] == expected
    assert len(encode(text, language)) == len(expected)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (OPENED, 100),
        ("The joint laboratory opened in Chengdu in 2025.", 88),  # 1 of 9
        ("The laboratory opened in Chengdu in 2024.", 88),
        ("The joint laboratory opened in Chengdu in June of 2024.", 81),  # 2 of 11, rounded down
        ("The joint centre closed in Chengdu in 2024.", 77),
        ("A centre opened in Chengdu.", None),
    ],
)
def test_the_score_is_the_share_of_tokens_that_need_no_edit(desk, text, score):
    remember(desk, OPENED)
    assert sources(desk.memory.lookup(text, "en", "zh-Hans")) == ([(score, OPENED)] if score else [])


def test_chinese_is_counted_in_characters_and_english_in_words_in_both_directions(desk):
    remember(desk, "联合实验室在成都成立。", source_language="zh-Hans", target_language="en")
    assert [match.score for match in desk.memory.lookup("联合实验室在北京成立。", "zh-Hans", "en")] == [81]
    (match,) = desk.memory.lookup("译联合实验室在北京成立。", "en", "zh-Hans", floor=1, penalties=Penalties()) or [None]
    assert match is None or match.score < 70


def test_the_floor_and_the_limit(desk):
    remember(desk, *(f"one two three four five six seven eight {word} ten" for word in ("nine", "9", "neun")))
    text = "one two three four five six seven eight nine ten"
    assert [match.score for match in desk.memory.lookup(text, "en", "zh-Hans")] == [100, 90, 90]
    assert len(desk.memory.lookup(text, "en", "zh-Hans", limit=2)) == 2
    assert len(desk.memory.lookup(text, "en", "zh-Hans", floor=91)) == 1
    assert len(desk.memory.lookup("one two three four five", "en", "zh-Hans", floor=50)) == 3
    assert desk.memory.lookup("one two three four five", "en", "zh-Hans", floor=51) == []


def test_numbers_rank_above_words(desk):
    remember(desk, OPENED, "The joint laboratory closed in Chengdu in 2023.")
    first, second = desk.memory.lookup("The joint laboratory closed in Chengdu in 2024.", "en", "zh-Hans")
    assert (first.score, second.score) == (88, 88)
    assert first.entry.source == "The joint laboratory closed in Chengdu in 2023."
    assert [edit.number for edit in first.edits + second.edits] == [True, False]


def test_the_edits_are_places_in_both_texts(desk):
    remember(desk, OPENED)
    text = "The laboratory opened in western Beijing in 2025."
    (match,) = desk.memory.lookup(text, "en", "zh-Hans", floor=50)
    assert [
        (text[slice(*edit.query)], OPENED[slice(*edit.entry)], edit.tokens, edit.number) for edit in match.edits
    ] in (
        [
            ("", "joint", 1, False),
            ("western", "", 1, False),
            ("Beijing", "Chengdu", 1, False),
            ("2025", "2024", 1, True),
        ],
        [
            ("", "joint", 1, False),
            ("western", "Chengdu", 1, False),
            ("Beijing", "", 1, False),
            ("2025", "2024", 1, True),
        ],
    )


@pytest.mark.parametrize(
    ("text", "language", "target", "penalties", "score"),
    [
        ("the JOINT laboratory opened in Chengdu in ２０２４．", "en", "zh-Hans", {"form": 1}, 99),
        ("The joint laboratory opened in Chengdu in 2024 .", "en", "zh-Hans", {"form": 1}, 99),
        ("the joint laboratory opened in Chengdu in 2025.", "en", "zh-Hans", {"form": 1}, 87),
        (OPENED, "en-US", "zh-Hans", {"variant": 2}, 98),
        (OPENED, "en", "zh-Hant", {"variant": 2}, 98),
    ],
)
def test_another_form_and_another_variant_are_penalties_and_no_edits(desk, text, language, target, penalties, score):
    remember(desk, OPENED)
    (match,) = desk.memory.lookup(text, language, target)
    assert (match.penalties, match.score) == (penalties, score)


def test_traditional_matches_simplified(desk):
    remember(desk, "聯合實驗室在成都成立。", source_language="zh-Hant", target_language="en")
    (match,) = desk.memory.lookup("联合实验室在成都成立。", "zh-Hans", "en", penalties=Penalties(form=3, variant=4))
    assert (match.similarity, match.penalties, match.score) == (100, {"form": 3, "variant": 4}, 93)


def test_an_entry_that_nobody_vouches_for_is_penalised(desk):
    remember(desk, "One.", state="initial", origin="aligned", score=0.5, previous="", next="")
    remember(desk, "Two.", state="translated")
    (match,) = desk.memory.lookup("One.", "en", "zh-Hans", "", "")
    assert (match.penalties, match.score) == ({"doubtful": 5}, 95)
    assert [match.score for match in desk.memory.lookup("Two.", "en", "zh-Hans")] == [100]
    strict = Penalties(unreviewed=10)
    assert [match.score for match in desk.memory.lookup("Two.", "en", "zh-Hans", penalties=strict)] == [90]


def test_the_floor_is_for_what_the_penalties_leave(desk):
    remember(desk, "One two three four.", state="initial")
    strict = Penalties(unreviewed=2)
    assert desk.memory.lookup("One two three five.", "en", "zh-Hans", floor=79, penalties=strict) == []
    assert len(desk.memory.lookup("One two three five.", "en", "zh-Hans", floor=78, penalties=strict)) == 1


def test_a_change_by_another_is_seen_at_the_next_lookup(desk):
    remember(desk, OPENED)
    text = "The joint laboratory opened in Beijing in 2024."
    assert len(desk.memory.lookup(text, "en", "zh-Hans")) == 1
    with Desk.open(desk.path) as other:
        remember(other, text)
        assert [match.score for match in desk.memory.lookup(text, "en", "zh-Hans")] == [100, 88]
        entry = next(other.memory.entries())
        other.memory.delete(present(entry.id), entry.version)
    assert [match.score for match in desk.memory.lookup(text, "en", "zh-Hans")] == [100]


def test_what_is_rolled_back_is_not_found_and_what_comes_instead_is(desk):
    remember(desk, OPENED)
    desk.db.begin()
    remember(desk, "Something else.")
    assert len(desk.memory.lookup("Something else.", "en", "zh-Hans")) == 1
    desk.db.rollback()
    assert desk.memory.lookup("Something else.", "en", "zh-Hans") == []
    remember(desk, "Quite another thing.")
    assert len(desk.memory.lookup("Quite another thing.", "en", "zh-Hans")) == 1


# No match is ever missed


def distance(one: list[str], other: list[str]) -> int:
    """Wagner & Fischer (1974), to have nothing in common with what is tested."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


def similarities(entries, text, language, other, floor):
    """The scores, before penalties, of all entries, by going through them."""
    found = set()
    wanted = [token.text for token in tokens(text, language)]
    for entry in entries:
        for source, source_language, target_language in (
            (entry.source, entry.source_language, entry.target_language),
            (entry.target, entry.target_language, entry.source_language),
        ):
            if (source_language[:2], target_language[:2]) == (language[:2], other[:2]):
                here = [token.text for token in tokens(source, source_language)]
                longest = max(len(here), len(wanted))
                score = 100 * (longest - distance(wanted, here)) // longest if here and wanted else 0
                if score >= floor:
                    found.add((score, entry.id))
    return found


@pytest.fixture(params=[False, True], ids=["loose", "segments"])
def segmented(request, monkeypatch):
    """Whether even a few texts are indexed in segments, of which few are kept."""
    if request.param:
        monkeypatch.setattr(index, "_LOOSE", 3)
        monkeypatch.setattr(index, "_MOST_SMALL", 2)
    return request.param


FLOORS = [50, 60, 70, 75, 80, 90, 99]
NOTHING_OFF = Penalties(0, 0, 0, 0)
WORDS = st.lists(st.sampled_from("a b c d e f rice Rice wheat 5 7 12 . , é".split()), min_size=1, max_size=14).map(
    " ".join
)
HAN = st.text("中國国科學学技术術的了一二3５，。 A", min_size=1, max_size=18)
ENTRIES = st.one_of(
    st.builds(Entry, st.sampled_from(["en", "en-GB"]), st.sampled_from(["zh-Hans", "zh-Hant"]), WORDS, HAN),
    st.builds(Entry, st.sampled_from(["zh-Hans", "zh-Hant"]), st.sampled_from(["en", "fr"]), HAN, WORDS),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "edit", "delete", "restore", "lookup"]),
        st.lists(ENTRIES, min_size=1, max_size=8),
    ),
    max_size=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=STEPS,
    queries=st.lists(st.tuples(ENTRIES, st.sampled_from(FLOORS)), min_size=1, max_size=6),
)
def test_the_index_finds_what_going_through_all_entries_finds(desk, segmented, steps, queries):
    memory = desk.memory
    memory._indexes = Indexes()
    for entry in list(memory.entries()):
        memory.delete(entry.id, entry.version)
    for step, new in steps:
        existing = list(memory.entries())
        if step == "add" or not existing:
            memory.add_all(new, MemoryImportReport())
        elif step == "edit":
            memory.edit(existing[0].id, existing[0].version, source=new[0].source, target=new[0].target)
        elif step == "delete":
            memory.delete(existing[-1].id, existing[-1].version)
            if len(new) > 4:
                memory.restore(memory.history(existing[-1].id)[0].id)
        for query, floor in queries if step == "lookup" else []:
            compare(memory, query, floor)
    for query, floor in queries:
        compare(memory, query, floor)


def compare(memory, query, floor):
    languages = query.source_language, query.target_language
    found = memory.lookup(query.source, *languages, floor=floor, penalties=NOTHING_OFF)
    expected = similarities(memory.entries(), query.source, *languages, floor)
    # Entries of the same texts, in another variant or direction, are one match.
    assert {(match.similarity, match.entry.id) for match in found} <= expected
    keys = {(match.similarity, match.entry.source, match.entry.target) for match in found}
    assert len(keys) <= len(expected)
    by_id = {entry.id: entry for entry in memory.entries()}
    for score, id in expected:
        entry = by_id[id]
        assert any(
            match.similarity == score and {match.entry.source, match.entry.target} & {entry.source, entry.target}
            for match in found
        )


# More tokens than a signature has bits, so that some share one, and some of them often, so that texts repeat them.
TOKENS = st.one_of(st.integers(0, 5), st.integers(0, 400))
EDITS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 1), st.lists(TOKENS, max_size=2)), max_size=14
)  # the place, how many tokens go, and which come


def text_of(tokens, language):
    return "".join(chr(0x4E00 + n) for n in tokens) if language == "zh" else " ".join(f"word{n}" for n in tokens)


def edited(tokens, edits):
    tokens = list(tokens)
    for place, gone, new in edits:
        tokens[place : place + gone] = new
    return tokens or [0]


def as_codes(text):
    return np.frombuffer(text.encode("utf-16-le"), np.uint16)


def segment_of(texts, floor):
    """A segment of texts of a language, whose keys are their places."""
    codes = [as_codes(text) for text in texts]
    keys = np.arange(len(texts), dtype=np.uint32)
    return Shard(keys, np.concatenate(codes), np.array([len(code) for code in codes]), floor)


@given(
    language=st.sampled_from(["zh", "en"]),
    base=st.lists(TOKENS, min_size=1, max_size=40),
    changes=st.lists(EDITS, min_size=1, max_size=8),
    others=st.lists(st.lists(TOKENS, min_size=1, max_size=40), max_size=4),
    floor=st.sampled_from(FLOORS),
)
def test_a_segment_leaves_out_no_text_that_scores_the_floor(language, base, changes, others, floor):
    numbers = [base, *(edited(base, edits) for edits in changes), *others]
    texts = [encode(text_of(tokens, language), language) for tokens in numbers]
    segment = segment_of(texts, 50)
    # The queries are of the segment, and one that has a token of its own.
    for wanted in (numbers[0], numbers[-1], edited(base, [(0, 1, [500])])):
        longest = [max(len(wanted), len(tokens)) for tokens in numbers]
        similar = {
            key
            for key, tokens in enumerate(numbers)
            if 100 * (longest[key] - distance(wanted, tokens)) // longest[key] >= floor
        }
        code = as_codes(encode(text_of(wanted, language), language))
        assert similar <= set(segment.candidates(code, floor).tolist())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("other", "score"),
    [
        ([*range(28), *range(100, 112)], 70),
        ([*range(27), *range(100, 113)], None),
        ([*range(12, 40)], 70),
        ([*range(13, 40)], None),
        ([*range(100, 117), *range(40)], 70),  # 17 of 57
        ([*range(100, 118), *range(40)], None),
    ],
    ids=["12 replaced", "13 replaced", "12 left out", "13 left out", "17 added", "18 added"],
)
def test_a_text_at_the_floor_is_found_and_one_below_it_is_not_read(desk, monkeypatch, language, other, score):
    monkeypatch.setattr(index, "_LOOSE", 0)
    tags = ("zh-Hans", "en") if language == "zh" else ("en", "zh-Hans")
    remember(desk, text_of(other, language), source_language=tags[0], target_language=tags[1])
    text = text_of(range(40), language)
    assert [match.score for match in desk.memory.lookup(text, *tags)] == ([score] if score else [])
    keys = desk.memory._indexes.candidates(desk.db, index.Pair(tags[0][:2], tags[1][:2]), encode(text, language), 70)
    assert len(keys) == bool(score)


def test_a_text_that_shares_its_rare_tokens_alone_is_no_candidate():
    rare, some, others = (
        "甲乙丙丁戊己庚",
        "".join(map(chr, range(0x5000, 0x5020))),
        "".join(map(chr, range(0x6000, 0x6020))),
    )
    segment = segment_of([rare + some, rare + others, *[some, others] * 10], 70)
    assert segment.candidates(as_codes(rare + some), 70).tolist() != []
    assert 1 not in segment.candidates(as_codes(rare + some), 70)


def real_pairs(shared_folder):
    """The sample articles, sentence by sentence, and the real memory beside the project."""
    for name in samples.names():
        sides = [read_one(samples.path(name, tag), presplit=True).sentences() for tag in ("en", "zh-Hans")]
        yield from zip(*sides, strict=False)
    with (shared_folder / "all.en-zh.tmx").open("rb") as stream:
        for number, unit in enumerate(tmx.read(stream, "all.en-zh.tmx")):
            if number % 4 == 0:
                yield tuple(variant.text for variant in unit.variants)


@pytest.mark.parametrize("floor", [50, 70, 90])
def test_the_index_finds_in_real_texts_what_going_through_all_finds(shared, desk, floor):
    if not (shared / "eval/tico19").is_dir():
        pytest.skip("needs ../shared/eval/tico19, which is not part of the project")
    pairs = list(real_pairs(shared / "eval/tico19"))
    desk.memory.add_all((Entry("en", "zh-Hans", *pair) for pair in pairs), MemoryImportReport())
    randomness = random.Random(floor)  # noqa: S311 - the same queries each time
    for side, languages in ((0, ("en", "zh-Hans")), (1, ("zh-Hans", "en"))):
        texts = [encode(pair[side], languages[0]) for pair in pairs]
        for pair in randomness.sample(pairs, 60):
            text = perturbed(pair[side], side, randomness)
            code = encode(text, languages[0])
            expected = {
                (100 * (longest - distance) // longest, match_key(other[side]))
                for other, here in zip(pairs, texts, strict=True)
                if (longest := max(len(code), len(here)))
                and 100 * (longest - (distance := Levenshtein.distance(code, here))) // longest >= floor
            }
            found = desk.memory.lookup(text, *languages, floor=floor, penalties=NOTHING_OFF)
            assert {(match.similarity, match_key(match.entry.source)) for match in found} == expected


def perturbed(text, side, randomness):
    tokens = list(text) if side else text.split()
    for _ in range(randomness.randrange(len(tokens) // 3 + 1)):
        tokens[randomness.randrange(len(tokens))] = randomness.choice([tokens[0], "科" if side else "science", ""])
    return ("" if side else " ").join(tokens)


@given(st.text(max_size=30))
def test_a_text_is_folded_piece_by_piece_as_it_is_at_once(text):
    folded, offsets = fold_for_matching_with_offsets(text)
    assert folded == fold_for_matching(text)
    assert (len(offsets), offsets[-1]) == (len(folded) + 1, len(text))
    for language in ("en", "zh-Hans"):
        assert len(encode(text, language)) == len(tokens(text, language))


def test_the_settings_of_the_memory_hold_where_none_are_given(desk):
    desk.memory.remember(Entry("en-GB", "zh-Hans", "The laboratory studies rice.", "该实验室研究水稻。"))
    assert desk.memory.lookup("The laboratory studies rice.", "en-US", "zh-Hans")[0].score == 98
    desk.memory.set(MatchSettings(90, Penalties(variant=7)))
    assert desk.memory.lookup("The laboratory studies rice.", "en-US", "zh-Hans")[0].score == 93
    desk.memory.set(MatchSettings(95, Penalties(variant=7)))
    assert desk.memory.lookup("The laboratory studies rice.", "en-US", "zh-Hans") == []
    assert desk.memory.lookup("The laboratory studies rice.", "en-US", "zh-Hans", floor=70) != []


def test_settings_stay_within_their_ranges(desk):
    kept = desk.memory.set(MatchSettings(5, Penalties(form=-3, doubtful=99, doubtful_below=4.0)))
    assert (kept.floor, kept.penalties.form, kept.penalties.doubtful, kept.penalties.doubtful_below) == (50, 0, 30, 1.0)
    assert desk.memory.settings() == kept
