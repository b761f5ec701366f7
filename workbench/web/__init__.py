"""The web face of a desk: an application factory, and a folder a page family.

The service listens on this machine alone. Every request opens the desk anew, so that a page never waits for another
thread's connection and a desk that was replaced under a running service is noticed.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from workbench.resources import Resources
from workbench.web import (
    bitexts,
    bodies,
    candidates,
    dates,
    desk,
    error_pages,
    intake,
    interface,
    jobs,
    memory,
    packages,
    pairs,
    people,
    permissions,
    request_context,
    static_files,
    terms,
)
from workbench.web.file_uploads import Request

_PACKAGE = Path(__file__).resolve().parents[1]
_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def create_app(desk_path: Path, config: Mapping[str, Any] | None = None, resources: Resources | None = None) -> Flask:
    """Returns the application over a desk; `config` overrides its settings, as tests do.

    `resources` are what it keeps from one request to the next, where others of the process share them.
    """
    app = Flask("workbench", root_path=str(_PACKAGE), template_folder=str(_templates()))
    app.request_class = Request
    app.config.from_mapping(
        DESK=desk_path.resolve(),
        RESOURCES=resources or Resources(),
        TRUSTED_HOSTS=_HOSTS,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES=str(_PACKAGE / "translations"),
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.config.from_mapping(config or {})
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    for part in (interface, dates, static_files, request_context, permissions, bodies, error_pages):
        part.init_app(app)
    for family in (desk, intake, bitexts, pairs, memory, terms, candidates, packages, jobs, people):
        for blueprint in family.blueprints:
            app.register_blueprint(blueprint)
    return app


def _templates() -> Path:
    """The pages: inside the installed package, or beside it in a checkout."""
    packaged = _PACKAGE / "templates"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "templates"
