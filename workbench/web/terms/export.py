"""Export of what a search found: as a file, and as a glossary to be printed."""

import tempfile

from flask import abort, render_template, request, send_file
from werkzeug.wrappers import Response

from glossary.tbx import Dialect, Style
from workbench.services import termbase_files
from workbench.web.request_context import open_desk
from workbench.web.terms.blueprint import LANGUAGES, blueprint
from workbench.web.terms.search import query_of

_TYPES = {
    "tbx": "application/x-tbx",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/export")
def export() -> Response:
    form = request.args.get("format", "tbx")
    if form not in _TYPES:
        abort(400)
    desk = open_desk()
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        termbase_files.write(
            stream,
            desk.termbase.select(query_of(request.args)),
            form,
            f"Term base of the desk {desk.path.name}",
            request.args.get("dialect", None, Dialect),
            request.args.get("style", Style.DCA, Style),
        )
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    return send_file(stream, _TYPES[form], as_attachment=True, download_name=f"glossary.{form}")


@blueprint.get("/print")
def printed() -> str:
    return render_template(
        "terms/print.html", concepts=open_desk().termbase.select(query_of(request.args)), languages=LANGUAGES
    )
