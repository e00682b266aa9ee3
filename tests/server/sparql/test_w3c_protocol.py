"""The W3C's own tests of the SPARQL 1.1 Protocol, all of them, against a real server.

They need the folder shared/; their names are known without it, so that none is lost unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.graph.stores.embedded import new_build
from tests.server.conftest import Served, serving

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
TESTS = Namespace("http://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest#")
DATA = "http://kasei.us/2009/09/sparql/data/"
TOKEN = "a long random text"

QUERIES = (
    "query_post_form query_dataset_default_graphs_get query_dataset_default_graphs_post "
    "query_dataset_named_graphs_post query_dataset_named_graphs_get query_dataset_full "
    "query_multiple_dataset query_get query_content_type_select query_content_type_ask "
    "query_content_type_describe query_content_type_construct query_post_direct bad_query_method "
    "bad_multiple_queries bad_query_wrong_media_type bad_query_missing_form_type "
    "bad_query_missing_direct_type bad_query_non_utf8 bad_query_syntax"
).split()
UPDATES = (
    "update_dataset_default_graph update_dataset_default_graphs update_dataset_named_graphs "
    "update_dataset_full update_post_form update_post_direct update_base_uri bad_update_get "
    "bad_multiple_updates bad_update_wrong_media_type bad_update_missing_form_type "
    "bad_update_non_utf8 bad_update_syntax bad_update_dataset_conflict"
).split()
KINDS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"),
}


@dataclass(frozen=True)
class Step:
    """A request and the expected response."""

    request: httpx.Request
    statuses: frozenset[str]
    boolean: bool | None
    form: str | None


@pytest.fixture(scope="module")
def manifest(shared: Path) -> Graph:
    return Graph().parse(shared / "sparql-protocol" / "manifest.ttl", publicID=str(TESTS))


@pytest.fixture(scope="module")
def documents(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the graphs that the tests query."""
    path = tmp_path_factory.mktemp("documents") / "store"
    with new_build(path) as draft:
        draft.about |= {"base": "https://example.org", "reports": [], "version": "1"}
        for number in (1, 2, 3):
            file = shared / "sparql-protocol" / f"data{number}.nt"
            graph = NamedNode(f"{DATA}data{number}.rdf")
            found = parse(path=str(file), format=RdfFormat.N_TRIPLES)
            draft.extend([Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found])
    return path


@pytest.fixture(scope="module")
def asked(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(documents, tmp_path_factory.mktemp("asked") / "log") as found:
        yield found


@pytest.fixture(scope="module")
def changed(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("changed") / "log"
    with serving(documents, log, "--allow-update", KG_TOKEN=TOKEN) as found:
        yield found


def test_none_is_left_out(manifest: Graph) -> None:
    (entries,) = manifest.objects(None, MF.entries)
    names = {str(found).removeprefix(str(TESTS)) for found in Collection(manifest, entries)}
    assert names == {*QUERIES, *UPDATES}


@pytest.mark.parametrize("name", QUERIES)
def test_query(name: str, manifest: Graph, asked: Served) -> None:
    run(steps(manifest, TESTS[name], asked), asked)


@pytest.mark.parametrize("name", UPDATES)
def test_update(name: str, manifest: Graph, changed: Served) -> None:
    run(steps(manifest, TESTS[name], changed), changed)


def run(found: list[Step], server: Served) -> None:
    assert found
    with server.client(Authorization=f"Bearer {TOKEN}") as client:
        for step in found:
            answer = client.send(step.request)
            assert f"StatusCode{answer.status_code // 100}xx" in step.statuses, answer.text
            media = answer.headers.get("content-type", "").partition(";")[0]
            if step.form:
                assert media in KINDS[step.form]
            if step.boolean is not None:
                assert answer.json()["boolean"] is step.boolean


def steps(manifest: Graph, test: URIRef, server: Served) -> list[Step]:
    (requests,) = manifest.objects(test, MF.action / HT.requests)
    return [_step(manifest, found, server) for found in Collection(manifest, requests)]


def _step(manifest: Graph, node: Node, server: Served) -> Step:
    path = str(manifest.value(node, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
    body = manifest.value(node, HT.body)
    content = None
    if body is not None:
        encoding = str(manifest.value(body, CNT.characterEncoding))
        content = str(manifest.value(body, CNT.chars)).encode(encoding)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    listed = manifest.value(node, HT.headers)
    for header in Collection(manifest, listed) if listed is not None else ():
        name, value = (manifest.value(header, HT[part]) for part in ("fieldName", "fieldValue"))
        headers[str(name)] = str(value)
    answer = manifest.value(node, HT.resp)
    statuses = manifest.objects(answer, MF.expectedStatus)
    boolean = manifest.value(answer, MF.expectedBoolean)
    form = manifest.value(answer, MF.expectedFormat)
    return Step(
        httpx.Request(
            str(manifest.value(node, HT.methodName)),
            server.address + path,
            content=content,
            headers=headers,
        ),
        frozenset(str(status).rpartition("#")[2] for status in statuses),
        None if boolean is None else str(boolean) == "true",
        None if form is None else str(form),
    )
