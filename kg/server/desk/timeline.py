"""The page of deadlines: what is due when, department by department."""

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
from kg.graph.terms import mint
from kg.labels import STATES
from kg.planning.deadlines import Deadline, read_deadlines
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

# As many deadlines as a picture shows.
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


def page(request: Request) -> Response:
    """Answer a request for the deadlines of a plan, or for them as a picture or table.

    Raises:
        Problem: There is no such plan or format.
    """
    ending = request.path_params.get("ending", "")
    variant = f"timeline-{ending}-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    plan, english, build = chosen_plan(request), language(request) == "en", snapshot(request)
    every = plan_deadlines(build, plan)
    found, facets = narrow(request, every, _DIMENSIONS)
    chart = timeline_chart(by_department(found[:_BARS]), report_end(build, plan), english)
    name = f"{plan.identifier}-timeline"
    title = say(request, f"{plan_title(plan, english=False)}时间节点", "Deadlines")
    if ending in ("svg", "png"):
        shown = picture_file(request, chart, name, ending, title)
    elif ending:
        headings = tuple(column[2 if english else 1] for column in _COLUMNS)
        shown = download(
            _table(found, english, in_words=ending == "xlsx"), name, ending, headings, title
        )
    else:
        shown = render(
            request,
            "timeline.html",
            plan=plan,
            title=plan_title(plan, english),
            plans=[(one.identifier, plan_title(one, english)) for one in known_plans(request)],
            every=every,
            found=found,
            overdue=sum(one.overdue for one in found),
            facets=facets,
            is_narrowed=len(found) < len(every),
            chart=Markup(to_markup(chart)),
            as_of=report_end(build, plan),
            path=lambda iri: path_of(iri, build.base),
            address=page_address(request, "/timeline"),
            files=picture_formats() + table_formats(),
        )
    shown.headers.update(responses.cached(request, variant))
    return shown


def plan_deadlines(found: Snapshot, plan: Plan) -> tuple[Deadline, ...]:
    """Return the deadlines of a plan, read once for a build."""
    reports = [mint(found.base, "report", name).value for name in plan.reports]
    return kept_of(
        found, ("deadlines", plan.identifier), lambda build: read_deadlines(build.graph, reports)
    )


def by_department(found: Sequence[Deadline]) -> list[tuple[str, list[Deadline]]]:
    """Return deadlines by the department that answers for them, those that come first in front."""
    groups: defaultdict[str, list[Deadline]] = defaultdict(list)
    for one in found:
        groups["、".join(who.name for who in one.departments)].append(one)
    return list(groups.items())


def report_end(found: Snapshot, plan: Plan) -> date | None:
    """Return the last day of the time that the newest report of a plan tells of, or None."""
    told = next(
        (
            str(entry["as_of"] or "")
            for entry in found.about.get("reports", ())
            if plan.reports and entry["identifier"] == plan.reports[0]
        ),
        "",
    )
    try:
        year, month, *day = (int(part) for part in told.split("-"))
        return date(year, month, day[0] if day else monthrange(year, month)[1])
    except ValueError:
        return None


def _table(found: Sequence[Deadline], english: bool, *, in_words: bool) -> Answer:
    """Return deadlines as a table; workbooks have states in words, CSV has their codes."""

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


ROUTES = (Route("/timeline", page), Route("/timeline.{ending}", page))
