"""Offline machine translation: the engines there are, and which of them translates a pair of languages.

Nothing here goes to the network but at the user's word: to get a package or a model, and to a server that the settings
name.
"""

from itertools import pairwise

from corpus.text import languages
from workbench.errors import EngineError
from workbench.mt import codes
from workbench.mt.engines import firefox, libretranslate
from workbench.mt.engines.argos import PIVOT, Argos
from workbench.mt.engines.firefox import Firefox, Translators
from workbench.mt.engines.libretranslate import LibreTranslate
from workbench.mt.models.argos_model import Models
from workbench.mt.packages import repository
from workbench.mt.protocol import Draft, Engine

__all__ = ["ENGINES", "Draft", "Engine", "LoadedModels", "engines", "find", "require"]


ENGINES = (Argos.name, Firefox.name, LibreTranslate.name)
"""The names of the engines that there may be."""


class LoadedModels:
    """The models that engines have in memory; threads may share them."""

    def __init__(self) -> None:
        self.argos = Models()
        self.firefox = Translators()


def engines(loaded: LoadedModels | None = None) -> list[Engine]:
    """Returns the engines that can translate something on this machine now, the preferred first.

    They use what is `loaded` already, and load the rest into it.
    """
    loaded = loaded or LoadedModels()
    all_of: list[tuple[object, Engine]] = [
        (repository.installed(), Argos(loaded.argos)),
        (firefox.installed(), Firefox(loaded.firefox)),
        (libretranslate.address(), LibreTranslate()),
    ]
    return [engine for usable, engine in all_of if usable]


def find(
    source_language: str, target_language: str, name: str = "", loaded: LoadedModels | None = None
) -> Engine | None:
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
        for engine in engines(loaded)
        if name in ("", engine.name) and engine.supports(source_language, target_language)
    )
    return next(candidates, None)


def require(source_language: str, target_language: str, name: str = "", loaded: LoadedModels | None = None) -> Engine:
    """Returns the engine for a pair of language tags, or the one of a `name`.

    Raises EngineError, which says what to install, where none is there.
    """
    engine = find(source_language, target_language, name, loaded)
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
    have = {package.pair for package in repository.installed()}
    return [f"{first} {second}" for first, second in pairwise(route) if (first, second) not in have]
