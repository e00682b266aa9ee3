from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest


@dataclass(frozen=True)
class Served:
    """A server that runs as a process of its own."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    def client(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.address, headers=headers, trust_env=False, timeout=60)


@contextmanager
def serving(store: Path, log: Path, *options: str, **environment: str) -> Iterator[Served]:
    """Start `kg serve` on a free port, and end it."""
    arguments = [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", "0"]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [*arguments, *options],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, **environment},
        ) as process,
    ):
        try:
            assert process.stdout
            told = process.stdout.readline()
            assert told.startswith("http://127.0.0.1:"), log.read_text()
            yield Served(told.split()[0], process, log)
        finally:
            process.terminate()
            process.wait()


@pytest.fixture(scope="session")
def server(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over the dataset that ships; nobody may change it."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(store, log) as found:
        yield found


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    with server.client() as found:
        yield found


class Elsewhere:
    """Another server, which counts who asks it."""

    def __init__(self) -> None:
        self.asked = 0
        elsewhere = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                elsewhere.asked += 1
                self.send_response(404)
                self.end_headers()

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Elsewhere]:
    found = Elsewhere()
    thread = threading.Thread(target=found.server.serve_forever)
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()
