"""What happens in a bitext while a page of it is open: units that others changed, and who is in which unit."""

import re

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from corpus.bitexts.model import Unit
from workbench.web.bitexts.states import standing, unit_states
from workbench.web.bitexts.window import PAGE
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("news", __name__, url_prefix="/bitexts/<int:id>/news")


@blueprint.get("")
def since(id: int) -> Response | tuple[str, int]:
    """What a page does not know yet: units in other versions than its own, and where others are; 204 for nothing.

    Pages ask every few seconds: where nothing was changed, one row is read.
    """
    desk = open_desk()
    revision = desk.bitexts.revision(id)
    page, unit = request.args.get("page", "")[:20], request.args.get("unit", 0, whole)
    people = desk.resources.presences.meet(desk.path, id, page, desk.user, unit)
    news: dict[str, object] = {"people": people} if people else {}
    if revision != request.args.get("revision", -1, whole):
        bitext = desk.bitexts.get(id)
        news |= standing(bitext) | {"changed": unit_states(bitext, _unknown(id))}
    return jsonify(news) if news else ("", 204)


def _unknown(bitext: int) -> list[Unit]:
    """The units of a bitext that the page has in another version."""
    pairs = re.findall(r"([0-9]{1,18})\.([0-9]{1,18})", request.args.get("known", ""))[: 2 * PAGE]
    known = {int(unit): int(version) for unit, version in pairs}
    units = open_desk().bitexts.get_units(known)
    return [unit for unit in units if unit.bitext == bitext and unit.version != known[unit.id]]
