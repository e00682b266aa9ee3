"""Render templates to pages."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg.briefing.files import available_forms
from kg.server.data.labels import CELLS, JUDGEMENTS, KINDS, STATUSES
from kg.server.data.plans import report_labels
from kg.server.data.snapshot import snapshot
from kg.server.http.language import language
from kg.templates import template_environment

# Paths that belong to an entry of the navigation besides those below its own path.
_SECTIONS = {
    "/browse/tasks": ("/task/",),
    "/browse/departments": ("/department/", "/compare/departments"),
    "/targets": ("/indicator/", "/target/"),
    "/streets": ("/subdistrict/",),
    "/questions": ("/questions/", "/ask"),
}


def render_page(request: Request, template: str, /, **context: Any) -> HTMLResponse:  # noqa: ANN401
    """Return a page.

    Args:
        request: The request, which is also in the template's context.
        template: Name of a file in `templates/`. Values are escaped.
        context: Variables of the template.
    """
    lang = language(request)
    variables = {
        "request": request,
        "language": lang,
        "say": _first_wording if lang == "zh" else _second_wording,
        "report_label": partial(_report_label, request, lang == "en"),
        "is_in_section": partial(_is_in_section, request.url.path),
        "switch": _language_switch(request, "en" if lang == "zh" else "zh"),
        **context,
    }
    html = _environment().get_template(template).render(variables)
    return HTMLResponse(html, headers={"Vary": "Accept, Accept-Language, Cookie"})


def _is_in_section(path: str, address: str) -> bool:
    """Return whether a path belongs to the entry of the navigation with an address."""
    return path.startswith(_SECTIONS.get(address, (f"{address}/",)))


def _report_label(request: Request, english: bool, identifier: str) -> str:
    """Return the label of a report, with its district and date."""
    labels = report_labels(snapshot(request)).get(identifier)
    return labels[english] if labels else identifier


def _first_wording(zh: str, _: str) -> str:
    return zh


def _second_wording(_: str, en: str) -> str:
    return en


def _language_switch(request: Request, other: str) -> str:
    """Return the address of this page in the other language."""
    path = request.scope["raw_path"].decode("ascii", "replace")
    query = request.url.include_query_params(lang=other).query
    # An address that begins with two slashes would name another server.
    return f"/{path.lstrip('/')}?{query}"


@cache
def _environment() -> Environment:
    environment = template_environment("kg.server")
    environment.globals.update(briefings=available_forms())
    environment.globals.update(kinds=KINDS, statuses=STATUSES, judgements=JUDGEMENTS, cells=CELLS)
    return environment
