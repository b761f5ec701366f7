"""Pairs of articles at the desk: proposed, decided about, remembered."""

import pytest

from corpus import samples
from corpus.alignment import Bead
from corpus.errors import Conflict, NotFound
from workbench.desk import Desk
from workbench.errors import JobError
from workbench.jobs import handlers
from workbench.services import article_pairing
from workbench.services.alignment import align_articles
from workbench.services.article_intake import import_articles
from workbench.stores.jobs import JobState as JobState
from workbench.stores.pair_proposals import PairFilter, ProposalState

NAMES = samples.names()[:4]
WANTED = PairFilter("en", "zh-Hans")


@pytest.fixture
def articles(desk) -> dict[tuple[str, str], int]:
    """Four English articles and three Chinese ones, by name and language: the first has no counterpart."""
    there = [(name, language) for name in NAMES for language in ("en", "zh-Hans")]
    there.remove((NAMES[0], "zh-Hans"))
    return {
        (name, language): import_articles(desk, [samples.path(name, language)], presplit=True).articles[0][0].id
        for name, language in there
    }


def pairs(desk: Desk, wanted: PairFilter = WANTED) -> list[tuple[int, int]]:
    return [(proposal.source, proposal.target) for proposal in desk.proposals.open(wanted)]


def test_what_belongs_together_is_proposed_the_likeliest_first(desk, articles):
    told = []
    assert article_pairing.propose(desk, WANTED, lambda done, total: told.append((done, total))) == 3
    expected = {(articles[name, "en"], articles[name, "zh-Hans"]) for name in NAMES[1:]}
    assert set(pairs(desk)) == expected
    scores = [proposal.score for proposal in desk.proposals.open(WANTED)]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0.5
    assert told[0][1] == 14
    assert told == sorted(told)


def test_another_run_puts_new_proposals_in_the_place_of_the_old(desk, articles):
    article_pairing.propose(desk, WANTED)
    first = pairs(desk)
    assert article_pairing.propose(desk, WANTED) == 3
    assert pairs(desk) == first


def test_an_article_s_candidates_are_kept_the_likeliest_first(desk, articles):
    article_pairing.propose(desk, WANTED)
    for name in NAMES[1:]:
        english, chinese = articles[name, "en"], articles[name, "zh-Hans"]
        assert desk.proposals.candidates(english)[0][0] == chinese
        assert desk.proposals.candidates(chinese)[0][0] == english
    assert articles[NAMES[0], "en"] not in {id for id, _ in desk.proposals.candidates(articles[NAMES[0], "en"])}


def test_an_accepted_pair_is_aligned_by_a_job(desk, articles):
    article_pairing.propose(desk, WANTED)
    accepted = article_pairing.accept(desk, desk.proposals.open(WANTED)[0])
    assert (accepted.state, accepted.bitext) == (ProposalState.ACCEPTED, None)
    job = desk.jobs.get(accepted.job)
    assert job.kind == "align"
    result = handlers.align(desk, job.arguments, lambda done, total: None, job.id)
    assert desk.proposals.get(accepted.id).bitext == result["bitext"]
    # Done once more, as after a crash, it makes no second bitext.
    assert handlers.align(desk, job.arguments, lambda done, total: None, job.id) == result
    assert len(desk.bitexts.all()) == 1


def test_what_was_decided_is_not_proposed_again(desk, articles):
    article_pairing.propose(desk, WANTED)
    accepted, rejected, left = desk.proposals.open(WANTED)
    article_pairing.accept(desk, accepted)
    desk.proposals.reject(rejected.id)
    assert article_pairing.propose(desk, WANTED) == 1
    assert pairs(desk) == [(left.source, left.target)]
    free = desk.proposals.free(WANTED)
    assert accepted.source not in free[0]
    assert rejected.source in free[0]
    assert [proposal.id for proposal in desk.proposals.decided(ProposalState.REJECTED, 9)] == [rejected.id]


def test_all_from_a_score_on_are_accepted(desk, articles):
    article_pairing.propose(desk, WANTED)
    best = desk.proposals.open(WANTED)[0]
    assert article_pairing.accept_from(desk, WANTED, 1.1) == 0
    some = article_pairing.accept_from(desk, WANTED, best.score)
    assert desk.proposals.get(best.id).state is ProposalState.ACCEPTED
    assert some + article_pairing.accept_from(desk, WANTED, 0) == 3
    assert len(desk.proposals.decided(ProposalState.ACCEPTED, 9)) == 3


