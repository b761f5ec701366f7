import pytest

from corpus.errors import NotFound
from workbench.uploads import safe_name

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
    taken = desk.take_in(id, {1})
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
