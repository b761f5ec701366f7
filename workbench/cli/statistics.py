"""The command that prints the statistics of bitexts, and writes them as a sheet."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from corpus.memory.matching.bands import Band
from workbench.cli.base import as_json, echo_status, open_desk, print_json, print_table, progress_bar, writing
from workbench.errors import DeskError
from workbench.services.statistics import Analysis, WorkStatistics, analyse, total, weighted, work_done
from workbench.services.statistics_sheets import write_csv, write_xlsx

_WRITERS = {".csv": write_csv, ".xlsx": write_xlsx}


@click.command()
@click.argument("ids", type=int, nargs=-1, required=True)
@click.option("--work", is_flag=True, help="Instead of what there is to do, what was done, by days and origins.")
@click.option(
    "--sheet",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Also write a sheet, a row a bitext and match rate: FILE.csv or FILE.xlsx.",
)
@as_json
def statistics(ids: tuple[int, ...], work: bool, sheet: Path | None, as_json: bool) -> None:
    """Count the units and words (of Chinese: characters) of bitexts, by their numbers, by match rate."""
    desk = open_desk()
    if work:
        found = [(id, work_done(desk, id)) for id in ids]
        if as_json:
            print_json([{"bitext": id, **asdict(each)} for id, each in found])
        else:
            for id, each in found:
                _print_work(id, each)
        return
    write = _WRITERS.get(sheet.suffix.lower()) if sheet else None
    if sheet and write is None:
        raise DeskError("{name} is neither .csv nor .xlsx: the ending says what is written.", name=sheet.name)
    with progress_bar("counting") as progress:
        analysis = analyse(desk, ids, progress)
    weights = desk.band_weights.get()
    if sheet and write:
        with writing(sheet) as stream:
            write(stream, analysis, weights)
    if as_json:
        print_json(analysis.described())
    else:
        _print_analysis(analysis, weights)


def _print_analysis(analysis: Analysis, weights: Mapping[Band, int]) -> None:
    amounts = analysis.amounts()
    print_table((band, each.units, each.words, f"{weights[band]} %") for band, each in amounts.items())
    whole = total(amounts.values())
    echo_status(f"{whole.units} units, {whole.words} words, {weighted(amounts, weights):g} weighted")


def _print_work(id: int, done: WorkStatistics) -> None:
    print_table((id, day, each.units, each.words) for day, each in done.days.items())
    print_table((id, each.origin, each.amount.units, each.amount.words, _distance(each.edit_distance))
                for each in done.origins)  # fmt: skip
    echo_status(f"bitext {id}: {done.confirmed.units} of {done.all.units} units are confirmed")


def _distance(distance: float | None) -> str:
    return "" if distance is None else f"{distance:.2f}"
