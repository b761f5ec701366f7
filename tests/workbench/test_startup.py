"""What is imported when: a command and a library load what they need, and no more."""

import subprocess
import sys

import click
import pytest

from workbench.cli import main

GROUPS = [main, *(command for command in main.commands.values() if isinstance(command, click.Group))]


def path_of(group: click.Group) -> list[str]:
    """What is typed after `workbench` to come to a group."""
    return [] if group is main else [str(group.name)]


def listing(group: click.Group, width: int) -> str:
    formatter = click.HelpFormatter(width=width)
    group.format_commands(click.Context(group), formatter)
    return formatter.getvalue()


def loaded_by(code: str) -> set[str]:
    """The modules that are there when a Python of its own has run some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('\\n' + ' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def of_package(name: str, modules: set[str]) -> list[str]:
    return sorted(module for module in modules if module == name or module.startswith(f"{name}."))


def test_the_memory_loads_no_reader_of_files_and_no_aligner():
    modules = loaded_by("import corpus.memory")
    assert "corpus.memory.store" in modules
    for package in ("corpus.intake", "corpus.alignment", "corpus.samples", "lxml", "pypdfium2"):
        assert of_package(package, modules) == []


def test_the_aligner_loads_no_reader_of_files():
    modules = loaded_by("import corpus.alignment")
    for package in ("corpus.intake", "lxml", "pypdfium2"):
        assert of_package(package, modules) == []


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_help_imports_no_command(group):
    arguments = [*path_of(group), "--help"]
    modules = loaded_by(f"from workbench.cli import main\nmain({arguments}, standalone_mode=False)")
    shared = ["workbench.cli", "workbench.cli.base", "workbench.cli.commands", "workbench.cli.lazy"]
    assert of_package("workbench.cli", modules) == shared
    for package in ("workbench.desk", "workbench.mt", "workbench.web", "flask", "lxml", "numpy", "sqlite_utils"):
        assert of_package(package, modules) == []


def test_a_command_imports_its_own_module_alone():
    modules = loaded_by("from workbench.cli import main\nmain(['roles', 'list', '--help'], standalone_mode=False)")
    assert "workbench.cli.roles" in modules
    assert {"workbench.cli.memory", "workbench.cli.service", "workbench.web", "flask"} & modules == set()


@pytest.mark.parametrize("width", [40, 80, 400])
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_help_says_of_a_command_what_its_own_help_begins_with(group, width):
    imported = click.Group(commands=dict(group.commands))
    assert listing(group, width) == listing(imported, width)


def test_the_groups_are_those_of_the_command_line():
    assert [group.name for group in GROUPS] == ["main", "bitext", "memory", "glossary", "mt", "roles"]
