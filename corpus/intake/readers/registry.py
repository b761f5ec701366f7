"""The choice of a file's reader by what is in the file, since names lie and members of archives have odd ones."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.intake.decisions import Refusal
from corpus.intake.pages import Limits, Page
from corpus.intake.readers import archive, docx, html, pdf, plain
from corpus.intake.readers.archive import Budget, Member
from corpus.text.charset import files, pages
from corpus.text.errors import UnreadableFile

# Archives within archives: a day's pages within a month's, not more.
_MAX_DEPTH = 3
_SNIFFED_BYTES = 4_096
_NOTED_MEMBERS = 10

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"8BPS", b"\x00\x00\x01\x00")
_OTHER_MEDIA = (
    b"wOFF",
    b"wOF2",
    b"OTTO",
    b"\x00\x01\x00\x00",
    b"ttcf",
    b"ID3",
    b"OggS",
    b"fLaC",
    b"MThd",
    b"\x1aE\xdf\xa3",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = {b"Rar!": "RAR", b"7z\xbc\xaf\x27\x1c": "7-Zip", b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|link|article|section|main|header|div|table|center|h[1-6]|p|span)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_INSIDE = re.compile(rb"^\s*<(?:html|body)[\s>]", re.IGNORECASE | re.MULTILINE)
_XML_START = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_WEB_ARCHIVE = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)


class NoArticle(UnreadableFile):
    """A file that is whole but of a kind that holds no article: a picture, a font, a spreadsheet."""


def read_pages(
    path: Path,
    limits: Limits = Limits(),  # noqa: B008 - frozen, and so never shared state
    refused: list[Refusal] | None = None,
    read_before: int = 0,
) -> list[Page]:
    """Returns the pages of a file, of a ZIP archive or of a folder with files, in natural order of their names.

    What cannot be read of several is added to `refused`. Raises UnreadableFile where nothing can, or something cannot
    and `refused` is None. `read_before` is how many paragraphs were read of other files. What is no article is left
    out and named in the notes of the first page.
    """
    budget = Budget(limits, paragraphs=read_before, refused=refused)
    if path.is_dir():
        return _read_members(archive.folder_members(path, budget), path.name, budget, 1)
    return _read(Member(path.name, files.read_bytes(path, limits.file_bytes)), budget, 0)


def _read(member: Member, budget: Budget, depth: int) -> list[Page]:
    pages = _read_kind(member, budget, depth)
    if not archive.is_archive(member.data) or len({page.file for page in pages}) == 1:
        count = sum(len(page.blocks) for page in pages)
        if count > budget.limits.paragraphs:
            raise UnreadableFile(
                "{name} has {count} paragraphs; the limit is {limit}: split the file.",
                name=member.name,
                count=count,
                limit=budget.limits.paragraphs,
            )
        budget.take_paragraphs(count, member.name)
    return pages


def _read_kind(member: Member, budget: Budget, depth: int) -> list[Page]:
    data, name, limits = member.data, member.name, budget.limits
    if archive.is_archive(data):
        return _read_package(member, budget, depth)
    if b"%PDF-" in data[:1024]:
        return pdf.read_pages(data, name, limits)
    _check_binary(data, name)
    start = data[:_SNIFFED_BYTES].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe")
    if _WEB_ARCHIVE.match(start.replace(b"\r\n", b"\n")):
        return html.read_web_archive(data, name, limits)
    if _HTML_START.match(start) or _HTML_INSIDE.search(start):
        return html.read_pages(data, name, limits)
    if _XML_START.match(start):
        raise NoArticle("{name} is an XML file, no article: choose a web page, a document or a text.", name=name)
    text, warnings = pages.decode(data, name)
    return [replace(page, warnings=warnings) for page in plain.read_pages(text, name)]


def _read_package(member: Member, budget: Budget, depth: int) -> list[Page]:
    """Reads a ZIP archive, which office documents are as well."""
    with archive.Archive(member.data, member.name, budget) as package:
        kind = _package_kind(package)
    if kind == "docx":
        return docx.read_pages(member.data, member.name, budget)
    if kind == "sheet":
        raise NoArticle("{name} holds tables or slides, no article: choose a document or a text.", name=member.name)
    if kind == "document":
        raise UnreadableFile("{name} is in a format that is not read: save it as DOCX.", name=member.name)
    if depth >= _MAX_DEPTH:
        raise UnreadableFile(
            "{name} is an archive within {depth} archives: unpack it and bring in the files in it.",
            name=member.name,
            depth=depth,
        )
    return _read_members(archive.archive_members(member.data, member.name, budget), member.name, budget, depth + 1)


def _package_kind(package: archive.Archive) -> str:
    """Returns the kind of a ZIP archive: docx, sheet, document (of another program), or zip."""
    if package.holds("mimetype"):
        kind = package.read("mimetype")[:100]
        return "sheet" if b"spreadsheet" in kind or b"presentation" in kind else "document"
    if not package.holds("[Content_Types].xml"):
        return "zip"
    types = package.read("[Content_Types].xml")
    # A document may have tables embedded, and so their types as well.
    is_other = b"wordprocessingml" not in types and (b"spreadsheetml" in types or b"presentationml" in types)
    return "sheet" if is_other else "docx"


def _read_members(members: Iterator[Member], name: str, budget: Budget, depth: int) -> list[Page]:
    pages: list[Page] = []
    for member in members:
        try:
            pages += _read(member, budget, depth)
        except NoArticle:
            budget.skipped.append(member.name)
        except UnreadableFile as error:
            budget.refuse(member.name, error)
    if depth > 1:
        return pages
    if not pages:
        raise UnreadableFile("{name} holds no file with an article in it: choose another one.", name=name)
    return [replace(pages[0], notes=pages[0].notes + _skipped_note(budget.skipped)), *pages[1:]]


def _skipped_note(skipped: list[str]) -> tuple[str, ...]:
    if not skipped:
        return ()
    more = f" and {len(skipped) - _NOTED_MEMBERS} more" if len(skipped) > _NOTED_MEMBERS else ""
    return (f"Left out, being no articles: {', '.join(skipped[:_NOTED_MEMBERS])}{more}.",)


def _check_binary(data: bytes, name: str) -> None:
    """Raises the message that fits where the bytes are those of a kind that is not read."""
    if data.startswith(_OLE):
        raise _old_office(data, name)
    if data.startswith(b"{\\rtf"):
        raise UnreadableFile("{name} is an RTF document: save it as DOCX.", name=name)
    for mark, program in _ARCHIVES.items():
        if data.startswith(mark):
            raise UnreadableFile(
                "{name} is a {program} archive: unpack it and bring in the files in it.", name=name, program=program
            )
    # No text has a zero byte there, but one may begin with BM.
    is_media = data.startswith(_PICTURES + _OTHER_MEDIA) or data[4:8] == b"ftyp"
    if is_media and b"\x00" in data[:_SNIFFED_BYTES]:
        raise NoArticle(
            "{name} is a picture, a font or a recording, no text: run text recognition (OCR) on a picture first.",
            name=name,
        )


def _old_office(data: bytes, name: str) -> UnreadableFile:
    # Word wraps an encrypted DOCX in its old container; the names in there are in UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableFile(
            "{name} is protected by a password: open it with the password and save it without one.", name=name
        )
    if "WordDocument".encode("utf-16-le") in data:
        return UnreadableFile("{name} is in the old format of Word: save it as DOCX.", name=name)
    return NoArticle("{name} is in an old office format that holds no article: choose a document.", name=name)
