"""A real server over a desk of its own, and Debian's Chromium to look at it with."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.present import present
from workbench.services import demo

# Machines are busy now and then: what a page comes to counts, and not how soon.
_PATIENCE = 120_000  # ms
expect.set_options(timeout=_PATIENCE)

WORKBENCH = Path(sys.executable).with_name("workbench")
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves the browser tests out only where WORKBENCH_NO_BROWSER=1 says so; else a missing Chromium is a failure."""
    if os.environ.get("WORKBENCH_NO_BROWSER") != "1":
        return
    skip = pytest.mark.skip(reason="WORKBENCH_NO_BROWSER=1: no browser tests")
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {
        "executable_path": shutil.which("chromium"),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    }


@pytest.fixture(scope="session")
def demo_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    demo.build(folder / "demo.db", folder / "demo.tmx")
    return folder / "demo.db"


@pytest.fixture
def desk_path(demo_desk: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration desk, a new one for each test."""
    return Path(shutil.copy(demo_desk, tmp_path / "demo.db"))


@pytest.fixture
def serve(desk_path: Path) -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """Starts a server over the desk, or over another one, and says its process and its address; ends with the test."""
    with ExitStack() as served:
        yield lambda path=desk_path: served.enter_context(_served(path))


@contextmanager
def _served(desk_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [WORKBENCH, "--desk", desk_path, "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "WORKBENCH_USER": "Li"},
    )
    yield process, present(re.search(r"http://[\d.:]+", present(process.stderr).readline()))[0]
    process.terminate()
    process.wait()
    present(process.stderr).close()


@pytest.fixture(scope="session")
def unchanged(demo_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server for all tests that change nothing."""
    path = Path(shutil.copy(demo_desk, tmp_path_factory.mktemp("unchanged") / "demo.db"))
    with _served(path) as (_, address):
        yield address


@pytest.fixture
def url(serve: Callable[[], tuple[subprocess.Popen[str], str]]) -> str:
    """The address of a server over the desk."""
    return serve()[1]


@pytest.fixture
def english(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, "en-US")


@pytest.fixture
def chinese(browser: Browser) -> Iterator[Page]:
    yield from _page(browser, "zh-CN")


def _page(browser: Browser, locale: str) -> Iterator[Page]:
    """A page that fails its test if a script fails on it."""
    context = browser.new_context(locale=locale)
    context.set_default_timeout(_PATIENCE)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
