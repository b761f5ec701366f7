"""Pages of pairing up: which of the desk's free articles may belong together, and which have no counterpart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.articles import Article
from corpus.bitexts.model import Bitext
from corpus.errors import Conflict, NotFound
from corpus.text import languages
from workbench.desk import Desk
from workbench.services import article_pairing
from workbench.stores.job_arguments import ProposePairs
from workbench.stores.jobs import Job
from workbench.stores.pair_proposals import PairFilter, Proposal, ProposalState
from workbench.web.bitexts.alignment import HIGH, band_of
from workbench.web.messages import translated
from workbench.web.request_context import open_desk

blueprint = Blueprint("pairs", __name__, url_prefix="/pairs")

# More of a kind are not shown: who looks for one of them narrows the lists down.
SHOWN = 100
# Of an article's beginning so many sentences.
_OPENING = 6
# A candidate of a lower score is shown without it: it is hardly one.
_LEAST_LIKELY = 0.01


@dataclass(frozen=True)
class Side:
    """An article of a pair, and its first sentences after the title."""

    article: Article
    opening: list[str]


@dataclass(frozen=True)
class Row:
    """A pair as the page shows it; `bitext` is what its alignment came to, `job` what it is at."""

    proposal: Proposal
    source: Side
    target: Side
    band: str
    bitext: Bitext | None = None
    job: Job | None = None

    @property
    def waiting(self) -> bool:
        """True where it is being aligned, or soon will be."""
        return self.job is not None and self.job.state.active


@dataclass(frozen=True)
class Choice:
    """An article to choose as a counterpart; the score is that of a likely one."""

    side: Side
    score: float | None


@blueprint.get("/")
def page() -> str:
    desk = open_desk()
    wanted = _wanted(desk)
    free = desk.proposals.free(wanted)
    proposals = desk.proposals.open(wanted)
    paired = {id for proposal in proposals for id in (proposal.source, proposal.target)}
    alone = [[id for id in side if id not in paired] for side in free]
    return render_template(
        "pairs/page.html",
        wanted=wanted,
        query=_query(wanted),
        languages=desk.proposals.languages(),
        counts=[len(side) for side in desk.proposals.free(PairFilter(*_spoken(wanted), wanted.since))],
        jobs=desk.jobs.active(
            ProposePairs, source_language=wanted.source_language, target_language=wanted.target_language
        ),
        rows=_rows(desk, proposals[:SHOWN]),
        count=len(proposals),
        **_accepted(desk),
        rejected=_rows(desk, desk.proposals.decided(ProposalState.REJECTED, SHOWN)),
        alone=[[desk.articles.get(id) for id in side[:SHOWN]] for side in alone],
        alone_counts=[len(side) for side in alone],
        limit=SHOWN,
        high=HIGH,
    )


@blueprint.post("/")
def propose() -> Response:
    desk = open_desk()
    article_pairing.order(desk, _wanted(desk))
    return _back(desk)


@blueprint.get("/accepted")
def accepted() -> str:
    """The accepted pairs alone, which a page asks for as long as one of them is being aligned."""
    desk = open_desk()
    return render_template("pairs/accepted.html", query=_query(_wanted(desk)), **_accepted(desk))


def _accepted(desk: Desk) -> dict[str, Any]:
    """The pairs that were accepted last, and how many of them are being aligned."""
    rows = _rows(desk, desk.proposals.decided(ProposalState.ACCEPTED, SHOWN))
    return {"accepted": rows, "waiting": sum(row.waiting for row in rows)}


@blueprint.post("/accept")
def accept() -> Response:
    """Accepts all pairs that are shown, of at least a score."""
    desk = open_desk()
    score = request.form.get("score", type=float)
    if score is None:
        abort(400)
    article_pairing.accept_from(desk, _wanted(desk), score)
    return _back(desk)


@blueprint.post("/<int:id>")
def decide(id: int) -> Response:
    """Accepts or rejects a pair, or takes that back; answers htmx with the row as it is then."""
    desk = open_desk()
    action = _ACTIONS.get(request.form.get("action", ""))
    if action is None:
        abort(400)
    if "HX-Request" not in request.headers:
        action(desk, desk.proposals.get(id))
        return _back(desk)
    try:
        message, proposal = "", action(desk, desk.proposals.get(id))
    except Conflict as conflict:
        message, proposal = translated(conflict), desk.proposals.get(id)
    except NotFound as missing:
        return make_response(render_template("pairs/gone.html", message=translated(missing)))
    (row,) = _rows(desk, [proposal])
    response = make_response(render_template("pairs/row.html", row=row, query=_query(_wanted(desk)), message=message))
    response.headers["HX-Trigger"] = "decided"
    return response


_ACTIONS: dict[str, Callable[[Desk, Proposal], Proposal]] = {
    "accept": article_pairing.accept,
    "reject": lambda desk, proposal: desk.proposals.reject(proposal.id),
    "reopen": article_pairing.take_back,
}


@blueprint.get("/articles/<int:id>")
def choose(id: int) -> str:
    """The choices for an article's pair: its candidates, then all others that have the text one types."""
    desk = open_desk()
    wanted = _wanted(desk)
    article = desk.articles.get(id)
    # htmx asks for the list alone as one types.
    template = "pairs/choices.html" if "HX-Request" in request.headers else "pairs/choose.html"
    return render_template(
        template,
        side=_side(article),
        choices=_choices(desk, article, wanted, request.args.get("find", "").strip()),
        query=_query(wanted),
        find=request.args.get("find", ""),
        instead=request.args.get("instead", type=int),
        limit=SHOWN,
    )


