"""ZIP archives and folders: their members in the order a person would list them, never unpacked to disk."""

import lzma
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath

from corpus.intake.decisions import Refusal
from corpus.intake.pages import Limits
from corpus.text.charset import files
from corpus.text.errors import UnreadableFile

# Deflate packs a thousandfold at most, articles tenfold: a large member above this was made to fill the memory.
_MAX_RATIO = 200
_RATIO_FROM_BYTES = 5_000_000
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1

_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, OSError, ValueError)
# What a saved web page and a newsroom's folders hold beside articles, and what no content tells from plain text.
_NO_ARTICLES = frozenset(
    {".css", ".js", ".mjs", ".map", ".json", ".xml", ".csv", ".tsv", ".ini", ".log", ".db", ".url", ".lnk", ".svg"}
)
_NUMBER = re.compile(r"(\d+)")


class TooMuch(UnreadableFile):
    """An archive that goes beyond the limits, so that nothing more of it is read."""


@dataclass
class Budget:
    """The rest of the limits while the members of one upload are read, archives within archives included.

    Members that cannot be read are added to `refused`; where that is None, the first of them ends the reading.
    """

    limits: Limits
    members: int = 0
    unpacked: int = 0
    paragraphs: int = 0
    skipped: list[str] = field(default_factory=list)
    refused: list[Refusal] | None = None

    def take_paragraphs(self, count: int, name: str) -> None:
        self.paragraphs += count
        if self.paragraphs > self.limits.all_paragraphs:
            raise TooMuch(
                "With {name} there are more than {limit} paragraphs: bring the files in in smaller parts.",
                name=name,
                limit=self.limits.all_paragraphs,
            )

    def refuse(self, member: str, error: UnreadableFile) -> None:
        """Goes on without a member, or raises what is wrong with it."""
        if self.refused is None or isinstance(error, TooMuch):
            raise error
        self.refused.append(Refusal(member, error))

    def take_member(self, name: str) -> None:
        self.members += 1
        if self.members > self.limits.members:
            raise TooMuch(
                "{name} holds more than {limit} files: bring them in in smaller parts.",
                name=name,
                limit=self.limits.members,
            )


@dataclass(frozen=True)
class Member:
    """A file of an archive or a folder under its name for the user: without a root, a drive or a step upwards."""

    name: str
    data: bytes


class Archive:
    """An open ZIP archive whose members count against a budget; use it as a context manager."""

    def __init__(self, data: bytes, name: str, budget: Budget) -> None:
        self.name, self.budget = name, budget
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise UnreadableFile("{name} is a damaged ZIP archive: get the file again.", name=name) from None
        self._members = {_display_name(info): info for info in self._zip.infolist() if not info.is_dir()}

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        """The names of the members in natural order: page 2 before page 10."""
        return sorted(self._members, key=natural_key)

    def holds(self, member: str) -> bool:
        """Returns whether there is a member of that name."""
        return member in self._members

    def read(self, member: str) -> bytes:
        """Returns the bytes of a member; raises UnreadableFile where they are encrypted, damaged or too many."""
        info = self._members[member]
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableFile(
                "{name} is protected by a password: unpack it and bring in the files in it.", name=self.name
            )
        room = self.budget.limits.unpacked_bytes - self.budget.unpacked
        most = min(room, max(_RATIO_FROM_BYTES, _MAX_RATIO * info.compress_size))
        try:
            with self._zip.open(info) as stream:
                # What the archive says about the size may be a lie; one byte more than allowed tells.
                data = stream.read(most + 1)
        except _BROKEN:
            raise UnreadableFile(
                "{member} in {name} is damaged: get the archive again.", member=member, name=self.name
            ) from None
        if len(data) > most:
            raise TooMuch(
                "{name} unpacks to more than {limit:.0f} MB in {member}: it was left alone as a possible ZIP bomb.",
                name=self.name,
                limit=most / 1e6,
                member=member,
            )
        self.budget.unpacked += len(data)
        return data


def is_archive(data: bytes) -> bool:
    """Returns whether the bytes are a ZIP archive, an empty one included."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def archive_members(data: bytes, name: str, budget: Budget) -> Iterator[Member]:
    """Yields the members of a ZIP archive that may be articles, in natural order."""
    with Archive(data, name, budget) as archive:
        names = archive.names()
        for member in names:
            budget.take_member(name)
            try:
                content = b"" if _is_surrounding(member, names) else archive.read(member)
            except UnreadableFile as error:
                budget.refuse(f"{name}/{member}", error)
                continue
            if content:
                yield Member(f"{name}/{member}", content)
            else:
                budget.skipped.append(f"{name}/{member}")


def folder_members(path: Path, budget: Budget) -> Iterator[Member]:
    """Yields the files below a folder that may be articles, in natural order; links to folders are not followed."""
    names = [
        (Path(root) / file).relative_to(path).as_posix()
        for root, _, files in os.walk(path, followlinks=False)
        for file in files
    ]
    for member in sorted(names, key=natural_key):
        budget.take_member(path.name)
        file = path / member
        # A pipe or a device would be read for ever.
        if _is_surrounding(member, names) or not file.is_file() or file.stat().st_size == 0:
            budget.skipped.append(f"{path.name}/{member}")
        else:
            try:
                yield Member(f"{path.name}/{member}", files.read_bytes(file, budget.limits.file_bytes))
            except UnreadableFile as error:
                budget.refuse(f"{path.name}/{member}", error)


def natural_key(name: str) -> list[str]:
    """A sort key under which numbers count as numbers."""
    return [piece.zfill(20) if piece.isdecimal() else piece.lower() for piece in _NUMBER.split(name)]


def _display_name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        name = _legacy_name(name)
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return "/".join(part.replace(":", "") for part in parts) or "file"


def _legacy_name(name: str) -> str:
    """A name without the UTF-8 mark is in code page 437 by the standard, but in GBK from a Chinese Windows."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _is_surrounding(member: str, names: list[str]) -> bool:
    """Returns whether a member stands beside the articles: hidden, a system's own, or a part of a saved web page."""
    path = PurePosixPath(member)
    if any(part.startswith(".") or part == "__MACOSX" for part in path.parts):
        return True
    if path.suffix.lower() in _NO_ARTICLES:
        return True
    saved_with = [str(parent)[: -len("_files")] for parent in path.parents if str(parent).endswith("_files")]
    return any(f"{page}{suffix}" in names for page in saved_with for suffix in (".html", ".htm"))
