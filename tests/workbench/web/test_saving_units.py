"""What a save of the editor's script answers."""

from tests.present import present
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import save_unit
from workbench.web import create_app


def test_a_conflict_carries_both_texts_with_their_difference_and_runs_neither(desk, article):
    id, _ = desk.articles.add(article)
    begin_translation(desk, id, "en")
    with Desk.open(desk.path, user="Wang") as other:
        save_unit(other, 2, 1, "A <b>fast</b> rocket", confirm=False)
    client = create_app(desk.path, {"TESTING": True}).test_client()
    form = {"text": "A <i>fast</i> rocket", "version": "1"}
    answer = client.post("/bitexts/1/units/2", data=form, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    told = present(answer.json)
    assert told["message"].startswith("Wang changed this unit")
    compared = told["conflict"]
    assert "A &lt;<mark>b</mark>&gt;fast&lt;/<mark>b</mark>&gt; rocket" in compared
    assert "A &lt;<mark>i</mark>&gt;fast&lt;/<mark>i</mark>&gt; rocket" in compared
