"""The log has one JSON object per line, whatever clients and processes do."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from kg.server.workers.pool import log_lines
from tests.server.conftest import Served, serving
from tests.server.sparql.test_endpoint import RUNAWAY

HEAD = b" HTTP/1.1\r\nHost: localhost\r\n"
FORM = HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"
# What is sent, and the logged status; 0 if there was no complete request.
REQUESTS = [
    (b"GARBAGE\r\n\r\n", 0),
    (b"\x16\x03\x01\x02\x00\x01\x00", 0),
    (b"GET /\x00" + HEAD + b"\r\n", 0),
    (b"GET /%zz" + HEAD + b"\r\n", 404),
    (b"GET /browse/%ff%fe" + HEAD + b"\r\n", 404),
    (b"GET /search?q=" + b"a" * 60_000 + HEAD + b"\r\n", 400),
    (b"POST /sparql" + FORM + b"Content-Length: 8\r\n\r\nquery=%f", 400),
    (b"POST /sparql" + HEAD + b"Content-Type: application/sparql-query\r\n"
     b"Content-Length: 4\r\n\r\n\xff\xfe\x00\x01", 400),
    # The client disconnects before the end of its request.
    (b"POST /sparql" + FORM + b"Content-Length: 100\r\n\r\nquery=", 499),
]  # fmt: skip


def send(server: Served, data: bytes) -> None:
    where = urlsplit(server.address)
    assert where.hostname
    assert where.port
    with socket.create_connection((where.hostname, where.port)) as connection:
        connection.sendall(data)
        time.sleep(0.3)


@pytest.fixture(scope="module")
def logged(store: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    with serving(store, tmp_path_factory.mktemp("log") / "log") as server:
        for data, _ in REQUESTS:
            send(server, data)
        for child in psutil.Process(server.process.pid).children():
            child.kill()
        with server.client() as client:
            # The server may have noticed already, or notices now.
            assert client.get("/sparql", params={"query": "ASK {}"}).status_code in (200, 503)
            assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    return [json.loads(line) for line in server.log.read_text("utf-8").splitlines()]


def test_each_request_has_its_status(logged: list[dict[str, object]]) -> None:
    told = [str(line["status"]) for line in logged if "status" in line]
    # The last two requests were sent after the processes were killed.
    assert told[:-2] == [str(status) for _, status in REQUESTS if status]


def test_other_lines_say_what_happened_and_when(logged: list[dict[str, object]]) -> None:
    others = [line for line in logged if "status" not in line]
    assert others
    assert all(line["level"] and line["message"] and line["time"] for line in others)
    assert sum(line["message"] == "Invalid HTTP request received." for line in others) == 3


def test_a_process_that_ends_in_the_middle_of_a_query_is_told(store: Path, tmp_path: Path) -> None:
    with (
        serving(store, tmp_path / "log") as server,
        server.client() as client,
        ThreadPoolExecutor() as threads,
    ):
        asked = threads.submit(client.get, "/sparql", params={"query": RUNAWAY})
        children = psutil.Process(server.process.pid).children()
        while not (busy := [one for one in children if one.cpu_percent(0.1) > 50]):
            assert not asked.done()
        busy[0].kill()
        answer = asked.result()
        assert answer.status_code == 503
        assert "has ended" in answer.text
        assert answer.headers["Retry-After"]
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_lines_of_any_length_of_a_process_are_read_to_the_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def log() -> None:
        stream = asyncio.StreamReader(limit=100)
        stream.feed_data(b"one\n" + b"x" * 500 + b"\ntwo\xff\n")
        stream.feed_eof()
        await log_lines(stream)

    asyncio.run(log())
    first, *_, last = caplog.messages
    assert (first, last) == ("worker: one", "worker: two\ufffd")
