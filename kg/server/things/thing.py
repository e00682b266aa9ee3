"""The page of a thing: what all of them have, and which module tells what else a kind has."""

from __future__ import annotations

from types import ModuleType

from starlette.requests import Request
from starlette.responses import Response

from kg.graph.terms import TKG
from kg.server.data.labels import KINDS
from kg.server.http import responses
from kg.server.http.language import language, say
from kg.server.http.templating import render_page as render
from kg.server.parts.reader import Reader, reader
from kg.server.parts.structured_data import structured_data
from kg.server.things import (
    category,
    department,
    facts,
    indicator,
    named_thing,
    report,
    task,
    tie,
    vocabulary,
)

# By class of the vocabulary: what its page shows, and its list under /browse, if there is one.
_PAGES: dict[str, tuple[ModuleType, str]] = {
    "Task": (task, "tasks"),
    "Department": (department, "departments"),
    "Project": (named_thing, "projects"),
    "Place": (named_thing, "places"),
    "Road": (named_thing, "roads"),
    "Subdistrict": (named_thing, "subdistricts"),
    "Community": (named_thing, "communities"),
    "Organization": (named_thing, "organizations"),
    "PublicBody": (named_thing, "bodies"),
    "Policy": (named_thing, "policies"),
    "Event": (named_thing, "events"),
    "Indicator": (indicator, "indicators"),
    "Category": (category, ""),
    "Report": (report, "reports"),
    "Target": (facts, "targets"),
    "Obstacle": (facts, "obstacles"),
    "JointTie": (tie, "ties"),
    "SharedTie": (tie, "ties"),
    "WaitingTie": (tie, "ties"),
}


def thing_page(request: Request, iri: str) -> Response:
    """Return the page of a thing that the graph knows."""
    variant = f"html-{language(request)}"
    if known := responses.not_modified(request, variant):
        return known
    reading = reader(request)
    of_class = reading.kind(iri)
    shows, browse = _module_and_list(reading, iri, of_class)
    kind = "body" if of_class == "PublicBody" else reading.prefix(iri)
    crumbs = [(say(request, "首页", "Home"), "/")]
    if browse:
        word = KINDS[kind]
        crumbs.append((say(request, word.zh, word.plural.capitalize()), f"/browse/{browse}"))
    link = reading.link(iri)
    trail = [*crumbs, (link.name, link.path or "")]
    shown = render(
        request,
        shows.TEMPLATE,
        thing=link,
        iri=iri,
        name=link.name,
        kind=kind,
        networked=shows in (department, named_thing) and of_class != "PublicBody",
        class_name=_class_label(reading, of_class),
        crumbs=crumbs,
        structured=structured_data(
            reading, iri, of_class, request.app.state.settings.address, trail
        ),
        **shows.page_context(reading, iri),
    )
    shown.headers.update(responses.cache_headers(request, variant))
    return shown


def _module_and_list(reading: Reader, iri: str, of_class: str) -> tuple[ModuleType, str]:
    """Return which module tells what the page of a thing shows, and the list it stands in."""
    if iri == TKG.removesuffix("#"):
        return vocabulary, ""
    shows, browse = _PAGES.get(of_class, (facts, ""))
    # Updates may have left a thing without what its page is about.
    complete = all(reading.all(iri, path) for path in getattr(shows, "NEEDS", ()))
    return shows if complete else facts, browse


def _class_label(reading: Reader, of_class: str) -> str:
    return reading.name(TKG + of_class) if of_class else ""
