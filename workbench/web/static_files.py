"""Style sheets and scripts under an address that changes with them, so that a browser need never ask for one again.

The version stands in the path and not in a query: the modules that a script imports by a relative address have it too.
"""

from functools import partial
from hashlib import sha256
from pathlib import Path

from flask import Flask, send_from_directory, url_for
from werkzeug.wrappers import Response

_YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Gives pages `static_url`; what was there at the start counts, as for the templates."""
    folder = Path(app.static_folder or "")
    version = version_of(folder)
    address = f"{app.static_url_path}/v-<version>/<path:filename>"
    app.add_url_rule(address, "versioned", partial(_versioned, folder, version))
    app.jinja_env.globals["static_url"] = partial(url_for, "versioned", version=version)


def version_of(folder: Path) -> str:
    """Returns the version of the files in a folder: a digest of their names and contents."""
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _versioned(folder: Path, present: str, version: str, filename: str) -> Response:
    """A file to be kept for ever; for the page of an earlier version the one there is now, to be asked for again."""
    response = send_from_directory(folder, filename, max_age=_YEAR if version == present else None)
    response.cache_control.immutable = version == present
    return response
