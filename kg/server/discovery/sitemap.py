"""The sitemap for search engines.

Source: *Sitemaps XML format* (sitemaps.org): at most 50,000 addresses per file.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.graph.rdf.terms import TKG
from kg.questions.sparql import select
from kg.server.data.addresses import path_of
from kg.server.data.build_cache import cached_result
from kg.server.data.snapshot import Snapshot
from kg.server.http import responses
from kg.server.http.problems import Problem

PART = 50_000
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Classes that people search for; evidence and the like are linked from their pages.
_KINDS = (
    *("Task", "Department", "Project", "Place", "Road", "Subdistrict", "Organization", "Policy"),
    *("Indicator", "Report"),
)


async def robots_file(request: Request) -> Response:
    """Answer a request to `/robots.txt`."""
    sitemap = f"{request.app.state.settings.address}/sitemap.xml"
    return PlainTextResponse(f"User-agent: *\nDisallow: /sparql\nSitemap: {sitemap}\n")


async def sitemap_index(request: Request) -> Response:
    """Answer a request to `/sitemap.xml`: all pages, or a list of parts if there are too many."""
    if known := responses.not_modified(request):
        return known
    paths = await run_in_threadpool(cached_result, request, "sitemap", _page_paths)
    if len(paths) <= PART:
        return _url_set(request, paths)
    address = request.app.state.settings.address
    parts = range(1, -(-len(paths) // PART) + 1)
    lines = (f"<sitemap><loc>{address}/sitemap-{number}.xml</loc></sitemap>" for number in parts)
    return _xml_response(request, "sitemapindex", "\n".join(lines))


async def sitemap_part(request: Request) -> Response:
    """Answer a request to `/sitemap-1.xml` and the like.

    Raises:
        Problem: There is no such part.
    """
    paths = await run_in_threadpool(cached_result, request, "sitemap", _page_paths)
    parts = {str(index // PART + 1): index for index in range(0, len(paths), PART)}
    start = parts.get(request.path_params["number"])
    if start is None:
        zh = "站点地图没有这一部分。"
        raise Problem(404, "There is no such part of the sitemap.", zh=zh)
    return responses.not_modified(request) or _url_set(request, paths[start : start + PART])


def _page_paths(build: Snapshot) -> tuple[str, ...]:
    kinds = " ".join(f"<{TKG}{kind}>" for kind in _KINDS)
    rows = select(
        build.graph, f"SELECT DISTINCT ?thing {{ VALUES ?kind {{ {kinds} }} ?thing a ?kind }}"
    ).rows
    paths = (path_of(str(thing), build.base) for (thing,) in rows)
    return ("/", *sorted(path for path in paths if path))


def _url_set(request: Request, paths: tuple[str, ...]) -> Response:
    address = request.app.state.settings.address
    return _xml_response(
        request,
        "urlset",
        "\n".join(f"<url><loc>{escape(address + path)}</loc></url>" for path in paths),
    )


def _xml_response(request: Request, name: str, content: str) -> Response:
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_SPACE}">\n{content}\n</{name}>\n'
    )
    headers = responses.cache_headers(request)
    return Response(text, media_type="application/xml", headers=headers)


ROUTES = (
    Route("/robots.txt", robots_file),
    Route("/sitemap.xml", sitemap_index),
    Route("/sitemap-{number}.xml", sitemap_part),
)
