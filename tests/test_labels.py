"""What pages call the values of the workbench."""

import pytest
from flask_babel import force_locale

from corpus.bitexts.operations import ACTIONS
from glossary.concepts import ConceptState, Status
from glossary.recognition import TermResult
from glossary.sheets import COLUMNS
from glossary.termbase.log import LoggedAction
from workbench.jobs.handlers import HANDLERS
from workbench.web import create_app
from workbench.web.labels import LABELS, label


@pytest.mark.parametrize("kind", [kind for kind in LABELS if isinstance(kind, type)], ids=lambda kind: kind.__name__)
def test_every_member_of_an_enumeration_has_a_label(kind):
    assert set(LABELS[kind]) == set(kind)


@pytest.mark.parametrize(
    ("kind", "names"), [("job", {kind.kind for kind in HANDLERS}), ("step", ACTIONS), ("field", COLUMNS)]
)
def test_every_name_of_a_kind_has_a_label(kind, names):
    assert set(names) - set(LABELS[kind]) == set()


def test_members_of_the_same_value_have_labels_of_their_own(desk):
    app = create_app(desk.path)
    with app.test_request_context():
        assert label(Status.DEPRECATED) == "deprecated"
        assert label(TermResult.DEPRECATED) == "translated with a deprecated term"
        with force_locale("zh_Hans"):
            assert label(ConceptState.PROPOSED) == "已提议"
            assert label(LoggedAction.COMMENTED) == "评论"


def test_what_has_no_label_goes_by_its_own_name(desk):
    with create_app(desk.path).test_request_context():
        assert label("another program", "memory origin") == "another program"
        assert label(None) == ""
