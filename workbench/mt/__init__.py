"""Offline machine translation: the engines there are, and which of them translates a pair of languages.

Nothing here goes to the network but `packages.available` and `packages.install`, at the user's word.
"""

from itertools import pairwise

from corpus import languages
from workbench.errors import EngineError
from workbench.mt import codes, packages
from workbench.mt.argos import PIVOT, Argos
from workbench.mt.engine import Draft, Engine, Progress

__all__ = ["Draft", "Engine", "Progress", "engines", "find", "require"]


def engines() -> list[Engine]:
    """Returns the engines that can translate something on this machine now, the preferred first."""
    return [Argos()] if packages.installed() else []


def find(source_language: str, target_language: str) -> Engine | None:
    """Returns the engine for a pair of language tags, or None where no installed one translates it.

    Raises EngineError where the settings of an engine cannot be used.
    """
    candidates = (engine for engine in engines() if engine.supports(source_language, target_language))
    return next(candidates, None)


def require(source_language: str, target_language: str) -> Engine:
    """Returns the engine for a pair of language tags; raises EngineError, which says what to install, where none is."""
    engine = find(source_language, target_language)
    if engine is not None:
        return engine
    if languages.primary(source_language) == languages.primary(target_language):
        raise EngineError(
            "{source} and {target} are one language: name two to translate between.",
            source=source_language,
            target=target_language,
        )
    missing = _missing(source_language, target_language)
    raise EngineError(
        "No machine translation from {source} to {target} is installed: install it with {commands}.",
        source=source_language,
        target=target_language,
        commands=" and ".join(f"`workbench mt install {pair}`" for pair in missing),
    )


def _missing(source_language: str, target_language: str) -> list[str]:
    """The pairs whose packages would translate from a language to another, as `mt install` takes them."""
    source, target = codes.codes(source_language)[0], codes.codes(target_language)[0]
    route = [source, target] if PIVOT in (source, target) else [source, PIVOT, target]
    have = {package.pair for package in packages.installed()}
    return [f"{first} {second}" for first, second in pairwise(route) if (first, second) not in have]
