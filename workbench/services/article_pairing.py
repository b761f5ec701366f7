"""Pairing at the desk: proposes which of its free articles belong together, and makes bitexts of accepted pairs."""

from collections.abc import Sequence

import numpy as np

from corpus.articles import Article
from corpus.document_alignment import candidates, pair, probabilities
from corpus.document_alignment.evidence import QUICK, PairEvidence, Side
from corpus.document_alignment.weights import WEIGHTS
from corpus.embeddings import Encoder
from corpus.embeddings.metered import MeteredEncoder
from corpus.text import languages
from corpus.text.progress import Meter, Progress, silent
from corpus.text.timestamps import now
from workbench.desk import Desk
from workbench.errors import JobError
from workbench.services.alignment import encoder_of
from workbench.stores.job_arguments import Align, ProposePairs
from workbench.stores.pair_proposals import PairFilter, Proposal, Scored

# Pairs are looked for after an import of so many articles at most.
_AT_ONCE = 200


def order(desk: Desk, wanted: PairFilter) -> int:
    """Orders proposals as a job, and returns its id; one that is not over is not ordered twice. See `propose`."""
    _check(wanted)
    arguments = ProposePairs(
        source_language=wanted.source_language, target_language=wanted.target_language, since=wanted.since
    )
    return desk.jobs.add_once(arguments)


def order_for(desk: Desk, imported: Sequence[Article]) -> int | None:
    """Orders proposals among what was taken in today, after an import of articles; returns the job.

    Nothing is ordered where the desk has one language alone, or where so much came in that it takes long.
    """
    spoken = list(dict.fromkeys([*(article.language for article in imported), *desk.proposals.languages()]))
    # English stands first as a source where it is one of them: that is how most desks translate.
    spoken.sort(key=lambda tag: languages.primary(tag) != "en")
    others = [tag for tag in spoken if languages.primary(tag) != languages.primary(spoken[0])]
    if not others or len(imported) > _AT_ONCE:
        return None
    return order(desk, PairFilter(spoken[0], others[0], since=now()[:10]))


def propose(desk: Desk, wanted: PairFilter, progress: Progress = silent) -> int:
    """Proposes pairs among the wanted articles that are free; returns how many are new.

    Raises JobError where both sides are in the same language.
    """
    _check(wanted)
    sources, targets = ([desk.articles.get(id) for id in ids] for ids in desk.proposals.free(wanted))
    pairs: list[Scored] = []
    compared: list[Scored] = []
    if sources and targets:
        # An article is one step for its beginning and one for its sentences, which only some need.
        meter = Meter(2 * (len(sources) + len(targets)), progress)
        compared = _candidates(sources, targets, MeteredEncoder(encoder_of(desk), meter))
        found = pair(sources, targets, MeteredEncoder(encoder_of(desk), meter, whole=True))
        pairs = [(sources[one.source].id, targets[one.target].id, one.score) for one in found]
    return desk.proposals.replace(
        [article.id for article in sources], [article.id for article in targets], pairs, compared
    )


def _check(wanted: PairFilter) -> None:
    if languages.primary(wanted.source_language) == languages.primary(wanted.target_language):
        raise JobError("Articles in the same language are never a pair: choose two languages.")


def _candidates(sources: Sequence[Article], targets: Sequence[Article], encoder: Encoder) -> list[Scored]:
    """Returns the pairs worth a look for each article, as far as words and beginnings tell."""
    sources, targets = ([article for article in side if article.sentences()] for side in (sources, targets))
    if not sources or not targets:
        return []
    evidence = PairEvidence(Side(sources, encoder), Side(targets, encoder))
    found = candidates(evidence)
    weights = np.array([WEIGHTS[name] for name in QUICK], np.float32)
    chances = probabilities(found, evidence.quick(found) @ weights)
    return [
        (sources[i].id, targets[j].id, round(chance, 4))
        for (i, j), chance in zip(found.tolist(), chances.tolist(), strict=True)
    ]


def accept(desk: Desk, proposal: Proposal) -> Proposal:
    """Accepts a proposal, and orders its alignment; see `pair_up`. One whose alignment failed is aligned again."""
    if proposal.state == "accepted" and proposal.bitext is None and not is_being_aligned(desk, proposal):
        proposal = desk.proposals.reopen(proposal.id)
    return pair_up(desk, proposal.source, proposal.target)


def accept_from(desk: Desk, wanted: PairFilter, score: float) -> int:
    """Accepts all wanted proposals of at least this score, and returns how many."""
    accepted = [pair for pair in desk.proposals.open(wanted) if pair.score is not None and pair.score >= score]
    for proposal in accepted:
        accept(desk, proposal)
    return len(accepted)


def pair_up(desk: Desk, source: int, target: int) -> Proposal:
    """Pairs two articles, and orders their alignment; raises Conflict where one of them is not free."""
    proposal = desk.proposals.accept(source, target)
    article = desk.articles.get(source)
    arguments = Align(source=source, target=target, title=article.title, language=article.language)
    job = desk.jobs.add(arguments)
    desk.proposals.is_aligned_by(proposal.id, job)
    return desk.proposals.get(proposal.id)


def is_being_aligned(desk: Desk, proposal: Proposal) -> bool:
    """Returns whether there is a job that aligns an accepted pair."""
    return bool(desk.jobs.active(Align, source=proposal.source, target=proposal.target))


def take_back(desk: Desk, proposal: Proposal) -> Proposal:
    """Takes a decision back; what was not aligned yet is not aligned. Raises Conflict where the pair is a bitext."""
    reopened = desk.proposals.reopen(proposal.id)
    for job in desk.jobs.active(Align, source=proposal.source, target=proposal.target):
        desk.jobs.cancel(job.id)
    return reopened
