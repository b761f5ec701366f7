"""Translation packages: which are installed, which the index offers, and how one comes and goes.

Folders, index address and mirrors are Argos Translate's own settings (ARGOS_PACKAGES_DIR, ARGOS_PACKAGE_INDEX), so
that both see the same packages. Its own functions are not used to change anything: offline they ask for the index
without end, and they unpack in place whatever a file holds.
"""

import contextlib
import json
import os
import re
import tempfile
import threading
import urllib.parse
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.text.progress import Progress
from workbench.errors import EngineError
from workbench.mt import codes
from workbench.mt.models import argos_library
from workbench.mt.packages import archive, metadata
from workbench.mt.packages.download import DownloadFailed, download, fetch
from workbench.mt.packages.metadata import Metadata

_MAX_INDEX_BYTES = 50_000_000
_installing = threading.Lock()


@dataclass(frozen=True)
class Installed(Metadata):
    """A package on this machine."""

    folder: Path


@dataclass(frozen=True)
class Available(Metadata):
    """A package that the index offers: where it is, and its checksum where the index gives one."""

    links: tuple[str, ...]
    sha256: str


def installed() -> list[Installed]:
    """Returns the complete packages on this machine, one a pair: of several, that of the highest version."""
    packages: dict[tuple[str, str], Installed] = {}
    for package in _all_installed():
        known = packages.get(package.pair)
        if not known or package.version_numbers > known.version_numbers:
            packages[package.pair] = package
    return sorted(packages.values(), key=lambda package: package.pair)


def available() -> list[Available]:
    """Fetches the index and returns the packages it offers, sorted by pair and version.

    Raises EngineError where the index cannot be reached or is none.
    """
    settings = argos_library.settings()
    # Not settings.remote_package_index, which puts “index.json” straight behind an address without a final slash.
    url = f"{settings.package_index.rstrip('/')}/index.json"
    try:
        data = fetch(url, _MAX_INDEX_BYTES)
    except DownloadFailed as error:
        raise EngineError(
            "The package index at {url} cannot be reached ({reason}): connect to the network, or install a package "
            "file with `workbench mt install FILE.argosmodel`.",
            url=url,
            reason=error,
        ) from None
    packages = _parse_index(data, url)
    _keep_index(data, settings.local_package_index)
    return packages


def install(source: str, target: str, progress: Progress | None = None) -> Installed:
    """Downloads and installs the newest package of the index for a pair, named by codes or language tags.

    `progress` counts bytes. Raises EngineError where there is none or it cannot be had; then nothing is installed.
    """
    pair = codes.code(source), codes.code(target)
    offered = [package for package in available() if package.pair == pair]
    if not offered:
        raise EngineError(
            "The index has no package from {source} to {target}: see `workbench mt available`; two packages, into "
            "English and from English, do as well.",
            source=pair[0],
            target=pair[1],
        )
    package = max(offered, key=lambda package: package.version_numbers)
    with _workplace() as folder:
        file = folder / f"{pair[0]}_{pair[1]}.argosmodel"
        _download(package, file, progress)
        return _install(file, folder, expected=pair)


def install_file(path: Path) -> Installed:
    """Installs a package file, in the place of an installed package of the same pair.

    Raises EngineError where it is no package file; then everything stays as it was.
    """
    with _workplace() as folder:
        return _install(path, folder)


def remove(source: str, target: str) -> list[Installed]:
    """Removes the packages of a pair, named by codes or language tags, and returns them.

    Raises EngineError where none is installed.
    """
    pair = codes.code(source), codes.code(target)
    with _installing, _workplace() as folder:
        packages = [package for package in _all_installed() if package.pair == pair]
        if not packages:
            raise EngineError(
                "No package from {source} to {target} is installed: see `workbench mt list`.",
                source=pair[0],
                target=pair[1],
            )
        with _set_aside([package.folder for package in packages], folder):
            return packages


def _all_installed() -> Iterator[Installed]:
    for parent in argos_library.settings().package_dirs:
        for folder in sorted(Path(parent).iterdir()) if Path(parent).is_dir() else ():
            described = archive.metadata(folder)
            if described and archive.is_complete(folder):
                yield Installed(**asdict(described), folder=folder)


def _parse_index(data: bytes, url: str) -> list[Available]:
    try:
        entries = json.loads(data)
    except (ValueError, RecursionError):
        entries = None
    if not isinstance(entries, list):
        raise EngineError("What is at {url} is no package index: correct ARGOS_PACKAGE_INDEX.", url=url)
    packages = [_parse_entry(entry, url) for entry in entries]
    return sorted(filter(None, packages), key=lambda package: (package.pair, package.version_numbers))


