"""The page of subdistricts: a schematic map of what is at work where, and the tasks of each."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.charts.subdistricts import subdistrict_chart
from kg.charts.svg import to_markup
from kg.graph.terms import mint
from kg.labels import STATES
from kg.planning.subdistricts import SubdistrictWork, read_subdistricts
from kg.server import responses
from kg.server.addresses import path_of
from kg.server.desk.facets import Dimension, narrow, page_address
from kg.server.desk.files import picture_file, picture_formats
from kg.server.desk.plan import chosen_plan, known_plans, plan_title
from kg.server.downloads import download
from kg.server.downloads import formats as table_formats
from kg.server.kept import kept_of
from kg.server.language import language, say
from kg.server.plans import Plan
from kg.server.snapshot import Snapshot, snapshot
from kg.server.templating import page as render
from kg.tables import Answer

# Tasks of a subdistrict that the page shows.
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


def page(request: Request) -> Response:
    """Answer a request for the subdistricts of a plan, or for them as a picture or table.

    Raises:
        Problem: There is no such plan or format.
    """
    ending = request.path_params.get("ending", "")
    variant = f"streets-{ending}-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    plan, english, build = chosen_plan(request), language(request) == "en", snapshot(request)
    every = plan_subdistricts(build, plan)
    found, facets = narrow(request, every, _DIMENSIONS)
    paths = {one.iri: path_of(one.iri, build.base) for one in found}
    name = f"{plan.identifier}-subdistricts"
    title = say(request, f"{plan_title(plan, english=False)}街道任务", "Subdistricts")
    if ending in ("svg", "png"):
        shown = picture_file(request, subdistrict_chart(found, None, english), name, ending, title)
    elif ending:
        headings = tuple(column[2 if english else 1] for column in _COLUMNS)
        shown = download(
            _table(found, english, in_words=ending == "xlsx"), name, ending, headings, title
        )
    else:
        shown = render(
            request,
            "streets.html",
            plan=plan,
            title=plan_title(plan, english),
            plans=[(one.identifier, plan_title(one, english)) for one in known_plans(request)],
            every=every,
            found=found,
            most=_TASKS,
            present=[state for state in STATES if any(one.states[state] for one in found)],
            facets=facets,
            is_narrowed=len(found) < len(every),
            chart=Markup(to_markup(subdistrict_chart(found, paths, english))),
            path=lambda iri: path_of(iri, build.base),
            address=page_address(request, "/streets"),
            files=picture_formats() + table_formats(),
        )
    shown.headers.update(responses.cached(request, variant))
    return shown


def plan_subdistricts(found: Snapshot, plan: Plan) -> tuple[SubdistrictWork, ...]:
    """Return the subdistricts of a plan with their tasks, read once for a build."""
    reports = [mint(found.base, "report", name).value for name in plan.reports]
    return kept_of(
        found,
        ("subdistricts", plan.identifier),
        lambda build: read_subdistricts(build.graph, reports),
    )


def _table(found: Sequence[SubdistrictWork], english: bool, *, in_words: bool) -> Answer:
    """Return the tasks of subdistricts as a table; workbooks have states in words, CSV codes."""
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


ROUTES = (Route("/streets", page), Route("/streets.{ending}", page))
