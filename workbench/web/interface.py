"""The interface's language, and what every page knows: the languages' names, where it stands."""

from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from flask import Flask, redirect, request
from flask_babel import Babel, get_locale, gettext
from werkzeug.wrappers import Response

from corpus.text import languages
from workbench.web.labels import label
from workbench.web.messages import translated

LOCALES = {"en": "English", "zh_Hans": "中文"}
_COOKIE = "workbench_language"
_YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    Babel(app, locale_selector=select_locale)
    app.add_url_rule("/language", "set_language", set_language, methods=["POST"])
    app.context_processor(_page_context)
    app.jinja_env.globals["language_name"] = language_name
    app.jinja_env.globals["short_language"] = short_language
    app.jinja_env.globals["label"] = label
    app.jinja_env.globals["translated"] = translated
    app.jinja_env.globals["text_direction"] = languages.direction
    app.jinja_env.globals["join"] = languages.join


def select_locale() -> str:
    """The language that was chosen with the switch, else the browser's."""
    chosen = request.cookies.get(_COOKIE)
    if chosen in LOCALES:
        return chosen
    # Matching against zh-Hans would lose browsers that ask for zh-CN.
    best = request.accept_languages.best_match(["en", "zh"], "en")
    return "zh_Hans" if best == "zh" else "en"


def set_language() -> Response:
    """Remembers the chosen language and goes back to the page it was chosen on."""
    locale = request.form.get("language", "")
    response = redirect(local_address(request.form.get("back", "/")), 303)
    if locale in LOCALES:
        response.set_cookie(_COOKIE, locale, max_age=_YEAR, samesite="Lax", httponly=True)
    return response


def local_address(address: str) -> str:
    """Returns the path and query of an address of this service, else of the first page: never another site."""
    back = urlsplit(address)
    path = back.path if not back.netloc and back.path.startswith("/") and not back.path.startswith("//") else "/"
    return path + (f"?{back.query}" if back.query else "")


def language_name(tag: str) -> str:
    """The name of a language in the language of the page, for instance “Simplified Chinese”; else the tag."""
    names = get_locale().languages
    try:
        locale = Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return tag
    known = names.get(str(locale)) or names.get("_".join(filter(None, (locale.language, locale.script))))
    return known or locale.get_display_name(get_locale()) or tag


def short_language(tag: str) -> str:
    """The name of a language for a narrow column: without script and region, shortened where it is the house's own."""
    primary = languages.primary(tag)
    short = {"en": gettext("Eng."), "zh": gettext("Chin.")}.get(primary)
    return short or language_name(primary)


def page_language() -> str:
    """The language of the page, as a BCP 47 tag."""
    return str(get_locale()).replace("_", "-")


def _page_context() -> dict[str, object]:
    locale = str(get_locale())
    here = request.full_path.removesuffix("?")
    return {
        "locale": locale,
        "page_language": page_language(),
        "locales": LOCALES,
        "here": here if request.method == "GET" else "/",
    }
