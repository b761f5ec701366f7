"""The statistics of bitexts, counted by hand."""

import csv
import io

import openpyxl
import pytest

from corpus.articles import Article, Paragraph
from corpus.bitexts.model import Origin
from corpus.memory import Entry
from corpus.memory.matching.bands import Band, band_of
from workbench.errors import DeskError, NotAllowed
from workbench.services import statistics_sheets
from workbench.services.article_intake import begin_translation
from workbench.services.statistics import Analysis, analyse, set_weights, weighted, work_done
from workbench.services.suggestions import Suggestion
from workbench.services.unit_editing import save_unit
from workbench.stores.roles import Role


def begun(desk, *sentences, language="en", title="=SUM(A1)"):
    article = Article(language, title, (Paragraph(sentences),), sha256=f"{sentences}{title}")
    id, _ = desk.articles.add(article)
    return begin_translation(desk, id, "zh-Hans" if language == "en" else "en")


def counted(amounts):
    return {band.value: (each.units, each.words) for band, each in amounts.items() if each.units}


def known(desk, source, previous=None, following=None):
    desk.memory.remember(Entry("en", "zh-Hans", source, "译文", previous, following))


@pytest.mark.parametrize(
    ("score", "band"),
    [(102, "102"), (101, "101"), (100, "100"), (99, "95–99"), (95, "95–99"), (94, "85–94"), (85, "85–94"),
     (84, "75–84"), (75, "75–84"), (74, "50–74"), (50, "50–74"), (49, "new"), (0, "new")],
)  # fmt: skip
def test_a_score_has_the_band_of_the_field(score, band):
    assert band_of(score) == band


def test_units_are_counted_by_their_best_match(desk):
    known(desk, "One two.", "", "Three four five.")
    known(desk, "Three four five.", None, "Six.")
    known(desk, "Six.")
    known(desk, "a b c d e f g h i k")
    id = begun(
        desk, "One two.", "Three four five.", "Six.", "a b c d e f g h i j", "a b c d e F 1 2 3 4", "Nobody knows."
    )
    assert counted(analyse(desk, [id]).amounts()) == {
        "102": (1, 2), "101": (1, 3), "100": (1, 1), "85–94": (1, 10), "50–74": (1, 10), "new": (1, 2),
    }  # fmt: skip


def test_repetitions_are_told_within_and_across(desk):
    known(desk, "Thank you.")
    first = begun(desk, "Thank you.", "Rice grows.", "Thank you.", "Rice  grows.")
    second = begun(desk, "Rice grows.", "Wheat grows well.", "Wheat grows well.")
    analysis = analyse(desk, [second, first])
    assert [each.id for each in analysis.bitexts] == [first, second]
    assert counted(analysis.bitexts[0].bands) == {"repetition": (2, 4), "100": (1, 2), "new": (1, 2)}
    assert counted(analysis.bitexts[1].bands) == {"repetition": (1, 3), "repetition across": (1, 2), "new": (1, 3)}
    assert counted(analyse(desk, [second]).amounts()) == {"repetition": (1, 3), "new": (2, 5)}


def test_what_a_bitext_put_into_the_memory_itself_is_no_match_for_it(desk):
    id = begun(desk, "A joint laboratory opened.", "It studies rice.")
    before = analyse(desk, [id])
    for unit in desk.bitexts.units(id):
        save_unit(desk, unit.id, 1, "译文。", confirm=True)
    assert analyse(desk, [id]) == before
    other = begun(desk, "A joint laboratory opened.", "It studies rice.", title="Other")
    assert counted(analyse(desk, [other]).amounts()) == {"102": (2, 7)}


def test_a_match_from_elsewhere_stays_what_it_was_when_the_bitext_has_confirmed_it_too(desk):
    desk.memory.remember(Entry("en", "zh-Hans", "It studies rice.", "译文。", "Else.", "Else."))
    id = begun(desk, "A joint laboratory opened.", "It studies rice.")
    unit = desk.bitexts.units(id)[1]
    save_unit(desk, unit.id, 1, "译文。", confirm=True)
    assert counted(analyse(desk, [id]).amounts()) == {"100": (1, 3), "new": (1, 4)}


def test_chinese_is_counted_in_characters(desk):
    id = begun(desk, "实验室开放了。", "AI公司投入3.5亿元。", language="zh-Hans")
    assert counted(analyse(desk, [id]).amounts()) == {"new": (2, 14)}


