"""The page of deadlines, by date and by department."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.charts.svg import markup
from kg.charts.timeline import timeline_chart
from kg.graph.terms import mint
from kg.labels import STATES
from kg.planning.deadlines import Deadline, read_deadlines
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

# How many deadlines a picture shows.
_BARS = 80
_WHEN = {"overdue": ("已过期未完成", "overdue"), "due": ("尚未到期", "still to come")}
_DIMENSIONS: tuple[Dimension[Deadline], ...] = (
    Dimension(
        "department",
        "责任部门",
        "Department",
        lambda it: [one.name for one in it.departments],
    ),
    Dimension("month", "月份", "Month", lambda it: (f"{it.last:%Y-%m}",)),
    Dimension(
        "status",
        "状态",
        "State",
        lambda it: (it.status,) if it.status else (),
        lambda value, english: STATES[value][english] if value in STATES else value,
    ),
    Dimension(
        "when",
        "是否过期",
        "Overdue",
        lambda it: ("overdue" if it.overdue else "due",),
        lambda value, english: _WHEN[value][english] if value in _WHEN else value,
    ),
)
_COLUMNS = (
    ("date", "时间", "Date"),
    ("words", "报告写法", "As written"),
    ("task", "任务", "Task"),
    ("promise", "任务要求", "Promise"),
    ("status", "状态", "State"),
    ("overdue", "是否过期", "Overdue"),
    ("departments", "责任部门", "Departments"),
    ("sentence", "报告原句", "Sentence"),
)


def timeline_page(request: Request) -> Response:
    """Answer a request for the page of deadlines, or for a picture or table of it.

    Raises:
        Problem: There is no such plan or format.
    """
    ending = request.path_params.get("ending", "")
    variant = f"timeline-{ending}-{language(request)}"
    if known := responses.not_modified(request, variant):
        return known
    plan, english, build = chosen_plan(request), language(request) == "en", snapshot(request)
    every = plan_deadlines(build, plan)
    found, facets = filter_rows(request, every, _DIMENSIONS)
    chart = timeline_chart(deadlines_by_department(found[:_BARS]), report_end(build, plan), english)
    name = f"{plan.identifier}-timeline"
    title = say(request, f"{plan_title(plan, english=False)}时间节点", "Deadlines")
    if ending in ("svg", "png"):
        shown = picture_file(request, chart, name, ending, title)
    elif ending:
        headings = tuple(column[2 if english else 1] for column in _COLUMNS)
        shown = table_file(
            _deadline_table(found, english, in_words=ending == "xlsx"),
            name,
            ending,
            headings,
            title,
        )
    else:
        shown = render(
            request,
            "timeline.html",
            plan=plan,
            title=plan_title(plan, english),
            plans=[(one.identifier, plan_title(one, english)) for one in all_plans(request)],
            every=every,
            found=found,
            overdue=sum(one.overdue for one in found),
            facets=facets,
            is_narrowed=len(found) < len(every),
            chart=Markup(markup(chart)),
            as_of=report_end(build, plan),
            path=lambda iri: path_of(iri, build.base),
            address=page_address(request, "/timeline"),
            files=picture_formats() + table_formats(),
        )
    shown.headers.update(responses.cache_headers(request, variant))
    return shown


def plan_deadlines(build: Snapshot, plan: Plan) -> tuple[Deadline, ...]:
    """Return the deadlines of a plan, which are cached for the build."""
    reports = [mint(build.base, "report", name).value for name in plan.reports]
    return cached_for_build(
        build, ("deadlines", plan.identifier), lambda build: read_deadlines(build.graph, reports)
    )


def deadlines_by_department(found: Sequence[Deadline]) -> list[tuple[str, list[Deadline]]]:
    """Group deadlines by the departments that answer for them, in the order of the deadlines."""
    groups: defaultdict[str, list[Deadline]] = defaultdict(list)
    for one in found:
        groups["、".join(who.name for who in one.departments)].append(one)
    return list(groups.items())


def report_end(build: Snapshot, plan: Plan) -> date | None:
    """Return the last day that the newest report of a plan covers, or None."""
    as_of = next(
        (
            str(entry["as_of"] or "")
            for entry in build.about.get("reports", ())
            if plan.reports and entry["identifier"] == plan.reports[0]
        ),
        "",
    )
    try:
        year, month, *day = (int(part) for part in as_of.split("-"))
        return date(year, month, day[0] if day else monthrange(year, month)[1])
    except ValueError:
        return None


def _deadline_table(found: Sequence[Deadline], english: bool, *, in_words: bool) -> Answer:
    """Return deadlines as a table; workbooks have labels of states, CSV has their codes."""

    def when(one: Deadline) -> str:
        code = "overdue" if one.overdue else "due"
        return _WHEN[code][english] if in_words else code

    rows = tuple(
        (
            one.last.isoformat(),
            one.words,
            one.number,
            one.promise,
            STATES[one.status][english] if in_words and one.status else one.status or None,
            when(one),
            "、".join(it.name for it in one.departments),
            one.sentence,
        )
        for one in found
    )
    return Answer(tuple(name for name, *_ in _COLUMNS), rows)


ROUTES = (Route("/timeline", timeline_page), Route("/timeline.{ending}", timeline_page))
