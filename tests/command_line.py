"""For `make docs`: writes what `--help` says of every command into docs/command-line.md, below its head."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from workbench.cli import main

PAGE = Path(__file__).resolve().parents[1] / "docs" / "command-line.md"
MARK = "<!-- From here on made by `make docs` from the commands themselves. -->\n"
_WIDTH = 100


def commands(context: click.Context) -> Iterator[click.Context]:
    """Yields a command and, where it is a group, all that are in it, each in its context."""
    yield context
    if isinstance(context.command, click.Group):
        for name, command in context.command.commands.items():
            yield from commands(click.Context(command, context, name))


def page(old: str) -> str:
    """Returns the page anew: what stands in it by hand, then every command with its help."""
    by_hand, mark, _ = old.partition(MARK)
    width: dict[str, Any] = {"max_content_width": _WIDTH, "terminal_width": _WIDTH}
    top = click.Context(main, None, "workbench", **width, **main.context_settings)
    return by_hand + mark + "".join(map(_section, commands(top)))


def _section(context: click.Context) -> str:
    return f"\n## {context.command_path}\n\n```text\n{context.get_help()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
