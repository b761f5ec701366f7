"""The command line: one face over the desk.

Results go to standard output, progress and messages to standard error. Exit 0: done; 1: failed, with one line that
says why; 2: wrong usage.
"""

from workbench.cli.commands import main

__all__ = ["main"]
