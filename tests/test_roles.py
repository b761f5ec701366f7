"""Roles: who may do what with the term base, on the pages and on the command line."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from glossary.concepts import Concept, Term
from workbench.desk import Desk
from workbench.errors import CannotGiveRole, NotAllowed
from workbench.roles import ALLOWED, Permission, Role
from workbench.web import create_app
from workbench.web.permissions import NEEDED

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


def test_each_role_may_do_what_those_before_it_may():
    roles = list(Role)
    assert all(ALLOWED[less] < ALLOWED[more] for less, more in pairwise(roles))
    assert ALLOWED[Role.ADMINISTRATOR] == set(Permission)


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


def test_every_page_that_changes_the_term_base_or_the_packages_needs_a_permission(app):
    changing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in ("terms", "candidates", "packages") and rule.methods - READING
    }
    assert changing <= NEEDED.keys()
    assert NEEDED.keys() <= app.view_functions.keys()


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("endpoint", NEEDED)
def test_a_page_is_refused_where_the_role_does_not_allow_it(app, client, desk, endpoint, role):
    desk.roles.put("Li", Role.ADMINISTRATOR)
    if role:
        desk.roles.put("Wang", role)
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    method = min(rule.methods - {"HEAD", "OPTIONS"})
    with app.test_request_context():
        path = app.url_for(endpoint, uid="c-rice", sent="x", id=1, number=0)
    answer = client.open(path.partition("?")[0], method=method)
    refused = NEEDED[endpoint] not in ALLOWED[role or Role.TRANSLATOR]
    assert (answer.status_code == 403) is refused
    assert ("ask Li for another role" in answer.text) is refused


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
        desk._db.execute("DELETE FROM roles")


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
