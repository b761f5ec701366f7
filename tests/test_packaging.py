"""The wheel works outside the checkout: installed into an empty environment, it makes and serves the demonstration.

The environment gets what the wheel's metadata asks for and nothing else, so this needs the package index, as the
installation does.
"""

import re
import subprocess
import sys
import urllib.request
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", wheel]
    subprocess.run(install, check=True, capture_output=True)
    return folder / "venv"


def test_the_wheel_serves_the_demonstration(environment, tmp_path):
    workbench = environment / "bin" / "workbench"
    subprocess.run([workbench, "demo", "--no-serve"], cwd=tmp_path, check=True, capture_output=True)
    server = subprocess.Popen(
        [workbench, "--desk", "demo.db", "serve", "--port", "0"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    try:
        url = re.search(r"http://\S+", server.stderr.readline())[0]
        assert "工作台" in fetch(url)
        assert "--paper" in fetch(f"{url}/static/workbench.css")
    finally:
        server.terminate()
        server.wait()
        server.stderr.close()


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
