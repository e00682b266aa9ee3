"""Slow, idle and malformed connections, with plain sockets."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest

from tests.server.conftest import Served

HOST = b"Host: 127.0.0.1\r\n"
ASK = b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\n"
HURRY = """
from kg.server.serve import serve
from kg.server.settings import Limits
limits = Limits(patience=1, connections=20)
serve({store!r}, port=0, limits=limits, started=lambda address: print(address, flush=True))
"""


@pytest.fixture(scope="module")
def hurried(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that waits for clients for only one second."""
    with hurry(HURRY, store, tmp_path_factory.mktemp("hurried") / "log") as found:
        yield found


@contextmanager
def hurry(code: str, store: Path, log: Path) -> Iterator[Served]:
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-c", code.format(store=str(store))],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout
        try:
            yield Served(process.stdout.readline().strip(), process, log)
        finally:
            process.terminate()


@contextmanager
def connected(server: Served) -> Iterator[socket.socket]:
    port = int(server.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=60) as found:
        yield found


def everything(connection: socket.socket) -> bytes:
    """Return everything that the server sends until it closes the connection."""
    found = b""
    try:
        while piece := connection.recv(65536):
            found += piece
    except ConnectionResetError:
        pass
    return found


@pytest.mark.parametrize(
    "sent", [b"", b"GET /void HT", b"GET /void HTTP/1.1\r\nX: a\r\n"], ids=["", "line", "headers"]
)
def test_who_connects_and_does_not_ask_is_left(hurried: Served, sent: bytes) -> None:
    with connected(hurried) as connection:
        connection.sendall(sent)
        assert everything(connection) == b""


def test_a_body_that_does_not_come_is_not_waited_for(hurried: Served) -> None:
    with connected(hurried) as connection:
        connection.sendall(ASK + b"Content-Length: 6\r\n\r\nAS")
        answer = everything(connection)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"must arrive within 1 seconds" in answer


def test_an_answer_that_nobody_takes_is_given_up(hurried: Served) -> None:
    # More than the socket buffers hold.
    query = b"SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"
    server = psutil.Process(hurried.process.pid)
    with connected(hurried) as connection:
        connection.sendall(ASK + b"Content-Length: %d\r\n\r\n" % len(query) + query)
        assert connection.recv(1) == b"H"
        mine = connection.getsockname()
        for _ in range(300):
            if not any(each.raddr == mine for each in server.net_connections("tcp")):
                break
            threading.Event().wait(0.2)
        else:
            pytest.fail("the connection is still there")


HEAD = b"HEAD /robots.txt HTTP/1.1\r\n" + HOST + b"\r\n"


def test_a_connection_too_many_replaces_the_one_that_is_idle_longest(
    store: Path, tmp_path: Path
) -> None:
    patient = HURRY.replace("patience=1", "patience=60")
    with hurry(patient, store, tmp_path / "log") as server, ExitStack() as opened:
        connections = [opened.enter_context(connected(server)) for _ in range(20)]
        for each in reversed(connections):
            each.sendall(HEAD)
            assert each.recv(65536).startswith(b"HTTP/1.1 200 ")
        # All other connections were active before the first one.
        newest = opened.enter_context(connected(server))
        newest.sendall(HEAD)
        assert newest.recv(65536).startswith(b"HTTP/1.1 200 ")
        # Its request is finished; the others are not.
        assert b"HTTP/1.1" not in everything(connections[-1])
        connections[0].sendall(HEAD)
        assert connections[0].recv(65536).startswith(b"HTTP/1.1 200 ")


def test_idle_and_half_open_connections_keep_nobody_out(server: Served) -> None:
    """More connections than allowed: 300 send nothing, 300 are in the middle of a request."""
    with ExitStack() as opened:
        for sent in (b"", b"GET /void HTTP/1.1\r\nX: a\r\n"):
            for _ in range(300):
                opened.enter_context(connected(server)).sendall(sent)
        with server.client() as client:
            answer = client.get("/sparql", params={"query": "ASK {}"})
            assert answer.status_code == 200
            assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        b"Content-Length: 4\r\nContent-Length: 5\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
    ],
)
def test_no_request_hides_in_another(server: Served, lengths: bytes) -> None:
    hidden = b"0\r\n\r\nGET /robots.txt HTTP/1.1\r\n" + HOST + b"\r\n"
    with connected(server) as connection:
        connection.sendall(ASK + lengths + b"\r\n" + hidden)
        answer = everything(connection)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"User-agent" not in answer


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (b"/static/../app.py", 404),
        (b"/static/%2e%2e/app.py", 404),
        (b"/static/..%2fapp.py", 404),
        (b"/static/..%5capp.py", 404),
        (b"/static//etc/passwd", 404),
        (b"/static/style.css%00", 404),
        (b"/%00", 404),
        (b"/%ff%zz", 404),
        (b"/x%0d%0aSet-Cookie:%20a=b", 404),
        (b"//evil.example/%2e%2e", 404),
        (b"http://evil.example/void", 404),
        (b"/sitemap-" + b"9" * 5000 + b".xml", 404),
        (b"/sitemap-%D9%A1.xml", 404),
        (b"/sitemap-01.xml", 404),
        (b"/x?lang=en%0d%0aX-Evil:%20a", 404),
    ],
)
def test_odd_addresses_are_not_found(server: Served, path: bytes, status: int) -> None:
    with connected(server) as connection:
        connection.sendall(b"GET " + path + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
        head, _, body = everything(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"evil" not in head.lower()
    assert b"a=b" not in head
    assert b"import" not in body
