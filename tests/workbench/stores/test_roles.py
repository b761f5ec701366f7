"""Roles: who may do what with translations and the term base, on the pages and on the command line."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from glossary import STARTER
from glossary.concepts import Concept, ConceptState, Status, Term
from workbench.desk import Desk
from workbench.errors import CannotGiveRole, NotAllowed
from workbench.services import concept_editing, mt_engines, role_giving, termbase_files
from workbench.stores.roles import ALLOWED, Permission, Role
from workbench.web import create_app

WORKBENCH = Path(sys.executable).with_name("workbench")
# Asking for these writes nothing.
READING = {"GET", "HEAD", "OPTIONS"}


def run(desk: Desk, user: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [WORKBENCH, "--desk", desk.path, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"WORKBENCH_USER": user, "PATH": ""},
    )


@pytest.fixture
def app(desk):
    return create_app(desk.path, {"TESTING": True})


@pytest.fixture
def client(app, desk, monkeypatch):
    """A browser of Wang's, who has the role that a test gives; Li is the administrator."""
    monkeypatch.setenv("WORKBENCH_USER", "Wang")
    desk.termbase.add(Concept("c-rice", (Term("en", "rice"), Term("zh-Hans", "水稻"))))
    return app.test_client()


def test_without_roles_everybody_may_do_everything(desk):
    assert desk.role is Role.ADMINISTRATOR
    for permission in Permission:
        desk.require(permission)


def test_with_roles_whoever_has_none_is_a_translator(desk):
    desk.roles.put(" Wang ", Role.ADMINISTRATOR)
    assert desk.role is Role.TRANSLATOR
    desk.require(Permission.PROPOSE)
    with pytest.raises(NotAllowed, match="Li has the role translator and may not edit concepts: ask Wang for another"):
        desk.require(Permission.EDIT)


# Who may do what, written down by hand: translator, reviser, terminologist, manager, administrator; x is allowed.
MATRIX = """
terms.new                x x x x x
terms.add                x x x x x
terms.comment            x x x x x
candidates.take          x x x x x
candidates.accept        x x x x x
terms.edit               - x x x x
terms.save               - x x x x
terms.decide             - - x x x
terms.restore            - - x x x
terms.merge              - - x x x
terms.split              - - x x x
terms.change_selection   - - x x x
terms.upload             - - x x x
terms.send               - - x x x
terms.look               - - x x x
terms.preview            - - x x x
terms.take_in            - - x x x
terms.change_subjects    - - x x x
terms.change_settings    - - - x x
desk.change_settings     - - - x x
review.judge             - x x x x
review.approve_seen      - x x x x
review.finalise          - x x x x
packages.fetch           - - - x x
packages.install         - - - x x
packages.send            - - - x x
packages.remove          - - - x x
"""
ROLES = ("translator", "reviser", "terminologist", "manager", "administrator")
PAGES = [
    (endpoint, role, mark == "x")
    for endpoint, *marks in map(str.split, MATRIX.strip().splitlines())
    for role, mark in zip(ROLES, marks, strict=True)
]
PERMISSIONS = """
propose    x x x x x
comment    x x x x x
approve    - x x x x
edit       - x x x x
review     - - x x x
arrange    - - x x x
bulk       - - x x x
import     - - x x x
subjects   - - x x x
settings   - - - x x
engines    - - - x x
roles      - - - - x
"""


def test_the_roles_allow_what_they_should():
    allowed = {
        permission: [role for role, mark in zip(ROLES, marks, strict=True) if mark == "x"]
        for permission, *marks in map(str.split, PERMISSIONS.strip().splitlines())
    }
    assert {
        permission.value: [role.value for role in Role if permission in ALLOWED[role]] for permission in Permission
    } == (allowed)


def test_an_administrator_remains(desk):
    with pytest.raises(CannotGiveRole, match="Nobody would be an administrator"):
        desk.roles.put("Wang", Role.REVISER)
    desk.roles.put("Li", Role.ADMINISTRATOR)
    for take_away in (lambda: desk.roles.remove("Li"), lambda: desk.roles.put("Li", Role.MANAGER)):
        with pytest.raises(CannotGiveRole):
            take_away()
    assert desk.roles.all() == {"Li": Role.ADMINISTRATOR}
    desk.roles.put("Wang", Role.ADMINISTRATOR)
    desk.roles.remove("Li")
    assert desk.roles.all() == {"Wang": Role.ADMINISTRATOR}


@pytest.mark.parametrize("name", ["", "Zhao"])
def test_a_name_that_nobody_has_is_said(desk, name):
    with pytest.raises(CannotGiveRole):
        desk.roles.remove(name)
    with pytest.raises(CannotGiveRole):
        desk.roles.put("  ", Role.REVISER)


def test_every_page_that_changes_the_term_base_or_the_packages_is_in_the_matrix(app):
    changing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in ("terms", "candidates", "packages") and rule.methods - READING
    }
    assert changing <= {endpoint for endpoint, _, _ in PAGES}
    assert {endpoint for endpoint, _, _ in PAGES} <= app.view_functions.keys()


@pytest.mark.parametrize(("endpoint", "role", "allowed"), PAGES)
def test_a_page_is_refused_where_the_role_does_not_allow_it(app, client, desk, endpoint, role, allowed):
    desk.roles.put("Li", Role.ADMINISTRATOR)
    desk.roles.put("Wang", Role(role))
    answer = ask_for(app, client, endpoint)
    assert (answer.status_code != 403) is allowed
    assert ("ask Li for another role" not in answer.text) is allowed


