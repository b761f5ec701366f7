"""The command line: one face over the desk.

Results go to standard output, progress and messages to standard error. Exit 0: done; 1: failed, with one line that
says why; 2: wrong usage.
"""

from workbench.cli.base import main
from workbench.cli.bitext import bitext
from workbench.cli.candidates import propose
from workbench.cli.corpus import align, articles, intake, segment
from workbench.cli.glossary import glossary, terms
from workbench.cli.memory import memory
from workbench.cli.mt import mt
from workbench.cli.pairs import pair
from workbench.cli.pretranslate import pretranslate
from workbench.cli.roles import roles
from workbench.cli.service import demo, init, serve

for _command in (
    init, demo, serve, intake, articles, segment, align, pair, bitext, pretranslate, memory, glossary, terms, mt, roles
):  # fmt: skip
    main.add_command(_command)
glossary.add_command(propose)

__all__ = ["main"]
