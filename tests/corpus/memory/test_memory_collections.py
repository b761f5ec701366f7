"""Collections: which is asked first, which may be written to, and where things go."""

import pytest

from corpus.errors import NotFound, ReadOnly
from corpus.memory import Collection, Entry, MemoryImportReport

RICE = Entry("en", "zh-Hans", "It studies rice.", "它研究水稻。")
WHEAT = Entry("en", "zh-Hans", "It studies rice.", "它研究稻米。")


def names(matches):
    return [(match.entry.collection, match.entry.target) for match in matches]


def test_a_desk_has_one_collection_at_first(desk):
    desk.memory.remember(RICE)
    assert desk.memory.collections() == [Collection("main", 1)]
    assert [collection.units for collection in desk.memory.collections()] == [1]


def test_what_is_confirmed_goes_to_the_first_collection_that_is_not_read_only(desk):
    desk.memory.put_collection("agency", 0, read_only=True)
    desk.memory.put_collection("ours", 2)
    desk.memory.remember(RICE)
    assert [entry.collection for entry in desk.memory.entries()] == ["main"]
    desk.memory.put_collection("ours", 0)
    desk.memory.remember(RICE)
    assert sorted(entry.collection for entry in desk.memory.entries()) == ["main", "ours"]


def test_the_collection_of_the_lowest_number_comes_first(desk):
    desk.memory.put_collection("agency", 2)
    desk.memory.add_all([WHEAT], MemoryImportReport(), "agency")
    desk.memory.add_all([RICE], MemoryImportReport(), "main")
    assert names(desk.memory.lookup(RICE.source, "en", "zh-Hans")) == [("main", RICE.target), ("agency", WHEAT.target)]
    desk.memory.put_collection("agency", 0)
    assert names(desk.memory.lookup(RICE.source, "en", "zh-Hans"))[0] == ("agency", WHEAT.target)


def test_the_same_texts_in_two_collections_are_one_match(desk):
    desk.memory.put_collection("agency", 0)
    desk.memory.add_all([RICE], MemoryImportReport(), "agency")
    desk.memory.add_all([RICE], MemoryImportReport(), "main")
    assert names(desk.memory.lookup(RICE.source, "en", "zh-Hans")) == [("agency", RICE.target)]


def test_a_read_only_collection_stays_as_it_is(desk):
    desk.memory.remember(Entry("en", "zh-Hans", RICE.source, RICE.target, unit=1))
    (entry,) = desk.memory.entries()
    desk.memory.put_collection("main", 1, read_only=True)
    desk.memory.forget([1])
    assert list(desk.memory.entries()) == [entry]
    with pytest.raises(ReadOnly, match="The collection main is read-only"):
        desk.memory.edit(entry.id, entry.version, target="它研究稻米。")
    with pytest.raises(ReadOnly, match="The collection main is read-only"):
        desk.memory.delete(entry.id, entry.version)
    with pytest.raises(ReadOnly, match="The collection main is read-only"):
        desk.memory.add_all([RICE], MemoryImportReport(), "main")
    with pytest.raises(ReadOnly, match="All collections"):
        desk.memory.remember(RICE)
    with pytest.raises(NotFound, match="no collection other"):
        desk.memory.add_all([RICE], MemoryImportReport(), "other")
