"""The HTTP service on this machine: waitress over the application, and beside it the worker that does the jobs."""

import logging
import select
import sys
from pathlib import Path

from waitress.server import create_server

from workbench.desk import Desk
from workbench.errors import ServiceError
from workbench.jobs.handlers import HANDLERS, discard_sent, order_index
from workbench.jobs.worker import Worker
from workbench.resources import Resources
from workbench.web import create_app
from workbench.web.bodies import FILE_BYTES, channel_for

HOST = "127.0.0.1"
THREADS = 8
# 500 browsers keep three connections each, six while a page loads.
_CONNECTIONS = 3000
# A connection takes a file of the system; these are for desks, imports and the program itself.
_OTHER_FILES = 500
_IDLE_SECONDS = 60
_CLEAN_UP_SECONDS = 10


def _connections() -> int:
    """Returns the number of connections served at once: as many as are wanted, if the system gives that many files."""
    if sys.platform == "win32":
        return _CONNECTIONS
    import resource

    wanted = _CONNECTIONS + _OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(min(_CONNECTIONS, soft - _OTHER_FILES), 100)


class Service:
    """A server that is bound to its port but does not answer until `run`."""

    def __init__(self, desk_path: Path, port: int) -> None:
        resources = Resources()
        # A desk that cannot be used is told now, not on the first page; and with it, once before anything is served,
        # what an import on the command line, or a desk of an earlier version, has left to do is ordered.
        with Desk.open(desk_path, resources=resources) as desk:
            order_index(desk)
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
        try:
            app = create_app(desk_path, resources=resources)
            self._server = create_server(
                app,
                host=HOST,
                port=port,
                threads=THREADS,
                connection_limit=_connections(),
                channel_timeout=_IDLE_SECONDS,
                cleanup_interval=_CLEAN_UP_SECONDS,
                # select() knows no more than 1,024 connections.
                asyncore_use_poll=hasattr(select, "poll"),
                max_request_body_size=FILE_BYTES,
            )
            self._server.channel_class = channel_for(app)  # type: ignore[union-attr] # the stubs know only other servers
        except OSError as error:
            raise ServiceError(
                "Port {port} cannot be used ({reason}): stop the program that has it, or choose another with --port.",
                port=port,
                reason=error.strerror or error,
            ) from None
        self._worker = Worker(desk_path, HANDLERS, discard_sent, resources)

    @property
    def url(self) -> str:
        port: int = self._server.effective_port  # type: ignore[union-attr] # the stubs know only other servers
        return f"http://{HOST}:{port}"

    def run(self) -> None:
        """Answers requests and does jobs until Ctrl+C."""
        self._worker.start()
        try:
            self._server.run()
        finally:
            self._server.close()
            self._worker.stop()
