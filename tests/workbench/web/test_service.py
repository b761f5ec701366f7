"""The HTTP service itself, by sockets: many browsers at once, idle connections, bodies that are too large."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.present import present
from workbench.desk import Desk
from workbench.services.article_intake import begin_translation
from workbench.stores.roles import Role

_SERVE = """
import sys
from pathlib import Path
from workbench.web import service
service._IDLE_SECONDS = int(sys.argv[2])
service._CLEAN_UP_SECONDS = 1
served = service.Service(Path(sys.argv[1]), 0)
print(served.url, flush=True)
served.run()
"""
Address = tuple[str, int]


@pytest.fixture
def idle_seconds() -> int:
    return 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the service keeps what it is sent before it is read."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def address(desk, article, folder: Path, idle_seconds: int) -> Iterator[Address]:
    id, _ = desk.articles.add(article)
    begin_translation(desk, id, "zh-Hans")
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, desk.path, str(idle_seconds)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "WORKBENCH_USER": "Li", "TMPDIR": str(folder)},
    )
    said = present(process.stdout)
    host, port = present(re.search(r"http://([\d.]+):(\d+)", said.readline())).groups()
    yield host, int(port)
    process.terminate()
    process.wait()
    said.close()


def request(address: Address, head: str, connection: socket.socket | None = None) -> tuple[socket.socket, str]:
    """Sends the head of a request and returns the connection and the first line of the answer."""
    connection = connection or socket.create_connection(address)
    connection.sendall(f"{head}\r\nHost: 127.0.0.1:{address[1]}\r\n\r\n".encode())
    return connection, first_line(connection)


def first_line(connection: socket.socket) -> str:
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += received(connection)
    length = int(present(re.search(rb"(?i)content-length: (\d+)", answer))[1])
    body = answer.partition(b"\r\n\r\n")[2]
    while len(body) < length:
        body += received(connection)
    return answer.partition(b"\r\n")[0].decode()


def received(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    assert data, "the connection was closed"
    return data


def test_hundreds_of_browsers_keep_their_connections(address):
    """500 with three each: the next one is served all the same, and so are they."""
    with ExitStack() as kept:
        connections = []
        for _ in range(1500):
            connection, line = request(address, "GET /static/shared/search.js HTTP/1.1")
            connections.append(kept.enter_context(connection))
            assert line == "HTTP/1.1 200 OK"
        connection, line = request(address, "GET / HTTP/1.1")
        kept.enter_context(connection)
        assert line == "HTTP/1.1 200 OK"
        for connection in (connections[0], connections[-1]):
            assert request(address, "GET /help HTTP/1.1", connection)[1] == "HTTP/1.1 200 OK"


@pytest.mark.parametrize("idle_seconds", [1])
def test_a_connection_that_nobody_uses_is_closed(address):
    connection, _ = request(address, "GET /static/shared/search.js HTTP/1.1")
    with connection, socket.create_connection(address) as silent:
        assert connection.recv(1) == b""
        assert silent.recv(1) == b""


HUGE = "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 600000000"


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/bitexts/1/units/1", "", "413"),
        ("/terms/c-1/comment", "", "413"),
        ("/nowhere", "", "413"),
        ("/intake/", "", "413"),
        ("/terms/import", "Sec-Fetch-Site: cross-site\r\n", "403"),
        ("/memory/import", "Origin: http://evil.example\r\n", "403"),
        ("/bitexts/1/units/1", "Sec-Fetch-Site: cross-site\r\n", "403"),
    ],
)
def test_a_body_that_is_refused_is_not_read(address, folder, path, headers, status):
    connection, line = request(address, f"POST {path} HTTP/1.1\r\n{headers}{HUGE}")
    with connection:
        assert line.split()[1] == status
        assert connection.recv(1) == b""
    assert list(folder.iterdir()) == []


def test_a_body_that_the_role_does_not_allow_is_not_read(desk: Desk, address, folder):
    desk.roles.put("Wang", Role.ADMINISTRATOR)
    desk.roles.put("Li", Role.TRANSLATOR)
    connection, line = request(address, f"POST /terms/import HTTP/1.1\r\n{HUGE}")
    connection.close()
    assert line.split()[1] == "403"
    assert list(folder.iterdir()) == []


def test_a_body_of_unknown_length_ends_at_the_limit(address):
    with socket.create_connection(address) as connection:
        head = f"POST /bitexts/1/units/1 HTTP/1.1\r\nHost: 127.0.0.1:{address[1]}\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head.encode())
        chunk = b"%x\r\n%s\r\n" % (65536, b"x" * 65536)
        sent = 0
        # What is still being sent when the answer comes is not read.
        with suppress(OSError):
            while sent < 100_000_000:
                connection.sendall(chunk)
                sent += 65536
    assert sent < 50_000_000


def test_a_large_file_is_taken_where_it_is_wanted(desk: Desk, address):
    boundary, size = b"--x\r\n", 5_000_000
    part = boundary + b'Content-Disposition: form-data; name="file"; filename="x.tmx"\r\n\r\n'
    fields = b"".join(
        b'%sContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (boundary, name, value)
        for name, value in ((b"source", b"en"), (b"target", b"zh-Hans"))
    )
    body = fields + part + b"x" * size + b"\r\n--x--\r\n"
    head = f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {len(body)}"
    with socket.create_connection(address) as connection:
        connection.sendall(
            f"POST /memory/import HTTP/1.1\r\nHost: 127.0.0.1:{address[1]}\r\n{head}\r\n\r\n".encode() + body
        )
        assert first_line(connection).split()[1] == "303"
    assert [job.kind for job in desk.jobs.recent(1)] == ["import"]