@blueprint.post("/articles/<int:id>")
def pair_up(id: int) -> Response:
    """Pairs an article with another, `instead` of a proposal that is rejected with this."""
    desk = open_desk()
    wanted = _wanted(desk)
    other = request.form.get("counterpart", type=int)
    if other is None:
        abort(400)
    ours = desk.articles.get(id).language
    source, target = (other, id) if ours == wanted.target_language else (id, other)
    instead = request.args.get("instead", type=int)
    if instead is not None:
        proposal = desk.proposals.get(instead)
        if (proposal.source, proposal.target) != (source, target):
            desk.proposals.reject(instead)
    article_pairing.pair_up(desk, source, target)
    return _back(desk)


def _wanted(desk: Desk) -> PairFilter:
    """Returns the filter of the address; else English and Chinese, or the languages that the desk has most of."""
    known = desk.proposals.languages()
    source = request.args.get("source") or next((tag for tag in known if languages.primary(tag) == "en"), "en")
    others = [tag for tag in known if languages.primary(tag) != languages.primary(source)]
    target = request.args.get("target") or (others[0] if others else "zh-Hans")
    return PairFilter(source, target, request.args.get("since", ""), request.args.get("q", "").strip())


def _spoken(wanted: PairFilter) -> tuple[str, str]:
    return wanted.source_language, wanted.target_language


def _query(wanted: PairFilter) -> dict[str, Any]:
    """Returns a filter as the query of an address."""
    source, target = _spoken(wanted)
    values = {"source": source, "target": target, "since": wanted.since, "q": wanted.text}
    return {name: value for name, value in values.items() if value}


def _back(desk: Desk) -> Response:
    return redirect(url_for("pairs.page", **_query(_wanted(desk))), 303)


def _rows(desk: Desk, proposals: list[Proposal]) -> list[Row]:
    return [
        Row(
            proposal=proposal,
            source=_side(desk.articles.get(proposal.source)),
            target=_side(desk.articles.get(proposal.target)),
            band=band_of(proposal.score),
            bitext=desk.bitexts.get(proposal.bitext) if proposal.bitext else None,
            job=_job(desk, proposal),
        )
        for proposal in proposals
    ]


def _job(desk: Desk, proposal: Proposal) -> Job | None:
    try:
        return desk.jobs.get(proposal.job) if proposal.job and not proposal.bitext else None
    except NotFound:
        return None


def _choices(desk: Desk, article: Article, wanted: PairFilter, text: str) -> list[Choice]:
    other = wanted.source_language if article.language == wanted.target_language else wanted.target_language
    free = desk.proposals.free(PairFilter(other, other, text=text))[0]
    scores = dict(desk.proposals.candidates(article.id))
    ids = [id for id in scores if id in free] + [id for id in free if id not in scores]
    likely = {id: score for id, score in scores.items() if score >= _LEAST_LIKELY}
    return [Choice(_side(desk.articles.get(id)), likely.get(id)) for id in ids[:SHOWN]]


def _side(article: Article) -> Side:
    sentences = article.sentences()
    return Side(article, (sentences[1:] if sentences[:1] == [article.title] else sentences)[:_OPENING])
