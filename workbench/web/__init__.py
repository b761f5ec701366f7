"""The web face of a desk: an application factory, a blueprint a page family.

The service listens on this machine alone. Every request opens the desk anew, so that a page never waits for another
thread's connection and a desk that was replaced under a running service is noticed.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from workbench.web import (
    access,
    alignment,
    bitexts,
    bodies,
    candidates,
    concordance,
    desk,
    exchange,
    intake,
    interface,
    jobs,
    memory,
    packages,
    pairs,
    permissions,
    pretranslating,
    problems,
    term_check,
    terms,
)
from workbench.web.sending import Request

_PACKAGE = Path(__file__).resolve().parents[1]
_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def create_app(desk_path: Path, config: Mapping[str, Any] | None = None) -> Flask:
    """Returns the application over a desk; `config` overrides its settings, as tests do."""
    app = Flask("workbench", root_path=str(_PACKAGE), template_folder=str(_templates()))
    app.request_class = Request
    app.config.from_mapping(
        DESK=desk_path.resolve(),
        TRUSTED_HOSTS=_HOSTS,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES=str(_PACKAGE / "translations"),
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.config.from_mapping(config or {})
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    for part in (interface, access, permissions, bodies, problems):
        part.init_app(app)
    for part in (
        desk, intake, bitexts, pretranslating, alignment, exchange, term_check, pairs, memory, concordance, terms,
        candidates, packages, jobs,
    ):  # fmt: skip
        app.register_blueprint(part.blueprint)
    return app


def _templates() -> Path:
    """The pages: inside the installed package, or beside it in a checkout."""
    packaged = _PACKAGE / "templates"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "templates"
