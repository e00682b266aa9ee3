"""The page at `/sparql` on which people write queries."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.server.templating import page as render


def page(request: Request) -> Response:
    """Return the page."""
    return render(request, "editor.html")
