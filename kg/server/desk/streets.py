"""The page of subdistricts: a schematic map, and the tasks and departments of each."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.charts.subdistricts import subdistrict_chart
from kg.charts.svg import markup
from kg.graph.terms import mint
from kg.labels import STATES
from kg.planning.subdistricts import SubdistrictWork, read_subdistricts
from kg.server.data.addresses import path_of
from kg.server.data.build_cache import cached_for_build
from kg.server.data.plans import Plan
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.language import language, say
from kg.server.http.templating import render_page as render
from kg.server.parts.chosen_plan import all_plans, chosen_plan, plan_title
from kg.server.parts.facets import Dimension, filter_rows, page_address
from kg.server.parts.picture_files import picture_file, picture_formats
from kg.server.parts.table_files import table_file
from kg.server.parts.table_files import table_formats as table_formats
from kg.tables import Answer

# How many tasks of a subdistrict the page shows.
_TASKS = 12
_DIMENSIONS: tuple[Dimension[SubdistrictWork], ...] = (
    Dimension(
        "department",
        "在此工作的部门",
        "Department at work",
        lambda it: [one.name for one in it.departments],
    ),
    Dimension(
        "status",
        "任务状态",
        "State of tasks",
        lambda it: [state for state in it.states if state],
        lambda value, english: STATES[value][english] if value in STATES else value,
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


def streets_page(request: Request) -> Response:
    """Answer a request for the page of subdistricts, or for a picture or table of it.

    Raises:
        Problem: There is no such plan or format.
    """
    ending = request.path_params.get("ending", "")
    variant = f"streets-{ending}-{language(request)}"
    if known := responses.not_modified(request, variant):
        return known
    plan, english, build = chosen_plan(request), language(request) == "en", snapshot(request)
    every = plan_subdistricts(build, plan)
    found, facets = filter_rows(request, every, _DIMENSIONS)
    paths = {one.iri: path_of(one.iri, build.base) for one in found}
    name = f"{plan.identifier}-subdistricts"
    title = say(request, f"{plan_title(plan, english=False)}街道任务", "Subdistricts")
    if ending in ("svg", "png"):
        shown = picture_file(request, subdistrict_chart(found, None, english), name, ending, title)
    elif ending:
        headings = tuple(column[2 if english else 1] for column in _COLUMNS)
        shown = table_file(
            _work_table(found, english, in_words=ending == "xlsx"), name, ending, headings, title
        )
    else:
        shown = render(
            request,
            "streets.html",
            plan=plan,
            title=plan_title(plan, english),
            plans=[(one.identifier, plan_title(one, english)) for one in all_plans(request)],
            every=every,
            found=found,
            most=_TASKS,
            present=[state for state in STATES if any(one.states[state] for one in found)],
            facets=facets,
            is_narrowed=len(found) < len(every),
            chart=Markup(markup(subdistrict_chart(found, paths, english))),
            path=lambda iri: path_of(iri, build.base),
            address=page_address(request, "/streets"),
            files=picture_formats() + table_formats(),
        )
    shown.headers.update(responses.cache_headers(request, variant))
    return shown


def plan_subdistricts(build: Snapshot, plan: Plan) -> tuple[SubdistrictWork, ...]:
    """Return the subdistricts of a plan with their tasks, which are cached for the build."""
    reports = [mint(build.base, "report", name).value for name in plan.reports]
    return cached_for_build(
        build,
        ("subdistricts", plan.identifier),
        lambda build: read_subdistricts(build.graph, reports),
    )


def _work_table(found: Sequence[SubdistrictWork], english: bool, *, in_words: bool) -> Answer:
    """Return the tasks of subdistricts as a table; workbooks have labels of states, CSV codes."""
    rows = tuple(
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
    )
    return Answer(tuple(name for name, *_ in _COLUMNS), rows)


ROUTES = (Route("/streets", streets_page), Route("/streets.{ending}", streets_page))
