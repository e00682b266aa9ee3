"""Third-party clients of the endpoint get the same results as the library."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store
from rdflib import RDFS, Graph, Literal, URIRef, Variable
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TSV, TURTLE, XML, SPARQLWrapper

from kg.graph.stores.embedded import open_graph
from kg.questions.sparql import select
from tests.server.conftest import Served

NAMES = """PREFIX tkg: <https://w3id.org/taskkg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?name WHERE { ?department a tkg:Department ; rdfs:label ?name } ORDER BY ?name"""


@pytest.fixture(scope="module")
def names(store: Path) -> list[str]:
    found = [str(name) for (name,) in select(open_graph(store), NAMES).rows]
    assert "建设局" in found
    return found


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper(server: Served, names: list[str], method: str, form: str) -> None:
    wrapper = SPARQLWrapper(f"{server.address}/sparql")
    wrapper.setMethod(method)
    wrapper.setReturnFormat(form)
    wrapper.setQuery(NAMES)
    found: Any = wrapper.queryAndConvert()
    if form == JSON:
        assert [row["name"]["value"] for row in found["results"]["bindings"]] == names
    else:
        text = found.toxml() if form == XML else found.decode()
        assert all(name in text for name in names)


def test_sparqlwrapper_directly(server: Served) -> None:
    wrapper = SPARQLWrapper(f"{server.address}/sparql")
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(POSTDIRECTLY)
    wrapper.setReturnFormat(TURTLE)
    wrapper.setQuery("CONSTRUCT WHERE { ?task a <https://w3id.org/taskkg/ontology#Task> }")
    found: Any = wrapper.queryAndConvert()
    assert len(Graph().parse(data=found)) == 106


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml"])
def test_rdflib(server: Served, names: list[str], method: str, form: str) -> None:
    remote = Graph(SPARQLStore(f"{server.address}/sparql", returnFormat=form, method=method))
    assert [str(row[Variable("name")]) for row in remote.query(NAMES).bindings] == names
    department = URIRef("https://w3id.org/taskkg/department/420103/建设局")
    assert remote.value(department, RDFS.label) == Literal("建设局", lang="zh")


def test_curl(server: Served, names: list[str]) -> None:
    curl = shutil.which("curl")
    assert curl
    accept = "Accept: text/csv"
    arguments = [curl, "--silent", "--noproxy", "*", "-H", accept, f"{server.address}/sparql"]
    found = subprocess.run(
        [*arguments, "--data-urlencode", f"query={NAMES}"], capture_output=True, check=True
    )
    assert found.stdout.decode().split() == ["name", *names]


def test_oxigraph_asks_it_as_a_service(server: Served, names: list[str], tmp_path: Path) -> None:
    oxigraph = shutil.which("oxigraph", path=sysconfig.get_path("scripts"))
    assert oxigraph
    _, _, pattern = NAMES.partition("SELECT")
    query = f"SELECT ?name {{ SERVICE <{server.address}/sparql> {{ SELECT {pattern} }} }}"
    head, _, _ = NAMES.partition("SELECT")
    place = tmp_path / "its own"
    Store(place).flush()
    found = subprocess.run(
        [
            oxigraph,
            "query",
            "--location",
            place,
            "--results-format",
            "json",
            "--query",
            head + query,
        ],
        capture_output=True,
        check=True,
    )
    rows = json.loads(found.stdout)["results"]["bindings"]
    assert sorted(row["name"]["value"] for row in rows) == sorted(names)