def test_a_decision_is_taken_back_until_the_pair_is_aligned(desk, articles):
    article_pairing.propose(desk, WANTED)
    one, other, _ = desk.proposals.open(WANTED)
    desk.proposals.reject(one.id)
    assert article_pairing.take_back(desk, one).state is ProposalState.OPEN
    accepted = article_pairing.accept(desk, one)
    assert article_pairing.take_back(desk, accepted).state is ProposalState.OPEN
    assert desk.jobs.get(accepted.job).state is JobState.CANCELLED
    accepted = article_pairing.accept(desk, other)
    align_articles(desk, other.source, other.target, [Bead((0,), (0,))])
    with pytest.raises(Conflict, match="aligned already"):
        article_pairing.take_back(desk, accepted)


def test_a_pair_is_made_by_hand_and_lets_others_go(desk, articles):
    article_pairing.propose(desk, WANTED)
    english, chinese = articles[NAMES[0], "en"], articles[NAMES[1], "zh-Hans"]
    made = article_pairing.pair_up(desk, english, chinese)
    assert (made.score, made.state) == (None, ProposalState.ACCEPTED)
    assert (articles[NAMES[1], "en"], chinese) not in pairs(desk)
    assert len(pairs(desk)) == 2


def test_an_article_is_in_one_pair_only(desk, articles):
    article_pairing.propose(desk, WANTED)
    one, other, _ = desk.proposals.open(WANTED)
    article_pairing.accept(desk, one)
    with Desk.open(desk.path) as second, pytest.raises(Conflict, match="accepted pair already"):
        article_pairing.accept(second, one)
    with pytest.raises(Conflict, match="Somebody accepted"):
        desk.proposals.reject(one.id)
    align_articles(desk, other.source, other.target, [Bead((0,), (0,))])
    assert len(pairs(desk)) == 1
    with pytest.raises(Conflict):
        article_pairing.accept(desk, other)


def test_a_pair_whose_alignment_failed_is_aligned_again(desk, articles):
    article_pairing.propose(desk, WANTED)
    accepted = article_pairing.accept(desk, desk.proposals.open(WANTED)[0])
    desk.jobs.cancel(accepted.job)
    again = article_pairing.accept(desk, desk.proposals.get(accepted.id))
    assert (again.id, again.state) == (accepted.id, ProposalState.ACCEPTED)
    assert again.job != accepted.job


def test_articles_are_found_by_language_day_and_text(desk, articles):
    assert [len(side) for side in desk.proposals.free(WANTED)] == [4, 3]
    assert desk.proposals.free(PairFilter("en", "zh-Hans", since="2999-01-01")) == ([], [])
    assert desk.proposals.free(PairFilter("zh-Hant", "fr")) == ([], [])
    title = desk.articles.get(articles[NAMES[2], "en"]).title
    assert desk.proposals.free(PairFilter("en", "zh-Hans", text=title.upper())) == ([articles[NAMES[2], "en"]], [])
    for text in ("100%_\\", "sentences", '"'):
        assert desk.proposals.free(PairFilter("en", "zh-Hans", text=text))[1] == []
    article_pairing.propose(desk, WANTED)
    assert pairs(desk, PairFilter("en", "zh-Hans", text=title)) == [
        (articles[NAMES[2], "en"], articles[NAMES[2], "zh-Hans"])
    ]
    assert pairs(desk, PairFilter("zh-Hans", "en")) == []
    assert desk.proposals.languages() == ["en", "zh-Hans"]


def test_one_language_gives_no_pair(desk, articles):
    with pytest.raises(JobError, match="choose two languages"):
        article_pairing.propose(desk, PairFilter("zh-Hans", "zh-Hant"))


def test_an_empty_side_gives_no_proposal(desk, articles):
    assert article_pairing.propose(desk, PairFilter("en", "fr")) == 0


def test_a_proposal_that_is_gone_is_said(desk):
    with pytest.raises(NotFound, match="not proposed any more"):
        desk.proposals.reject(7)
