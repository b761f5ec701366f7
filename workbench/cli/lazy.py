"""Groups that import a command when it is called: `--help` needs no more than the names and summaries of commands."""

from collections import UserDict
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class Lazy(click.Command):
    """A command before it is imported: its module, its name there, and its help's first sentence."""

    def __init__(self, module: str, name: str, summary: str) -> None:
        super().__init__(None, help=summary)
        self._module = module
        self._name = name

    def load(self) -> click.Command:
        """Returns the command itself."""
        command: click.Command = getattr(import_module(f"workbench.cli.{self._module}"), self._name)
        return command


class _Commands(UserDict[str, click.Command]):
    """Commands by name; one that is lazy is imported when it is looked up."""

    def __getitem__(self, name: str) -> click.Command:
        command = self.data[name]
        return command.load() if isinstance(command, Lazy) else command


class LazyGroup(click.Group):
    """A group of commands, some of them lazy; its help imports none."""

    def __init__(
        self, name: str | None = None, commands: Mapping[str, click.Command] | None = None, **attributes: Any
    ) -> None:
        self._commands = _Commands(commands or {})
        super().__init__(name, self._commands, **attributes)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Group(commands=self._commands.data).format_commands(ctx, formatter)
