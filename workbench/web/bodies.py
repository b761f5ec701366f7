"""The size that a request may have, told from its head: of a refused body nothing is read, and no disk filled."""

from copy import copy
from typing import Any

from flask import Flask, abort, request
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from workbench.mt.packages import archive

# A file on its way into the desk: it is kept beside it and never held in memory.
FILE_BYTES = 4_000_000_000
# Files that are read whole.
_UPLOAD_BYTES = 64_000_000
# A form; its texts are limited by MAX_FORM_MEMORY_SIZE too.
_FORM_BYTES = 4_000_000
# What waitress keeps in memory: whether it is allowed is left to the page.
_SMALL_BYTES = 256_000

_LIMITS = {
    "intake.send": _UPLOAD_BYTES,
    "memory.send": FILE_BYTES,
    "terms.send": FILE_BYTES,
    "exchange.send": FILE_BYTES,
    "packages.send": archive.MAX_BYTES,
}
"""What the endpoints take that take more than a form."""


def init_app(app: Flask) -> None:
    """After those who refuse a request for other reasons: they are asked first."""
    app.before_request(_refuse_too_large)


def _refuse_too_large() -> None:
    limit = _LIMITS.get(request.endpoint or "", _FORM_BYTES)
    request.max_content_length = limit
    if (request.content_length or 0) > limit:
        abort(413)


def channel_for(app: Flask) -> type[HTTPChannel]:
    """Returns the connections of a server that asks an application about the head of a request before its body."""

    class Parser(HTTPRequestParser):
        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            if self.chunked:
                self.adj = copy(self.adj)
                self.adj.max_request_body_size = _limit(app, self)
            elif self.content_length > _SMALL_BYTES and self.content_length > _limit(app, self):
                # The application answers, without a body, and the connection ends: what follows is not another request.
                self.body_rcv = None
                self.expect_continue = False
                self.headers = {**self.headers, "CONNECTION": "close"}

    class Channel(HTTPChannel):
        parser_class = Parser

    return Channel


def _limit(app: Flask, parser: Any) -> int:
    """Returns the bytes that the body of a request may have; none where the application refuses it for its head."""
    headers = {name.replace("_", "-"): value for name, value in parser.headers.items()}
    with app.test_request_context(parser.path, method=parser.command, headers=headers):
        try:
            refused = app.preprocess_request() is not None
        except Exception:
            # Whatever it is, the application says it, and better so.
            refused = True
        return 0 if refused else request.max_content_length or _FORM_BYTES
