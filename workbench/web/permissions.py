"""Permissions on the pages: the one that a request needs, by its endpoint, as the user's role gives it."""

from flask import Flask, g, request

from workbench.stores.roles import ALLOWED, Permission
from workbench.web.request_context import open_desk

NEEDED = {
    "terms.new": Permission.PROPOSE,
    "terms.add": Permission.PROPOSE,
    "candidates.take": Permission.PROPOSE,
    "candidates.accept": Permission.PROPOSE,
    "terms.comment": Permission.COMMENT,
    "terms.edit": Permission.EDIT,
    "terms.save": Permission.EDIT,
    "terms.decide": Permission.REVIEW,
    "terms.restore": Permission.ARRANGE,
    "terms.merge": Permission.ARRANGE,
    "terms.split": Permission.ARRANGE,
    "terms.change_selection": Permission.BULK,
    "terms.upload": Permission.IMPORT,
    "terms.send": Permission.IMPORT,
    "terms.look": Permission.IMPORT,
    "terms.preview": Permission.IMPORT,
    "terms.take_in": Permission.IMPORT,
    "terms.change_subjects": Permission.SUBJECTS,
    "terms.change_settings": Permission.SETTINGS,
    "desk.change_settings": Permission.SETTINGS,
    "review.judge": Permission.APPROVE,
    "review.approve_seen": Permission.APPROVE,
    "review.finalise": Permission.APPROVE,
    "statistics.put_weights": Permission.SETTINGS,
    "packages.fetch": Permission.ENGINES,
    "packages.install": Permission.ENGINES,
    "packages.send": Permission.ENGINES,
    "packages.remove": Permission.ENGINES,
}
"""What the endpoints need that not everybody may use; the others need nothing."""


def init_app(app: Flask) -> None:
    app.before_request(_require)
    app.jinja_env.globals["may"] = may


def may(endpoint: str) -> bool:
    """Returns whether the user may use an endpoint: what they may not use is not offered on a page."""
    needed = NEEDED.get(endpoint)
    return needed is None or needed in _allowed()


def _allowed() -> frozenset[Permission]:
    """The permissions of the user, looked up once a request: a page asks of each of its controls."""
    if "allowed" not in g:
        g.allowed = ALLOWED[open_desk().role]
    allowed: frozenset[Permission] = g.allowed
    return allowed


def _require() -> None:
    needed = NEEDED.get(request.endpoint or "")
    if needed is not None:
        open_desk().require(needed)
