"""Which units of a bitext pass a filter."""

import pytest

from corpus.articles import Article, Paragraph
from corpus.bitexts.filtering import Stage, Tally, UnitFilter
from corpus.bitexts.model import Origin, Provenance, Unit, UnitState
from workbench.desk import Desk


@pytest.fixture
def bitext(desk: Desk) -> int:
    """Six units: confirmed, reviewed, a draft from the memory, a draft by machine, two empty ones that are alike."""
    sentences = ("The Café opened.", "Two labs.", "More than 70 labs.", "A draft.", "Yes.", "Yes.")
    id, _ = desk.articles.add(Article("en", "Title", (Paragraph(sentences),)))
    units = [
        Unit(("The Café opened.",), ("咖啡馆开业。",), state=UnitState.TRANSLATED),
        Unit(("Two labs.",), ("两个实验室。",), state=UnitState.REVIEWED),
        Unit(("More than 70 labs.",), ("７０多个实验室。",)).made(Provenance(Origin.MEMORY, 0.87, "87 %")),
        Unit(("A draft.",), ("草稿。",)).made(Provenance(Origin.MACHINE)),
        Unit(("Yes.",)),
        Unit(("Yes.",)),
    ]
    return desk.bitexts.add(units, desk.articles.get(id), "zh-Hans")


@pytest.mark.parametrize(
    ("wanted", "positions"),
    [
        (UnitFilter(text="cafe"), [0]),
        (UnitFilter(text="实验室"), [1, 2]),
        (UnitFilter(text="labs", side="target"), []),
        (UnitFilter(text="70"), [2]),
        (UnitFilter(text="70", side="target"), [2]),
        (UnitFilter(stage=Stage.OPEN), [2, 3, 4, 5]),
        (UnitFilter(stage=Stage.DRAFT), [2, 3]),
        (UnitFilter(stage=Stage.REVIEWED), [1]),
        (UnitFilter(origin=Origin.MACHINE), [3]),
        (UnitFilter(least=85, most=94), [2]),
        (UnitFilter(least=88), []),
        (UnitFilter(repeated=True), [4, 5]),
        (UnitFilter(changed_by="Li"), [0, 1, 2, 3, 4, 5]),
        (UnitFilter(changed_by="Chen"), []),
        (UnitFilter(changed_since="2999-01-01"), []),
        (UnitFilter(text="labs", stage=Stage.OPEN), [2]),
    ],
)
def test_units_pass_a_filter(desk: Desk, bitext: int, wanted: UnitFilter, positions: list[int]):
    assert desk.bitexts.filtered(desk.bitexts.get(bitext), wanted) == positions


def test_ids_narrow_a_filter(desk: Desk, bitext: int):
    units = desk.bitexts.units(bitext)
    wanted = UnitFilter(stage=Stage.OPEN, ids=frozenset({units[0].id, units[3].id}))
    assert desk.bitexts.filtered(desk.bitexts.get(bitext), wanted) == [3]


def test_the_units_are_counted_by_what_a_filter_asks_for(desk: Desk, bitext: int):
    assert desk.bitexts.tally(bitext) == Tally(open=4, draft=2, translated=1, reviewed=1, final=0, repeated=2)


def test_only_what_is_asked_for_makes_a_filter():
    assert not UnitFilter()
    assert UnitFilter(least=0)
