"""A large import is found by its parts at once, and fast once it has been put into the index."""

import pytest

from corpus.memory import Entry, MemoryImportReport, writing


@pytest.fixture
def imported(desk, monkeypatch):
    monkeypatch.setattr(writing, "_AT_ONCE", 3)
    monkeypatch.setattr(writing, "_BATCH", 2)
    entries = [Entry("en", "zh-Hans", f"Sentence number {number}.", f"第{number}句话。") for number in range(7)]
    desk.memory.add_all(entries, MemoryImportReport())
    return desk.memory


def found(memory, text):
    return sorted(hit.entry.source for hit in memory.search(text))


def test_it_is_found_before_and_after(imported):
    before = found(imported, "句话"), found(imported, "ber 3")
    assert imported.to_be_indexed() == 7
    imported.index_texts()
    assert imported.to_be_indexed() == 0
    assert (found(imported, "句话"), found(imported, "ber 3")) == before
    assert (len(before[0]), len(before[1])) == (7, 1)


def test_the_work_is_taken_up_where_it_was_ended(imported):
    class EnoughError(Exception):
        pass

    def progress(done, total):
        assert total == 7
        if done >= 4:
            raise EnoughError

    with pytest.raises(EnoughError):
        imported.index_texts(progress)
    assert imported.to_be_indexed() == 3
    assert len(found(imported, "句话")) == 7
    imported.index_texts()
    assert imported.to_be_indexed() == 0


def test_what_is_remembered_meanwhile_is_found(imported):
    imported.remember(Entry("en", "zh-Hans", "A late one.", "迟到的一句。"))
    assert found(imported, "迟到") == ["A late one."]
    imported.index_texts()
    assert found(imported, "迟到") == ["A late one."]
    imported.remember(Entry("en", "zh-Hans", "A later one.", "更迟的一句。"))
    assert imported.to_be_indexed() == 0
    assert found(imported, "later") == ["A later one."]


def test_what_is_deleted_or_edited_before_it_is_in_the_index(imported):
    entries = list(imported.entries())
    imported.delete(entries[2].id, entries[2].version)
    imported.edit(entries[3].id, entries[3].version, "Something else.", entries[3].target)
    imported.delete(entries[6].id, entries[6].version)
    imported.index_texts()
    assert imported.to_be_indexed() == 0
    assert found(imported, "number") == [
        "Sentence number 0.",
        "Sentence number 1.",
        "Sentence number 4.",
        "Sentence number 5.",
    ]
    assert found(imported, "something") == ["Something else."]
    imported.remember(Entry("en", "zh-Hans", "The next one.", "下一句。"))
    assert imported.to_be_indexed() == 0
