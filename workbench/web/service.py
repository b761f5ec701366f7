"""The HTTP service on this machine: waitress over the application, and beside it the worker that does the jobs."""

import logging
from pathlib import Path

from waitress.server import create_server

from workbench.desk import Desk
from workbench.errors import ServiceError
from workbench.jobs.kinds import KINDS, order_index
from workbench.jobs.worker import Worker
from workbench.web import create_app
from workbench.web.sending import MAX_BYTES

HOST = "127.0.0.1"
THREADS = 8


class Service:
    """A server that is bound to its port but does not answer until `run`."""

    def __init__(self, desk_path: Path, port: int) -> None:
        # A desk that cannot be used is told now, not on the first page; and with it, once before anything is served,
        # what an import on the command line, or a desk of an earlier version, has left to do is ordered.
        with Desk.open(desk_path) as desk:
            order_index(desk)
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
        try:
            self._server = create_server(
                create_app(desk_path), host=HOST, port=port, threads=THREADS, max_request_body_size=MAX_BYTES
            )
        except OSError as error:
            raise ServiceError(
                "Port {port} cannot be used ({reason}): stop the program that has it, or choose another with --port.",
                port=port,
                reason=error.strerror or error,
            ) from None
        self._worker = Worker(desk_path, KINDS)

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
