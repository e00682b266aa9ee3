"""Answers that hold a graph, and answers that a client has already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from io import BytesIO
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat, Triple
from starlette.requests import Request
from starlette.responses import Response

from kg.publishing.jsonld import jsonld_parts
from kg.publishing.rdfxml import UnwritableError
from kg.server.formats import GRAPHS, content_type, serialize_graph
from kg.server.problems import unwritable
from kg.server.snapshot import snapshot

_MARK = re.compile(r"[/#]")


def graph(
    request: Request, triples: Iterable[Triple], media: str, prefixes: Mapping[str, str]
) -> Response:
    """Return statements in one of `GRAPHS`; those of one subject follow each other."""
    if GRAPHS[media] == RdfFormat.JSON_LD:
        content = "".join(jsonld_parts(triples)).encode()
    else:
        told = list(triples)
        output = BytesIO()
        try:
            serialize_graph(told, media, _used(told, prefixes), output)
        except UnwritableError:
            raise unwritable() from None
        content = output.getvalue()
    return Response(content, headers=cached(request, media) | {"Content-Type": content_type(media)})


def cached(request: Request, variant: str = "") -> dict[str, str]:
    """Return the headers by which a client keeps an answer until there is a new build.

    Args:
        request: What is answered.
        variant: What tells this answer from others at the same address, such as its media type.
    """
    found = snapshot(request)
    return {
        # A variant can hold part of an address, of any characters.
        "ETag": f'"{found.tag}-{quote(variant)}"' if variant else f'"{found.tag}"',
        "Last-Modified": found.modified,
        "Cache-Control": "no-cache",
        "Vary": "Accept, Accept-Language, Cookie",
    }


def unchanged(request: Request, variant: str = "") -> Response | None:
    """Return the answer 304 if a client has what it asks for."""
    headers = cached(request, variant)
    known = is_known(request, headers["ETag"], headers["Last-Modified"])
    return Response(status_code=304, headers=headers) if known else None


def is_known(request: Request, tag: str, modified: str) -> bool:
    """Return whether a client has an answer already.

    Source: RFC 9110, section 13.2.2: `If-None-Match` goes before `If-Modified-Since`.
    """
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = {found.strip().removeprefix("W/") for found in tags.split(",")}
        return tag in known or "*" in known
    return _not_before(request.headers.get("if-modified-since"), modified)


def _used(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return those of many prefixes that some statements have a use for."""
    spaces: set[str] = set()
    for triple in triples:
        for node in (*triple, getattr(triple.object, "datatype", None)):
            if isinstance(node, NamedNode):
                # A namespace ends with a mark, and what follows may have slashes too.
                parts = _MARK.finditer(node.value)
                spaces.update(node.value[: mark.end()] for mark in parts)
    return {name: space for name, space in prefixes.items() if space in spaces}


def _not_before(since: str | None, modified: str) -> bool:
    try:
        return since is not None and parsedate_to_datetime(since) >= parsedate_to_datetime(modified)
    except (TypeError, ValueError):
        return False
