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

from kg.graph.build import add, build
from tests.history.plans import HEAD, write_plan


@dataclass(frozen=True)
class Served:
    """A server in a process of its own."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    def client(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.address, headers=headers, trust_env=False, timeout=60)


@contextmanager
def serving(store: Path, log: Path, *options: str, **environment: str) -> Iterator[Served]:
    """Run `kg serve` on a free port within a `with` block."""
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
    """A server for the dataset in the repository, without updates."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(store, log) as found:
        yield found


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    with server.client() as found:
        yield found


class Elsewhere:
    """Another server, which counts requests."""

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


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for three reports of one plan, and one of another district."""
    folder = tmp_path_factory.mktemp("history")
    other = folder / "other.csv"
    rows = "1,就业,新增就业3000人。,截至12月底，新增就业2800人。,人力资源和社会保障局\n"
    title = "南山区2021年政府工作报告任务进展情况（截至2021年12月底）\n"
    other.write_text(title + HEAD + rows, encoding="utf-8")
    build(write_plan(folder), folder / "store", jurisdiction="330106")
    add([other], folder / "store", jurisdiction="440305")
    with serving(folder / "store", folder / "log") as found:
        yield found


# Each format of graphs, with its name in rdflib.
graph_formats = pytest.mark.parametrize(
    ("media", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)


def assert_refused(client: httpx.Client, address: str, status: int) -> None:
    """Check that a request is refused with a message of one sentence."""
    answer = client.get(address, headers={"Accept": "text/plain"})
    assert answer.status_code == status
    assert answer.text.endswith(".\n")
    assert answer.text.count("\n") == 1
