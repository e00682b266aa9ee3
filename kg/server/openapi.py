"""The HTTP interface, described for machines at `/openapi.json`.

Source: *OpenAPI Specification 3.1.1* (OpenAPI Initiative, 2024).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.server import responses
from kg.server.formats import GRAPHS, HTML, RESULTS
from kg.server.language import LANGUAGES

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """What one can do at an address.

    Attributes:
        summary: What it is for.
        media: Media types of its answer; none where it has no content.
        asked: Schemas of what stands behind the question mark, by name.
        path: Schemas of the parts of its path, by name.
        body: Schemas of what is sent, by media type.
        stays: Whether the answer stays the same until there is a new build.
        also: Further statuses of its answers, beside those that any request can have.
        method: How it is asked.
        secured: Whether it needs the token, or can need it.
    """

    summary: str
    media: Iterable[str] = (HTML,)
    asked: Mapping[str, Schema] = field(default_factory=dict)
    path: Mapping[str, Schema] = field(default_factory=dict)
    body: Mapping[str, Schema] = field(default_factory=dict)
    stays: bool = True
    also: tuple[int, ...] = ()
    method: str = "get"
    secured: bool = False


_NAMES: Schema = {"type": "array", "items": {"type": "string", "format": "absolute-iri"}}
_QUERY: Schema = {"type": "string", "format": "sparql-query"}
_UPDATE: Schema = {"type": "string", "format": "sparql-update"}
_OF_QUERY: Schema = {"query": _QUERY, "default-graph-uri": _NAMES, "named-graph-uri": _NAMES}
_OF_UPDATE: Schema = {
    "update": _UPDATE,
    "using-graph-uri": _NAMES,
    "using-named-graph-uri": _NAMES,
}
# What belongs to the one is not taken with the other.
_FORM: Schema = {
    "oneOf": [
        {
            "type": "object",
            "properties": {**dict.fromkeys(others, False), **own},
            "required": [kind],
        }
        for kind, own, others in (
            ("query", _OF_QUERY, _OF_UPDATE),
            ("update", _OF_UPDATE, _OF_QUERY),
        )
    ]
}
_LANGUAGE: Schema = {"type": "string", "description": f"One of {', '.join(LANGUAGES)}."}

OPERATIONS: dict[str, tuple[Operation, ...]] = {
    "/sparql": (
        Operation(
            "Answers a query; without one, describes the endpoint",
            dict.fromkeys((*RESULTS, *GRAPHS, HTML)),
            {**_OF_QUERY, "lang": _LANGUAGE},
            also=(400, 405, 406),
        ),
        Operation(
            "Answers a query, or makes an update",
            dict.fromkeys((*RESULTS, *GRAPHS)),
            {"default-graph-uri": _NAMES, "named-graph-uri": _NAMES},
            body={
                "application/x-www-form-urlencoded": _FORM,
                "application/sparql-query": _QUERY,
                "application/sparql-update": _UPDATE,
            },
            stays=False,
            also=(204, 401, 403, 406, 415),
            method="post",
            secured=True,
        ),
    ),
    "/dcat": (Operation("Describes the data for portals (DCAT-AP)", GRAPHS, also=(406,)),),
    "/void": (Operation("Describes the data for crawlers (VoID)", GRAPHS, also=(406,)),),
    "/robots.txt": (Operation("Tells crawlers what to leave", ("text/plain",), stays=False),),
    "/sitemap.xml": (
        Operation("Lists all pages, or the parts of that list", ("application/xml",)),
    ),
    "/sitemap-{number}.xml": (
        Operation(
            "Lists some of the pages",
            ("application/xml",),
            path={"number": {"type": "integer", "minimum": 1}},
            also=(404,),
        ),
    ),
    "/openapi.json": (Operation("This description", ("application/json",)),),
    "/{path}": (
        Operation(
            "Tells what the graph knows of a thing, at the path of its IRI",
            dict.fromkeys((HTML, *GRAPHS)),
            {"lang": _LANGUAGE},
            path={"path": {"type": "string", "examples": ["ontology", "ontology.ttl"]}},
            also=(404, 406),
        ),
    ),
}

# What any request can be told: its host is another, it is too slow, too large or too often there,
# the server fails or is busy.
_ALWAYS = (400, 408, 413, 429, 500, 503)
_PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
    },
    "required": ["status", "title", "detail"],
}
_SCHEMAS: dict[str, Schema] = {
    "application/sparql-results+json": {
        "type": "object",
        "properties": {
            "head": {"type": "object"},
            "results": {"type": "object", "required": ["bindings"]},
            "boolean": {"type": "boolean"},
        },
        "required": ["head"],
    },
    "application/json": {"type": ["object", "array"]},
    "application/ld+json": {"type": ["object", "array"]},
}


async def answer(request: Request) -> Response:
    """Answer a request to `/openapi.json`."""
    headers = responses.cached(request)
    address = request.app.state.settings.address
    return responses.unchanged(request) or JSONResponse(description(address), headers=headers)


def description(address: str) -> dict[str, Any]:
    """Return the interface of a server at an address, as OpenAPI tells it."""
    return {
        "openapi": "3.1.1",
        "info": {"title": "taskkg", "version": version("taskkg")},
        "servers": [{"url": address}],
        "paths": {
            path: {one.method: _operation(one) for one in several}
            for path, several in OPERATIONS.items()
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {
                "Problem": {
                    "description": "What is wrong and how to mend it, in one sentence.",
                    "content": {
                        "text/plain": {"schema": {"type": "string"}},
                        "application/problem+json": {"schema": _PROBLEM},
                        HTML: {"schema": {"type": "string"}},
                    },
                }
            },
        },
    }


def _operation(one: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "summary": one.summary,
        "parameters": [
            *(_parameter(name, "path", schema) for name, schema in one.path.items()),
            *(_parameter(name, "query", schema) for name, schema in one.asked.items()),
        ],
        "responses": {
            "200": {"description": "The answer.", "content": _content(one.media)},
            **{str(status): _told(status) for status in (*_ALWAYS, *one.also)},
        },
    }
    if one.stays:
        told["responses"]["304"] = _told(304)
    if one.body:
        content = {media: {"schema": schema} for media, schema in one.body.items()}
        told["requestBody"] = {"required": True, "content": content}
    if one.secured:
        told["security"] = [{}, {"token": []}]
    return told


def _parameter(name: str, place: str, schema: Schema) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


def _content(media: Iterable[str]) -> dict[str, Any]:
    return {name: {"schema": _SCHEMAS.get(name, {"type": "string"})} for name in media}


def _told(status: int) -> dict[str, Any]:
    if status >= 400:
        return {"$ref": "#/components/responses/Problem"}
    return {"description": HTTPStatus(status).phrase}
