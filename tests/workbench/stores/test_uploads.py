import pytest

from corpus.errors import NotFound
from tests.present import present
from workbench.services.article_intake import import_upload, read_upload, reading_of
from workbench.stores.uploads import safe_name

PAGE = "Lab Opens\n\nA joint labora- tory opened. It has a labora- tory too.\n\nCopyright © Some Daily\n".encode()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("news.txt", "news.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\texts\\新闻.txt", "新闻.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("..", "file"),
        ("", "file"),
        ("x" * 500 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_a_name_is_made_safe(sent, kept):
    assert safe_name(sent) == kept


def test_an_upload_is_read_the_same_each_time_and_keeps_refusals(desk):
    id = desk.uploads.add([("news.txt", PAGE)])
    found = desk.uploads.read(id)
    assert found == desk.uploads.read(id)
    (rights,) = [decision for decision in found.decisions if decision.rule == "rights"]
    assert "Copyright" not in found.articles[0].text()
    desk.uploads.refuse(id, [rights.id])
    assert "Copyright" in desk.uploads.read(id).articles[0].text()
    desk.uploads.refuse(id, [])
    assert desk.uploads.read(id) == found


def test_only_what_is_wanted_is_taken_in(desk):
    id = desk.uploads.add([("a.txt", PAGE), ("b.txt", PAGE.replace(b"Lab", b"Shop"))])
    read_upload(desk, id)
    taken = import_upload(desk, id, {1})
    assert [article.title for article, _ in taken.articles] == ["Shop Opens"]
    assert [article.title for article in desk.articles.all()] == ["Shop Opens"]
    with pytest.raises(NotFound, match="it was taken in or thrown away"):
        desk.uploads.get(id)


def test_two_files_of_one_name_do_not_meet(desk):
    id = desk.uploads.add([("a.txt", PAGE), ("a.txt", PAGE.replace(b"Lab", b"Shop"))])
    assert {article.title for article in desk.uploads.read(id).articles} == {"Lab Opens", "Shop Opens"}


def test_a_file_that_cannot_be_read_keeps_no_other_out(desk):
    id = desk.uploads.add([("a.txt", PAGE), ("b.txt", b"\x00\x01\x02")])
    found = desk.uploads.read(id)
    assert [article.title for article in found.articles] == ["Lab Opens"]
    assert [refusal.file for refusal in found.refusals] == ["b.txt"]


def test_what_was_found_is_kept_and_comes_back(desk):
    id = desk.uploads.add(
        [("a.txt", PAGE + b"\n\nSee page 9\n\nIt is late.\n"), ("b.txt", b"\x00\x01"), ("c.txt", b"1, 2")]
    )
    read_upload(desk, id)
    reading, found = reading_of(desk, id), desk.uploads.read(id)
    articles = desk.readings.articles(reading)
    assert tuple(each.article for each in articles) == found.articles
    assert tuple(gap for each in articles for gap in each.gaps) == found.gaps
    assert {decision.id for decision, _ in desk.readings.decisions(reading)} == {each.id for each in found.decisions}
    assert desk.readings.rules(reading)["rights"] == 1
    assert tuple(desk.readings.notes(reading)) == found.notes
    assert tuple(desk.readings.leftovers(reading)) == found.leftovers
    assert [str(error) for error in desk.readings.refusals(reading)] == [str(each.error) for each in found.refusals]
    assert present(reading).counts["refusal"] == 2


def test_a_reading_is_of_the_decisions_as_they_are(desk):
    id = desk.uploads.add([("a.txt", PAGE)])
    with pytest.raises(NotFound, match="was not read yet"):
        import_upload(desk, id, {0})
    read_upload(desk, id)
    (rights,) = [each for each, _ in desk.readings.decisions(reading_of(desk, id)) if each.rule == "rights"]
    desk.uploads.refuse(id, [rights.id])
    assert reading_of(desk, id) is None
    read_upload(desk, id)
    assert ("rights", False) in [(each.rule, done) for each, done in desk.readings.decisions(reading_of(desk, id))]
    desk.uploads.discard(id)
    assert [desk.db[table].count for table in ("upload_readings", "upload_found")] == [0, 0]


def test_what_is_found_is_given_in_parts(desk):
    id = desk.uploads.add([(f"{name}.txt", PAGE.replace(b"Lab", name.encode())) for name in ("A", "B", "C")])
    read_upload(desk, id)
    reading = reading_of(desk, id)
    assert [(each.number, each.article.title) for each in desk.readings.articles(reading, 1, 1)] == [(1, "B Opens")]
    desk.readings.leave_out(reading, {1})
    assert [each.wanted for each in desk.readings.articles(reading_of(desk, id))] == [True, False, True]


def test_the_reading_says_how_far_it_is(desk):
    id, told = desk.uploads.add([("a.txt", PAGE), ("b.txt", PAGE)]), []
    read_upload(desk, id, lambda done, total: told.append((done, total)))
    assert told == [(0, 4), (1, 4)]
