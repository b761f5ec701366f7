"""The floors of quality are read by tests, are about data that are there, and are not lowered by the way."""

import re
import subprocess
from pathlib import Path

import floors
import pytest
from floors import FILE, ROOT

KNOWN = floors.read((ROOT / FILE).read_text("utf-8"))
ROW = """[{name}]
measure = "how many are right"
data = ["data/*.txt"]
digest = "{digest}"
floor = {floor}
command = "python tests/bench/alignment.py"
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two floors over a file of data."""
    for folder in ("tests", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "data" / "gold.txt").write_text("gold")
    digest = floors.digest(tmp_path, ["data/*.txt"])
    write(tmp_path, *(ROW.format(name=name, digest=digest, floor=0.9) for name in ("first", "second")))
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Set floors"]):
        identity = ["-c", "user.name=Li", "-c", "user.email=li@example.org"]
        subprocess.run(["git", *identity, *command], cwd=tmp_path, check=True)  # noqa: S607
    return tmp_path


def write(root: Path, *rows: str) -> None:
    (root / FILE).write_text("# The floors.\n\n" + "\n".join(rows))


def change(root: Path, old: str, new: str) -> None:
    text = (root / FILE).read_text()
    assert old in text
    (root / FILE).write_text(text.replace(old, new, 1))


def test_floors_that_stay_or_rise_pass(repository, capsys):
    assert floors.main([], repository) == 0
    change(repository, "0.9", "0.95")
    assert (floors.main([], repository), capsys.readouterr().err) == (0, "")


def test_a_lower_floor_is_refused_unless_it_is_meant(repository, capsys):
    change(repository, "0.9", "0.85")
    assert floors.main([], repository) == 1
    assert capsys.readouterr().err == "first: 0.9 was lowered to 0.85; --lower if that is meant\n"
    assert floors.main(["--lower"], repository) == 0


def test_a_floor_that_is_gone_is_refused_unless_it_is_meant(repository, capsys):
    write(repository, (repository / FILE).read_text().partition("\n[second]")[0])
    assert floors.main([], repository) == 1
    assert capsys.readouterr().err == "second: 0.9 is gone; --lower if that is meant\n"
    assert floors.main(["--lower"], repository) == 0


def test_changed_data_are_said_until_their_digests_are_written(repository, capsys):
    (repository / "data" / "gold.txt").write_text("silver")
    assert floors.main(["--lower"], repository) == 1
    assert capsys.readouterr().err.splitlines() == [
        "first: its data have changed: measure anew, then --digests",
        "second: its data have changed: measure anew, then --digests",
    ]
    assert floors.main(["--digests"], repository) == 0
    assert floors.main([], repository) == 0


def test_data_that_are_not_there_are_no_change(repository):
    (repository / "data" / "gold.txt").unlink()
    assert floors.main([], repository) == 0


def test_the_floors_are_about_the_data_as_they_are():
    assert floors.moved(ROOT, KNOWN) == {}
    own = [pattern for each in KNOWN.values() for pattern in each.data if not pattern.startswith("../shared/")]
    assert [pattern for pattern in own if not list(ROOT.glob(pattern))] == []


def test_every_floor_is_read_by_a_test():
    """By its name, or by what the name begins with where a test is for several."""
    tests = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    read = {name for text in tests for name in re.findall(r'\bfloor\(\s*f?"([^"]+)"\s*\)', text)}
    patterns = [re.compile(re.sub(r"\{[^}]*\}", r"\\w+", name)) for name in read]
    assert [name for name in KNOWN if not any(pattern.fullmatch(name) for pattern in patterns)] == []


def test_every_command_exists():
    files = [file for each in KNOWN.values() for file in re.findall(r"tests/\S+\.py", each.command)]
    assert [file for file in files if not (ROOT / file).is_file()] == []
