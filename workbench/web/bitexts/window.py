"""Which units a page of the editor shows: fifty of the bitext, or of those that pass a filter."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import request, url_for

from corpus.bitexts.filtering import Stage, UnitFilter
from corpus.bitexts.model import Bitext, Origin, Unit
from workbench.services.findings import Noted, noted_units
from workbench.web.request_context import open_desk, whole

PAGE = 50
# As a filter is written in an address.
_FIELDS = ("text", "side", "stage", "origin", "least", "most", "repeated", "by", "since", "noted")


@dataclass(frozen=True)
class Window:
    """The units of a page, the addresses of the pages before and after them, and of that with the next open unit.

    An address is empty where there is no such page. `found` says how many units pass the filter, None without one.
    """

    units: list[Unit]
    before: str
    after: str
    next_open: str
    found: int | None = None


def page_number(position: int) -> int:
    """The number of the page on which a unit is, from 1 on."""
    return position // PAGE + 1


def asked_filter(bitext: Bitext) -> UnitFilter:
    """The filter that the address of the page asks for; a value that is none asks for nothing."""
    given = request.args
    noted = _one_of(given.get("noted", ""), Noted)
    return UnitFilter(
        text=given.get("text", "").strip(),
        side=_one_of(given.get("side", ""), ("source", "target")),
        stage=Stage(_one_of(given.get("stage", ""), Stage)),
        origin=Origin(_one_of(given.get("origin", ""), Origin)),
        least=given.get("least", None, whole),
        most=given.get("most", None, whole),
        repeated="repeated" in given,
        changed_by=given.get("by", "").strip(),
        changed_since=given.get("since", "", _day),
        ids=noted_units(open_desk(), bitext, Noted(noted)) if noted else None,
    )


def _one_of(text: str, known: Iterable[str]) -> str:
    return text if text in tuple(known) else ""


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def asked() -> Mapping[str, str]:
    """What the address of the page says of the filter, as far as it says anything."""
    return {name: request.args[name] for name in _FIELDS if request.args.get(name)}


def window(bitext: Bitext, wanted: UnitFilter) -> Window:
    """Returns the units that the address of the page asks for."""
    return _filtered(bitext, wanted) if wanted else _page(bitext, request.args.get("page", 1, whole))


def _page(bitext: Bitext, number: int) -> Window:
    desk = open_desk()
    last = max(-(-bitext.units // PAGE), 1)
    page = min(max(number, 1), last)
    more = desk.bitexts.first_open(bitext.id, page * PAGE) is not None
    return Window(
        units=desk.bitexts.units(bitext.id, (page - 1) * PAGE, PAGE),
        before=_address(bitext, page=page - 1) if page > 1 else "",
        after=_address(bitext, page=page + 1) if page < last else "",
        next_open=_address(bitext, after=page * PAGE) if more else "",
    )


def _filtered(bitext: Bitext, wanted: UnitFilter) -> Window:
    """The units from a number on, or up to one: what passes the filter changes while somebody works on it."""
    found = open_desk().bitexts.filtered(bitext, wanted)
    if "until" in request.args:
        end = bisect_right(found, request.args.get("until", 1, whole) - 1)
        start = max(end - PAGE, 0)
    else:
        start = bisect_left(found, request.args.get("from", 1, whole) - 1)
        end = start + PAGE
    shown = found[start:end]
    after = _address(bitext, **asked(), **{"from": shown[-1] + 2}) if shown and end < len(found) else ""
    return Window(
        units=open_desk().bitexts.at(bitext.id, shown),
        before=_address(bitext, **asked(), until=shown[0]) if shown and start else "",
        after=after,
        next_open=after,
        found=len(found),
    )


def _address(bitext: Bitext, **query: object) -> str:
    return url_for("bitexts.editor", id=bitext.id, **query)  # type: ignore[arg-type]
