"""The desk's first page, its articles, and the help."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from corpus.text import languages
from workbench.services import desk_settings
from workbench.services.alignment import align_articles
from workbench.services.article_intake import begin_translation
from workbench.stores.desk_settings import DeskSettings
from workbench.stores.job_arguments import Align
from workbench.web.bitexts import keys
from workbench.web.jobs.views import AT_ONCE
from workbench.web.request_context import open_desk

blueprint = Blueprint("desk", __name__)

# What an article can be translated into with one click; any other language through the command line.
TARGET_LANGUAGES = ("en", "zh-Hans", "zh-Hant")


@blueprint.get("/")
def home() -> str:
    desk = open_desk()
    return render_template("desk/home.html", desk_name=desk.path.name, bitexts=desk.bitexts.all(),
                           articles=desk.articles.all())  # fmt: skip


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
    return render_template("desk/settings.html", settings=open_desk().settings.get())


@blueprint.post("/settings")
def change_settings() -> Response:
    desk_settings.change_settings(open_desk(), DeskSettings(reviewer_differs="reviewer_differs" in request.form))
    return redirect(url_for("desk.settings"), 303)


@blueprint.get("/help")
def help_page() -> str:
    return render_template("desk/help.html", keys=keys)
