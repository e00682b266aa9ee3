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

from kg.charts.svg import to_markup
from kg.charts.timeline import timeline_chart
from kg.labels import STATES
from kg.planning.deadlines import Deadline, read_deadlines
from kg.server.data.plans import Plan
from kg.server.data.snapshot import Snapshot, snapshot
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

# How many deadlines a picture shows.
_BARS = 80
_WHEN = {"overdue": ("已过期未完成", "overdue"), "due": ("尚未到期", "still to come")}
_DIMENSIONS: tuple[Dimension[Deadline], ...] = (
    department_dimension("责任部门", "Department"),
    Dimension("month", "月份", "Month", lambda it: (f"{it.last:%Y-%m}",)),
    Dimension(
        "status",
        "状态",
        "State",
        lambda it: (it.status,) if it.status else (),
        labels_of(STATES),
    ),
    Dimension(
        "when",
        "是否过期",
        "Overdue",
        lambda it: ("overdue" if it.overdue else "due",),
        labels_of(_WHEN),
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


@responses.cacheable
def timeline_page(request: Request) -> Response:
    """Answer a request for the page of deadlines, or for a picture or table of it.

    Raises:
        Problem: There is no such plan or format.
    """
    plan, found, facets = filter_plan(request, PAGE)
    end = report_end(snapshot(request), plan)
    english = language(request) == "en"
    chart = timeline_chart(deadlines_by_department(found[:_BARS]), end, english)
    if "ending" in request.path_params:
        return plan_file(request, PAGE, plan, found, chart)
    more = {
        "facets": facets,
        "overdue": sum(one.overdue for one in found),
        "chart": Markup(to_markup(chart)),
        "as_of": end,
    }
    return render_plan(request, PAGE, plan, found, more)


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


def _table_rows(
    found: Sequence[Deadline], english: bool, in_words: bool
) -> list[tuple[Plain, ...]]:
    def when(one: Deadline) -> str:
        code = "overdue" if one.overdue else "due"
        return _WHEN[code][english] if in_words else code

    return [
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
    ]


PAGE = PlanPage(
    "timeline",
    ("时间节点", "Deadlines"),
    _COLUMNS,
    _DIMENSIONS,
    read_deadlines,
    _table_rows,
    "timeline",
)
ROUTES = (Route("/timeline", timeline_page), Route("/timeline.{ending}", timeline_page))