def _parse_entry(entry: object, url: str) -> Available | None:
    described = metadata.parse(entry)
    if described is None or not isinstance(entry, dict):
        return None
    links = entry.get("links")
    # A mirror may name its files relative to the index.
    addresses = [urllib.parse.urljoin(url, link) for link in links if isinstance(link, str)] if links else []
    usable = tuple(address for address in addresses if address.startswith(("http://", "https://")))
    return Available(**asdict(described), links=usable, sha256=str(entry.get("sha256") or "")) if usable else None


def _keep_index(data: bytes, path: Path) -> None:
    """Keeps the index where Argos Translate looks for it, whole or not at all."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        new.write_bytes(data)
        new.replace(path)
    except OSError as error:
        raise _unwritable(path.parent, error) from None


def _download(package: Available, file: Path, progress: Progress | None) -> None:
    reason, failed = "", ""
    for link in package.links:
        try:
            return download(link, file, archive.MAX_BYTES, package.sha256, progress)
        except DownloadFailed as error:
            reason, failed = str(error), link
        except OSError as error:
            raise _unwritable(file.parent, error) from None
    raise EngineError(
        "The package from {source} to {target} cannot be downloaded from {url} ({reason}): try again later, or "
        "install a package file with `workbench mt install FILE.argosmodel`.",
        source=package.from_code,
        target=package.to_code,
        url=failed,
        reason=reason,
    )


def _install(path: Path, workplace: Path, expected: tuple[str, str] | None = None) -> Installed:
    from workbench.mt.models import argos_model  # Imported here: it takes CTranslate2 along, which listing needs not.

    unpacked = workplace / "unpacked"
    unpacked.mkdir()
    described, folder = archive.unpack(path, unpacked)
    if expected and described.pair != expected:
        raise EngineError(
            "{name} translates from {source} to {target}, which is not what the index says: install nothing from "
            "this index.",
            name=path.name,
            source=described.from_code,
            target=described.to_code,
        )
    argos_model.try_out(folder, path.name)
    return _put_in_place(described, folder, workplace)


def _put_in_place(described: Metadata, folder: Path, workplace: Path) -> Installed:
    version = re.sub(r"[^0-9A-Za-z]+", "_", described.version)[:40]
    name = f"translate-{described.from_code}_{described.to_code}-{version}"
    target = Path(argos_library.settings().package_data_dir) / name
    with _installing:
        replaced = {package.folder for package in _all_installed() if package.pair == described.pair}
        replaced |= {target} if target.exists() else set()
        ours = [old for old in replaced if old.parent == target.parent]
        with _set_aside(ours, workplace):
            _move(folder, target)
    return Installed(**asdict(described), folder=target)


@contextlib.contextmanager
def _set_aside(folders: Sequence[Path], workplace: Path) -> Iterator[None]:
    """Moves folders into the workplace, to go with it, and back where what follows fails."""
    moved: list[tuple[Path, Path]] = []
    try:
        for number, folder in enumerate(folders):
            away = workplace / f"old-{number}"
            _move(folder, away)
            moved.append((folder, away))
        yield
    except BaseException:
        for folder, away in moved:
            # It fails where another process has put its own package there, which then is the one that counts.
            with contextlib.suppress(OSError):
                away.rename(folder)
        raise


def _move(folder: Path, target: Path) -> None:
    try:
        folder.rename(target)
    except OSError as error:
        raise _unwritable(target.parent, error) from None


@contextlib.contextmanager
def _workplace() -> Iterator[Path]:
    """A temporary folder on the file system of the packages, so that what is made there can be moved in one step."""
    packages = Path(argos_library.settings().package_data_dir)
    beside = packages.parent
    try:
        packages.mkdir(parents=True, exist_ok=True)
        # Beside the packages, where Argos Translate does not take it for one; inside only where that cannot be.
        same = os.access(beside, os.W_OK) and beside.stat().st_dev == packages.stat().st_dev
        folder = tempfile.TemporaryDirectory(
            prefix=".workbench-", dir=beside if same else packages, ignore_cleanup_errors=True
        )
    except OSError as error:
        raise _unwritable(packages, error) from None
    with folder as name:
        yield Path(name)


def _unwritable(folder: Path, error: OSError) -> EngineError:
    return EngineError(
        "The folder {folder} cannot be written ({reason}): make room in it or change its permissions, or set "
        "ARGOS_PACKAGES_DIR to another folder.",
        folder=folder,
        reason=error.strerror or error,
    )
