from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.graph.stores.embedded import current_build, new_build, open_graph
from tests.server.conftest import Served, serving

TOKEN = "a long random text"
COUNT = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}


@pytest.fixture
def path(store: Path, tmp_path: Path) -> Path:
    shutil.copytree(store, tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def changeable(path: Path, tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "token").write_text(TOKEN + "\n")
    options = ("--allow-update", "--token-file", str(tmp_path / "token"))
    with serving(path, tmp_path / "log", *options) as found:
        yield found


def test_an_update_is_a_build_of_its_own(changeable: Served, path: Path) -> None:
    before, said = current_build(path), "INSERT DATA { <http://a.example/s> rdfs:label '新' }"
    with changeable.client(Authorization=f"Bearer {TOKEN}") as client:
        answer = client.post("/sparql", data={"update": said})
        assert (answer.status_code, answer.content) == (204, b"")
        asked = client.get("/sparql", params={"query": "ASK { <http://a.example/s> ?p '新' }"})
        assert asked.json()["boolean"] is True
    assert current_build(path) != before
    # The build's metadata is kept, and commands can read it.
    query = "ASK { <http://a.example/s> ?p '新' }"
    assert bool(open_graph(path).query(query))


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": f"Basic {TOKEN}"}, 401),
        ({"Authorization": "Bearer"}, 401),
        ({"Authorization": f"bearer {TOKEN}"}, 204),
    ],
)
def test_who_may(changeable: Served, path: Path, header: dict[str, str], status: int) -> None:
    before = current_build(path)
    with changeable.client() as client:
        answer = client.post("/sparql", data={"update": "CLEAR SILENT DEFAULT"}, headers=header)
    assert answer.status_code == status
    assert (current_build(path) == before) is (status == 401)
    assert (answer.headers.get("www-authenticate") == "Bearer") is (status == 401)


def test_updates_that_are_refused_change_nothing(changeable: Served, path: Path) -> None:
    before = current_build(path)
    with changeable.client(Authorization=f"Bearer {TOKEN}") as client:
        for update, told in (
            ("LOAD <http://127.0.0.1:1/>", "LOAD is not allowed here"),
            (
                "INSERT { ?s ?p ?o } WHERE { SERVICE <http://a.example/> { ?s ?p ?o } }",
                "SERVICE is",
            ),
            ("INSERT DATA { <a> }", "syntax error"),
        ):
            answer = client.post("/sparql", data={"update": update})
            assert answer.status_code == 400
            assert told in answer.text
    assert current_build(path) == before
    assert len(list(path.glob("build-*"))) == 1


def test_readers_see_all_of_an_update_or_nothing(changeable: Served) -> None:
    """Removals and additions of an update become visible at once."""
    over = threading.Event()
    seen: set[int] = set()

    def read() -> None:
        query = {"query": "SELECT (COUNT(*) AS ?n) { ?s <http://a.example/p> ?o }"}
        with changeable.client() as client:
            while not over.is_set():
                (row,) = client.get("/sparql", params=query).json()["results"]["bindings"]
                seen.add(int(row["n"]["value"]))

    reader = threading.Thread(target=read)
    reader.start()
    with changeable.client(Authorization=f"Bearer {TOKEN}") as client:
        for number in range(3):
            statements = " . ".join(
                f"<http://a.example/{number}> <http://a.example/p> {value}" for value in range(50)
            )
            update = (
                f"DELETE WHERE {{ ?s <http://a.example/p> ?o }} ; INSERT DATA {{ {statements} }}"
            )
            assert client.post("/sparql", data={"update": update}).status_code == 204
    over.set()
    reader.join()
    assert seen <= {0, 50}


def test_a_store_that_is_being_built_is_not_changed(changeable: Served, path: Path) -> None:
    with changeable.client(Authorization=f"Bearer {TOKEN}") as client, new_build(path, keep=True):
        answer = client.post("/sparql", data={"update": "CLEAR ALL"})
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert str(path) not in answer.text


def test_updates_need_a_token(store: Path) -> None:
    for environment in ({}, {"KG_TOKEN": " "}):
        found = subprocess.run(
            [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--allow-update"],
            capture_output=True,
            text=True,
            env={"PATH": "", **environment},
        )
        assert found.returncode == 2
        assert "token" in found.stderr


def test_it_can_still_be_asked(changeable: Served) -> None:
    with httpx.Client(trust_env=False) as client:
        assert client.post(f"{changeable.address}/sparql", data=COUNT).status_code == 200


def test_an_update_that_takes_too_much_memory_changes_nothing(path: Path, tmp_path: Path) -> None:
    before = current_build(path)
    (tmp_path / "token").write_text(TOKEN)
    options = ("--allow-update", "--token-file", str(tmp_path / "token"), "--memory", "300")
    large = "INSERT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with (
        serving(path, tmp_path / "log", *options) as server,
        server.client(Authorization=f"Bearer {TOKEN}") as client,
    ):
        answer = client.post("/sparql", data={"update": large})
        assert answer.status_code == 503
        assert "more memory" in answer.text
        assert current_build(path) == before
        small = "INSERT DATA { <http://a.example/s> rdfs:label '新' }"
        assert client.post("/sparql", data={"update": small}).status_code == 204
