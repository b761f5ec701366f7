"""The wheel works outside the checkout: installed into an empty environment, it makes and serves the demonstration.

The environment gets what the wheel's metadata asks for and nothing else, in the versions of constraints.txt, so this
needs the package index, as the installation does.
"""

import re
import subprocess
import sys
import tomllib
import urllib.request
import venv
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.present import present

ROOT = Path(__file__).resolve().parents[2]
CONSTRAINTS = ROOT / "constraints.txt"
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "-c", CONSTRAINTS, wheel]
    subprocess.run(install, check=True, capture_output=True)
    return folder / "venv"


def test_the_wheel_serves_the_demonstration(environment, tmp_path):
    workbench = environment / "bin" / "workbench"
    subprocess.run([workbench, "demo", "--no-serve"], cwd=tmp_path, check=True, capture_output=True)
    server = subprocess.Popen(
        [workbench, "--desk", "demo.db", "serve", "--port", "0"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    try:
        url = present(re.search(r"http://\S+", present(server.stderr).readline()))[0]
        assert "工作台" in fetch(url)
        assert "--paper" in fetch(f"{url}/static/css/tokens.css")
    finally:
        server.terminate()
        server.wait()
        present(server.stderr).close()


def fetch(url: str) -> str:
    request = urllib.request.Request(url, headers={"Accept-Language": "zh-CN"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return answer.read().decode()


def test_the_installation_is_small_and_without_what_was_ruled_out(environment):
    (packages,) = (environment / "lib").glob("python*/site-packages")
    size = sum(path.stat().st_size for path in packages.rglob("*") if path.is_file())
    assert size < 700 * MEGABYTE
    names = {path.name.split("-")[0].lower() for path in packages.glob("*.dist-info")}
    assert "argos_translate_lt" in names
    assert names & {"torch", "stanza", "spacy", "tensorflow", "sacrebleu", "rich"} == set()


def test_what_is_installed_for_the_tests_has_exact_versions():
    """`make constraints` writes them anew; none is a path of the machine that did."""
    lines = CONSTRAINTS.read_text("utf-8").splitlines()[1:]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!]+", line)] == []
    versions = {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for text in (*project["dependencies"], *project["optional-dependencies"]["test"]):
        requirement = Requirement(text)
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier, text


def test_what_the_extras_bring_is_tested():
    """But for the encoders, whose tests are left out where they are not installed."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for name in set(extras) - {"test", "labse"}:
        assert set(extras[name]) <= set(extras["test"])


def test_make_installs_by_the_constraints():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    installs = [line for line in makefile.splitlines() if line.startswith("\t$(BIN)/python -m pip install")]
    assert len(installs) == 3
    assert [line for line in installs if "--constraint constraints.txt" not in line] == []
