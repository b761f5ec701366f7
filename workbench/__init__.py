"""The workbench: one desk, served to a browser and to the command line."""

from importlib.metadata import version

__version__ = version("sti-workbench")
