"""The machine translation on this machine, as a desk shows it: packages, models, the engine of a bitext."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.bitexts.model import Bitext
from corpus.text.progress import Progress, silent
from workbench import mt
from workbench.desk import Desk
from workbench.errors import EngineError
from workbench.mt import codes
from workbench.mt.engines import firefox, libretranslate
from workbench.mt.models import argos_library
from workbench.mt.packages import repository
from workbench.mt.packages.repository import Installed
from workbench.stores.roles import Permission

# An index comes from elsewhere: what is longer than any real one is not kept.
_MOST = 1000
_LONGEST = 40


@dataclass(frozen=True)
class OnDisk:
    """A package, or a model of Firefox, with its pair as codes and as language tags, and its bytes on disk."""

    pair: tuple[str, str]
    languages: tuple[str, str]
    version: str
    folder: Path
    size: int


@dataclass(frozen=True)
class Offer:
    """The newest package of an index for a pair.

    `installed` is the version that is there, None where the pair is not; `newer` says that the index has a newer one.
    """

    pair: tuple[str, str]
    languages: tuple[str, str]
    version: str
    installed: str | None = None
    newer: bool = False


@dataclass(frozen=True)
class Places:
    """The places of packages and of their index, by the settings; `server` is empty where none is named."""

    packages: str
    index: str
    server: str


@dataclass(frozen=True)
class EngineChoice:
    """The engine of a bitext: its name, and the address of the server that it sends texts to, if it does.

    `problem` says why there is none.
    """

    name: str = ""
    server: str = ""
    problem: EngineError | None = None


def installed() -> list[OnDisk]:
    """Returns the installed packages, sorted by pair; raises EngineError where the settings cannot be used."""
    return [
        OnDisk(
            package.pair,
            (package.source_language, package.target_language),
            package.version,
            package.folder,
            _size(package.folder),
        )
        for package in repository.installed()
    ]


def models() -> list[OnDisk]:
    """Returns the models of Firefox that are there."""
    return [
        OnDisk(model.pair, _tags(model.pair), "", model.folder, _size(model.folder)) for model in firefox.installed()
    ]


def places() -> Places:
    """Returns the places by the settings; raises EngineError where the settings cannot be used."""
    settings = argos_library.settings()
    return Places(str(settings.package_data_dir), str(settings.package_index), libretranslate.address())


def fetch_index(desk: Desk) -> list[dict[str, Any]]:
    """Fetches the index and returns the newest package of each pair, as plain values, for `offers`.

    Raises EngineError where the index cannot be reached.
    """
    desk.require(Permission.ENGINES)
    newest = {package.pair: package for package in repository.available()}  # of a pair, the newest comes last
    return [
        {"pair": package.pair, "version": package.version[:_LONGEST], "numbers": package.version_numbers}
        for package in islice(newest.values(), _MOST)
    ]


def install_package(desk: Desk, source: str, target: str, progress: Progress = silent) -> Installed:
    """Downloads and installs the newest package of the index for a pair; the progress is in bytes."""
    desk.require(Permission.ENGINES)
    return repository.install(source, target, progress)


def install_package_file(desk: Desk, path: Path) -> Installed:
    """Installs a package from a file."""
    desk.require(Permission.ENGINES)
    return repository.install_file(path)


def remove_package(desk: Desk, source: str, target: str) -> None:
    """Removes the packages of a pair, named by codes or language tags."""
    desk.require(Permission.ENGINES)
    repository.remove(source, target)


def offers(index: Sequence[dict[str, Any]]) -> list[Offer]:
    """Returns the offers of an index, by what is installed: new packages, newer ones, and those there already."""
    here = {package.pair: package for package in repository.installed()}
    return [_offer(tuple(entry["pair"]), entry, here) for entry in index]


def choice(desk: Desk, bitext: Bitext) -> EngineChoice:
    """Returns the engine that translates a bitext's languages, or why there is none."""
    try:
        engine = mt.require(bitext.source_language, bitext.target_language, loaded=desk.resources.models)
    except EngineError as error:
        return EngineChoice(problem=error)
    return EngineChoice(engine.name, libretranslate.address() if engine.name == libretranslate.NAME else "")


def _offer(pair: tuple[str, str], entry: dict[str, Any], here: Mapping[tuple[str, str], Installed]) -> Offer:
    known = here.get(pair)
    if known is None:
        return Offer(pair, _tags(pair), entry["version"])
    return Offer(pair, _tags(pair), entry["version"], known.version, entry["numbers"] > known.version_numbers)


def _tags(pair: tuple[str, str]) -> tuple[str, str]:
    return codes.tag(pair[0]), codes.tag(pair[1])


def _size(folder: Path) -> int:
    """Returns the size of a folder's files in bytes; one that goes away meanwhile counts nothing."""
    sizes = 0
    for file in folder.rglob("*"):
        try:
            sizes += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue
    return sizes
