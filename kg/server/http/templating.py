"""Render the pages' templates."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg.briefing.files import available_forms
from kg.server.data.labels import CELLS, JUDGEMENTS, KINDS, STATUSES
from kg.server.data.plans import report_labels
from kg.server.data.snapshot import snapshot
from kg.server.http.language import language

# What belongs to an entry of the navigation beside what stands below its address.
_INSIDE = {
    "/browse/tasks": ("/task/",),
    "/browse/departments": ("/department/", "/compare/departments"),
    "/targets": ("/indicator/", "/target/"),
    "/streets": ("/subdistrict/",),
    "/questions": ("/questions/", "/ask"),
}


def render_page(request: Request, template: str, /, **context: Any) -> HTMLResponse:  # noqa: ANN401
    """Return a page.

    Args:
        request: What is answered; templates know it by this name.
        template: One of `templates/`. All that is put in is escaped.
        context: What the template shows.
    """
    text = _environment().get_template(template)
    spoken = language(request)
    told = {
        "request": request,
        "language": spoken,
        "say": _first_wording if spoken == "zh" else _second_wording,
        "report_label": partial(_report_label, request, spoken == "en"),
        "here": partial(_is_in_section, request.url.path),
        "switch": _language_switch(request, "en" if spoken == "zh" else "zh"),
        **context,
    }
    return HTMLResponse(text.render(told), headers={"Vary": "Accept, Accept-Language, Cookie"})


def _is_in_section(path: str, address: str) -> bool:
    """Return whether a page belongs to an entry of the navigation."""
    inside = _INSIDE.get(address, (f"{address}/",))
    return path.startswith(inside)


def _report_label(request: Request, english: bool, identifier: str) -> str:
    """Return what people call a report, by district and date."""
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
    # Two slashes in front would name another server.
    return f"/{path.lstrip('/')}?{query}"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("kg.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(briefings=available_forms())
    made.globals.update(kinds=KINDS, statuses=STATUSES, judgements=JUDGEMENTS, cells=CELLS)
    return made
