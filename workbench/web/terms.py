"""Pages of the term base: search, and one concept."""

from flask import Blueprint, render_template, request
from flask_babel import gettext

from workbench.web.access import open_desk

blueprint = Blueprint("terms", __name__, url_prefix="/terms")

LIMIT = 200


@blueprint.get("/")
def search() -> str:
    termbase = open_desk().termbase
    text = request.args.get("q", "").strip()
    subject = request.args.get("subject", "")
    concepts = termbase.search(text, subject, LIMIT)
    # htmx asks for the list alone as one types; a browser for the whole page.
    template = "terms/list.html" if "HX-Request" in request.headers else "terms/search.html"
    return render_template(
        template,
        text=text,
        subject=subject,
        subjects=termbase.subjects(),
        concepts=concepts,
        limit=LIMIT,
        languages=("en", "zh-Hans"),
        count=termbase.count()[0],
    )


@blueprint.get("/<uid>")
def concept(uid: str) -> str:
    termbase = open_desk().termbase
    return render_template("terms/concept.html", concept=termbase.get(uid), history=termbase.history(uid))


def status_name(status: str) -> str:
    names: dict[str, str] = {
        "preferred": gettext("preferred"),
        "admitted": gettext("admitted"),
        "deprecated": gettext("deprecated"),
        "superseded": gettext("superseded"),
    }
    return names[status]


def type_name(kind: str | None) -> str:
    names: dict[str, str] = {
        "fullForm": gettext("full form"),
        "acronym": gettext("acronym"),
        "abbreviation": gettext("abbreviation"),
        "shortForm": gettext("short form"),
        "variant": gettext("variant"),
        "phrase": gettext("phrase"),
    }
    return names.get(kind or "", "")


def part_of_speech_name(part: str | None) -> str:
    names: dict[str, str] = {
        "noun": gettext("noun"),
        "properNoun": gettext("proper noun"),
        "verb": gettext("verb"),
        "adjective": gettext("adjective"),
        "adverb": gettext("adverb"),
        "other": gettext("other"),
    }
    return names.get(part or "", "")


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {"status_name": status_name, "type_name": type_name, "part_of_speech_name": part_of_speech_name}
