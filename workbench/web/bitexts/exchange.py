"""Pages of a bitext on its way out, in each of its forms, and back from the program in which it was edited."""

import io

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from corpus.bitexts.model import UnitState
from corpus.documents import TableNames
from workbench.services.bitext_exchange import reimport, resolve_conflicts
from workbench.services.exports import EXPORTS, ExportOptions, file_name
from workbench.web.file_uploads import receive
from workbench.web.labels import label
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("exchange", __name__, url_prefix="/bitexts")


@blueprint.get("/<int:id>/export/<form>")
def download(id: int, form: str) -> Response:
    """A bitext as a file of one of its forms, named after its title."""
    if form not in EXPORTS:
        abort(404)
    desk, export = open_desk(), EXPORTS[form]
    stream = io.BytesIO()
    export.write(desk, id, stream, ExportOptions(_table_names()))
    stream.seek(0)
    return send_file(stream, export.mimetype, as_attachment=True, download_name=file_name(desk, id, form))


def _table_names() -> TableNames:
    """The words of a table in the language of the page."""
    heads = gettext("No."), gettext("Source"), gettext("Translation"), gettext("State")
    states = {state: label(state) for state in UnitState}
    return TableNames(heads, states, str(get_locale()).replace("_", "-"))


@blueprint.post("/<int:id>/return")
def send(id: int) -> str:
    """Takes over what an edited file changed, and shows what a person has to decide."""
    desk = open_desk()
    desk.bitexts.get(id)
    name, path = receive()
    try:
        report = reimport(desk, id, path, name)
    finally:
        path.unlink()
    return render_template(
        "bitexts/returned.html",
        bitext=desk.bitexts.get(id),
        report=report,
        decidable=any(conflict.here for conflict in report.contested),
    )


@blueprint.post("/<int:id>/return/settle")
def settle(id: int) -> Response:
    """Writes those texts of a file that were chosen over the ones here."""
    form = request.form
    chosen = [unit for unit in form.getlist("unit", whole) if form.get(f"take-{unit}") == "file"]
    texts = [(unit, form.get(f"version-{unit}", 0, whole), form[f"text-{unit}"], _state(unit)) for unit in chosen]
    if texts:
        resolve_conflicts(open_desk(), id, texts)
    return redirect(url_for("bitexts.editor", id=id), 303)


def _state(unit: int) -> UnitState:
    return request.form.get(f"state-{unit}", UnitState.INITIAL, UnitState)


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {"export_forms": EXPORTS}
