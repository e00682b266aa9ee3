"""What a client is told when something does not work: one sentence, and nothing of the machine."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg.server.formats import HTML
from kg.server.headers import HEADERS
from kg.server.negotiation import best
from kg.server.templating import page

_FORMS = ("text/plain", "application/problem+json", "application/json", HTML)
_TOLD = {
    403: "This is not allowed here.",
    404: "There is nothing at this address.",
    405: "This address does not answer requests of this kind.",
    500: "Something went wrong at the server. It has been noted there.",
}


class Problem(HTTPException):
    """An answer that is no success.

    Args:
        status: The status of HTTP.
        told: What is wrong and how to mend it, in one sentence.
        headers: Further headers, such as `Retry-After`.
    """

    def __init__(self, status: int, told: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, told, dict(headers or {}))


def problem(
    request: Request, status: int, told: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """Return the answer that tells of a problem, as page, JSON (RFC 9457) or text."""
    title = HTTPStatus(status).phrase
    told = told or _TOLD.get(status, f"{title}.")
    form = best(request.headers.get("accept"), _FORMS)
    headers = {"Cache-Control": "no-store", **(headers or {})}
    if form == HTML:
        found = page(request, "problem.html", status=status, title=title, told=told)
        found.status_code = status
        found.headers.update(headers)
        return found
    if form in ("application/json", "application/problem+json"):
        content = {"status": status, "title": title, "detail": told}
        return JSONResponse(content, status, headers, media_type="application/problem+json")
    return PlainTextResponse(f"{told}\n", status, headers)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Answer what a route refuses."""
    assert isinstance(error, HTTPException)
    # Starlette's own exceptions say no more than the status does.
    told = error.detail if isinstance(error, Problem) else ""
    return problem(request, error.status_code, told, error.headers)


async def on_error(request: Request, _: Exception) -> Response:
    """Answer where the server itself fails; the server's log tells how."""
    found = problem(request, 500)
    # Starlette answers this outside all other layers.
    found.headers.update(HEADERS)
    return found
