"""The page of targets: how far behind each is, with bar, arithmetic, department and change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.charts.svg import to_markup
from kg.charts.targets import target_chart
from kg.graph.terms import mint
from kg.labels import JUDGEMENTS, MISSED
from kg.planning.targets import (
    TargetProgress,
    goal_text,
    progress_line,
    read_targets,
    reported_text,
    value_text,
)
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
from kg.server.reasons import reason
from kg.server.snapshot import Snapshot, snapshot
from kg.server.templating import page as render
from kg.tables import Answer

# As many bars as a picture shows.
_BARS = 40
_DIMENSIONS: tuple[Dimension[TargetProgress], ...] = (
    Dimension(
        "judgement",
        "判断",
        "Judgement",
        lambda it: (it.judgement,),
        lambda value, english: JUDGEMENTS[value][english] if value in JUDGEMENTS else value,
    ),
    Dimension(
        "department",
        "责任部门",
        "Department",
        lambda it: [one.name for one in it.departments],
    ),
    Dimension("category", "工作类目", "Category", lambda it: (it.category,) if it.category else ()),
)
# By what the page can be sorted; the first unless the reader chooses.
_SORTS: dict[str, tuple[str, str, Callable[[TargetProgress], object] | None]] = {
    "lag": ("落后多少", "how far behind", None),
    "share": ("完成比例", "share reached", lambda it: 2.0 if it.share is None else it.share),
    "department": ("责任部门", "department", lambda it: [one.name for one in it.departments]),
    "number": ("任务序号", "number of the task", lambda it: it.number),
}
_COLUMNS = (
    ("indicator", "指标", "Indicator"),
    ("promised", "目标", "Promised"),
    ("reported", "已报", "Reported"),
    ("share", "完成比例（%）", "Share (%)"),
    ("gone", "时间已过（%）", "Year gone (%)"),
    ("change", "较上次报告", "Since the last report"),
    ("judgement", "判断", "Judgement"),
    ("reason", "判断依据", "Why"),
    ("departments", "责任部门", "Departments"),
    ("task", "任务", "Task"),
    ("as_of", "数据截至", "As of"),
    ("sentence", "报告原句", "Sentence"),
)


def page(request: Request) -> Response:
    """Answer a request for the targets of a plan, or for them as a picture or table.

    Raises:
        Problem: There is no such plan or format.
    """
    ending = request.path_params.get("ending", "")
    variant = f"targets-{ending}-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    plan, english = chosen_plan(request), language(request) == "en"
    every = plan_targets(snapshot(request), plan)
    found, facets = narrow(request, every, _DIMENSIONS)
    sort = request.query_params.get("sort", "")
    key = _SORTS.get(sort, _SORTS["lag"])[2]
    if key:
        found = sorted(found, key=key)  # type: ignore[arg-type]
    name = f"{plan.identifier}-targets"
    title = say(request, f"{plan_title(plan, english=False)}目标进度", "Targets")
    if ending in ("svg", "png"):
        shown = picture_file(request, target_chart(found[:_BARS], english), name, ending, title)
    elif ending:
        headings = tuple(column[2 if english else 1] for column in _COLUMNS)
        shown = download(
            _table(found, english, in_words=ending == "xlsx"), name, ending, headings, title
        )
    else:
        base = snapshot(request).base
        shown = render(
            request,
            "targets.html",
            plan=plan,
            title=plan_title(plan, english),
            plans=[(one.identifier, plan_title(one, english)) for one in known_plans(request)],
            every=every,
            found=found,
            missed=[one for one in found if one.judgement in MISSED],
            facets=facets,
            is_narrowed=len(found) < len(every),
            sorts={name: said[1 if english else 0] for name, said in _SORTS.items()},
            sort=sort or "lag",
            chart=Markup(to_markup(target_chart(found[:_BARS], english))) if found else "",
            line=lambda it: progress_line(it, english),
            change=change_text,
            goal=lambda it: goal_text(it, english),
            reported=reported_text,
            reason=lambda it: _further_reason(it, language(request)),
            path=lambda iri: path_of(iri, base),
            address=page_address(request, "/targets"),
            files=picture_formats() + table_formats(),
        )
    shown.headers.update(responses.cached(request, variant))
    return shown


def plan_targets(found: Snapshot, plan: Plan) -> tuple[TargetProgress, ...]:
    """Return the targets of a plan, read once for a build."""
    reports = [mint(found.base, "report", name).value for name in plan.reports]
    return kept_of(
        found, ("targets", plan.identifier), lambda build: read_targets(build.graph, reports)
    )


def change_text(target: TargetProgress) -> str:
    """Return by how much the reported value has changed, with a sign; empty where not known."""
    change = target.change
    if change is None:
        return ""
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return sign + value_text(abs(change), target.observed_unit)


def _further_reason(target: TargetProgress, spoken: str) -> str:
    """Return why a target is judged so, where its figures beside it do not tell that."""
    told = target.has_pace and ("of the year gone" in target.reason or ": reached" in target.reason)
    return "" if told else reason(target.reason, spoken)


def _percent(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(f"{100 * share:.1f}")


def _table(found: Sequence[TargetProgress], english: bool, *, in_words: bool) -> Answer:
    """Return targets as a table; workbooks have judgements in words, CSV has their codes."""
    rows = tuple(
        (
            one.indicator,
            goal_text(one, english),
            reported_text(one) or None,
            _percent(one.share if one.has_pace else None),
            _percent(one.elapsed),
            change_text(one) or None,
            JUDGEMENTS[one.judgement][english] if in_words else one.judgement,
            reason(one.reason, "en" if english or not in_words else "zh"),
            "、".join(it.name for it in one.departments),
            one.number,
            one.as_of or None,
            one.sentence,
        )
        for one in found
    )
    return Answer(tuple(name for name, *_ in _COLUMNS), rows)


ROUTES = (Route("/targets", page), Route("/targets.{ending}", page))
