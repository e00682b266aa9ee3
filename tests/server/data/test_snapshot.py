from __future__ import annotations

import gc
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.stores.embedded import current_build, new_build
from kg.server.data.snapshot import Snapshots
from tests.server.conftest import serving

BASE = "https://example.org/kg"
SIZE = 3000


def write(path: Path, number: int) -> None:
    """Make a build of statements that all have the same number, in several files."""
    with new_build(path) as draft:
        draft.about |= {
            "base": BASE,
            "reports": [],
            "version": "1",
            "built": "2021-01-01T00:00:00Z",
        }
        for part in range(6):
            draft.extend(
                [
                    Quad(
                        NamedNode(f"{BASE}/thing/{part}-{index}"),
                        NamedNode(f"{BASE}/says"),
                        Literal(number),
                        NamedNode(f"{BASE}/graph/{part}"),
                    )
                    for index in range(SIZE // 6)
                ]
            )


def test_a_build_that_is_read_stays_whole_while_newer_ones_are_made(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, 0)
    snapshots = Snapshots(path)
    held = snapshots.current()
    for number in range(1, 5):
        write(path, number)
    assert held.folder.exists()
    assert len({quad.subject for quad in held.graph}) == SIZE
    assert {quad.object for quad in held.graph} == {Literal(0)}
    new = snapshots.current()
    assert new.folder == current_build(path)
    assert {quad.object for quad in new.graph} == {Literal(4)}
    # Old builds are removed when nobody reads them any more.
    del held
    write(path, 5)
    assert len(list(path.glob("build-*"))) == 2


def test_what_pages_kept_of_an_old_build_holds_none_of_its_files(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, 0)
    snapshots = Snapshots(path)
    old = snapshots.current()
    page: Future[object] = Future()
    page.set_result(old)
    old.cache["page"] = page
    build = str(old.folder)
    del old, page
    write(path, 1)
    gc.disable()
    try:
        assert snapshots.current().folder != Path(build)
        files = [file.path for file in psutil.Process().open_files()]
    finally:
        gc.enable()
    assert not [file for file in files if file.startswith(build)]


def test_no_request_fails_while_builds_follow_each_other(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, 0)
    query = {"query": f"SELECT ?n (COUNT(*) AS ?times) {{ ?s <{BASE}/says> ?n }} GROUP BY ?n"}
    over = threading.Event()
    with serving(path, tmp_path / "log", "--rate", "100000") as server:

        def ask() -> list[tuple[int, int]]:
            found = []
            with server.client(Accept="text/csv") as client:
                while not over.is_set():
                    answer = client.get("/sparql", params=query)
                    assert answer.status_code == 200, answer.text
                    _, *rows = answer.text.split()
                    for row in rows:
                        number, _, times = row.partition(",")
                        found.append((int(number), int(times)))
                    page = client.get("/thing/3-7.nt")
                    assert page.status_code == 200, page.text
            return found

        with ThreadPoolExecutor(3) as threads:
            answers = [threads.submit(ask) for _ in range(3)]
            try:
                for number in range(1, 7):
                    write(path, number)
            finally:
                over.set()
            rows = [row for one in answers for row in one.result()]
        # Each answer comes completely from one build.
        assert {times for _, times in rows} == {SIZE}
        assert len({number for number, _ in rows}) > 2
        last = httpx.get(f"{server.address}/sparql", params=query, trust_env=False).json()
        (row,) = last["results"]["bindings"]
        assert row["n"]["value"] == "6"


def test_a_new_build_has_another_tag(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, 0)
    with serving(path, tmp_path / "log") as server, server.client(Accept="text/turtle") as client:
        first = client.get("/thing/0-0")
        known = {"If-None-Match": first.headers["etag"]}
        assert client.get("/thing/0-0", headers=known).status_code == 304
        write(path, 1)
        second = client.get("/thing/0-0", headers=known)
        assert second.status_code == 200
        assert second.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since"])
def test_what_a_client_has_is_not_sent_again(client: httpx.Client, header: str) -> None:
    for path in ("/department/420103/建设局", "/department/420103/建设局.ttl", "/void", "/sparql"):
        first = client.get(path)
        source = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}[header]
        again = client.get(path, headers={header: first.headers[source]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    # ETags take precedence over times (RFC 9110, section 13.2.2).
    both = {"If-None-Match": '"other"', "If-Modified-Since": first.headers["last-modified"]}
    assert client.get("/void", headers=both).status_code == 200
    assert client.get("/void", headers={"If-Modified-Since": "yesterday"}).status_code == 200
