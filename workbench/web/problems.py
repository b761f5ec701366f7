"""What a page says when something cannot be done: one sentence, never a stack trace."""

import logging
from collections.abc import Mapping

from flask import Flask, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from corpus.errors import Conflict, CorpusError, NotFound
from corpus.reports import Reason
from glossary.errors import ConceptConflict, GlossaryError, UnknownConcept
from workbench.errors import USER_ERRORS, NotAllowed, WorkbenchError

log = logging.getLogger(__name__)

UserError = CorpusError | GlossaryError | WorkbenchError


def init_app(app: Flask) -> None:
    for kind in USER_ERRORS:
        app.register_error_handler(kind, _user_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _defect)


def translated(error: UserError) -> str:
    """The sentence of a failure in the language of the page."""
    return _filled(error.template, error.values)


def _filled(template: str, values: Mapping[str, object]) -> str:
    sentence: str = gettext(template)
    # A value may be a sentence itself.
    return sentence.format(
        **{
            name: _filled(value.template, value.values) if isinstance(value, Reason) else value
            for name, value in values.items()
        }
    )


def _user_error(error: UserError) -> tuple[str, int]:
    status = 400
    if isinstance(error, NotFound | UnknownConcept):
        status = 404
    elif isinstance(error, Conflict | ConceptConflict):
        status = 409
    elif isinstance(error, NotAllowed):
        status = 403
    return _page(translated(error), status)


def _http_error(error: HTTPException) -> tuple[str, int]:
    if isinstance(error, SecurityError):
        # The request names another host: there is no address to build the links of a page with.
        return gettext("The request could not be understood."), 400
    messages = {
        403: gettext("This request came from another site and was refused."),
        404: gettext("There is no such page in this desk."),
        413: gettext("This is too large to be sent in one go."),
    }
    status = error.code or 500
    return _page(messages.get(status, gettext("The request could not be understood.")), status)


def _defect(error: Exception) -> tuple[str, int]:
    log.exception("%s %s", request.method, request.path, exc_info=error)
    return _page(
        gettext("Something went wrong in the workbench itself. Nothing was changed; the log says more."),
        InternalServerError.code,
    )


def _page(message: str, status: int) -> tuple[str, int]:
    return render_template("problem.html", message=message, status=status), status
