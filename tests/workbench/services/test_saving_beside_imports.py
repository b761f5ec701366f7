"""Who saves does not wait for what comes in at the same time. `tests/bench/saving.py` has it in its full size."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from corpus.alignment import Bead
from corpus.articles import Article, Paragraph
from corpus.bitexts.operations import Action
from corpus.memory import Entry
from corpus.pace import Pace
from glossary.concepts import Concept, ConceptState, Term
from tests.saving import Answer, a_bitext, import_memory, saves_beside, tmx
from workbench.desk import Desk
from workbench.services.alignment import align_articles, rearrange_bitext
from workbench.services.article_intake import import_articles
from workbench.services.unit_editing import undo_step
from workbench.stores.job_arguments import ImportTerms, IndexMemory


def assert_none_waits(answers: list[Answer]) -> None:
    """All were saved while the import went on; none waited for a quarter of it, on a machine of any speed."""
    assert len(answers) > 5
    assert {answer.status for answer in answers} == {200}
    seconds = [answer.seconds for answer in answers]
    assert max(seconds) <= max(1, (sum(seconds) + 0.2 * len(seconds)) / 4)


def test_saving_beside_an_import_into_the_memory(tmp_path):
    desk, file = tmp_path / "desk.db", tmp_path / "large.tmx"
    unit = a_bitext(desk)
    answers = saves_beside(desk, unit, partial(import_memory, file=tmx(file, 20_000)), every=0.2)
    assert_none_waits(answers)


def test_saving_beside_an_import_of_terms(tmp_path):
    desk, file = tmp_path / "desk.db", tmp_path / "terms.csv"
    unit = a_bitext(desk)
    file.write_text("en,zh-Hans\n" + "".join(f"station {n},{n}号站\n" for n in range(4000)))
    arguments: dict[str, Any] = {"title": "terms.csv", "mapping": None, "policy": "add", "state": "", "concepts": 4000}

    def order(address):
        with Desk.open(desk) as other:
            other.jobs.add(ImportTerms(path=str(file), **arguments))

    answers = saves_beside(desk, unit, order, every=0.2)
    assert_none_waits(answers)


@pytest.fixture
def commits(desk):
    """The transactions of the desk that have ended, as they do."""
    found: list[str] = []
    desk.db.conn.set_trace_callback(lambda statement: found.append(statement) if statement == "COMMIT" else None)
    return found


def test_many_articles_are_stored_some_at_a_time(desk, tmp_path, commits):
    for number in range(100):
        (tmp_path / f"{number}.txt").write_text(f"Article {number}\n\nStation {number} reported krill.\n")
    taken = import_articles(desk, sorted(tmp_path.glob("*.txt")), "en")
    assert (len(taken.articles), len(commits) > 2) == (100, True)


def test_many_concepts_are_changed_some_at_a_time(desk, commits):
    for number in range(300):
        desk.termbase.add(Concept(f"c-{number}", (Term("en", f"station {number}"),), state=ConceptState.PROPOSED))
    uids = [concept.uid for concept in desk.termbase.all()]
    for change in (
        lambda: desk.termbase.decide_all(uids, ConceptState.APPROVED, Pace()),
        lambda: desk.termbase.change_all(uids, lambda concept: replace(concept, subject="a"), Pace()),
        lambda: desk.termbase.rename_subject("a", "b", Pace()),
    ):
        commits.clear()
        change()
        assert len(commits) > 2
    assert desk.termbase.subjects() == {"b": 300}


def test_a_whole_bitext_is_remembered_and_forgotten_at_once(desk):
    texts = [f"Station {number}." for number in range(1200)]
    source = desk.articles.add(Article("en", "A", (Paragraph(tuple(texts)),)))[0]
    target = desk.articles.add(Article("zh-Hans", "B", (Paragraph(tuple(f"{text}站" for text in texts)),)))[0]
    bitext = align_articles(desk, source, target, [Bead((n,), (n,), 1.0) for n in range(1200)])
    desk.memory.remember(Entry("en", "zh-Hans", "Station 7.", "Station 7.站", origin="imported"))
    rearrange_bitext(desk, bitext, desk.bitexts.get(bitext).revision, Action("accept-scores", score=0.9))
    assert len(list(desk.memory.entries())) == 1200
    assert [match.score for match in desk.memory.lookup("Station 7.", "en", "zh-Hans", "Station 6.", "Station 8.")] == [
        102
    ]
    # More than are put into the concordance's index at once.
    assert len(desk.jobs.active(IndexMemory)) == 1
    undo_step(desk, bitext, desk.bitexts.get(bitext).revision)
    assert [entry.source for entry in desk.memory.entries()] == ["Station 7."]
    assert [version.action for version in desk.memory.history(2)] == ["deleted"]
