"""Pages of intake: files are sent, what was found in them is looked at, and articles are taken in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from corpus import languages
from corpus.articles import Article, Paragraph
from corpus.intake import Decision, Gap, Note, Refusal
from workbench.desk import house_rules
from workbench.web.access import open_desk

blueprint = Blueprint("intake", __name__, url_prefix="/intake")

# The languages a text can be said to be in, where it does not tell by itself.
LANGUAGES = ("en", "zh-Hans", "zh-Hant")


@dataclass(frozen=True)
class Piece:
    """A paragraph of an article, and what was left out above it; at the end of the article there is no paragraph."""

    paragraph: Paragraph | None
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """An article of an upload as the preview shows it, with the stored one that it is a later state of."""

    number: int
    article: Article
    earlier: Article | None
    pieces: list[Piece]


@dataclass(frozen=True)
class Group:
    """The decisions of one rule, those that were refused among them."""

    rule: str
    decisions: list[tuple[Decision, bool]]
    """Each with whether it is carried out."""


@blueprint.get("/")
def upload() -> str:
    return render_template("intake/upload.html", uploads=open_desk().uploads.all(), languages=LANGUAGES)


@blueprint.post("/")
def send() -> Response:
    files = [(file.filename or "", file.read()) for file in _sent_files()]
    if not files:
        abort(400, gettext("No file was sent: choose one or more."))
    language = request.form.get("language", "")
    id = open_desk().uploads.add(files, languages.canonical(language) if language else "")
    return redirect(url_for("intake.preview", id=id), 303)


def _sent_files() -> list[FileStorage]:
    return [file for file in request.files.getlist("files") if file.filename]


@blueprint.get("/<int:id>")
def preview(id: int) -> str:
    desk = open_desk()
    found = desk.uploads.read(id, house_rules())
    return render_template(
        "intake/preview.html",
        upload=desk.uploads.get(id),
        found=[
            Found(number, item, desk.articles.earlier(item), list(_pieces(item, number, found.gaps)))
            for number, item in enumerate(found.articles)
        ],
        groups=_groups(found.decisions, found.refused),
        leftovers=found.leftovers,
        notes=[_note(note) for note in found.notes if not note.warns],
        warnings=[_note(note) for note in found.notes if note.warns],
        refusals=[_refusal(refusal) for refusal in found.refusals],
    )


def _pieces(article: Article, number: int, gaps: Iterable[Gap]) -> Iterator[Piece]:
    left_out = {gap.paragraph: gap.texts for gap in gaps if gap.article == number}
    for place, paragraph in enumerate((*article.paragraphs, None)):
        if paragraph is not None or place in left_out:
            yield Piece(paragraph, left_out.get(place, ()))


def _groups(taken: tuple[Decision, ...], refused: tuple[Decision, ...]) -> list[Group]:
    decisions = [(decision, True) for decision in taken] + [(decision, False) for decision in refused]
    decisions.sort(key=lambda item: item[0].rule)
    return [Group(rule, list(members)) for rule, members in groupby(decisions, key=lambda item: item[0].rule)]


@blueprint.post("/<int:id>")
def decide(id: int) -> Response:
    """Takes decisions back or anew, takes articles in, or throws the upload away, as the button says."""
    desk = open_desk()
    action = request.form.get("action")
    if action == "discard":
        desk.uploads.discard(id)
        return redirect(url_for("intake.upload"), 303)
    shown, kept = set(request.form.getlist("shown")), set(request.form.getlist("kept"))
    refused = (desk.uploads.get(id).refused - shown) | (shown - kept)
    if refused != desk.uploads.get(id).refused:
        # What is taken in is what was looked at: other decisions make other articles, to be looked at first.
        desk.uploads.refuse(id, refused)
        return redirect(url_for("intake.preview", id=id), 303)
    if action != "accept":
        return redirect(url_for("intake.preview", id=id), 303)
    wanted = {int(number) for number in request.form.getlist("article") if number.isdecimal()}
    if not wanted:
        abort(400, gettext("No article is chosen: mark one, or throw the upload away."))
    desk.take_in(id, wanted)
    return redirect(url_for("desk.home", _anchor="articles"), 303)


def rule_name(rule: str) -> str:
    """What the decisions of a rule have in common; a rule without a name here goes by its own."""
    names: dict[str, str] = {
        "about": gettext("Bylines, dates and sources"),
        "addresses": gettext("Mail addresses"),
        "captions": gettext("Captions and photo credits"),
        "characters": gettext("Parts of characters and codes of symbols"),
        "doubled": gettext("Doubled marks"),
        "folio": gettext("Page numbers and running heads"),
        "hyphens": gettext("Hyphens"),
        "jumps": gettext("Articles that go on on another page"),
        "markup": gettext("Markdown"),
        "masthead": gettext("Mastheads"),
        "mojibake": gettext("Wrong encoding"),
        "navigation": gettext("Navigation"),
        "paragraphs": gettext("Broken paragraphs"),
        "quotes": gettext("Quotation marks"),
        "rights": gettext("Copyright lines"),
        "section": gettext("Sections"),
        "spaces": gettext("Spaces in Chinese"),
        "spacing": gettext("Spaces at commas"),
        "teasers": gettext("Teasers"),
        "width": gettext("Full and half width"),
    }
    return names.get(rule, rule)


def decision_text(decision: Decision) -> str:
    """What a decision did, in the language of the page."""
    sentence: str = gettext(decision.template)
    return sentence.format(file=decision.file, place=decision.place, before=decision.before, after=decision.after)


def _note(note: Note) -> str:
    sentence: str = gettext(note.template)
    return sentence.format(file=note.file, detail=gettext(note.detail) if note.detail else "")


def _refusal(refusal: Refusal) -> str:
    sentence: str = gettext(refusal.error.template)
    return sentence.format(**refusal.error.values)


def sentence_count(article: Article) -> str:
    number: str = ngettext("%(num)s sentence", "%(num)s sentences", len(article.sentences()))
    return number


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {"rule_name": rule_name, "decision_text": decision_text, "sentence_count": sentence_count}
