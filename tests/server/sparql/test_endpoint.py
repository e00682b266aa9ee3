from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import httpx
import psutil
import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from tests.server.conftest import Elsewhere, Served, graph_formats, serving

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
# This query never ends: all combinations of 55,000 statements.
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c < ?f && ?f < ?i) }"
TOKEN = "a long random text"


@pytest.fixture(scope="module")
def hurried(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a short time limit for queries."""
    with serving(store, tmp_path_factory.mktemp("hurried") / "log", "--seconds", "1") as found:
        yield found


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.9, text/tab-separated-values", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
    ],
)
def test_a_table_has_the_format_that_is_liked_best(
    client: httpx.Client, accept: str, media: str
) -> None:
    query = {"query": "SELECT ?name { ?d a tkg:Department ; rdfs:label ?name }"}
    answer = client.get("/sparql", params=query, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == media
    assert "建设局" in answer.text


@graph_formats
def test_a_graph_has_the_format_that_is_asked_for(
    client: httpx.Client, media: str, form: str
) -> None:
    query = {"query": "CONSTRUCT WHERE { ?task a tkg:Task }"}
    answer = client.get("/sparql", params=query, headers={"Accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    assert len(Graph().parse(data=answer.text, format=form)) == 106


def test_formats_that_an_answer_cannot_have(client: httpx.Client) -> None:
    for query, accept in (
        ("ASK {}", "image/png"),
        ("ASK {}", "text/turtle"),
        ("CONSTRUCT WHERE { ?a a tkg:Task }", "text/csv"),
    ):
        answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert answer.status_code == 406
        assert "is available as" in answer.text


def test_a_dataset_narrows_what_is_asked(client: httpx.Client) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graphs = client.post(
        "/sparql", data={"query": "SELECT DISTINCT ?g { GRAPH ?g {} } ORDER BY ?g"}
    )
    names = [row["g"]["value"] for row in graphs.json()["results"]["bindings"]]
    assert len(names) > 1
    every = _number(client.post("/sparql", data={"query": count}))
    one = _number(client.post("/sparql", data={"query": count, "default-graph-uri": names[0]}))
    assert 0 < one < every
    # A request with only named graphs has an empty default graph.
    assert _number(client.post("/sparql", data={"query": count, "named-graph-uri": names[0]})) == 0


def test_the_methods_are_told(client: httpx.Client) -> None:
    answer = client.request("PUT", "/sparql", content=b"ASK {}")
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))
    preflight = client.options(
        "/sparql",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert client.options("/sparql").status_code == 204
    asked = client.get(
        "/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://a.example"}
    )
    assert asked.headers["access-control-allow-origin"] == "*"


def test_a_wrong_query_is_told_where_it_is_wrong(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "SELECT * {\n ?a ?b }"})
    assert answer.status_code == 400
    assert "line 2" in answer.text


@pytest.mark.parametrize("text", ["", "query=%FF", "query=ASK+%7B%7D&default-graph-uri=no%20iri"])
def test_what_is_no_request_of_the_protocol(client: httpx.Client, text: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/sparql", content=text, headers=form).status_code == 400


def test_other_servers_are_not_asked(client: httpx.Client) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 400
    assert "SERVICE is not allowed here" in answer.text


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process leave the network")
def test_a_worker_reaches_nobody(elsewhere: Elsewhere) -> None:
    """Not even with a query in which no keyword was recognised."""
    code = (
        "from kg.server.workers.confinement import leave_network; from pyoxigraph import Store; "
        f"leave_network(); list(Store().query('SELECT * {{ SERVICE <{elsewhere.address}> {{}} }}'))"
    )
    before = elsewhere.asked
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "Network is unreachable" in found.stderr
    assert elsewhere.asked == before


def test_the_endpoint_describes_itself(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=answer.text)
    (service,) = graph.subjects(RDF.type, SD.Service)
    (endpoint,) = graph.objects(service, SD.endpoint)
    assert str(endpoint) == f"{client.base_url}/sparql"
    assert list(graph.objects(service, SD.supportedLanguage)) == [SD.SPARQL11Query]
    assert URIRef("http://www.w3.org/ns/formats/SPARQL_Results_CSV") in set(
        graph.objects(service, SD.resultFormat)
    )
    assert set(graph.objects(None, SD.name))
    page = client.get("/sparql", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")


def test_a_query_that_takes_too_long_is_ended(hurried: Served) -> None:
    with hurried.client() as client:
        answer = client.get("/sparql", params={"query": RUNAWAY})
        assert answer.status_code == 503
        assert "longer than 1 seconds" in answer.text
        # No process continues to compute, and the next query is answered.
        _until(lambda: not _busy(hurried))
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_many_runaways_at_once_hold_no_worker(hurried: Served) -> None:
    def ask(query: str) -> int:
        with hurried.client() as client:
            return client.get("/sparql", params={"query": query}).status_code

    with ThreadPoolExecutor(10) as threads:
        runaways = [threads.submit(ask, RUNAWAY) for _ in range(6)]
        others = [threads.submit(ask, "ASK {}") for _ in range(4)]
        assert {found.result() for found in runaways} == {503}
        assert {found.result() for found in others} == {200}


def test_thirty_runaways_of_one_client_delay_no_other(store: Path, tmp_path: Path) -> None:
    def run_away(found: Served) -> None:
        with suppress(httpx.HTTPError), found.client() as client:
            client.get("/sparql", params={"query": RUNAWAY})

    elsewhere = httpx.HTTPTransport(local_address="127.0.0.2")
    # The server ends first, and its running queries with it.
    with (
        ThreadPoolExecutor(30) as threads,
        serving(store, tmp_path / "log", "--seconds", "20") as found,
    ):
        waiting = [threads.submit(run_away, found) for _ in range(30)]
        _until(lambda: _busy(found))
        with httpx.Client(base_url=found.address, transport=elsewhere) as other:
            for _ in range(5):
                answer = other.get("/sparql", params={"query": "ASK {}"}, timeout=15)
                assert answer.json()["boolean"] is True
        assert not any(one.done() for one in waiting)
        found.process.kill()


def test_a_client_that_goes_away_frees_its_worker(server: Served) -> None:
    with server.client() as client, pytest.raises(httpx.ReadTimeout):
        client.get("/sparql", params={"query": RUNAWAY}, timeout=0.7)
    _until(lambda: not _busy(server))
    lines = [json.loads(line) for line in server.log.read_text("utf-8").splitlines() if line]
    assert lines[-1]["path"] == "/sparql"
    assert lines[-1]["status"] == 499


@pytest.mark.parametrize("predicate", ["<http://e.org/1>", "rdf:li", "tkg:"])
def test_a_graph_that_rdf_xml_has_no_room_for_is_refused_in_it(
    client: httpx.Client, predicate: str
) -> None:
    query = f"CONSTRUCT {{ <http://e.org/s> {predicate} 'x' }} {{}}"
    answer = client.get(
        "/sparql", params={"query": query}, headers={"Accept": "application/rdf+xml"}
    )
    assert answer.status_code == 406
    assert "text/turtle" in answer.text
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "text/turtle"})
    assert predicate in answer.text
    named = query.replace(predicate, "<http://e.org/one>")
    answer = client.get(
        "/sparql", params={"query": named}, headers={"Accept": "application/rdf+xml"}
    )
    assert ElementTree.fromstring(answer.content)[0][0].tag == "{http://e.org/}one"


def test_an_answer_that_is_too_large_is_told(store: Path, tmp_path: Path) -> None:
    with serving(store, tmp_path / "log", "--result-size", "1") as found, found.client() as client:
        answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o . ?a ?b ?o }"})
        assert answer.status_code == 413
        assert "add a LIMIT" in answer.text
        answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 10"})
        assert len(answer.json()["results"]["bindings"]) == 10


def test_a_query_that_takes_too_much_memory_is_ended(store: Path, tmp_path: Path) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?i ?e"
    options = ("--seconds", "50", "--memory", "500")
    with serving(store, tmp_path / "log", *options) as found, found.client() as client:
        answer = client.get("/sparql", params={"query": query})
        assert answer.status_code == 503
        assert "more memory" in answer.text
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_a_full_queue_is_told(store: Path, tmp_path: Path) -> None:
    options = ("--seconds", "2", "--workers", "1", "--waiting", "1")
    with serving(store, tmp_path / "log", *options) as found:

        def ask() -> httpx.Response:
            with found.client() as client:
                return client.get("/sparql", params={"query": RUNAWAY})

        with ThreadPoolExecutor(4) as threads:
            answers = [one.result() for one in [threads.submit(ask) for _ in range(4)]]
    assert [answer.status_code for answer in answers] == [503] * 4
    full = [answer for answer in answers if "Too many queries are waiting" in answer.text]
    assert len(full) == 2
    assert all(answer.headers["retry-after"] for answer in full)


def test_nobody_changes_a_graph_without_being_let(client: httpx.Client) -> None:
    before = _size(client)
    update = {"update": "CLEAR ALL"}
    assert client.post("/sparql", data=update).status_code == 403
    shown = {"Authorization": f"Bearer {TOKEN}"}
    assert client.post("/sparql", data=update, headers=shown).status_code == 403
    assert _size(client) == before


def _number(answer: httpx.Response) -> int:
    ((row),) = answer.json()["results"]["bindings"]
    return int(row["n"]["value"])


def _size(client: httpx.Client) -> int:
    return _number(client.post("/sparql", data={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}))


def _busy(server: Served) -> bool:
    """Return whether any of a server's processes is computing."""
    children = psutil.Process(server.process.pid).children()
    before = [child.cpu_times().user for child in children if child.is_running()]
    time.sleep(0.3)
    try:
        after = [child.cpu_times().user for child in children]
    except psutil.NoSuchProcess:
        return True
    return bool(sum(after) - sum(before) > 0.1)


def _until(condition: object) -> None:
    assert callable(condition)
    stop = threading.Event()
    for _ in range(60):
        if condition():
            return
        stop.wait(0.2)
    raise AssertionError("it does not come to its end")


def test_graphs_without_a_query_are_refused(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"default-graph-uri": "http://a.example/"})
    assert answer.status_code == 400
    assert "needs a query in the same request" in answer.text
