import pytest
from sqlite_utils import Database

from corpus.alignment import Bead
from corpus.bitexts.model import Origin, Provenance, UnitState
from corpus.bitexts.schema import migrations as bitext_migrations
from corpus.bitexts.store import Bitexts
from corpus.errors import Conflict, NotFound
from workbench.services.alignment import align_articles
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import save_unit


@pytest.fixture
def bitext(desk, article):
    id, _ = desk.articles.add(article)
    return desk.bitexts.get(begin_translation(desk, id, "zh-CN"))


def test_a_translation_starts_from_empty_units(desk, bitext):
    units = desk.bitexts.units(bitext.id)
    assert [unit.source for unit in units] == [("Lab Opens",), ("A joint laboratory opened.",), ("It studies rice.",)]
    assert [unit.paragraph for unit in units] == [0, 1, 1]
    assert all(unit.target == () and unit.state is UnitState.INITIAL for unit in units)
    assert bitext.target_language == "zh-Hans"


def test_an_alignment_takes_its_units_from_beads(desk, article):
    chinese = article.__class__("zh-Hans", "实验室成立", article.paragraphs[:0])
    source, _ = desk.articles.add(article)
    target, _ = desk.articles.add(chinese.__class__("zh-Hans", "实验室成立", (article.paragraphs[0],)))
    beads = [Bead((0, 1), (0,), 0.8), Bead((2,), ())]
    units = desk.bitexts.units(align_articles(desk, source, target, beads))
    assert [(len(unit.source), len(unit.target), unit.score) for unit in units] == [(2, 1, 0.8), (1, 0, 0)]
    assert units[0].origin is Origin.ALIGNED


def test_progress_counts_units(desk, bitext):
    first, second, _ = desk.bitexts.units(bitext.id)
    save_unit(desk, first.id, 1, "实验室成立", confirm=True)
    save_unit(desk, second.id, 1, "联合实验室", confirm=False)
    progress = desk.bitexts.get(bitext.id)
    assert (progress.units, progress.translated, progress.confirmed) == (3, 2, 1)
    assert desk.bitexts.first_open(bitext.id) == 1


def test_a_typed_text_is_segmented(desk, bitext):
    unit = desk.bitexts.units(bitext.id)[1]
    saved = save_unit(desk, unit.id, 1, "联合实验室成立了。它很新。", confirm=False)
    assert saved.target == ("联合实验室成立了。", "它很新。")
    assert (saved.origin, saved.state, saved.version) == (Origin.TYPED, UnitState.INITIAL, 2)


def test_a_write_over_an_old_version_is_a_conflict(desk, bitext):
    unit = desk.bitexts.units(bitext.id)[0]
    save_unit(desk, unit.id, 1, "第一人", confirm=False)
    with pytest.raises(Conflict, match=r"You \(Li\) changed this unit meanwhile"):
        save_unit(desk, unit.id, 1, "第二人", confirm=True)
    assert desk.bitexts.unit(unit.id).target == ("第一人",)
    assert len(desk.bitexts.history(unit.id)) == 1
    assert desk.memory.stats() == []


def test_every_version_stays_in_the_history(desk, bitext):
    unit = desk.bitexts.units(bitext.id)[0]
    for version, text in enumerate(("一", "二", "三"), 1):
        save_unit(desk, unit.id, version, text, confirm=version == 2)
    history = desk.bitexts.history(unit.id)
    assert [(old.version, old.target, old.state) for old in history] == [
        (3, ("二",), UnitState.TRANSLATED),
        (2, ("一",), UnitState.INITIAL),
        (1, (), UnitState.INITIAL),
    ]
    assert all(old.changed_by == "Li" and old.changed_at for old in history)


def test_a_changed_text_is_a_draft_again(desk, bitext):
    unit = desk.bitexts.units(bitext.id)[0]
    save_unit(desk, unit.id, 1, "实验室", confirm=True)
    assert save_unit(desk, unit.id, 2, "实验室", confirm=False).state is UnitState.TRANSLATED
    assert save_unit(desk, unit.id, 3, "新实验室", confirm=False).state is UnitState.INITIAL


def test_an_empty_target_cannot_be_confirmed(desk, bitext):
    unit = desk.bitexts.units(bitext.id)[0]
    assert save_unit(desk, unit.id, 1, "  ", confirm=True).state is UnitState.INITIAL


