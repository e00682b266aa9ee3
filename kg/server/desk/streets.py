"""The page of subdistricts: a schematic map, and the tasks and departments of each."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.charts.subdistricts import subdistrict_chart
from kg.charts.svg import to_markup
from kg.labels import STATES
from kg.planning.subdistricts import SubdistrictWork, read_subdistricts
from kg.server.data.addresses import path_of
from kg.server.data.snapshot import snapshot
from kg.server.desk.plan_page import (
    PlanPage,
    department_dimension,
    filter_plan,
    plan_file,
    render_plan,
)
from kg.server.http import responses
from kg.server.http.language import language
from kg.server.parts.facets import Dimension, labels_of
from kg.tables import Plain

# How many tasks of a subdistrict the page shows.
_TASKS = 12
_DIMENSIONS: tuple[Dimension[SubdistrictWork], ...] = (
    department_dimension("在此工作的部门", "Department at work"),
    Dimension(
        "status",
        "任务状态",
        "State of tasks",
        lambda it: [state for state in it.states if state],
        labels_of(STATES),
    ),
)
_COLUMNS = (
    ("subdistrict", "街道", "Subdistrict"),
    ("task", "任务", "Task"),
    ("promise", "任务要求", "Promise"),
    ("status", "状态", "State"),
    ("departments", "责任部门", "Departments"),
    ("place", "提到的地点", "Place named"),
    ("sentence", "报告原句", "Sentence"),
)


@responses.cacheable
def streets_page(request: Request) -> Response:
    """Answer a request for the page of subdistricts, or for a picture or table of it.

    Raises:
        Problem: There is no such plan or format.
    """
    plan, found, facets = filter_plan(request, PAGE)
    english = language(request) == "en"
    if "ending" in request.path_params:
        chart = subdistrict_chart(found, None, english)
        return plan_file(request, PAGE, plan, found, chart)
    base = snapshot(request).base
    paths = {one.iri: path_of(one.iri, base) for one in found}
    more = {
        "facets": facets,
        "most": _TASKS,
        "present": [state for state in STATES if any(one.states[state] for one in found)],
        "chart": Markup(to_markup(subdistrict_chart(found, paths, english))),
    }
    return render_plan(request, PAGE, plan, found, more)


def _table_rows(
    found: Sequence[SubdistrictWork], english: bool, in_words: bool
) -> list[tuple[Plain, ...]]:
    return [
        (
            work.name,
            task.number,
            task.promise,
            STATES[task.status][english] if in_words and task.status else task.status or None,
            "、".join(it.name for it in task.departments),
            task.place,
            task.sentence,
        )
        for work in found
        for task in work.tasks
    ]


PAGE = PlanPage(
    "streets",
    ("街道任务", "Subdistricts"),
    _COLUMNS,
    _DIMENSIONS,
    read_subdistricts,
    _table_rows,
    "subdistricts",
)
ROUTES = (Route("/streets", streets_page), Route("/streets.{ending}", streets_page))
