from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest
from rdflib import RDFS, Graph, Literal, URIRef

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
    # What tells of it is there too.
    assert any(graph.subjects(None, URIRef(IRI)))


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
