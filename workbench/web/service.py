"""The HTTP service on this machine: waitress over the application, and beside it the worker that does the jobs."""

import logging
from pathlib import Path

from waitress.server import create_server

from workbench.desk import Desk
from workbench.errors import ServiceError
from workbench.jobs.kinds import KINDS
from workbench.jobs.worker import Worker
from workbench.web import create_app
from workbench.web.sending import MAX_BYTES

HOST = "127.0.0.1"
THREADS = 8


class Service:
    """A server that is bound to its port but does not answer until `run`."""

    def __init__(self, desk_path: Path, port: int) -> None:
        # A desk that cannot be used is told now, not on the first page.
        Desk.open(desk_path).close()
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
        self._desk = desk_path
        self._worker = Worker(desk_path, KINDS)

    def _take_up(self) -> None:
        """Orders what an import on the command line, or a desk of an earlier version, has left to do."""
        with Desk.open(self._desk) as desk:
            if desk.memory.to_be_indexed() and not desk.jobs.active("index"):
                desk.jobs.add("index")

    @property
    def url(self) -> str:
        port: int = self._server.effective_port  # type: ignore[union-attr] # the stubs know only other servers
        return f"http://{HOST}:{port}"

    def run(self) -> None:
        """Answers requests and does jobs until Ctrl+C."""
        self._take_up()
        self._worker.start()
        try:
            self._server.run()
        finally:
            self._server.close()
            self._worker.stop()
