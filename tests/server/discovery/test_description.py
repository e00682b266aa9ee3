from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import httpx
import pyshacl
import pytest
from pyoxigraph import NamedNode, Quad
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, VOID, Graph, Literal, URIRef

from kg.graph.rdf.terms import term
from kg.graph.stores.embedded import new_build, open_graph
from kg.questions.sparql import select
from tests.server.conftest import serving

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_counts_are_those_of_the_graph(client: httpx.Client, store: Path) -> None:
    graph = Graph().parse(data=client.get("/void").text)
    (dataset,) = graph.subjects(RDF.type, VOID.Dataset)
    ((triples, things),) = select(
        open_graph(store),
        "SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?things) { ?s ?p ?o }",
    ).rows
    assert graph.value(dataset, VOID.triples) == Literal(triples)
    assert graph.value(dataset, VOID.distinctSubjects) == Literal(things)
    (tasks,) = graph.subjects(VOID["class"], URIRef("https://w3id.org/taskkg/ontology#Task"))
    assert (dataset, VOID.classPartition, tasks) in graph
    assert graph.value(tasks, VOID.entities) == Literal(106)


@pytest.mark.parametrize("media", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_a_portal_reads_what_is_offered(client: httpx.Client, media: str) -> None:
    answer = client.get("/dcat", headers={"Accept": media})
    form = {"application/ld+json": "json-ld", "application/rdf+xml": "xml"}.get(media, "turtle")
    graph = Graph().parse(data=answer.text, format=form)
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    service = graph.value(catalogue, DCAT.service)
    assert graph.value(service, DCAT.endpointURL) == URIRef(f"{client.base_url}/sparql")
    dataset = graph.value(catalogue, DCAT.dataset)
    titles = set(graph.objects(dataset, DCTERMS.title))
    assert {title.language for title in titles if isinstance(title, Literal)} == {"zh", "en"}


def test_who_publishes_and_under_which_licence(store: Path, tmp_path: Path) -> None:
    options = ("--publisher", "某区人民政府", "--licence", "CC-BY-4.0")
    with serving(store, tmp_path / "log", *options) as server, server.client() as client:
        graph = Graph().parse(data=client.get("/dcat").text)
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(catalogue, DCTERMS.license) == licence
    publisher = graph.value(catalogue, DCTERMS.publisher)
    assert graph.value(publisher, FOAF.name) == Literal("某区人民政府", lang="zh")


def test_the_catalogue_conforms_to_dcat_ap(store: Path, shared: Path, tmp_path: Path) -> None:
    shapes = Graph().parse(shared / "dcat-ap" / "dcat-ap-3.0.1-shacl.ttl")
    # Two shapes of data services are referred to but not defined, which makes pySHACL fail.
    for shape, named in list(shapes.subject_objects(SH.property)):
        if (named, SH.path, None) not in shapes:
            shapes.remove((shape, SH.property, named))
    options = ("--publisher", "某区人民政府", "--licence", "CC-BY-4.0")
    with serving(store, tmp_path / "log", *options) as server, server.client() as client:
        graph = Graph().parse(data=client.get("/dcat").text)
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert conforms, report
    # Without the options, the publisher is missing.
    graph.remove((None, DCTERMS.publisher, None))
    graph.remove((None, DCTERMS.license, None))
    conforms, found, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert not conforms
    assert isinstance(found, Graph)
    assert set(found.objects(None, SH.resultPath)) == {DCTERMS.publisher}


def test_the_sitemap_leads_to_pages(client: httpx.Client) -> None:
    robots = client.get("/robots.txt").text
    assert f"Sitemap: {client.base_url}/sitemap.xml" in robots
    root = ET.fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{SPACE}urlset"
    found = [str(place.text) for place in root.iter(f"{SPACE}loc")]
    assert len(found) == len(set(found)) > 500
    tasks = [address for address in found if "/task/" in address]
    assert len(tasks) == 106
    for address in [*tasks[:5], *(found[1:200:40])]:
        page = client.get(address, headers={"Accept": "text/html"})
        assert page.status_code == 200, address


def test_a_large_sitemap_is_split(tmp_path: Path) -> None:
    base, size = "https://example.org/kg", 50_002
    with new_build(tmp_path / "store") as draft:
        draft.about |= {"base": base, "reports": [], "version": "1"}
        kind, graph = term("tkg:Place"), NamedNode(f"{base}/graph/a")
        draft.extend(
            [
                Quad(NamedNode(f"{base}/place/{number}"), term("rdf:type"), kind, graph)
                for number in range(size)
            ]
        )
    with serving(tmp_path / "store", tmp_path / "log") as server, server.client() as client:
        root = ET.fromstring(client.get("/sitemap.xml").content)
        assert root.tag == f"{SPACE}sitemapindex"
        parts = [str(place.text) for place in root.iter(f"{SPACE}loc")]
        found = [
            place.text
            for part in parts
            for place in ET.fromstring(client.get(part).content).iter(f"{SPACE}loc")
        ]
        assert len(parts) == 2
        # The front page is one of them.
        assert len(found) == len(set(found)) == size + 1
        assert client.get("/sitemap-3.xml").status_code == 404
