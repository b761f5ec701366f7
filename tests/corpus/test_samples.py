"""The sample articles that ship with the workbench."""

import pytest

from corpus import samples
from corpus.intake import read_one


def test_there_are_enough():
    assert len(samples.names()) >= 6


@pytest.mark.parametrize("name", samples.names())
def test_a_pair_has_its_articles_and_gold(name):
    source, target = (read_one(samples.path(name, tag), presplit=True) for tag in ("en", "zh-Hans"))
    assert (source.language, target.language) == ("en", "zh-Hans")
    assert source.date == target.date
    assert source.source == "STI Workbench samples"
    words = sum(len(sentence.split()) for sentence in source.sentences()[1:])
    assert 300 <= words <= 900
    gold = samples.gold(name)
    assert sorted(i for bead in gold for i in bead.source) == list(range(len(source.sentences())))
    assert sorted(j for bead in gold for j in bead.target) == list(range(len(target.sentences())))


def test_the_sentences_of_a_side_are_its_title_and_its_lines():
    sentences = samples.sentences("letter", "en")
    assert sentences[:2] == ["A Letter to Young Scientists", "Dear young friends,"]
    assert samples.sentences("policy-plan", "zh-Hans")[0] == "云沧发布五年行动方案 加快培育新质生产力"


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("name", samples.names())
def test_a_side_has_the_sentences_that_intake_finds_in_its_file(name, language):
    article = read_one(samples.path(name, language), presplit=True)
    assert samples.sentences(name, language) == article.sentences()


def test_they_merge_split_leave_out_and_reorder():
    beads = [bead for name in samples.names() for bead in samples.gold(name)]
    shapes = {(len(bead.source), len(bead.target)) for bead in beads}
    assert {(1, 1), (2, 1), (1, 2), (1, 0), (0, 1)} <= shapes
    assert any(
        left.target and right.target and left.target[0] > right.target[0]
        for name in samples.names()
        for left, right in zip(samples.gold(name), samples.gold(name)[1:], strict=False)
    )