@pytest.mark.parametrize(("endpoint", "role", "allowed"), [page for page in PAGES if page[1] == "translator"])
def test_who_has_no_role_is_refused_as_a_translator_is(app, client, desk, endpoint, role, allowed):
    desk.roles.put("Li", Role.ADMINISTRATOR)
    assert (ask_for(app, client, endpoint).status_code != 403) is allowed


def ask_for(app, client, endpoint: str):
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    with app.test_request_context():
        path = app.url_for(endpoint, uid="c-rice", sent="x", id=1, number=0, unit=1)
    return client.open(path.partition("?")[0], method=min(rule.methods - {"HEAD", "OPTIONS"}))


def test_what_is_not_allowed_is_not_offered(client, desk):
    for path, offered in {
        "/terms/": "/terms/selection",
        "/terms/c-rice": "/terms/c-rice/decide",
        "/terms/coverage": "/terms/subjects",
        "/mt/": "/mt/send",
    }.items():
        assert offered in client.get(path).text
        desk.roles.put("Li", Role.ADMINISTRATOR)
        assert offered not in client.get(path).text
        desk.db.execute("DELETE FROM roles")


def test_a_refusal_speaks_the_language_of_the_page(client, desk):
    desk.roles.put("<b>Li</b>", Role.ADMINISTRATOR)
    answer = client.post("/terms/c-rice/edit", headers={"Accept-Language": "zh-CN"})
    assert "Wang" in answer.text
    assert "译者" in answer.text
    assert "&lt;b&gt;Li&lt;/b&gt;" in answer.text


def test_roles_on_the_command_line(desk, tmp_path):
    assert "everybody may do everything" in run(desk, "Li", "roles", "list").stderr
    assert run(desk, "Li", "roles", "set", "Wang", "translator").returncode == 1
    assert run(desk, "Li", "roles", "set", "Li", "administrator").returncode == 0
    assert run(desk, "Li", "roles", "set", "Wang", "terminologist").returncode == 0
    assert run(desk, "Li", "roles", "list").stdout == "Li\tadministrator\nWang\tterminologist\n"
    assert run(desk, "Wang", "roles", "remove", "Li").returncode == 1
    assert run(desk, "Li", "roles", "remove", "Wang").returncode == 0
    sheet = tmp_path / "terms.csv"
    sheet.write_text("en,zh-Hans\nrice,水稻\n", "utf-8")
    refused = run(desk, "Wang", "glossary", "import", str(sheet))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Wang has the role translator and may not import terms: ask Li for another role." in refused.stderr
    assert run(desk, "Li", "glossary", "import", str(sheet)).returncode == 0


# What each use case needs at least, written down by hand: whoever calls it, a page, a command or a job.
USE_CASES: dict[str, list[Callable[[Desk], object]]] = {
    "reviser": [lambda desk: concept_editing.revise_concept(desk, Concept("c-rice", (Term("en", "paddy"),)))],
    "terminologist": [
        lambda desk: concept_editing.decide_on_concept(desk, "c-rice", 1, ConceptState.APPROVED),
        lambda desk: concept_editing.restore_concept(desk, "c-rice", 1, 1),
        lambda desk: concept_editing.merge_concepts(desk, "c-rice", 1, "c-other"),
        lambda desk: concept_editing.split_concept(desk, "c-rice", 1, [0]),
        lambda desk: concept_editing.decide_on_concepts(desk, ["c-rice"], ConceptState.APPROVED),
        lambda desk: concept_editing.set_subject(desk, ["c-rice"], "food"),
        lambda desk: concept_editing.set_status(desk, ["c-rice"], "en", Status.ADMITTED),
        lambda desk: concept_editing.put_subject(desk, "food"),
        lambda desk: concept_editing.rename_subject(desk, "food", "crops"),
        lambda desk: concept_editing.remove_subject(desk, "food"),
        lambda desk: termbase_files.import_terms(desk, STARTER),
        lambda desk: termbase_files.preview_terms(desk, STARTER, "starter.tbx"),
    ],
    "manager": [
        lambda desk: concept_editing.review_after_edit(desk, False),
        lambda desk: mt_engines.install_package(desk, "en", "zh"),
        lambda desk: mt_engines.install_package_file(desk, STARTER),
        lambda desk: mt_engines.remove_package(desk, "en", "zh"),
        lambda desk: mt_engines.fetch_index(desk),
    ],
    "administrator": [
        lambda desk: role_giving.give_role(desk, "Zhao", Role.REVISER),
        lambda desk: role_giving.take_role(desk, "Wang"),
    ],
}


@pytest.mark.parametrize("least", USE_CASES)
def test_a_use_case_is_refused_below_the_role_that_it_needs(desk, least):
    desk.termbase.add(Concept("c-rice", (Term("en", "rice"),)))
    desk.roles.put("Wang", Role.ADMINISTRATOR)
    desk.roles.put("Li", Role(ROLES[ROLES.index(least) - 1]))
    for use_case in USE_CASES[least]:
        with pytest.raises(NotAllowed, match="Li has the role"):
            use_case(desk)
    assert (desk.termbase.count(), desk.termbase.get("c-rice").version) == ((1, 1), 1)


def test_what_a_role_allows_is_done(desk):
    desk.roles.put("Wang", Role.ADMINISTRATOR)
    desk.roles.put("Li", Role.TERMINOLOGIST)
    concept_editing.propose_concept(desk, Concept("c-rice", (Term("en", "rice"),)))
    concept_editing.comment_on_concept(desk, "c-rice", "Which rice?")
    concept_editing.set_subject(desk, ["c-rice"], "food")
    assert desk.termbase.get("c-rice").subject == "food"
    assert [entry.text for entry in desk.termbase.log.of("c-rice")] == ["Which rice?"]
