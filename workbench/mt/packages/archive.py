"""Package files: which zip archives are translation packages, and how one is unpacked without harm.

A package is a zip archive with one folder, which holds metadata.json, a CTranslate2 model in `model/` and the
model's tokenizer, sentencepiece.model or bpe.model. The file comes from anywhere: nothing in it is trusted.
"""

import json
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from workbench.errors import EngineError
from workbench.mt.packages.metadata import Metadata, parse

MAX_BYTES = 2_000_000_000
MAX_FILES = 10_000
_MAX_METADATA_BYTES = 1_000_000
_TOKENIZERS = ("sentencepiece.model", "bpe.model")
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")


def unpack(path: Path, into: Path) -> tuple[Metadata, Path]:
    """Unpacks a package file into an empty folder; returns what the package is and its own folder in there.

    Raises EngineError where the file is missing, damaged or no translation package, and where it holds more than
    MAX_BYTES or MAX_FILES, links, or paths that lead elsewhere.
    """
    try:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            for member in _checked_members(archive, path.name):
                archive.extract(member, into)
    except FileNotFoundError:
        raise EngineError("There is no file {name}: check the path.", name=path) from None
    except IsADirectoryError:
        raise EngineError("{name} is a folder: name the package file in it.", name=path) from None
    except zipfile.BadZipFile as error:
        raise EngineError(
            "{name} is not a package file, or damaged ({reason}): get the file again.", name=path.name, reason=error
        ) from None
    except (zlib.error, EOFError, ValueError, RuntimeError):  # what zipfile lets through, apart from its own error
        raise EngineError("{name} is damaged: get the file again.", name=path.name) from None
    except OSError as error:
        raise EngineError(
            "{name} cannot be unpacked ({reason}): make room on the disk, or get the file again.",
            name=path.name,
            reason=error.strerror or error,
        ) from None
    return _found(into, path.name)


def is_complete(folder: Path) -> bool:
    """Returns whether a package's folder holds a model and its tokenizer."""
    return (folder / "model" / "model.bin").is_file() and any((folder / name).is_file() for name in _TOKENIZERS)


def metadata(folder: Path) -> Metadata | None:
    """Returns the metadata of the package in a folder; None where it holds no translation package."""
    file = folder / "metadata.json"
    try:
        if file.stat().st_size > _MAX_METADATA_BYTES:
            return None
        return parse(json.loads(file.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError, RecursionError):
        return None


def _found(folder: Path, name: str) -> tuple[Metadata, Path]:
    (package,) = folder.iterdir()
    described = metadata(package)
    if described is None:
        raise EngineError(
            "{name} is no translation package: its metadata.json does not name two languages; choose another file.",
            name=name,
        )
    if not is_complete(package):
        raise EngineError(
            "{name} is no complete translation package: it has no model/model.bin or no tokenizer "
            "(sentencepiece.model or bpe.model); get the file again.",
            name=name,
        )
    return described, package


def _checked_members(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """Returns the members to unpack, by names without what the program that packed it put before or beside them."""
    members = archive.infolist()
    if len(members) > MAX_FILES or sum(member.file_size for member in members) > MAX_BYTES:
        raise EngineError(
            "{name} is too large: a package has at most {files} files and {gigabytes:.0f} GB unpacked.",
            name=name,
            files=MAX_FILES,
            gigabytes=MAX_BYTES / 1e9,
        )
    for member in members:
        _check_member(member, name)
        member.filename = member.filename.removeprefix("./")
    members = [member for member in members if member.filename and not _is_litter(PurePosixPath(member.filename))]
    names = {member.filename for member in members}
    tops = {PurePosixPath(filename).parts[0] for filename in names}
    if len(tops) != 1 or f"{min(tops)}/metadata.json" not in names:
        raise EngineError(
            "{name} is no translation package: it does not hold one folder with a metadata.json; choose another file.",
            name=name,
        )
    return members


def _is_litter(path: PurePosixPath) -> bool:
    """Returns whether a file is one that a desktop keeps its own affairs in."""
    return path.parts[0] == "__MACOSX" or path.name.startswith("._") or path.name in _LITTER


def _check_member(member: zipfile.ZipInfo, name: str) -> None:
    if not _is_inside(member.orig_filename):
        raise EngineError(
            "{name} is not safe: it would write to “{file}”, outside its folder; do not install it.",
            name=name,
            file=member.filename,
        )
    # The upper half of the attributes is the Unix mode; archives made elsewhere have none.
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise EngineError(
            "{name} is not safe: “{file}” in it is a link or a device; do not install it.",
            name=name,
            file=member.filename,
        )
    if member.flag_bits & _ENCRYPTED or member.compress_type not in _COMPRESSIONS:
        raise EngineError(
            "{name} is encrypted or packed in a way that packages are not: get the file again.", name=name
        )


def _is_inside(filename: str) -> bool:
    # `zip -r package.zip .` and tar write `./` before every name.
    parts = filename.removeprefix("./").removesuffix("/").split("/") if filename != "./" else []
    return not any(part in ("", ".", "..") or set(part) & set("\\:\0") for part in parts)
