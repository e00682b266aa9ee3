"""A page about the rows of a plan: filters, a chart and a table, each also as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from xml.etree.ElementTree import Element

from starlette.requests import Request
from starlette.responses import Response

from kg.graph.rdf.terms import mint
from kg.graph.stores.protocol import Graph
from kg.planning.departments import Name
from kg.server.data.addresses import path_of
from kg.server.data.build_cache import cached_for_build
from kg.server.data.plans import Plan
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http.language import language, say
from kg.server.http.templating import render_page
from kg.server.parts.chosen_plan import all_plans, chosen_plan, plan_title
from kg.server.parts.facets import Dimension, Facet, filter_rows, page_address
from kg.server.parts.picture_files import picture_file, picture_formats
from kg.server.parts.table_files import table_file, table_formats
from kg.tables import Answer, Plain


class _HasDepartments(Protocol):
    @property
    def departments(self) -> Sequence[Name]: ...


T = TypeVar("T")
D = TypeVar("D", bound=_HasDepartments)
# Name of a column, and what people call it in Chinese and English.
Column = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class PlanPage(Generic[T]):
    """What differs between the pages about the rows of a plan.

    Attributes:
        name: Its path, and the name of its template.
        title: The title of its files, in Chinese behind that of the plan, and in English.
        columns: Columns of its table.
        dimensions: What its rows can be filtered by.
        read: Reads the rows of some reports, the newest of them first.
        table_rows: Makes the rows of the table, in English or Chinese; in words for people, or
            else with codes.
        file_name: What its files are called behind the name of the plan.
    """

    name: str
    title: tuple[str, str]
    columns: Sequence[Column]
    dimensions: Sequence[Dimension[T]]
    read: Callable[[Graph, list[str]], tuple[T, ...]]
    table_rows: Callable[[Sequence[T], bool, bool], Sequence[tuple[Plain, ...]]]
    file_name: str


def department_dimension(zh: str, en: str) -> Dimension[D]:
    """Return the filter by the names of the departments of a row."""
    return Dimension("department", zh, en, lambda it: [one.name for one in it.departments])


def plan_rows(build: Snapshot, plan: Plan, page: PlanPage[T]) -> tuple[T, ...]:
    """Return the rows of a plan, read once for a build."""
    reports = [mint(build.base, "report", name).value for name in plan.reports]
    return cached_for_build(
        build, (page.name, plan.identifier), lambda found: page.read(found.graph, reports)
    )


def filter_plan(request: Request, page: PlanPage[T]) -> tuple[Plan, list[T], list[Facet]]:
    """Return the plan that an address asks for, its rows that pass the filters, and the filters.

    Raises:
        Problem: There is no such plan.
    """
    plan = chosen_plan(request)
    every = plan_rows(snapshot(request), plan, page)
    rows, facets = filter_rows(request, every, page.dimensions)
    return plan, rows, facets


def plan_file(
    request: Request, page: PlanPage[T], plan: Plan, rows: Sequence[T], chart: Element
) -> Response:
    """Return the chart or the table of a page as a file, by the ending of the address.

    Raises:
        Problem: There is no such format.
    """
    ending, english = request.path_params["ending"], language(request) == "en"
    name = f"{plan.identifier}-{page.file_name}"
    title = say(request, plan_title(plan, english=False) + page.title[0], page.title[1])
    if ending in ("svg", "png"):
        return picture_file(request, chart, name, ending, title)
    fields = tuple(column[0] for column in page.columns)
    headings = tuple(column[2 if english else 1] for column in page.columns)
    table = Answer(fields, tuple(page.table_rows(rows, english, ending == "xlsx")))
    return table_file(table, name, ending, headings, title)


def render_plan(
    request: Request, page: PlanPage[T], plan: Plan, rows: Sequence[T], more: Mapping[str, Any]
) -> Response:
    """Return a page as HTML.

    Args:
        request: What is answered.
        page: The page.
        plan: The plan that it is about.
        rows: The rows that pass the filters, in their order.
        more: What else the template needs: the filters, and what this page alone shows.
    """
    build, english = snapshot(request), language(request) == "en"
    every = plan_rows(build, plan, page)
    return render_page(
        request,
        f"{page.name}.html",
        plan=plan,
        title=plan_title(plan, english),
        plans=[(one.identifier, plan_title(one, english)) for one in all_plans(request)],
        every=every,
        found=rows,
        is_narrowed=len(rows) < len(every),
        path=lambda iri: path_of(iri, build.base),
        address=page_address(request, f"/{page.name}"),
        files=picture_formats() + table_formats(),
        **more,
    )
