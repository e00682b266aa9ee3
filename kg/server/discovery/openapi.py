"""The OpenAPI description of the HTTP interface, at `/openapi.json`.

Source: *OpenAPI Specification 3.1.1* (OpenAPI Initiative, 2024).
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.server.discovery.interface import OPERATIONS, Operation, Schema
from kg.server.http import responses
from kg.server.http.media_types import HTML
from kg.version import __version__

# Statuses of error responses to any request: the host name is not allowed, the request is too slow,
# too large or one too many, the server fails or is busy.
_COMMON_STATUSES = (400, 408, 413, 429, 500, 503)
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


async def openapi_document(request: Request) -> Response:
    """Answer a request to `/openapi.json`."""
    headers = responses.cache_headers(request)
    address = request.app.state.settings.address
    return responses.not_modified(request) or JSONResponse(
        describe_interface(address), headers=headers
    )


def describe_interface(address: str) -> dict[str, Any]:
    """Return the OpenAPI document for a server at an address."""
    return {
        "openapi": "3.1.1",
        "info": {"title": "taskkg", "version": __version__},
        "servers": [{"url": address}],
        "paths": {
            path: {one.method: _operation_object(one) for one in several}
            for path, several in OPERATIONS.items()
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {
                "Problem": {
                    "description": "What is wrong and how to fix it, in one sentence.",
                    "content": {
                        "text/plain": {"schema": {"type": "string"}},
                        "application/problem+json": {"schema": _PROBLEM},
                        HTML: {"schema": {"type": "string"}},
                    },
                }
            },
        },
    }


def _operation_object(one: Operation) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": one.summary,
        "parameters": [
            *(_parameter_object(name, "path", schema, True) for name, schema in one.path.items()),
            *(
                _parameter_object(name, "query", schema, name in one.required)
                for name, schema in one.query.items()
            ),
        ],
        "responses": {
            "200": {"description": "The answer.", "content": _content_object(one.media)},
            **{
                str(status): _response_object(status)
                for status in (*_COMMON_STATUSES, *one.statuses)
            },
        },
    }
    if one.is_cacheable:
        operation["responses"]["304"] = _response_object(304)
    if one.body:
        content = {media: {"schema": schema} for media, schema in one.body.items()}
        operation["requestBody"] = {"required": True, "content": content}
    if one.may_need_token:
        operation["security"] = [{}, {"token": []}]
    return operation


def _parameter_object(name: str, place: str, schema: Schema, required: bool) -> dict[str, Any]:
    return {"name": name, "in": place, "required": required, "schema": schema}


def _content_object(media: Iterable[str]) -> dict[str, Any]:
    return {name: {"schema": _SCHEMAS.get(name, {"type": "string"})} for name in media}


def _response_object(status: int) -> dict[str, Any]:
    if status >= 400:
        return {"$ref": "#/components/responses/Problem"}
    return {"description": HTTPStatus(status).phrase}


ROUTES = (Route("/openapi.json", openapi_document),)
