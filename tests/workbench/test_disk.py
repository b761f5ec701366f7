"""A disk that is full, and a file that is damaged: one sentence, and what can be read is read."""

import random
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossary import STARTER
from tests.present import present
from workbench.cli import main
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.services.termbase_files import import_terms
from workbench.services.unit_editing import save_unit
from workbench.web import create_app


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command: list[str | Path] = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder]
    mounted = subprocess.run(command, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)  # noqa: S607


@pytest.fixture
def path(small_disk: Path, article) -> Path:
    path = small_disk / "desk.db"
    with Desk.create(path) as desk:
        id, _ = desk.articles.add(article)
        begin_translation(desk, id, "zh-Hans")
    return path


def fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        for size in (65536, 4096, 1):
            try:
                while True:
                    stream.write(b"x" * size)
            except OSError:
                pass
    return ballast


def run(path: Path, *command: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--desk", str(path), *map(str, command)])
    return result.exit_code, result.output


def test_an_idle_desk_on_a_full_disk_is_read_and_said_not_to_be_written(path: Path, small_disk: Path):
    """Nobody has it open, so that there is no room for the files that SQLite lays beside it."""
    ballast = fill(small_disk)
    client = create_app(path).test_client()
    assert "Lab Opens" in client.get("/").text
    assert "It studies rice." in client.get("/bitexts/1?page=1").text
    answer = client.post(
        "/bitexts/1/units/1", data={"text": "实验室", "version": 1}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 500
    assert "room on its disk" in present(answer.json)["message"]
    assert run(path, "articles")[0] == 0
    code, said = run(path, "glossary", "import", STARTER)
    assert code == 1
    assert said.count("\n") == 1
    assert "room on its disk" in said
    ballast.unlink()
    assert client.post("/bitexts/1/units/1", data={"text": "实验室", "version": 1}).status_code == 303
    with Desk.open(path) as desk:
        assert desk.bitexts.unit(1).target == ("实验室",)


def test_a_desk_that_is_open_on_a_full_disk_says_so_and_stays_whole(path: Path, small_disk: Path):
    with Desk.open(path) as desk:
        unit = save_unit(desk, 1, 1, "实验室", confirm=False)
        ballast = fill(small_disk)
        client = create_app(path).test_client()
        assert "实验室" in client.get("/bitexts/1?page=1").text
        answer = client.post("/bitexts/1/units/2", data={"text": "长" * 20_000, "version": 1})
        assert answer.status_code == 500
        assert "The disk is full" in answer.text
        code, said = run(path, "glossary", "import", STARTER)
        assert (code, said.count("\n")) == (1, 1)
        assert "The disk is full" in said
        ballast.unlink()
        assert desk.bitexts.unit(2).target == ()
        assert desk.bitexts.unit(1) == unit
        assert desk.termbase.count() == (0, 0)
        assert client.post("/bitexts/1/units/2", data={"text": "联合实验室", "version": 1}).status_code == 303


def test_a_desk_that_may_not_be_written_is_read(path: Path, tmp_path: Path):
    """As from a disk that is mounted to read alone."""
    folder = path.parent
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)  # noqa: S607
    try:
        assert run(path, "articles")[0] == 0
        code, said = run(path, "glossary", "import", STARTER)
        assert (code, "cannot be written" in said) == (1, True)
    finally:
        subprocess.run(["mount", "-o", "remount,rw", folder], check=True)  # noqa: S607


COMMANDS = [
    ["articles"],
    ["bitext", "list"],
    ["glossary", "check", "1"],
    ["glossary", "find", "rice"],
    ["glossary", "export", "-"],
    ["memory", "stats"],
    ["memory", "lookup", "It studies rice."],
    ["memory", "export", "-"],
]


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_desk_is_a_line_and_no_traceback(tmp_path: Path, article, seed: int):
    path = tmp_path / "desk.db"
    with Desk.create(path) as desk:
        id, _ = desk.articles.add(article)
        begin_translation(desk, id, "zh-Hans")
        import_terms(desk, STARTER)
        save_unit(desk, 3, 1, "它研究水稻。", confirm=True)
    data = bytearray(path.read_bytes())
    chance = random.Random(seed)  # noqa: S311
    # Whole pages, as a failing disk loses them; never the first one.
    for _ in range(len(data) // 4096 // 3):
        page = chance.randrange(1, len(data) // 4096)
        data[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
    path.write_bytes(data)
    client = create_app(path).test_client()
    said = []
    for command in COMMANDS:
        result = CliRunner().invoke(main, ["--desk", str(path), *command])
        assert result.exit_code in (0, 1), command
        if result.exit_code == 1:
            said.append(result.stderr)
    for address in ("/", "/bitexts/1?page=1", "/terms/?q=rice", "/memory/search?q=rice"):
        answer = client.get(address)
        assert "Something went wrong in the workbench itself" not in answer.text
        if answer.status_code == 500:
            said.append(answer.text)
    assert said
    assert all("is damaged: restore it from a backup" in line for line in said)


def test_a_desk_with_tables_of_a_newer_version_is_left_alone(tmp_path: Path):
    path = tmp_path / "desk.db"
    Desk.create(path).close()
    for change in (
        "CREATE TABLE accounts (name TEXT)",
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('workbench.accounts', 'create', '')",
    ):
        with sqlite3.connect(path) as db:
            db.execute(change)
        code, said = run(path, "articles")
        assert (code, "newer version of the workbench" in said) == (1, True)
        with sqlite3.connect(path) as db:
            db.execute("DROP TABLE IF EXISTS accounts")
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE migration_set = 'workbench.accounts'")
        db.execute("ANALYZE")
    assert run(path, "articles")[0] == 0
