"""Downloads over HTTP: an index, and files of hundreds of megabytes whose completeness is checked."""

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from corpus.text.progress import Progress

TIMEOUT = 30.0
"""Seconds without an answer or without a byte after which a server counts as out of reach."""

_BLOCK = 1 << 18


class DownloadFailed(Exception):
    """A file that could not be had from one address; `str()` is the reason, to be put into a sentence."""


def fetch(url: str, limit: int, question: bytes | None = None) -> bytes:
    """Returns the content at `url`, or the answer there to a question in JSON.

    Raises DownloadFailed where that is out of reach, incomplete, or above `limit` bytes.
    """
    return b"".join(block for block, _, _ in _blocks(url, limit, question))


def download(url: str, path: Path, limit: int, sha256: str = "", progress: Progress | None = None) -> None:
    """Writes the content at `url` to a file; `progress` counts bytes, of 0 in all where the server does not say.

    Raises DownloadFailed where the file is out of reach, incomplete, above `limit` bytes, or has not the checksum.
    """
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for block, done, total in _blocks(url, limit):
            file.write(block)
            digest.update(block)
            if progress:
                progress(done, total)
    if sha256 and digest.hexdigest() != sha256.lower():
        raise DownloadFailed("its checksum is not the one that the index gives")


def _blocks(url: str, limit: int, question: bytes | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Yields the parts of a file with how many bytes there are so far and in all."""
    try:
        headers = {"Content-Type": "application/json"} if question else {}
        asked = urllib.request.Request(url, question, headers)  # noqa: S310 - the opener knows http and https only
        with _opener().open(asked, timeout=TIMEOUT) as response:
            total = int(response.headers.get("Content-Length") or 0)
            done = 0
            while block := response.read(_BLOCK):
                done += len(block)
                if done > limit:
                    raise DownloadFailed(f"it is larger than {limit // 1_000_000} MB")
                yield block, done, total
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise DownloadFailed(_reason(error)) from None
    if done < total:
        raise DownloadFailed(f"it ended after {done} of {total} bytes")


def _reason(error: Exception) -> str:
    # HTTPError, with its number, is an URLError, which wraps the failure of the connection itself.
    if isinstance(error, urllib.error.URLError) and not isinstance(error, urllib.error.HTTPError):
        cause = error.reason
        return (isinstance(cause, OSError) and cause.strerror) or str(cause)
    return str(error) or type(error).__name__


def _opener() -> urllib.request.OpenerDirector:
    """An opener that knows http and https only, also when it is sent elsewhere: not file, ftp or data."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    opener.addheaders = [("User-Agent", "sti-workbench")]
    return opener
