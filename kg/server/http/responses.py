"""Responses that contain a graph, and cache validation with ETags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from email.utils import parsedate_to_datetime
from functools import wraps
from http import HTTPStatus
from io import BytesIO
from typing import ParamSpec
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat, Triple
from starlette.requests import Request
from starlette.responses import Response

from kg.publishing.formats.jsonld import jsonld_parts
from kg.publishing.formats.rdfxml import UnwritableError
from kg.server.data.snapshot import snapshot
from kg.server.http.language import language
from kg.server.http.media_types import GRAPHS, content_type, serialize_graph
from kg.server.http.problems import unwritable_graph

_P = ParamSpec("_P")
_MARK = re.compile(r"[/#]")


def graph_response(
    request: Request, triples: Iterable[Triple], media: str, prefixes: Mapping[str, str]
) -> Response:
    """Return statements in one of the formats of `GRAPHS`.

    Statements about one subject must follow each other.
    """
    if GRAPHS[media] == RdfFormat.JSON_LD:
        content = "".join(jsonld_parts(triples)).encode()
    else:
        statements = list(triples)
        output = BytesIO()
        try:
            serialize_graph(statements, media, _used_prefixes(statements, prefixes), output)
        except UnwritableError:
            raise unwritable_graph() from None
        content = output.getvalue()
    return Response(
        content, headers=cache_headers(request, media) | {"Content-Type": content_type(media)}
    )


def cacheable(answer: Callable[_P, Response]) -> Callable[_P, Response]:
    """Let clients keep what a page answers until there is a new build.

    The page's first parameter is the request. A client that has the response already is answered
    with 304, before the page is made; the response depends on the language.
    """

    @wraps(answer)
    def respond(*args: _P.args, **names: _P.kwargs) -> Response:
        request = args[0]
        assert isinstance(request, Request)
        variant = language(request)
        if known := not_modified(request, variant):
            return known
        response = answer(*args, **names)
        if response.status_code == HTTPStatus.OK:
            response.headers.update(cache_headers(request, variant))
        return response

    return respond


def cache_headers(request: Request, variant: str = "") -> dict[str, str]:
    """Return the headers with which clients can cache a response until there is a new build.

    Args:
        request: The request.
        variant: Distinguishes responses at one address in their ETags, such as the media type.
    """
    build = snapshot(request)
    return {
        # A variant can contain a part of an address, with any characters.
        "ETag": f'"{build.tag}-{quote(variant)}"' if variant else f'"{build.tag}"',
        "Last-Modified": build.modified,
        "Cache-Control": "no-cache",
        "Vary": "Accept, Accept-Language, Cookie",
    }


def not_modified(request: Request, variant: str = "") -> Response | None:
    """Return a 304 response if the client's cached response is still valid, else None."""
    headers = cache_headers(request, variant)
    known = is_cached_by_client(request, headers["ETag"], headers["Last-Modified"])
    return Response(status_code=304, headers=headers) if known else None


def is_cached_by_client(request: Request, tag: str, modified: str) -> bool:
    """Return whether a client has cached this response.

    Source: RFC 9110, section 13.2.2: `If-None-Match` goes before `If-Modified-Since`.
    """
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = {text.strip().removeprefix("W/") for text in tags.split(",")}
        return tag in known or "*" in known
    return _is_not_before(request.headers.get("if-modified-since"), modified)


def content_disposition(name: str, title: str, kind: str = "attachment") -> dict[str, str]:
    r"""Return the header that names a file; browsers use the title (RFC 6266), others the name.

    >>> content_disposition("t.csv", "目标.csv")["Content-Disposition"]
    'attachment; filename="t.csv"; filename*=UTF-8\'\'%E7%9B%AE%E6%A0%87.csv'
    """
    named = f"{kind}; filename=\"{name}\"; filename*=UTF-8''{quote(title)}"
    return {"Content-Disposition": named}


def _used_prefixes(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that occur in some statements."""
    spaces: set[str] = set()
    for triple in triples:
        for node in (*triple, getattr(triple.object, "datatype", None)):
            if isinstance(node, NamedNode):
                # A namespace ends with # or /, and local names may contain slashes too.
                parts = _MARK.finditer(node.value)
                spaces.update(node.value[: mark.end()] for mark in parts)
    return {name: space for name, space in prefixes.items() if space in spaces}


def _is_not_before(since: str | None, modified: str) -> bool:
    try:
        return since is not None and parsedate_to_datetime(since) >= parsedate_to_datetime(modified)
    except (TypeError, ValueError):
        return False
