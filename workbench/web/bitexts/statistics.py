"""Pages of a bitext's statistics: what there is to do, and what was done."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from flask_babel import format_decimal, gettext
from werkzeug.wrappers import Response

from corpus.bitexts.model import Bitext
from corpus.errors import NotFound
from corpus.memory.matching.bands import Band
from corpus.text import languages
from workbench.services import statistics, statistics_sheets
from workbench.services.statistics import Amount, Analysis, WorkStatistics
from workbench.stores.job_arguments import Analyse
from workbench.stores.jobs import Job
from workbench.web.labels import label
from workbench.web.request_context import open_desk, whole

blueprint = Blueprint("statistics", __name__, url_prefix="/bitexts")

# So many units are counted while a page waits, against so large a memory, whose index may have to be built; all else as
# a job.
AT_ONCE = 200
AT_ONCE_ENTRIES = 200_000
# So many other bitexts are offered to be counted together.
_OFFERED = 30
_SHEETS = {
    "csv": ("text/csv", statistics_sheets.write_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        statistics_sheets.write_xlsx,
    ),
}


@dataclass(frozen=True)
class Row:
    """A row of a table: what it counts, how much, its share of all words, and where that begins in the picture.

    `weight` is in percent, `weighted` the words by it; a bitext's row has no weight.
    """

    name: str
    amount: Amount
    share: float
    start: float
    weighted: float
    band: Band | None = None
    weight: int | None = None


@dataclass(frozen=True)
class Before:
    """The work as it is before it begins, and the bitexts together with their own rows, where they are several."""

    bands: list[Row]
    bitexts: list[Row]
    whole: Amount
    weighted: float
    picture: str
    """What the picture shows, in words."""


@dataclass(frozen=True)
class Day:
    """A day's work, and the place of its column in the picture, of 100 in height."""

    name: str
    amount: Amount
    left: float
    width: float
    height: float


@blueprint.get("/<int:id>/statistics")
def page(id: int) -> str:
    """The statistics of a bitext, alone or with others that the address names."""
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    chosen = _chosen(id)
    analysis, job = _analysis(chosen)
    done = statistics.work_done(desk, id)
    return render_template(
        "bitexts/statistics.html",
        bitext=bitext,
        chosen=chosen,
        others=[other for other in _others(bitext) if other.id != id],
        in_words=languages.is_spaced(bitext.source_language),
        before=_before(analysis, desk.band_weights.get()) if analysis else None,
        counted_at=job.finished_at if job else "",
        running=next(iter(desk.jobs.active(Analyse, bitexts=chosen)), None),
        done=done,
        days=_days(done),
        weights=desk.band_weights.get(),
    )


@blueprint.post("/<int:id>/statistics")
def order(id: int) -> Response:
    """Counts the units of bitexts as a job, unless they are being counted."""
    desk = open_desk()
    bitext = desk.bitexts.get(id)
    job = desk.jobs.add_once(
        Analyse(bitext=id, bitexts=_chosen(id), title=bitext.title, language=bitext.source_language)
    )
    return redirect(url_for("jobs.job", id=job, then=1), 303)


@blueprint.get("/<int:id>/statistics.<form>")
def sheet(id: int, form: str) -> Response:
    """The statistics before the work as a sheet, in the language of the page."""
    if form not in _SHEETS:
        abort(404)
    analysis, _ = _analysis(_chosen(id))
    if analysis is None:
        raise NotFound("These units have not been counted yet: count them first.")
    mimetype, write = _SHEETS[form]
    stream = io.BytesIO()
    write(stream, analysis, open_desk().band_weights.get(), _name)
    stream.seek(0)
    return send_file(stream, mimetype, as_attachment=True, download_name=f"statistics-{id}.{form}")


@blueprint.post("/<int:id>/statistics/weights")
def put_weights(id: int) -> Response:
    """Keeps the weights; what is no number stays as it is."""
    now = open_desk().band_weights.get()
    statistics.set_weights(open_desk(), {band: request.form.get(band.name, now[band], whole) for band in Band})
    return redirect(url_for("statistics.page", id=id, bitext=_chosen(id), _anchor="weights"), 303)


def _chosen(id: int) -> list[int]:
    """The numbers of the bitexts that are counted together, in their order; the page's own among them."""
    return sorted({id, *request.values.getlist("bitext", whole)})


def _others(bitext: Bitext) -> list[Bitext]:
    return open_desk().bitexts.of_languages(bitext.source_language, bitext.target_language, _OFFERED)


def _analysis(chosen: Sequence[int]) -> tuple[Analysis | None, Job | None]:
    """The analysis of bitexts, made at once where they are short, else that of the last job, if there is one."""
    desk = open_desk()
    units = sum(desk.bitexts.get(each).units for each in chosen)
    if units <= AT_ONCE and desk.memory.at_most() <= AT_ONCE_ENTRIES:
        return statistics.analyse(desk, chosen), None
    job = desk.jobs.last_done(Analyse, bitexts=chosen)
    return (Analysis.of(job.result), job) if job else (None, None)


def _name(word: str) -> str:
    return label(word) if isinstance(word, Band) else label(word, "statistics")


def _before(analysis: Analysis, weights: Mapping[Band, int]) -> Before:
    amounts = analysis.amounts()
    everything = statistics.total(amounts.values())
    words = everything.words or 1
    bands, start = [], 0.0
    for band, amount in amounts.items():
        share = amount.words / words
        weighted = statistics.weighted({band: amount}, weights)
        bands.append(Row(label(band), amount, share, start, weighted, band, weights[band]))
        start += share
    said = [f"{row.name}: {_percent(row.share)}" for row in bands if row.amount.words]
    return Before(
        bands=bands,
        bitexts=[_of_bitext(each.title, each.bands, words, weights) for each in analysis.bitexts],
        whole=everything,
        weighted=statistics.weighted(amounts, weights),
        picture=gettext("Words by match rate: %(list)s", list="; ".join(said) or "–"),
    )


def _of_bitext(title: str, amounts: Mapping[Band, Amount], words: int, weights: Mapping[Band, int]) -> Row:
    whole = statistics.total(amounts.values())
    return Row(title, whole, whole.words / words, 0, statistics.weighted(amounts, weights))


def _percent(share: float) -> str:
    return f"{format_decimal(round(100 * share, 1))} %"


def _days(done: WorkStatistics) -> list[Day]:
    most = max((amount.words for amount in done.days.values()), default=0) or 1
    width = 100 / max(len(done.days), 1)
    return [
        Day(name, amount, number * width, width, 100 * amount.words / most)
        for number, (name, amount) in enumerate(done.days.items())
    ]


@blueprint.app_template_filter("share")
def _share(share: float) -> str:
    """A share as a page shows it, in percent."""
    return _percent(share)


@blueprint.app_template_filter("figure")
def _figure(number: float) -> str:
    """A number as the page's language writes it, with two decimals at most."""
    return str(format_decimal(round(number, 2)))
