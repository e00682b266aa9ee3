"""Linked data: statements about a thing at the path of its IRI, with content negotiation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph.rdf.terms import TKG, graph_name, prefixes
from kg.server.data.addresses import iri_of
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.media_types import GRAPHS, HTML
from kg.server.http.negotiation import preferred_media_type
from kg.server.http.problems import Problem
from kg.server.things import thing

ENDINGS = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".html": HTML,
}
# How many statements that refer to a thing are returned: a state can have as many as there are
# tasks.
_MAX_INCOMING = 1000


def describe_thing(request: Request) -> Response:
    """Answer a request for a thing: `/{path}` of its IRI, also with one of `ENDINGS`.

    Raises:
        Problem: The thing is not in the graph, or the client accepts none of the formats.
    """
    build = snapshot(request)
    path = request.scope["raw_path"].decode("ascii", "replace")
    iri, media = _requested_thing(build, path)
    if media is None:
        media = preferred_media_type(request.headers.get("accept"), (HTML, *GRAPHS))
        if media is None:
            offered = ", ".join(dict.fromkeys(ENDINGS.values()))
            zh = f"这里只有以下格式：{offered.replace(', ', '、')}。"
            raise Problem(406, f"This is available as {offered}.", zh=zh)
    if media == HTML:
        return thing.thing_page(request, iri.value)
    return responses.not_modified(request, media) or responses.graph_response(
        request, statements_about(build, iri), media, prefixes(build.base)
    )


async def thing_response(request: Request) -> Response:
    """Answer a request for a thing in a thread, so that other requests need not wait."""
    return await run_in_threadpool(describe_thing, request)


def statements_about(build: Snapshot, iri: NamedNode) -> Iterator[Triple]:
    """Yield the statements about a thing, then those that refer to it, up to a limit.

    For a named graph and for the vocabulary, yield all statements in it.
    """
    graph, everywhere = build.graph, DefaultGraph()
    # The IRIs of the vocabulary's terms begin with that of its document, which describes them.
    name = graph_name(build.base, "ontology") if f"{iri.value}#" == TKG else iri
    if graph.contains_named_graph(name):
        quads = list(graph.quads_for_pattern(None, None, None, name))
    else:
        quads = list(graph.quads_for_pattern(iri, None, None, everywhere))
        quads += islice(graph.quads_for_pattern(None, None, iri, everywhere), _MAX_INCOMING)
    for quad in sorted(quads, key=lambda quad: _sort_key(quad, iri)):
        yield quad.triple


def _sort_key(quad: Quad, iri: NamedNode) -> tuple[bool, str]:
    return quad.subject != iri, str(quad.subject)


def _requested_thing(build: Snapshot, path: str) -> tuple[NamedNode, str | None]:
    """Return the thing at a path, and the media type for the path's ending, or None."""
    stem, dot, ending = path.rpartition(".")
    candidates = [(path, None), (stem, ENDINGS.get(dot + ending))]
    for address, media in candidates:
        if address == path or media:
            iri = NamedNode(iri_of(address, build.base))
            if _is_known(build, iri):
                return iri, media
    raise Problem(404, "There is no such name in the graph.", zh="图谱中没有这个名称。")


def _is_known(build: Snapshot, iri: NamedNode) -> bool:
    graph, everywhere = build.graph, DefaultGraph()
    return (
        any(graph.quads_for_pattern(iri, None, None, everywhere))
        or any(graph.quads_for_pattern(None, None, iri, everywhere))
        or graph.contains_named_graph(iri)
    )


ROUTES = (Route("/{path:path}", thing_response),)
