"""Who works here: a name given in a browser, where it goes, and what it cannot do."""

import pytest

from corpus.errors import Conflict
from glossary.concepts import Concept, Term
from glossary.errors import ConceptConflict
from workbench.desk import Desk
from workbench.errors import InvalidName, NotAllowed
from workbench.services.article_intake import begin_translation
from workbench.services.unit_editing import save_unit
from workbench.stores.job_arguments import IndexMemory
from workbench.stores.people import person_name
from workbench.stores.roles import Permission, Role
from workbench.web import create_app


@pytest.fixture
def app(desk, article):
    id, _ = desk.articles.add(article)
    begin_translation(desk, id, "zh-Hans")
    return create_app(desk.path, {"TESTING": True})


def browser_of(app, name: str):
    client = app.test_client()
    assert client.post("/me", data={"name": name, "back": "/"}).status_code == 303
    return client


@pytest.mark.parametrize(
    ("text", "name"), [("  LIU  Wei ", "LIU Wei"), ("王", "王"), ("O’Neill-2", "O’Neill-2"), ("x" * 60, "x" * 60)]
)
def test_a_name_is_kept_as_it_was_meant(text, name):
    assert person_name(text) == name


@pytest.mark.parametrize("text", ["", "  ", "…", "x" * 61, "Li\x00", "Li\u202e", "L\u200bi", "\ud800Li"])
def test_what_is_no_name_is_refused(text):
    with pytest.raises(InvalidName):
        person_name(text)


def test_a_name_is_asked_once_and_kept_in_the_browser(app, desk):
    client = app.test_client()
    assert "Keep my name" in client.get("/").text
    assert "Keep my name" not in client.get("/bitexts/1").text
    answer = client.post("/me", data={"name": " 刘 伟 ", "back": "/bitexts/1?page=1"})
    assert answer.headers["Location"] == "/bitexts/1?page=1"
    assert {"HttpOnly", "SameSite=Lax", "Max-Age=34560000"} <= set(answer.headers["Set-Cookie"].split("; "))
    assert "Keep my name" not in client.get("/").text
    assert ">刘 伟</a>" in client.get("/bitexts/1").text
    assert "刘 伟" in desk.people.known()
    client.post("/me", data={"name": "Liu"})
    assert 'value="Liu"' in client.get("/me").text


def test_later_is_an_answer(app):
    client = app.test_client()
    client.post("/me", data={"later": "1", "back": "/"})
    page = client.get("/").text
    assert "Keep my name" not in page
    assert "Your name?" in page


def test_a_refused_name_is_said_beside_what_was_typed(app):
    answer = app.test_client().post("/me", data={"name": "x" * 61, "back": "//evil.example"})
    assert answer.status_code == 400
    assert "too long: 60 characters" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_cookie_that_is_no_name_counts_as_none(app, desk):
    client = app.test_client()
    client.set_cookie("workbench_name", "Li\u202e")
    client.post("/bitexts/1/units/1", data={"text": "实验室", "version": "1"})
    assert desk.bitexts.unit(1).changed_by == desk.open(desk.path).user


def test_the_history_carries_the_name(app, desk):
    for version, name in enumerate(("Wang", "Chen"), 1):
        save = {"text": f"实验室{version}", "version": version}
        browser_of(app, name).post("/bitexts/1/units/1", data=save)
    assert desk.bitexts.unit(1).changed_by == "Chen"
    assert "Wang" in app.test_client().get("/bitexts/1/units/1/history").text


def test_a_conflict_blames_no_stranger_for_one_s_own_tab(app, desk):
    save = {"text": "实验室", "version": "1"}
    wang = browser_of(app, "Wang")
    wang.post("/bitexts/1/units/1", data=save)
    assert "You (Wang) changed this unit meanwhile, in another tab" in wang.post("/bitexts/1/units/1", data=save).text
    assert "Wang changed this unit meanwhile:" in browser_of(app, "Chen").post("/bitexts/1/units/1", data=save).text


def test_the_term_base_blames_no_stranger_either(desk):
    desk.termbase.add(Concept("c-rice", (Term("en", "rice"),)))
    concept = desk.termbase.get("c-rice")
    desk.termbase.revise(concept)
    with pytest.raises(ConceptConflict, match=r"You \(Li\) changed the concept c-rice"):
        desk.termbase.revise(concept)
    with Desk.open(desk.path, "Chen") as other, pytest.raises(ConceptConflict, match="Li changed the concept"):
        other.termbase.revise(concept)


def test_a_name_gives_nobody_s_role(app, desk, monkeypatch):
    monkeypatch.setenv("WORKBENCH_USER", "Wang")
    desk.roles.put("Li", Role.ADMINISTRATOR)
    answer = browser_of(app, "Li").post("/mt/index")
    assert answer.status_code == 403
    assert "Wang has the role translator" in answer.text


def test_a_job_has_the_name_of_who_ordered_it_and_the_role_of_their_account(desk):
    desk.roles.put("Chen", Role.ADMINISTRATOR)
    with Desk.open(desk.path, "Chen", desk.resources, account="Wang") as ordering:
        job = ordering.jobs.get(ordering.jobs.add(IndexMemory()))
    assert (job.user, job.account) == ("Chen", "Wang")
    with Desk.open(desk.path, job.user, account=job.account) as working, pytest.raises(NotAllowed, match="Wang has"):
        working.require(Permission.EDIT)


def test_a_conflict_of_a_step_blames_nobody(desk, article):
    id, _ = desk.articles.add(article)
    bitext = begin_translation(desk, id, "zh-Hans")
    save_unit(desk, desk.bitexts.units(bitext)[0].id, 1, "实验室", confirm=True)
    with pytest.raises(Conflict, match="by somebody or in another tab of yours"):
        desk.undo_log.undo(bitext, 99)
