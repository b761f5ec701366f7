"""The documents' console blocks: commands with what they print, run in a folder as their reader would type them."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    *(
        ROOT / name
        for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "corpus/README.md", "glossary/README.md")
    ),
    *sorted((ROOT / "docs").glob("*.md")),
]
"""What the tests hold to be true: what a reader finds at the top, the READMEs of the libraries, the handbook."""

TUTORIAL = ROOT / "docs" / "tutorial.md"

_STEP = re.compile(r"```console\n(?P<block>.*?)```|<!-- in the browser: (?P<browser>\w+) -->", re.DOTALL)


def steps(text: str) -> list[tuple[str, str]]:
    """The steps of a document in order: a command and its output, or what is done in the browser and nothing."""
    found = []
    for step in _STEP.finditer(text):
        if step["browser"]:
            found.append((step["browser"], ""))
            continue
        for command in re.split(r"^\$ ", step["block"], flags=re.MULTILINE)[1:]:
            typed, _, output = command.partition("\n")
            found.append((f"$ {typed}", output))
    return found


def run(text: str, folder: Path, browser: Mapping[str, Callable[[], None]] | None = None) -> None:
    """Does the steps of a document in a folder, and compares what each command prints with the document."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for step, output in steps(text):
        if not step.startswith("$ "):
            (browser or {})[step]()
            continue
        done = subprocess.run(
            ["bash", "-c", step.removeprefix("$ ")],  # noqa: S607
            cwd=folder,
            env={**os.environ, "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.stdout == output, step
