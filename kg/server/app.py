"""The server's application: its routes, and what surrounds every request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg import __version__, charts
from kg.palette import style_sheet
from kg.server import description, desk, linked, openapi, sitemap, sparql
from kg.server.access_log import AccessLog
from kg.server.answer_cache import AnswerCache
from kg.server.headers import SafeHeaders
from kg.server.hosts import KnownHosts
from kg.server.language import RememberLanguage
from kg.server.limits import BodyLimit, ConcurrencyLimit, RateLimit
from kg.server.pages import ROUTES
from kg.server.problems import on_error, on_http_exception
from kg.server.settings import Settings
from kg.server.snapshot import Snapshots
from kg.server.warm import keep_warm
from kg.server.workers import Workers

_STATIC = Path(__file__).parent / "static"
_CHARTS = Path(charts.__file__).parent / "static"
_EXPOSED = ("ETag", "Last-Modified", "Retry-After")


def create_app(settings: Settings) -> Starlette:
    """Return the application over a store.

    Raises:
        InputError: There is no store.
    """
    limits = settings.limits
    app = Starlette(
        routes=[
            Route("/sparql", sparql.endpoint, methods=sparql.METHODS),
            Route("/dcat", description.answer),
            Route("/void", description.answer),
            Route("/openapi.json", openapi.answer),
            Route("/robots.txt", sitemap.robots),
            Route("/sitemap.xml", sitemap.index),
            Route("/sitemap-{number}.xml", sitemap.part),
            Mount(
                "/static",
                routes=[
                    Route("/palette.css", _palette),
                    Mount("/charts", StaticFiles(directory=_CHARTS)),
                    Mount("/", StaticFiles(directory=_STATIC)),
                ],
            ),
            *ROUTES,
            *desk.ROUTES,
            # Everything else is the path of an IRI.
            Route("/{path:path}", linked.answer),
        ],
        middleware=[
            Middleware(AccessLog),
            Middleware(SafeHeaders, embedding=settings.embedding),
            Middleware(KnownHosts, hosts=settings.hosts),
            Middleware(RateLimit, rate=limits.rate, burst=limits.burst),
            Middleware(ConcurrencyLimit, most=limits.concurrency),
            Middleware(BodyLimit, most=limits.request_bytes, seconds=limits.patience),
            Middleware(RememberLanguage),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
                allow_headers=["Content-Type"],
                expose_headers=_EXPOSED,
            ),
            Middleware(AnswerCache),
        ],
        exception_handlers={HTTPException: on_http_exception, Exception: on_error},
        lifespan=_lifespan,
    )
    app.state.settings = settings
    also = (__version__, settings.address, settings.publisher, settings.licence)
    app.state.snapshots = Snapshots(settings.store, also)
    return app


def _palette(_: Request) -> Response:
    return Response(style_sheet(), media_type="text/css", headers={"Cache-Control": "max-age=3600"})


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.updating = asyncio.Lock()
    app.state.drawing = asyncio.Lock()
    app.state.workers = Workers(app.state.settings.limits)
    await app.state.workers.start()
    warming = asyncio.create_task(keep_warm(app.state.snapshots))
    try:
        yield
    finally:
        warming.cancel()
        await app.state.workers.end()
