"""Every change of an entry by hand leaves what it was, and can be taken back."""

import pytest

from corpus.errors import Conflict, NotFound
from corpus.memory import Entry
from workbench.desk import Desk

RICE = Entry("en", "zh-Hans", "It studies rice.", "它研究水稻。", previous="A lab opened.", next="")


@pytest.fixture
def entry(desk):
    desk.memory.remember(RICE)
    desk.memory.remember(Entry("en", "zh-Hans", RICE.source, RICE.target, previous="A farm opened.", next="", unit=3))
    return next(desk.memory.entries())


def targets(desk):
    return [entry.target for entry in desk.memory.entries()]


def test_an_edit_keeps_what_was_there_and_who_changed_it(desk, entry):
    with Desk.open(desk.path, user="Wang") as other:
        edited = other.memory.edit(entry.id, entry.version, target="它研究稻米。", note="better")
    assert (edited.id, edited.version, edited.target, edited.note) == (entry.id, 2, "它研究稻米。", "better")
    assert (edited.created_by, edited.changed_by, edited.contexts) == ("Li", "Wang", entry.contexts)
    (version,) = desk.memory.history(entry.id)
    assert (version.entry, version.action, version.replaced_by) == (entry, "edited", "Wang")
    assert desk.memory.lookup(RICE.source, "en", "zh-Hans")[0].entry.target == "它研究稻米。"


def test_two_people_do_not_write_over_each_other(desk, entry):
    desk.memory.edit(entry.id, entry.version, target="它研究稻米。")
    with pytest.raises(Conflict, match=r"You \(Li\) changed this unit meanwhile"):
        desk.memory.edit(entry.id, entry.version, target="它研究大米。")
    with pytest.raises(Conflict):
        desk.memory.delete(entry.id, entry.version)
    assert targets(desk) == ["它研究稻米。"]


def test_what_was_deleted_can_be_restored(desk, entry):
    desk.memory.delete(entry.id, entry.version)
    assert targets(desk) == []
    (version,) = desk.memory.history(entry.id)
    assert version.action == "deleted"
    restored = desk.memory.restore(version.id)
    assert restored == entry
    assert (restored.id, restored.version) == (entry.id, 2)
    assert len(desk.memory.lookup("It studies wheat.", "en", "zh-Hans")) == 1
    desk.memory.forget([3])
    assert targets(desk) == [RICE.target]


def test_an_edit_can_be_taken_back_and_that_too(desk, entry):
    desk.memory.edit(entry.id, entry.version, target="它研究稻米。")
    restored = desk.memory.restore(desk.memory.history(entry.id)[0].id)
    assert (restored.target, restored.version, restored.contexts) == (RICE.target, 3, entry.contexts)
    assert [version.action for version in desk.memory.history(entry.id)] == ["restored", "edited"]
    assert desk.memory.restore(desk.memory.history(entry.id)[0].id).target == "它研究稻米。"


def test_an_entry_that_becomes_another_s_double_becomes_that_one(desk, entry):
    desk.memory.remember(Entry("en", "zh-Hans", RICE.source, "它研究稻米。", previous="B.", next=""))
    other = list(desk.memory.entries())[1]
    merged = desk.memory.edit(entry.id, entry.version, target="它研究稻米。")
    assert merged.id == other.id
    assert {(merged.previous, merged.next), *merged.contexts} == {
        ("A lab opened.", ""), ("A farm opened.", ""), ("B.", "")
    }  # fmt: skip
    assert targets(desk) == ["它研究稻米。"]


def test_an_id_is_never_another_entry_s(desk, entry):
    desk.memory.delete(entry.id, entry.version)
    desk.memory.remember(Entry("en", "zh-Hans", "Thanks.", "谢谢。"))
    assert next(desk.memory.entries()).id != entry.id


def test_what_is_not_there_is_said(desk):
    with pytest.raises(NotFound, match="no entry 7"):
        desk.memory.edit(7, 1, target="x")
    with pytest.raises(NotFound, match="no version 7"):
        desk.memory.restore(7)
