from __future__ import annotations

import subprocess
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal as Lit
from pyoxigraph import NamedNode, Quad
from rdflib import RDFS, Graph, Literal, URIRef

from kg.graph.rdf.terms import mint, term
from kg.graph.stores.embedded import new_build
from kg.server.data.addresses import iri_of, path_of
from tests.server.conftest import Served, serving

BASE = "https://w3id.org/taskkg"
IRI = f"{BASE}/department/420103/建设局"
PATH = quote("/department/420103/建设局")
FORMATS = {
    "text/turtle": ("turtle", ".ttl"),
    "application/ld+json": ("json-ld", ".jsonld"),
    "application/n-triples": ("nt", ".nt"),
}


@pytest.mark.parametrize("media", FORMATS)
def test_a_thing_is_told_in_each_format(client: httpx.Client, media: str) -> None:
    form, ending = FORMATS[media]
    negotiated = client.get(PATH, headers={"Accept": media})
    named = client.get(PATH + ending)
    assert negotiated.headers["content-type"].partition(";")[0] == media
    assert negotiated.content == named.content
    graph = Graph().parse(data=negotiated.text, format=form)
    assert (URIRef(IRI), RDFS.label, Literal("建设局", lang="zh")) in graph
    # Statements that refer to it are included.
    assert any(graph.subjects(None, URIRef(IRI)))


def test_the_vocabulary_tells_of_its_terms(client: httpx.Client) -> None:
    graph = Graph().parse(data=client.get("/ontology.ttl").text)
    assert graph.value(URIRef(f"{BASE}/ontology#Task"), RDFS.label)


def test_a_named_graph_is_what_it_holds(client: httpx.Client) -> None:
    answer = client.get("/graph/report/jianghan-2019-10.nt")
    assert len(answer.text.splitlines()) > 10_000


def test_names_that_hold_what_addresses_do_not(tmp_path: Path) -> None:
    iri = mint("https://example.org/kg", "place", "420103", "A/B座?#100%.ttl")
    with new_build(tmp_path / "store") as draft:
        draft.about |= {"base": "https://example.org/kg", "reports": [], "version": "1"}
        label = term("rdfs:label")
        draft.extend([Quad(iri, label, Lit("名"), NamedNode("https://example.org/kg/graph/a"))])
    path = path_of(iri.value, "https://example.org/kg")
    assert path
    with serving(tmp_path / "store", tmp_path / "log") as server, server.client() as client:
        assert client.get(path, headers={"Accept": "application/n-triples"}).text.startswith(
            str(iri)
        )
        assert client.get(f"{path}.nt").text.startswith(str(iri))


@given(st.text(min_size=1, max_size=20))
def test_paths_lead_back_to_the_iri(name: str) -> None:
    iri = mint(BASE, "place", "420103", name).value
    path = path_of(iri, BASE)
    assert path
    assert path.isascii()
    assert iri_of(path, BASE) == iri


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
    ],
)
def test_no_path_leads_out(server: Served, path: str) -> None:
    # httpx would normalise the path.
    curl = ["curl", "--silent", "--noproxy", "*", "--path-as-is", "--write-out", "%{http_code}"]
    found = subprocess.run(
        [*curl, server.address + path], capture_output=True, text=True, check=True
    )
    assert found.stdout.endswith("404")
    assert "root:" not in found.stdout
    assert "import" not in found.stdout


def test_head_has_the_headers_of_get(client: httpx.Client) -> None:
    for path in (PATH, PATH + ".ttl", "/void", "/sparql", "/sitemap.xml", "/robots.txt"):
        got, told = client.get(path), client.head(path)
        assert (told.status_code, told.content) == (200, b"")
        for name in ("content-type", "content-length", "etag"):
            assert told.headers.get(name) == got.headers.get(name)


def test_browsers_get_a_page_that_says_what_else_there_is(client: httpx.Client) -> None:
    answer = client.get(PATH, headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>建设局</h1>" in answer.text
    assert f'type="text/turtle" href="{PATH}.ttl"' in answer.text
    assert "<h1>建设局</h1>" in client.get(PATH + ".html").text


def test_what_is_not_known_or_not_to_be_had_is_told(client: httpx.Client) -> None:
    assert client.get("/department/420103/没有这个局").status_code == 404
    assert client.get(PATH + ".pdf").status_code == 404
    assert client.get(PATH, headers={"Accept": "image/png"}).status_code == 406
