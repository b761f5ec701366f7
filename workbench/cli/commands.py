"""All commands by name, each with the first sentence of its help.

The modules they are in are imported when one is called, so that help comes at once.
"""

import sqlite3
from pathlib import Path
from typing import Any

import click

from corpus.text.messages import UserError
from workbench import __version__
from workbench.cli.base import Failure
from workbench.cli.lazy import Lazy, LazyGroup


class Main(LazyGroup):
    """A group that turns the failures a user can do something about into a line and exit 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            raise Failure(str(error)) from None
        except sqlite3.DatabaseError as error:
            # Imported here, as below: help needs no database.
            from workbench.stores.database import explained

            failure = explained(error, ctx.obj)
            if failure is None:
                raise
            raise Failure(str(failure)) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:
            from workbench.stores.database import damaged

            # A defect of ours, or a desk in which something stands that nobody wrote.
            failure = damaged(ctx.obj) if ctx.obj and ctx.obj.is_file() else None
            if failure is None:
                raise
            raise Failure(str(failure)) from None


_COMMANDS = {
    "init": Lazy("service", "init", "Make a new desk with the starter term base."),
    "demo": Lazy(
        "service",
        "demo",
        "Make a demonstration desk with sample articles, demo.db or the one that --desk names, and serve it.",
    ),
    "serve": Lazy("service", "serve", "Serve the desk to a browser on this machine until Ctrl+C."),
    "intake": Lazy("corpus", "intake", "Bring files into the desk as articles."),
    "articles": Lazy("corpus", "articles", "List the articles of the desk."),
    "segment": Lazy(
        "corpus", "segment", "Print the sentences of a file, one a line, with a blank line between paragraphs."
    ),
    "align": Lazy("corpus", "align", "Align the sentences of two files that say the same thing in two languages."),
    "pair": Lazy(
        "pairs", "pair", "Propose which text files of two folders belong together, with the probability that they do."
    ),
    "pretranslate": Lazy(
        "pretranslate",
        "pretranslate",
        "Fill the empty units of bitexts (their numbers), or of the translations of all files in a folder.",
    ),
    "statistics": Lazy(
        "statistics",
        "statistics",
        "Count the units and words (of Chinese: characters) of bitexts, by their numbers, by match rate.",
    ),
    "terms": Lazy("glossary", "terms", "Print which terms of the term base stand in a file, and where."),
}
_BITEXT = {
    "list": Lazy("bitext", "list_", "List the bitexts of the desk, the newest first."),
    "export": Lazy(
        "bitext",
        "export",
        "Write the bitext ID as what the ending says: .xlf and .tmx for programs, .docx, .html and .txt to be read.",
    ),
    "import": Lazy(
        "bitext",
        "import_",
        "Take over what was changed in an XLIFF file or Word table of the bitext ID; what both sides changed is left.",
    ),
}
_MEMORY = {
    "import": Lazy("memory", "import_", "Bring the units of a TMX file into the memory."),
    "export": Lazy("memory", "export", "Write the memory as a TMX file."),
    "lookup": Lazy("memory", "lookup", "Print the memory's matches for a sentence, exact and similar ones."),
    "search": Lazy(
        "memory", "search", "Print the units that TEXT stands in, any part of either side, the place in brackets."
    ),
    "collections": Lazy(
        "memory",
        "collections",
        "Print the memory's collections; with NAME, first make that one, or give it another priority and flag.",
    ),
    "stats": Lazy("memory", "stats", "Print how many units the memory has, by languages and origin."),
}
_GLOSSARY = {
    "import": Lazy("glossary", "import_", "Bring the concepts of a TBX, CSV or XLSX file into the term base."),
    "export": Lazy("glossary", "export", "Write the term base as a TBX, CSV or XLSX file."),
    "check": Lazy(
        "glossary",
        "check",
        "Check the terms of a bitext (its number) or a TBX file, and exit with 1 where something is wrong.",
    ),
    "find": Lazy("glossary", "find", "Print the concepts with a term that holds TEXT, in any language."),
    "candidates": Lazy(
        "candidates",
        "propose",
        "Propose terms from the confirmed units of a bitext (its number) or from a TMX file, the most termlike first.",
    ),
}
_MT = {
    "list": Lazy("mt", "list_", "List the installed packages and models, and the server in use if there is one."),
    "available": Lazy("mt", "available", "List the packages that the index on the network offers."),
    "install": Lazy("mt", "install", "Install a package from the network (en zh), or from a file (FILE.argosmodel)."),
    "remove": Lazy("mt", "remove", "Remove the package from SOURCE to TARGET, such as en zh."),
    "translate": Lazy("mt", "translate", "Translate the sentences of FILE or of standard input, one a line."),
    "evaluate": Lazy(
        "mt",
        "evaluate",
        "Translate the units of FILE.tmx without terms, with terms and with random ones, and compare with their "
        "targets.",
    ),
}
_ROLES = {
    "list": Lazy("roles", "list_", "List who has which role."),
    "set": Lazy("roles", "set_", "Give the user NAME a ROLE; the first one is the administrator's."),
    "remove": Lazy("roles", "remove", "Take the role of the user NAME away."),
}


@click.group(cls=Main, commands=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="workbench")
@click.option(
    "--desk",
    "desk_path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="WORKBENCH_DESK",
    default=Path("desk.db"),
    show_default=True,
    help="The desk to work on: one SQLite file. Also: WORKBENCH_DESK.",
)
@click.pass_context
def main(ctx: click.Context, desk_path: Path) -> None:
    """Translate, align and keep the terms of science and technology news, offline."""
    ctx.obj = desk_path


@main.group(cls=LazyGroup, commands=_BITEXT)
def bitext() -> None:
    """Bitexts: list them, write one to be edited elsewhere, take it back."""


@main.group(cls=LazyGroup, commands=_MEMORY)
def memory() -> None:
    """The translation memory: import, export, lookup, search, collections, stats."""


@main.group(cls=LazyGroup, commands=_GLOSSARY)
def glossary() -> None:
    """The term base: import, export, check, find."""


@main.group(cls=LazyGroup, commands=_MT)
def mt() -> None:
    """Offline machine translation: list, available, install, remove, translate, evaluate."""


@main.group(cls=LazyGroup, commands=_ROLES)
def roles() -> None:
    """Roles: who may do what with the term base. As long as nobody has one, everybody may do everything."""
