from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

from tests.server.conftest import serving

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(?c < ?f) }"


def test_every_answer_has_the_headers_that_protect(client: httpx.Client) -> None:
    for path in ("/department/420103/建设局.html", "/nothing", "/static/style.css", "/void"):
        headers = client.get(path, headers={"Accept": "text/html, */*;q=0.1"}).headers
        policy = dict(
            part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
        )
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == "'self'"
        assert policy["frame-ancestors"] == "'self'"
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_it_is_called_by_its_own_name_only(client: httpx.Client, host: str) -> None:
    answer = client.get("/void", headers={"Host": host})
    assert answer.status_code == 400
    assert client.get("/void", headers={"Host": "localhost:1234"}).status_code == 200


def test_other_names_can_be_allowed(store: Path, tmp_path: Path) -> None:
    options = ("--allowed-host", "data.example.org", "--address", "https://kg.example.org")
    with serving(store, tmp_path / "log", *options) as server, server.client() as client:
        for host in ("data.example.org", "kg.example.org"):
            assert client.get("/robots.txt", headers={"Host": host}).status_code == 200
        assert "https://kg.example.org/sitemap.xml" in client.get("/robots.txt").text


def test_requests_that_are_too_large_are_refused(client: httpx.Client) -> None:
    large = b"a" * (1024 * 1024 + 1)
    direct = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=large, headers=direct).status_code == 413
    # A request without a length.
    pieces = (large[:100_000] for _ in range(20))
    assert client.post("/sparql", content=pieces, headers=direct).status_code == 413
    assert client.get("/void").status_code == 200


def test_who_asks_too_often_waits(store: Path, tmp_path: Path) -> None:
    with serving(store, tmp_path / "log", "--rate", "2") as server, server.client() as client:
        answers = [client.get("/robots.txt") for _ in range(12)]
        assert answers[0].status_code == 200
        refused = [answer for answer in answers if answer.status_code == 429]
        assert refused
        wait = int(refused[0].headers["retry-after"])
        threading.Event().wait(wait)
        assert client.get("/robots.txt").status_code == 200


def test_too_many_at_once_are_told(store: Path, tmp_path: Path) -> None:
    options = ("--concurrency", "2", "--seconds", "2")
    with serving(store, tmp_path / "log", *options) as server:

        def ask(_: int) -> httpx.Response:
            with server.client() as client:
                return client.get("/sparql", params={"query": SLOW})

        with ThreadPoolExecutor(6) as threads:
            answers = list(threads.map(ask, range(6)))
    busy = [answer for answer in answers if "The server is busy" in answer.text]
    assert len(busy) == 4
    assert all(answer.status_code == 503 and answer.headers["retry-after"] for answer in busy)


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html", "text/html"),
        ("application/json", "application/problem+json"),
        ("text/csv", "text/plain"),
    ],
)
def test_problems_are_told_in_the_format_one_reads(
    client: httpx.Client, accept: str, media: str
) -> None:
    answer = client.get("/no<script>such", headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.headers["content-type"].partition(";")[0] == media
    assert "<script>such" not in answer.text
    if media == "application/problem+json":
        assert answer.json()["status"] == 404
    assert client.delete("/void").status_code == 405
    assert "GET" in client.delete("/void").headers["allow"]


def test_a_failure_tells_nothing_of_the_machine(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "store"
    shutil.copytree(store, path)
    with serving(path, tmp_path / "log") as server, server.client() as client:
        (path / "CURRENT").unlink()
        answer = client.get("/void")
        assert answer.status_code == 500
        assert str(tmp_path) not in answer.text
        assert "Traceback" not in answer.text
        assert "content-security-policy" in answer.headers
    # It is logged after the response.
    assert "Traceback" in server.log.read_text()


def test_the_log_has_no_query_strings(store: Path, tmp_path: Path) -> None:
    with serving(store, tmp_path / "log") as server, server.client() as client:
        client.get("/department/420103/建设局", params={"q": "张三"})
        client.get("/sparql", params={"query": "ASK { ?s ?p '李四' }"})
        client.get("/sparql", params={"query": "ASK { ?s ?p '李四' "})
    text = server.log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["status"] for line in lines] == [200, 200, 400]
    assert lines[0]["path"] == "/department/420103/建设局"
    assert {"time", "method", "bytes", "milliseconds"} <= lines[0].keys()
    assert not any(word in text for word in ("张三", "李四", "127.0.0.1"))


def test_what_was_begun_is_finished(store: Path, tmp_path: Path) -> None:
    with serving(store, tmp_path / "log", "--seconds", "60") as server:
        workers = psutil.Process(server.process.pid).children()
        assert workers
        # This query takes some seconds: six million pairs.
        query = (
            "SELECT (COUNT(*) AS ?n) { { SELECT ?c { ?a ?b ?c } LIMIT 2500 } "
            "{ SELECT ?f { ?d ?e ?f } LIMIT 2500 } FILTER(STR(?c) < STR(?f)) }"
        )
        with ThreadPoolExecutor(1) as threads, server.client() as client:
            client.get("/sparql", params={"query": "ASK {}"})
            client.get("/sparql", params={"query": "ASK {}"})
            idle = sum(worker.cpu_times().user for worker in workers)
            asked = threads.submit(client.get, "/sparql", params={"query": query})
            while sum(worker.cpu_times().user for worker in workers) < idle + 0.2:
                assert not asked.done(), "the query is too quick for this test"
                threading.Event().wait(0.02)
            server.process.send_signal(signal.SIGTERM)
            answer = asked.result()
        assert answer.status_code == 200, answer.text
        assert server.process.wait(20) == 0
        assert not any(worker.is_running() for worker in workers)


def test_workers_die_with_a_server_that_is_killed(store: Path, tmp_path: Path) -> None:
    with serving(store, tmp_path / "log") as found:
        workers = psutil.Process(found.process.pid).children()
        assert workers
        found.process.kill()
        found.process.wait()
        _, alive = psutil.wait_procs(workers, timeout=20)
        assert not alive


def test_what_cannot_be_served_is_told_in_one_sentence(store: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for options, told in (
            (("--store", str(tmp_path / "none")), "no store here"),
            (("--store", str(store), "--port", port), "choose another with --port"),
            (("--store", str(store), "--address", "kg"), "write one such as"),
            (("--store", str(store), "--licence", "mine"), "is not known"),
        ):
            found = subprocess.run(
                [sys.executable, "-m", "kg.cli", "serve", *options], capture_output=True, text=True
            )
            assert found.returncode == 2
            assert told in found.stderr
            assert len(found.stderr.splitlines()) == 1
