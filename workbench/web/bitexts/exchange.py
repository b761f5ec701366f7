"""Pages of a bitext that is edited in another program: it goes out as XLIFF, and what comes back is taken over."""

import io

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from corpus.bitexts.model import UnitState
from workbench.services.bitext_exchange import reimport_xliff, resolve_conflicts, write_bitext_xliff
from workbench.web.file_uploads import receive
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("exchange", __name__, url_prefix="/bitexts")


@blueprint.get("/<int:id>.xlf")
def download(id: int) -> Response:
    stream = io.BytesIO()
    write_bitext_xliff(open_desk(), id, stream)
    stream.seek(0)
    return send_file(stream, "application/xliff+xml", as_attachment=True, download_name=f"bitext-{id}.xlf")


@blueprint.post("/<int:id>/xliff")
def send(id: int) -> str:
    """Takes over what an XLIFF file changed, and shows what a person has to decide."""
    desk = open_desk()
    desk.bitexts.get(id)
    name, path = receive()
    try:
        report = reimport_xliff(desk, id, path, name)
    finally:
        path.unlink()
    return render_template(
        "bitexts/returned.html",
        bitext=desk.bitexts.get(id),
        report=report,
        decidable=any(conflict.here for conflict in report.contested),
    )


@blueprint.post("/<int:id>/xliff/settle")
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
