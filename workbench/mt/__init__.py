"""Offline machine translation: the engines there are, and which of them translates a pair of languages.

Nothing here goes to the network but at the user's word: to get a package or a model, and to a server that the settings
name.
"""

from itertools import pairwise

from corpus.text import languages
from workbench.errors import EngineError
from workbench.mt import codes, firefox, libretranslate, packages
from workbench.mt.argos import PIVOT, Argos
from workbench.mt.engine import Draft, Engine
from workbench.mt.firefox import Firefox
from workbench.mt.libretranslate import LibreTranslate

__all__ = ["ENGINES", "Draft", "Engine", "engines", "find", "require"]


ENGINES = (Argos.name, Firefox.name, LibreTranslate.name)
"""The names of the engines that there may be."""


def engines() -> list[Engine]:
    """Returns the engines that can translate something on this machine now, the preferred first."""
    all_of: list[tuple[object, Engine]] = [
        (packages.installed(), Argos()),
        (firefox.installed(), Firefox()),
        (libretranslate.address(), LibreTranslate()),
    ]
    return [engine for usable, engine in all_of if usable]


def find(source_language: str, target_language: str, name: str = "") -> Engine | None:
    """Returns the engine for a pair of language tags, or None where none that is there translates it.

    Only that of a `name` is looked at if one is given. Raises EngineError where the settings of an engine cannot be
    used, and where no engine has the name.
    """
    if name and name not in ENGINES:
        raise EngineError(
            "There is no engine {name}: the engines are {engines}.", name=name, engines=", ".join(ENGINES)
        )
    candidates = (
        engine
        for engine in engines()
        if name in ("", engine.name) and engine.supports(source_language, target_language)
    )
    return next(candidates, None)


def require(source_language: str, target_language: str, name: str = "") -> Engine:
    """Returns the engine for a pair of language tags, or the one of a `name`.

    Raises EngineError, which says what to install, where none is there.
    """
    engine = find(source_language, target_language, name)
    if engine is not None:
        return engine
    if languages.primary(source_language) == languages.primary(target_language):
        raise EngineError(
            "{source} and {target} are one language: name two to translate between.",
            source=source_language,
            target=target_language,
        )
    if name:
        raise EngineError(
            "The engine {name} has nothing that translates from {source} to {target}: see `workbench mt list`.",
            name=name,
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
