"""Pages for what cannot be done: one sentence, never a stack trace."""

import logging
import sqlite3

from flask import Flask, current_app, jsonify, make_response, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response

from corpus.errors import Conflict, NotFound
from corpus.text.messages import UserError
from glossary.errors import ConceptConflict, UnknownConcept
from workbench.errors import DeskBusy, DeskFailure, NotAllowed
from workbench.stores.database import damaged, explained
from workbench.web.messages import translated

# Seconds after which a desk that is in use is asked again: no transaction of ours is to take longer.
_RETRY_AFTER = 2

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    app.register_error_handler(UserError, _user_error)
    app.register_error_handler(sqlite3.DatabaseError, _database_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _defect)


def _user_error(error: UserError) -> Response:
    status = 400
    if isinstance(error, NotFound | UnknownConcept):
        status = 404
    elif isinstance(error, Conflict | ConceptConflict):
        status = 409
    elif isinstance(error, NotAllowed):
        status = 403
    elif isinstance(error, DeskBusy):
        status = 503
    elif isinstance(error, DeskFailure):
        status = 500
    return _answer(translated(error), status)


def _database_error(error: sqlite3.DatabaseError) -> Response:
    """Answers what SQLite says of the file, in a sentence; anything else that it says is a defect of ours."""
    found = explained(error, current_app.config["DESK"])
    return _defect(error) if found is None else _user_error(found)


def _http_error(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):
        # The request names another host: there is no address to build the links of a page with.
        return make_response(gettext("The request could not be understood."), 400)
    messages = {
        403: gettext("This request came from another site and was refused."),
        404: gettext("There is no such page in this desk."),
        413: gettext("This is too large to be sent in one go."),
    }
    status = error.code or 500
    return _answer(messages.get(status, gettext("The request could not be understood.")), status)


def _defect(error: Exception) -> Response:
    failure = damaged(current_app.config["DESK"]) if current_app.config["DESK"].is_file() else None
    if failure is not None:
        return _user_error(failure)
    log.exception("%s %s", request.method, request.path, exc_info=error)
    return _answer(
        gettext("Something went wrong in the workbench itself. Nothing was changed; the log says more."),
        InternalServerError.code,
    )


def _answer(message: str, status: int) -> Response:
    """A page with the sentence, or the sentence alone as JSON for a script that asked for that."""
    if request.accept_mimetypes.best == "application/json":
        response = make_response(jsonify(message=message), status)
    else:
        response = make_response(render_template("problem.html", message=message, status=status), status)
    if status == 503:
        response.headers["Retry-After"] = str(_RETRY_AFTER)
    return response
