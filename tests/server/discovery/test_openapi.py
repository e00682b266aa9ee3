from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
from rdflib import RDFS, Graph, URIRef
from starlette.routing import Route

from kg.server.app import create_app
from kg.server.discovery.interface import OPERATIONS
from kg.server.settings import Settings
from tests.server.conftest import serving

ROOT = Path(__file__).parents[3]


def test_the_server_does_what_its_description_says(store: Path, tmp_path: Path) -> None:
    """Schemathesis sends valid and invalid requests to each operation."""
    with serving(store, tmp_path / "log", "--rate", "100000") as server:
        found = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run"),
                *(f"{server.address}/openapi.json", "--checks", "all", "--max-examples", "8"),
                *("--phases", "examples,coverage,fuzzing", "--generation-deterministic"),
                *("--continue-on-failure", "--warnings", "off", "--no-color"),
            ],
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "SCHEMATHESIS_HOOKS": "tests.server.formats_of_openapi",
            },
            capture_output=True,
            text=True,
        )
    assert found.returncode == 0, found.stdout + found.stderr
    # All operations except the description itself.
    assert f"Tested: {sum(map(len, OPERATIONS.values())) - 1}\n" in found.stdout


def test_every_address_is_described(store: Path) -> None:
    app = create_app(Settings(store, "http://a.example", ("a.example",)))
    paths = {route.path.replace(":path}", "}") for route in app.routes if isinstance(route, Route)}
    # One route can serve a page and its files.
    files = {path for path in OPERATIONS if path.removesuffix(".{ending}") in paths}
    assert paths == OPERATIONS.keys() - (files - paths)


def test_the_description_is_found(client: httpx.Client) -> None:
    graph = Graph().parse(data=client.get("/sparql", headers={"Accept": "text/turtle"}).text)
    ((_, interface),) = graph.subject_objects(RDFS.seeAlso)
    assert interface == URIRef(f"{client.base_url}/openapi.json")
    told = client.get(str(interface)).json()
    assert told["servers"] == [{"url": str(client.base_url)}]
