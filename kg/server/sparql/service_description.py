"""The service description of the endpoint.

Source: *SPARQL 1.1 Service Description* (W3C, 2013).
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple
from starlette.requests import Request
from starlette.responses import Response

from kg.graph.rdf.terms import PREFIXES
from kg.server.data.snapshot import snapshot
from kg.server.http import responses
from kg.server.http.problems import Problem

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_KNOWN = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)
_TYPE = NamedNode(PREFIXES["rdf"] + "type")


def service_description(request: Request, media: str | None) -> Response:
    """Return the description of the endpoint.

    Raises:
        Problem: The client accepts none of the formats.
    """
    if media is None:
        raise Problem(
            406,
            "The description is available as text/turtle or application/ld+json.",
            zh="服务说明只有 text/turtle 和 application/ld+json 两种格式。",
        )
    return responses.not_modified(request, media) or responses.graph_response(
        request,
        _service_triples(request),
        media,
        {"sd": _SD, "formats": _FORMATS, "rdfs": PREFIXES["rdfs"]},
    )


def _service_triples(request: Request) -> Iterator[Triple]:
    settings = request.app.state.settings
    service = NamedNode(f"{settings.address}/sparql")
    dataset, default = (NamedNode(f"{service.value}#{name}") for name in ("dataset", "default"))
    yield Triple(service, _TYPE, _sd_term("Service"))
    yield Triple(service, _sd_term("endpoint"), service)
    interface = NamedNode(f"{settings.address}/openapi.json")
    yield Triple(service, NamedNode(PREFIXES["rdfs"] + "seeAlso"), interface)
    yield Triple(service, _sd_term("supportedLanguage"), _sd_term("SPARQL11Query"))
    if settings.token:
        yield Triple(service, _sd_term("supportedLanguage"), _sd_term("SPARQL11Update"))
    for name in _KNOWN:
        yield Triple(service, _sd_term("resultFormat"), NamedNode(_FORMATS + name))
    # The default graph is the union of all named graphs.
    yield Triple(service, _sd_term("feature"), _sd_term("UnionDefaultGraph"))
    yield Triple(service, _sd_term("defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, _sd_term("Dataset"))
    yield Triple(dataset, _sd_term("defaultGraph"), default)
    named = list(snapshot(request).graph.named_graphs())
    parts = [NamedNode(f"{service.value}#graph-{place}") for place in range(1, len(named) + 1)]
    for part in parts:
        yield Triple(dataset, _sd_term("namedGraph"), part)
    yield Triple(default, _TYPE, _sd_term("Graph"))
    for part, graph in zip(parts, named, strict=True):
        assert isinstance(graph, NamedNode)
        yield Triple(part, _TYPE, _sd_term("NamedGraph"))
        yield Triple(part, _sd_term("name"), graph)


def _sd_term(name: str) -> NamedNode:
    return NamedNode(_SD + name)
