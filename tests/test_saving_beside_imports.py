"""Who saves does not wait for what comes in at the same time. `tests/bench/saving.py` has it in its full size."""

from functools import partial

from saving import a_bitext, import_memory, saves_beside, tmx

from workbench.desk import Desk


def test_saving_beside_an_import_into_the_memory(tmp_path):
    desk, file = tmp_path / "desk.db", tmp_path / "large.tmx"
    unit = a_bitext(desk)
    answers = saves_beside(desk, unit, partial(import_memory, file=tmx(file, 20_000)), every=0.2)
    assert len(answers) > 5
    assert {answer.status for answer in answers} == {200}
    assert max(answer.seconds for answer in answers) <= 1


def test_saving_beside_an_import_of_terms(tmp_path):
    desk, file = tmp_path / "desk.db", tmp_path / "terms.csv"
    unit = a_bitext(desk)
    file.write_text("en,zh-Hans\n" + "".join(f"station {n},{n}号站\n" for n in range(4000)))
    arguments = {"title": "terms.csv", "mapping": None, "policy": "add", "state": "", "concepts": 4000}

    def order(address):
        with Desk.open(desk) as other:
            other.jobs.add("glossary", path=str(file), language="und", **arguments)

    answers = saves_beside(desk, unit, order, every=0.2)
    assert len(answers) > 5
    assert {answer.status for answer in answers} == {200}
    assert max(answer.seconds for answer in answers) <= 1