def test_bitexts_of_several_languages_are_not_counted_together(desk):
    with pytest.raises(DeskError, match="from one language"):
        analyse(desk, [begun(desk, "Rice."), begun(desk, "水稻。", language="zh-Hans")])


def test_an_analysis_is_kept_as_plain_values(desk):
    analysis = analyse(desk, [begun(desk, "Rice grows.")])
    assert Analysis.of(analysis.described()) == analysis


def test_words_are_weighed_as_the_desk_says(desk):
    amounts = analyse(desk, [begun(desk, "Rice grows.", "Rice grows.")]).amounts()
    assert weighted(amounts, desk.band_weights.get()) == 2 + 0.6
    set_weights(desk, {Band.REPETITION: 10, Band.NEW: 400})
    assert weighted(amounts, desk.band_weights.get()) == 2 + 0.2
    desk.roles.put("Li", Role.ADMINISTRATOR)
    desk.roles.put("Wang", Role.TRANSLATOR)
    desk.account = "Wang"
    with pytest.raises(NotAllowed, match="may not change settings of the desk"):
        set_weights(desk, {Band.NEW: 0})


def test_a_sheet_has_a_row_for_each_band_and_no_formula(desk):
    analysis = analyse(desk, [begun(desk, "Rice grows.", "Rice grows.")])
    weights = desk.band_weights.get()
    stream = io.BytesIO()
    statistics_sheets.write_csv(stream, analysis, weights)
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))
    assert rows[0] == ["bitext", "title", "band", "units", "words", "weight", "weighted words"]
    assert rows[3] == ["1", "'=SUM(A1)", "repetition", "1", "2", "30", "0.6"]
    stream = io.BytesIO()
    statistics_sheets.write_xlsx(stream, analysis, weights)
    sheet = openpyxl.load_workbook(stream)["statistics"]
    assert [cell.value for cell in sheet[4]] == [1, "'=SUM(A1)", "repetition", 1, 2, 30, 0.6]
    assert {cell.data_type for row in sheet for cell in row} == {"n", "s"}


MACHINE = Suggestion("实验室开放了。", Origin.MACHINE, 0.5, "engine")


def test_work_is_counted_by_day_and_origin_with_what_became_of_drafts(desk):
    id = begun(desk, "The lab opened.", "It studies rice.", "Rice grows.", "Left open.")
    first, second, third, _ = desk.bitexts.units(id)
    save_unit(desk, first.id, 1, MACHINE.text, confirm=False, taken_over=MACHINE)
    save_unit(desk, first.id, 2, "实验室成立了。", confirm=True)
    save_unit(desk, second.id, 1, MACHINE.text, confirm=True, taken_over=MACHINE)
    save_unit(desk, third.id, 1, MACHINE.text, confirm=False, taken_over=MACHINE)
    save_unit(desk, third.id, 2, "", confirm=False)
    save_unit(desk, third.id, 3, "水稻生长。", confirm=True)
    desk.db.execute("UPDATE units SET changed_at = '2026-03-02T01:00:00Z' WHERE id = ?", [second.id])
    done = work_done(desk, id)
    assert (done.all.units, done.all.words, done.confirmed.units, done.confirmed.words) == (4, 10, 3, 8)
    today = desk.bitexts.unit(first.id).changed_at[:10]
    assert {day: (each.units, each.words) for day, each in done.days.items()} == {"2026-03-02": (1, 3), today: (2, 5)}
    typed, machine = done.origins
    assert (typed.origin, typed.amount.units, typed.edit_distance) == (Origin.TYPED, 1, None)
    # 开放 became 成立: two of seven characters of the one, none of the other.
    assert (machine.amount.units, machine.amount.words, machine.unchanged) == (2, 6, 1)
    assert machine.edit_distance == 2 / 14


def test_a_unit_that_was_confirmed_again_counts_on_the_later_day(desk):
    id = begun(desk, "The lab opened.")
    (unit,) = desk.bitexts.units(id)
    for version, (text, confirm) in enumerate([("甲", True), ("乙", False), ("丙", True)], 1):
        save_unit(desk, unit.id, version, text, confirm=confirm)
    desk.db.execute("UPDATE unit_history SET changed_at = '2026-03-0' || version || 'T01:00:00Z'")
    desk.db.execute("UPDATE units SET changed_at = '2026-03-09T01:00:00Z'")
    assert list(work_done(desk, id).days) == ["2026-03-09"]
