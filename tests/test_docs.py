"""The README and the contributing guide are true: their commands are run, and every command is in them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from workbench.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def transcript() -> list[tuple[str, str]]:
    """The commands of the README's console blocks with what they print, in order."""
    steps = re.split(r"^\$ ", "".join(BLOCK.findall(README)), flags=re.MULTILINE)[1:]
    return [(command, output) for command, _, output in (step.partition("\n") for step in steps)]


def test_the_transcript_of_the_readme_is_what_happens(tmp_path):
    """In one folder, one after the other, as the reader would type them."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    assert len(transcript()) > 8
    for command, output in transcript():
        done = subprocess.run(
            ["bash", "-c", command],  # noqa: S607
            cwd=tmp_path,
            env={**os.environ, "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.stdout == output, command


def commands(command: click.Command, name: str) -> list[str]:
    if isinstance(command, click.Group):
        return [path for part, inner in command.commands.items() for path in commands(inner, f"{name} {part}")]
    return [name]


@pytest.mark.parametrize("command", commands(main, "workbench"))
def test_every_command_is_in_the_readme(command):
    assert f"| `{command}" in README


def test_every_command_of_the_readme_exists():
    rows = re.findall(r"^\| `(workbench [a-z ]+)", README, flags=re.MULTILINE)
    known = commands(main, "workbench")
    assert [row for row in rows if not any(row.startswith(command) for command in known)] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_file_and_make_target_that_is_named_exists(document):
    text = (ROOT / document).read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", text)) - {"and"} <= targets
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []
