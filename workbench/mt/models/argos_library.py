"""Argos Translate as a library: imported when it is needed, and kept off standard output.

Importing it makes its folders under the home folder, and it prints complaints about its settings file and, in its
debug mode, a log; standard output belongs to the results of our commands.
"""

import contextlib
import importlib
import sys
import threading
from types import ModuleType

from workbench.errors import EngineError

_lock = threading.Lock()


def settings() -> ModuleType:
    """Returns `argostranslate.settings`; raises EngineError where the user's settings cannot be used."""
    return _imported("argostranslate.settings")


def package() -> ModuleType:
    """Returns `argostranslate.package`; raises EngineError where the user's settings cannot be used."""
    return _imported("argostranslate.package")


def _imported(name: str) -> ModuleType:
    with _lock:
        if name in sys.modules:
            return sys.modules[name]
        try:
            with contextlib.redirect_stdout(sys.stderr):
                return importlib.import_module(name)
        except (OSError, ValueError, KeyError, AssertionError) as error:
            raise EngineError(
                "The settings of Argos Translate cannot be used ({reason}): correct the ARGOS_… variables and "
                "settings.json in the folder argos-translate.",
                reason=error,
            ) from None
