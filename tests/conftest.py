"""What many tests need: an empty desk, a small article, the real data beside the project."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from corpus.articles import Article, Paragraph
from tests.encoders import ENCODERS
from workbench.desk import Desk
from workbench.resources import Resources

# No test has a time limit: machines are busy now and then.
settings.register_profile("workbench", deadline=None)
settings.load_profile("workbench")

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(autouse=True)
def translation_packages(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home for translation packages of the test's own, empty: no test sees or changes what a user has installed."""
    for name in [
        name for name in os.environ if name.startswith(("ARGOS_", "SNAP", "WORKBENCH_FIREFOX", "WORKBENCH_LIBRE"))
    ]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("user") / "home"
    for kind in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(home / "packages"))
    forget_argostranslate()
    yield home / "packages"
    forget_argostranslate()


def forget_argostranslate() -> None:
    """It reads its settings when it is imported."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "argostranslate"]:
        del sys.modules[name]


@pytest.fixture
def desk(tmp_path: Path):
    resources = Resources()
    resources.encoders = ENCODERS
    with Desk.create(tmp_path / "desk.db", "Li", resources) as desk:
        yield desk


@pytest.fixture
def shared() -> Path:
    """The folder with real input and evaluation data, which a user's clone has not."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not part of the project")
    return SHARED


@pytest.fixture
def article() -> Article:
    return Article(
        language="en",
        title="Lab Opens",
        paragraphs=(
            Paragraph(("Lab Opens",), "title"),
            Paragraph(("A joint laboratory opened.", "It studies rice.")),
        ),
    )
