"""An index of translation packages on this machine, in the format of the real one."""

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Mirror:
    """A package index and its files on this machine.

    A file of `announced` is said to be so long, and one of `gates` comes half and then waits for its gate.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.announced: dict[str, int] = {}
        self.gates: dict[str, threading.Event] = {}
        mirror = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = mirror.files.get(self.path)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Length", str(mirror.announced.get(self.path, len(body or b""))))
                self.end_headers()
                half = len(body or b"") // 2
                self.wfile.write((body or b"")[:half])
                if self.path in mirror.gates:
                    mirror.gates[self.path].wait()
                # Whoever asked may have gone meanwhile.
                with suppress(OSError):
                    self.wfile.write((body or b"")[half:])

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def offer(self, file: Path, **more: object) -> None:
        """Puts a package file into the index; `more` goes into its entry."""
        source, target = file.name.split("-")[1].split("_")
        self.files[f"/{file.name}"] = file.read_bytes()
        entry = {
            "code": f"translate-{source}_{target}",
            "type": "translate",
            "package_version": "1.0",
            "argos_version": "1.9.6",
            "from_code": source,
            "from_name": "English",
            "to_code": target,
            "to_name": "Chinese",
            "links": [f"{self.url}{file.name}"],
        }
        entries = json.loads(self.files.get("/index.json", b"[]"))
        self.files["/index.json"] = json.dumps([*entries, entry | more]).encode()


@contextmanager
def serving() -> Iterator[Mirror]:
    """A mirror that answers until the end of the block."""
    mirror = Mirror()
    thread = threading.Thread(target=mirror.server.serve_forever)
    thread.start()
    try:
        yield mirror
    finally:
        for gate in mirror.gates.values():
            gate.set()
        mirror.server.shutdown()
        thread.join()
        mirror.server.server_close()