def test_a_sentence_that_is_rightly_left_out_is_confirmed_as_empty(desk, bitext):
    """What the memory had of the unit goes; a text is not confirmed in this way."""
    unit = desk.bitexts.units(bitext.id)[0]
    save_unit(desk, unit.id, 1, "实验室", confirm=True)
    assert save_unit(desk, unit.id, 2, "实验室开张", confirm=False, confirm_empty=True).state is UnitState.INITIAL
    assert len(desk.memory.lookup("Lab Opens", "en", "zh-Hans")) == 1
    saved = save_unit(desk, unit.id, 3, " ", confirm=False, confirm_empty=True)
    assert (saved.target, saved.state) == ((), UnitState.TRANSLATED)
    assert desk.memory.lookup("Lab Opens", "en", "zh-Hans") == []
    assert desk.bitexts.get(bitext.id).confirmed == 1
    assert desk.bitexts.first_open(bitext.id) == 1


def test_the_first_open_unit_is_looked_for_from_a_place_on(desk, bitext):
    units = desk.bitexts.units(bitext.id)
    save_unit(desk, units[2].id, 1, "水稻", confirm=True)
    assert [desk.bitexts.first_open(bitext.id, start) for start in (0, 1, 2, 3)] == [0, 1, None, None]


def test_what_is_not_there_is_said(desk):
    with pytest.raises(NotFound, match="no bitext 7"):
        desk.bitexts.get(7)
    with pytest.raises(NotFound, match="no unit 7"):
        save_unit(desk, 7, 1, "x", confirm=False)


def test_the_first_desks_keep_their_bitexts_and_the_history():
    """The tables as the first version made them, with a unit that has a history."""
    db = Database(memory=True)
    bitext_migrations.apply(db, stop_before="keep_the_history_of_units_that_are_taken_away")
    db.execute("INSERT INTO bitexts VALUES (1, 'Lab', 'en', 'zh-Hans', NULL, NULL, '', '')")
    said = ('["Lab"]', '["实验室"]', "initial", "typed", None, "")
    db.execute("INSERT INTO units VALUES (5, 1, 0, 0, ?, ?, ?, ?, ?, ?, 2, '', '')", said)
    db.execute("INSERT INTO unit_history VALUES (5, 1, ?, ?, ?, ?, ?, ?, '', '')", ("[]", '["室"]', *said[2:]))
    bitext_migrations.apply(db)
    bitexts = Bitexts(db, "Li")
    assert (bitexts.get(1).revision, bitexts.unit(5).target) == (0, ("实验室",))
    bitexts.rearrange(1, [])
    assert [old.target for old in bitexts.history(5)] == [("实验室",), ("室",)]


def test_what_earlier_desks_said_in_the_detail_is_in_fields():
    db = Database(memory=True)
    bitext_migrations.apply(db, stop_before="say_in_columns_what_crosses_and_what_was_repaired")
    db.execute("INSERT INTO bitexts VALUES (1, 'Lab', 'en', 'zh-Hans', NULL, NULL, '', '', 0)")
    made = (("aligned", 0.5, "crossing"), ("memory", 0.99, "99 % repaired"), ("memory", 1.0, "100 %"))
    for id, provenance in enumerate(made, 1):
        said = ('["Lab"]', '["5 % repaired"]', "initial", *provenance)
        db.execute("INSERT INTO units VALUES (?, 1, ?, 0, ?, ?, ?, ?, ?, ?, 2, '', '')", (id, id - 1, *said))
        db.execute("INSERT INTO unit_history VALUES (?, 1, ?, ?, ?, ?, ?, ?, '', '')", (id, *said))
    bitext_migrations.apply(db)
    bitexts = Bitexts(db, "Li")
    fields = [
        Provenance(Origin.ALIGNED, 0.5, "", crossing=True),
        Provenance(Origin.MEMORY, 0.99, "99 %", repaired=True),
        Provenance(Origin.MEMORY, 1.0, "100 %"),
    ]
    assert [unit.provenance for unit in bitexts.units(1)] == fields
    assert [bitexts.history(id)[0].provenance for id in (1, 2, 3)] == fields
    assert {unit.target for unit in bitexts.units(1)} == {("5 % repaired",)}


def test_a_text_that_differs_in_white_space_alone_keeps_its_state_and_origin(desk, bitext):
    unit = desk.bitexts.units(bitext.id)[1]
    confirmed = save_unit(desk, unit.id, 1, "联合实验室成立了。它很新。", confirm=True)
    again = save_unit(desk, unit.id, 2, " 联合实验室成立了。它很新。\n", confirm=False)
    assert (again.target, again.state, again.origin) == (confirmed.target, UnitState.TRANSLATED, Origin.TYPED)
    # Between Han a space is not nothing.
    assert save_unit(desk, unit.id, 3, "联合 实验室成立了。它很新。", confirm=False).state is UnitState.INITIAL
