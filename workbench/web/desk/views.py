"""The desk's first page, its articles, and the help."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from corpus.text import languages
from workbench.desk import Desk
from workbench.services import desk_settings
from workbench.services import home as home_service
from workbench.services.alignment import align_articles
from workbench.services.article_intake import begin_translation
from workbench.stores.comments import CommentFilter, CommentPlace
from workbench.stores.desk_settings import DeskSettings, Propagation
from workbench.stores.job_arguments import Align, FillDemo
from workbench.stores.overview import ListFilter, Show
from workbench.stores.pair_proposals import Proposal
from workbench.web.bitexts import keys
from workbench.web.bitexts.comments import CommentView, comment_views
from workbench.web.interface import page_language
from workbench.web.jobs.views import AT_ONCE
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("desk", __name__)

# What an article can be translated into with one click; any other language through the command line.
TARGET_LANGUAGES = ("en", "zh-Hans", "zh-Hant")


# So much of the list is on a page; of what waits for somebody, and of what others did, so much is shown.
SHOWN = 25
_WAITING = 8
_DONE = 5


@dataclass(frozen=True)
class Listing:
    """A page of the list: its entries, how many there are, and the addresses of the pages around."""

    entries: list[home_service.Entry]
    pairs: dict[int, Proposal]
    count: int
    unpaired: int
    before: str
    after: str


@blueprint.get("/")
def home() -> str:
    desk, language = open_desk(), page_language()
    wanted, mentions = _wanted(desk.user), CommentFilter(mentions=desk.user)
    return render_template(
        "desk/home.html",
        desk_name=desk.path.name,
        steps=home_service.first_steps(desk),
        continuation=home_service.continuation(desk, language),
        tasks=home_service.tasks(desk, language, _WAITING),
        mentions=_mentions(desk, mentions),
        mention_count=desk.comments.count(mentions),
        wanted=wanted,
        shows=list(Show),
        languages=list(dict.fromkeys(map(languages.primary, desk.proposals.languages()))),
        listing=_listing(desk, wanted, language),
        jobs=desk.jobs.active()[:_DONE],
        doings=home_service.doings(desk, _DONE, language),
    )


def _wanted(user: str) -> ListFilter:
    """The part of the list that the address asks for; what is no part or no day asks for all."""
    show = request.args.get("show", Show.ALL, Show)
    since = request.args.get("since", "", lambda text: date.fromisoformat(text).isoformat())
    language = request.args.get("language", "")[:20]
    return ListFilter(show, user, request.args.get("q", "").strip()[:200], language, since)


def _listing(desk: Desk, wanted: ListFilter, language: str) -> Listing:
    start = max(request.args.get("start", 0, whole), 0)
    found = home_service.entries(desk, wanted, start, SHOWN, language)
    count = desk.overview.count(wanted)

    def address(start: int) -> str:
        return url_for("desk.home", **_query(wanted), start=start or None, _anchor="list")  # type: ignore[arg-type]

    return Listing(
        entries=found,
        pairs=desk.proposals.open_of(entry.article.id for entry in found if entry.article),
        count=count,
        unpaired=desk.overview.count(ListFilter(Show.UNPAIRED)),
        before=address(max(start - SHOWN, 0)) if start else "",
        after=address(start + SHOWN) if start + SHOWN < count else "",
    )


def _query(wanted: ListFilter) -> dict[str, str | None]:
    """A part of the list as an address asks for it."""
    return {
        "show": wanted.show or None,
        "q": wanted.text or None,
        "language": wanted.language or None,
        "since": wanted.since or None,
    }


def _mentions(desk: Desk, wanted: CommentFilter) -> list[tuple[CommentPlace, CommentView, home_service.Named]]:
    places = desk.comments.places(wanted, 0, _DONE)
    bitexts = desk.bitexts.get_all(place.comment.bitext for place in places)
    named = home_service.name_bitexts(desk, bitexts.values(), page_language())
    views = comment_views([place.comment for place in places])
    return [(place, view, named[place.comment.bitext]) for place, view in zip(places, views, strict=True)]


@blueprint.get("/articles/<int:id>")
def article(id: int) -> str:
    desk = open_desk()
    found = desk.articles.get(id)
    language = languages.primary(found.language)
    return render_template(
        "desk/article.html",
        article=found,
        bitexts=desk.bitexts.of_article(id),
        targets=[tag for tag in TARGET_LANGUAGES if tag != found.language],
        counterparts=sorted(
            (other for other in desk.articles.all() if languages.primary(other.language) != language),
            # A counterpart is mostly of the same day.
            key=lambda other: other.date != found.date,
        ),
    )


@blueprint.post("/articles/<int:id>/translate")
def translate(id: int) -> Response:
    bitext = begin_translation(open_desk(), id, request.form["language"])
    return redirect(url_for("bitexts.editor", id=bitext), 303)


@blueprint.post("/articles/<int:id>/align")
def align(id: int) -> Response:
    counterpart = request.form.get("counterpart", type=int)
    if counterpart is None:
        abort(400)
    desk = open_desk()
    source, target = desk.articles.get(id), desk.articles.get(counterpart)
    if len(source.sentences()) + len(target.sentences()) > AT_ONCE:
        arguments = Align(source=id, target=counterpart, title=source.title, language=source.language)
        job = desk.jobs.add(arguments)
        return redirect(url_for("jobs.job", id=job), 303)
    return redirect(url_for("alignment.page", id=align_articles(desk, id, counterpart)), 303)


@blueprint.get("/settings")
def settings() -> str:
    return render_template("desk/settings.html", settings=open_desk().settings.get(), propagations=[*Propagation])


@blueprint.post("/settings")
def change_settings() -> Response:
    form = request.form
    wanted = DeskSettings(
        reviewer_differs="reviewer_differs" in form,
        propagation=form.get("propagation", Propagation.DRAFTS, Propagation),
        fill_from=min(max(form.get("fill_from", 0, whole), 0), 102),
        fill_by_machine="fill_by_machine" in form,
    )
    desk_settings.change_settings(open_desk(), wanted)
    return redirect(url_for("desk.settings"), 303)


@blueprint.post("/demonstration")
def demonstrate() -> Response:
    """Fills an empty desk with the demonstration, in the background."""
    job = open_desk().jobs.add_once(FillDemo(title=gettext("Demonstration")))
    return redirect(url_for("jobs.job", id=job, then=1), 303)


@blueprint.get("/help")
def help_page() -> str:
    return render_template("desk/help.html", keys=keys)
