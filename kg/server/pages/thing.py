"""The page of a thing."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store
from starlette.requests import Request
from starlette.responses import Response

from kg.graph.terms import term
from kg.publishing.statistics import prefixed
from kg.server import responses
from kg.server.addresses import path_of
from kg.server.snapshot import snapshot
from kg.server.templating import language
from kg.server.templating import page as render


def page(request: Request, iri: str) -> Response:
    """Return the page of a thing that the graph knows."""
    found = snapshot(request)
    variant = f"html-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    facts = [
        (
            prefixed(quad.predicate.value),
            str(getattr(quad.object, "value", quad.object)),
            path_of(quad.object.value, found.base) if isinstance(quad.object, NamedNode) else None,
        )
        for quad in found.graph.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())
    ]
    shown = render(
        request,
        "thing.html",
        iri=iri,
        path=path_of(iri, found.base),
        name=_name(found.graph, iri),
        facts=sorted(facts),
    )
    shown.headers.update(responses.cached(request, variant))
    return shown


def _name(graph: Store, iri: str) -> str:
    labels = graph.quads_for_pattern(NamedNode(iri), term("rdfs:label"), None, DefaultGraph())
    texts = (quad.object for quad in labels if isinstance(quad.object, Literal))
    return min((text.value for text in texts), default=iri)
