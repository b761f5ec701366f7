"""Pages of intake: files are sent, what was found in them is looked at, and articles are taken in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from corpus.articles import Article, Paragraph
from corpus.intake import Decision, Gap, Note
from corpus.text import languages
from workbench.desk import Desk
from workbench.services import article_pairing
from workbench.services.article_intake import import_upload, reading_of
from workbench.stores.job_arguments import ReadUpload
from workbench.stores.readings import FoundArticle
from workbench.web.labels import label
from workbench.web.messages import filled, translated
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("intake", __name__, url_prefix="/intake")

# The languages a text can be said to be in, where it does not tell by itself.
LANGUAGES = ("en", "zh-Hans", "zh-Hant")


# So much of each kind is on a page of the preview.
SHOWN = {"article": 20, "decision": 200, "leftover": 200}
PARAGRAPHS_SHOWN = 100
# Of what came in, so many articles and pairs.
IMPORTED_SHOWN = 50
PAIRS_SHOWN = 10


@dataclass(frozen=True)
class Piece:
    """A paragraph of an article, and what was left out above it; at the end of the article there is no paragraph."""

    paragraph: Paragraph | None
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """An article of an upload as the preview shows it, with the stored one that it is a later state of."""

    number: int
    article: Article
    sentences: int
    wanted: bool
    earlier: Article | None
    pieces: list[Piece]


@dataclass(frozen=True)
class Group:
    """Decisions of one rule, those that were refused among them; `count` is how many there are on all pages."""

    rule: str
    count: int
    decisions: list[tuple[Decision, str, bool]]
    """Each with what it did, in the language of the page, and with whether it is carried out."""

    @property
    def refused(self) -> bool:
        """True where one of them is not carried out."""
        return not all(carried_out for _, _, carried_out in self.decisions)


@blueprint.get("/")
def upload() -> str:
    return render_template("intake/upload.html", uploads=open_desk().uploads.all(), languages=LANGUAGES)


@blueprint.post("/")
def send() -> Response:
    files = [(file.filename or "", file.read()) for file in _sent_files()]
    if not files:
        abort(400, gettext("No file was received: choose one or more."))
    language = request.form.get("language", "")
    return _read(open_desk().uploads.add(files, languages.canonical(language) if language else ""))


def _sent_files() -> list[FileStorage]:
    return [file for file in request.files.getlist("files") if file.filename]


def _read(upload: int) -> Response:
    """Orders the reading of an upload and goes to see how far it is."""
    desk = open_desk()
    title = ", ".join(desk.uploads.get(upload).files)
    job = desk.jobs.add(ReadUpload(upload=upload, title=title))
    return redirect(url_for("jobs.job", id=job, then=1), 303)


@blueprint.get("/<int:id>")
def preview(id: int) -> str | Response:
    """The preview of an upload, page by page; the progress of its reading before that."""
    desk = open_desk()
    upload, reading = desk.uploads.get(id), reading_of(desk, id)
    if reading is None:
        for job in desk.jobs.active(ReadUpload, upload=id):
            return redirect(url_for("jobs.job", id=job.id, then=1), 303)
        return render_template("intake/unread.html", upload=upload)
    pages = max(1, *(-(-reading.counts.get(kind, 0) // shown) for kind, shown in SHOWN.items()))
    page = min(max(1, request.args.get("page", 1, whole)), pages)
    decisions = desk.readings.decisions(reading, *_part(page, "decision"))
    return render_template(
        "intake/preview.html",
        upload=upload,
        page=page,
        pages=pages,
        counts=reading.counts,
        found=[_shown(desk, each) for each in desk.readings.articles(reading, *_part(page, "article"))],
        groups=list(_groups(decisions, desk.readings.rules(reading))),
        leftovers=desk.readings.leftovers(reading, *_part(page, "leftover")),
        notes=[_note(note) for note in desk.readings.notes(reading) if not note.warns],
        warnings=[_note(note) for note in desk.readings.notes(reading) if note.warns],
        refusals=[translated(error) for error in desk.readings.refusals(reading)],
    )


def _part(page: int, kind: str) -> tuple[int, int]:
    """Returns the first number and the count of a kind on a page."""
    return (page - 1) * SHOWN[kind], SHOWN[kind]


def _shown(desk: Desk, found: FoundArticle) -> Shown:
    return Shown(
        number=found.number,
        article=found.article,
        sentences=len(found.article.sentences()),
        wanted=found.wanted,
        earlier=desk.articles.earlier(found.article),
        pieces=list(islice(_pieces(found), PARAGRAPHS_SHOWN)),
    )


def _pieces(found: FoundArticle) -> Iterator[Piece]:
    left_out = {gap.paragraph: _left_out(gap) for gap in found.gaps}
    for place, paragraph in enumerate((*found.article.paragraphs, None)):
        if paragraph is not None or place in left_out:
            yield Piece(paragraph, left_out.get(place, ()))


def _left_out(gap: Gap) -> tuple[str, ...]:
    """Returns the texts that may have been a part of the article, and the names of the rest."""
    named = (
        text if rule == "teasers" else label(rule, "rule") for text, rule in zip(gap.texts, gap.rules, strict=True)
    )
    return tuple(dict.fromkeys(named))


@blueprint.get("/<int:id>/text/<int:number>")
def text(id: int, number: int) -> str:
    """The whole text of an article of an upload, page by page."""
    desk = open_desk()
    reading = reading_of(desk, id)
    found = desk.readings.articles(reading, number, 1) if reading else []
    if not found:
        abort(404)
    pieces = list(_pieces(found[0]))
    pages = max(1, -(-len(pieces) // PARAGRAPHS_SHOWN))
    page = min(max(1, request.args.get("page", 1, whole)), pages)
    return render_template(
        "intake/text.html",
        upload=desk.uploads.get(id),
        number=number,
        article=found[0].article,
        pieces=pieces[(page - 1) * PARAGRAPHS_SHOWN : page * PARAGRAPHS_SHOWN],
        page=page,
        pages=pages,
    )


def _groups(decisions: list[tuple[Decision, bool]], counts: Mapping[str, int]) -> Iterator[Group]:
    for rule, members in groupby(decisions, key=lambda item: item[0].rule):
        sentences = [(item, filled(item.template, vars(item)), carried_out) for item, carried_out in members]
        yield Group(rule, counts[rule], sentences)


@blueprint.post("/<int:id>")
def decide(id: int) -> Response:
    """Takes decisions back or anew, takes articles in, or throws the upload away, as the button says."""
    desk = open_desk()
    action = request.form.get("action")
    if action == "discard":
        desk.uploads.discard(id)
        return redirect(url_for("intake.upload"), 303)
    if action == "read":
        return _read(id)
    shown, kept = set(request.form.getlist("shown")), set(request.form.getlist("kept"))
    refused = (desk.uploads.get(id).refused - shown) | (shown - kept)
    if refused != desk.uploads.get(id).refused:
        # What is taken in is what was looked at: other decisions make other articles, to be looked at first.
        desk.uploads.refuse(id, refused)
        return _read(id)
    wanted = _mark(desk, id)
    if action != "accept":
        page = request.form.get("page", 1, whole)
        return redirect(url_for("intake.preview", id=id, page=page if page > 1 else None), 303)
    if not wanted:
        abort(400, gettext("No article is selected: select at least one, or discard the upload."))
    taken = [article for article, _ in import_upload(desk, id, wanted).articles]
    job = article_pairing.order_for(desk, taken)
    first = [article.id for article in taken[:IMPORTED_SHOWN]]
    return redirect(url_for("intake.imported", article=first, count=len(taken), job=job), 303)


@blueprint.get("/imported")
def imported() -> str:
    """What came in, and which of it belongs together, as soon as that is known."""
    desk = open_desk()
    articles = list(desk.articles.heads(request.args.getlist("article", whole)[:IMPORTED_SHOWN]).values())
    number = request.args.get("job", 0, whole)
    proposals = desk.proposals.open_of(article.id for article in articles)
    found = list(dict.fromkeys((each.source, each.target) for each in proposals.values()))
    heads = desk.articles.heads(id for pair in found for id in pair)
    return render_template(
        "intake/imported.html",
        articles=articles,
        count=max(request.args.get("count", 0, whole), len(articles)),
        job=desk.jobs.get(number) if number else None,
        pairs=[(heads[source], heads[target]) for source, target in found[:PAIRS_SHOWN]],
        more=len(found) > PAIRS_SHOWN,
    )


def _mark(desk: Desk, id: int) -> set[int]:
    """Keeps which of the articles on a page are marked, and returns the numbers of those that are, on all pages."""
    reading = reading_of(desk, id)
    if reading is None:
        return set()
    offered, marked = (set(request.form.getlist(name, whole)) for name in ("offered", "article"))
    unwanted = (reading.unwanted - offered) | (offered - marked)
    desk.readings.leave_out(reading, unwanted)
    return set(range(reading.counts.get("article", 0))) - unwanted


def _note(note: Note) -> str:
    return filled(note.template, {"file": note.file, "detail": gettext(note.detail) if note.detail else ""})
