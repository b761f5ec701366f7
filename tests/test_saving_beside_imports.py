"""Who saves does not wait for what comes in at the same time. `tests/bench/saving.py` has it in its full size."""

from saving import a_bitext, saves_beside, tmx


def test_saving_beside_an_import_into_the_memory(tmp_path):
    desk, file = tmp_path / "desk.db", tmp_path / "large.tmx"
    unit = a_bitext(desk)
    form = {"source": "en", "target": "zh-Hans"}
    answers = saves_beside(desk, unit, "/memory/import", form, tmx(file, 20_000), every=0.2)
    assert len(answers) > 5
    assert {answer.status for answer in answers} == {200}
    assert max(answer.seconds for answer in answers) <= 1
