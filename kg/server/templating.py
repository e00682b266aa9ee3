"""Render the pages' templates."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

LANGUAGES = ("zh", "en")


def page(request: Request, template: str, /, **context: Any) -> HTMLResponse:  # noqa: ANN401
    """Return a page.

    Args:
        request: What is answered; templates know it by this name.
        template: One of `templates/`. All that is put in is escaped.
        context: What the template shows.
    """
    text = _environment().get_template(template)
    told = {"request": request, "language": language(request), **context}
    return HTMLResponse(text.render(told), headers={"Vary": "Accept, Accept-Language, Cookie"})


def language(request: Request) -> str:
    """Return the language of a page: what the address says, the reader chose, or prefers."""
    preferred = request.headers.get("accept-language", "").lower()
    asked = (request.query_params.get("lang"), request.cookies.get("lang"))
    for found in asked:
        if found in LANGUAGES:
            return str(found)
    places = {found: preferred.find(found) for found in LANGUAGES}
    known = [found for found in LANGUAGES if places[found] >= 0]
    return min(known, key=lambda found: places[found], default="zh")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kg.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
