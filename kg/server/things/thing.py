"""The page of a thing: the common context, and the module for the thing's class."""

from __future__ import annotations

from types import ModuleType

from starlette.requests import Request
from starlette.responses import Response

from kg.graph.rdf.terms import TKG
from kg.kinds import KINDS as NAMED
from kg.server.data.labels import KINDS
from kg.server.http import responses
from kg.server.http.language import say
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

# By class of the vocabulary: the module of its page, and its list under /browse, or empty.
_PAGES: dict[str, tuple[ModuleType, str]] = {
    "Task": (task, "tasks"),
    "Department": (department, "departments"),
    **{kind.rdf_class: (named_thing, kind.records) for kind in NAMED},
    "Indicator": (indicator, "indicators"),
    "Category": (category, ""),
    "Report": (report, "reports"),
    "Target": (facts, "targets"),
    "Obstacle": (facts, "obstacles"),
    "JointTie": (tie, "ties"),
    "SharedTie": (tie, "ties"),
    "WaitingTie": (tie, "ties"),
}


@responses.cacheable
def thing_page(request: Request, iri: str) -> Response:
    """Return the page of a thing of the graph."""
    reading = reader(request)
    of_class = reading.class_of(iri)
    module, browse = _module_and_list(reading, iri, of_class)
    kind = "body" if of_class == "PublicBody" else reading.kind(iri)
    crumbs = [(say(request, "首页", "Home"), "/")]
    if browse:
        word = KINDS[kind]
        crumbs.append((say(request, word.zh, word.plural.capitalize()), f"/browse/{browse}"))
    link = reading.link(iri)
    trail = [*crumbs, (link.name, link.path or "")]
    return render(
        request,
        module.TEMPLATE,
        thing=link,
        iri=iri,
        name=link.name,
        kind=kind,
        has_network=module in (department, named_thing) and of_class != "PublicBody",
        class_name=_class_label(reading, of_class),
        crumbs=crumbs,
        structured=structured_data(
            reading, iri, of_class, request.app.state.settings.address, trail
        ),
        **module.page_context(reading, iri),
    )


def _module_and_list(reading: Reader, iri: str, of_class: str) -> tuple[ModuleType, str]:
    """Return the module for the page of a thing, and the name of its list, or empty."""
    if iri == TKG.removesuffix("#"):
        return vocabulary, ""
    module, browse = _PAGES.get(of_class, (facts, ""))
    # Updates may have removed values that the page needs.
    is_complete = all(reading.values(iri, path) for path in getattr(module, "REQUIRED_PATHS", ()))
    return module if is_complete else facts, browse


def _class_label(reading: Reader, of_class: str) -> str:
    return reading.name(TKG + of_class) if of_class else ""
