"""The server's application: its routes and middleware."""

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

from kg import charts
from kg.palette import style_sheet
from kg.server.data.snapshot import Snapshots
from kg.server.http.access_log import AccessLog
from kg.server.http.allowed_hosts import AllowedHosts
from kg.server.http.language import RememberLanguage
from kg.server.http.problems import on_error, on_http_exception
from kg.server.http.rate_limits import BodyLimit, ConcurrencyLimit, RateLimit
from kg.server.http.response_cache import ResponseCache
from kg.server.http.security_headers import SecurityHeaders
from kg.server.routes import ROUTES
from kg.server.settings import Settings
from kg.server.warm import keep_warm
from kg.server.workers.pool import WorkerPool
from kg.version import __version__

_STATIC = Path(__file__).parent / "static"
_CHARTS = Path(charts.__file__).parent / "static"
_EXPOSED = ("ETag", "Last-Modified", "Retry-After")


def create_app(settings: Settings) -> Starlette:
    """Return the application for a store.

    Raises:
        InputError: There is no store.
    """
    limits = settings.limits
    app = Starlette(
        routes=[
            Mount(
                "/static",
                routes=[
                    Route("/palette.css", _palette),
                    Mount("/charts", StaticFiles(directory=_CHARTS)),
                    Mount("/", StaticFiles(directory=_STATIC)),
                ],
            ),
            *ROUTES,
        ],
        middleware=[
            Middleware(AccessLog),
            Middleware(SecurityHeaders, embedding=settings.embedding),
            Middleware(AllowedHosts, hosts=settings.hosts),
            Middleware(RateLimit, rate=limits.rate, burst=limits.burst),
            Middleware(ConcurrencyLimit, limit=limits.concurrency),
            Middleware(BodyLimit, limit=limits.request_bytes, seconds=limits.patience),
            Middleware(RememberLanguage),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
                allow_headers=["Content-Type"],
                expose_headers=_EXPOSED,
            ),
            Middleware(ResponseCache),
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
    app.state.workers = WorkerPool(app.state.settings.limits)
    await app.state.workers.start()
    warming = asyncio.create_task(keep_warm(app.state.snapshots))
    try:
        yield
    finally:
        warming.cancel()
        await app.state.workers.end()
