"""The term base: concepts and their terms, where they stand in a text, and their exchange with other programs.

A library: it knows no web, no command line and no articles. What it needs of others comes in as an argument.
"""

from pathlib import Path

STARTER = Path(__file__).with_name("starter.tbx")
"""The term base that ships with the workbench."""
