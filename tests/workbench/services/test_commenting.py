"""Comments on units: whom they mention, how they are settled, and that they stay whatever becomes of their unit."""

import pytest

from corpus.articles import Article, Paragraph
from corpus.bitexts.operations import Action
from corpus.errors import NotFound
from workbench.desk import Desk
from workbench.errors import CannotComment
from workbench.services.alignment import rearrange_bitext
from workbench.services.article_intake import _update_bitexts, begin_translation
from workbench.services.commenting import add_comment, mentioned, settle_comment
from workbench.services.naming import give_name
from workbench.services.unit_editing import redo_step, undo_step
from workbench.stores.comments import CommentFilter

NAMES = ["Wang", "LIU Wei", "LIU", "陈", "José"]


@pytest.fixture
def bitext(desk, article) -> int:
    id, _ = desk.articles.add(article)
    return begin_translation(desk, id, "zh-Hans")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Wang, is this right?", ["Wang"]),
        ("@Wangs", []),
        ("@liu wei and @陈请核对", ["LIU Wei", "陈"]),
        ("＠LIU", ["LIU"]),
        ("@José, not @Joséphine", ["José"]),
        ("write to a@Wang.com", []),
        ("@Wang @wang", ["Wang"]),
        ("nobody", []),
    ],
)
def test_a_comment_mentions_the_people_it_names(text, names):
    assert mentioned(text, NAMES) == names


def test_a_comment_says_who_and_is_resolved_and_reopened_by_somebody(desk, bitext):
    give_name(desk, "Chen")
    comment = add_comment(desk, bitext, 2, "  @Chen, check the number. ")
    assert (comment.text, comment.mentions, comment.created_by) == ("@Chen, check the number.", ("Chen",), "Li")
    with Desk.open(desk.path, "Chen") as other:
        resolved = settle_comment(other, bitext, 2, comment.id, resolved=True)
    assert (resolved.resolved, resolved.settled_by) == (True, "Chen")
    assert desk.comments.places(CommentFilter(bitext)) == []
    reopened = settle_comment(desk, bitext, 2, comment.id, resolved=False)
    assert (reopened.resolved, reopened.settled_by) == (False, "Li")
    (place,) = desk.comments.places(CommentFilter(mentions="Chen"))
    assert (place.title, place.position, place.source) == ("Lab Opens", 1, ("A joint laboratory opened.",))
    assert desk.comments.count(CommentFilter(mentions="Wang")) == 0
    assert desk.comments.count(CommentFilter(bitext=99)) == 0


def test_what_is_no_comment_is_refused(desk, bitext):
    for text in ("", " \n ", "x" * 5001):
        with pytest.raises(CannotComment):
            add_comment(desk, bitext, 1, text)
    comment = add_comment(desk, bitext, 1, "x" * 5000)
    for place, unit in ((bitext, 2), (99, 1)):
        with pytest.raises(NotFound):
            settle_comment(desk, place, unit, comment.id, resolved=True)
    with pytest.raises(NotFound):
        add_comment(desk, 99, 1, "elsewhere")


def units_of(desk: Desk, *comments: int) -> list[int]:
    return [desk.comments.get(id).unit for id in comments]


def test_comments_follow_the_unit_that_has_their_sentences_and_come_back(desk, bitext):
    first, second, third = (add_comment(desk, bitext, unit, f"on {unit}").id for unit in (1, 2, 3))
    rearrange_bitext(desk, bitext, 0, Action("merge", unit=2))
    assert units_of(desk, first, second, third) == [1, 2, 2]
    later = add_comment(desk, bitext, 2, "on both").id
    undo_step(desk, bitext, desk.bitexts.get(bitext).revision)
    assert units_of(desk, first, second, third, later) == [1, 2, 3, 2]
    redo_step(desk, bitext, desk.bitexts.get(bitext).revision)
    rearrange_bitext(desk, bitext, desk.bitexts.get(bitext).revision, Action("split", unit=2, sentence=1))
    assert units_of(desk, first, second, third, later) == [1, 2, 2, 2]
    assert desk.comments.count(CommentFilter(bitext)) == 4


def test_a_comment_stays_where_its_sentence_leaves_the_article(desk, bitext):
    comment = add_comment(desk, bitext, 3, "on rice").id
    shorter = Article("en", "Lab Opens", (Paragraph(("Lab Opens", "A joint laboratory opened.")),))
    desk.articles.replace(1, shorter)
    _update_bitexts(desk, 1)
    assert len(desk.bitexts.units(bitext)) == 2
    assert units_of(desk, comment) == [2]
