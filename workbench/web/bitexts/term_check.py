"""The terms of a bitext: which stand in the source, and what became of them; and how checked units are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from glossary.recognition import TermResult
from workbench.services.terminology_check import Checked, check_bitext
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("term_check", __name__, url_prefix="/bitexts")

PAGE = 20


@dataclass(frozen=True)
class Stretch:
    """A stretch of a checked text: plain, or a term, which may be a wrong one or one whose translation is wrong."""

    text: str
    term: bool = False
    wrong: bool = False


@dataclass(frozen=True)
class CheckedView:
    """A checked unit, its terms marked on both sides; a problem is a result, the term, and what may be used."""

    checked: Checked
    source: list[Stretch]
    target: list[Stretch]
    problems: list[tuple[TermResult, str, tuple[str, ...]]]


@dataclass(frozen=True)
class Listing:
    """A page of checked units: all of them, or those with something wrong, and how many are right and wrong."""

    views: list[CheckedView]
    right: int
    wrong: int
    open: int
    show: str
    start: int
    total: int
    page: int = PAGE

    @property
    def count(self) -> int:
        return self.right + self.wrong + self.open

    @property
    def before(self) -> int | None:
        """The first position of the page before, if there is one."""
        return max(self.start - self.page, 0) if self.start else None

    @property
    def after(self) -> int | None:
        """The first position of the next page, if there is one."""
        return self.start + self.page if self.start + self.page < self.total else None


@blueprint.get("/<int:id>/terms")
def page(id: int) -> str:
    desk = open_desk()
    checked = check_bitext(desk, id)
    return render_template("bitexts/terms.html", bitext=desk.bitexts.get(id), listing=listing(checked, "wrong"))


def listing(checked: Sequence[Checked], usual: str) -> Listing:
    """The page of checked units that the address asks for; `usual` is what is shown where it does not say."""
    show = request.args.get("show", usual)
    shown = [each for each in checked if each.wrong] if show == "wrong" else checked
    start = max(request.args.get("start", 0, whole), 0)
    right, wrong = sum(each.ok for each in checked), sum(each.wrong for each in checked)
    return Listing(
        views=[_view(each) for each in shown[start : start + PAGE]],
        right=right,
        wrong=wrong,
        open=len(checked) - right - wrong,
        show=show,
        start=start,
        total=len(shown),
    )


def _view(checked: Checked) -> CheckedView:
    # A term without a finding has no translation to look for.
    source = {(each.start, each.end): False for each in checked.occurrences}
    source |= {each.occurrence.place: not each.ok for each in checked.findings}
    target = {each.place: not each.ok for each in checked.findings if each.place}
    return CheckedView(
        checked,
        _marked(checked.source, source.items()),
        _marked(checked.target, target.items()),
        [
            (finding.result, checked.source[slice(*finding.occurrence.place)], required)
            for finding, required in zip(checked.findings, checked.required, strict=True)
            if not finding.ok
        ],
    )


def _marked(text: str, places: Iterable[tuple[tuple[int, int], bool]]) -> list[Stretch]:
    """Cuts a text at its terms; of two that overlap, as those of a translation may, the first is marked."""
    stretches, done = [], 0
    for (start, end), wrong in sorted(places):
        if start >= done:
            stretches += [Stretch(text[done:start]), Stretch(text[start:end], term=True, wrong=wrong)]
            done = end
    stretches.append(Stretch(text[done:]))
    return [stretch for stretch in stretches if stretch.text]
