"""The page of targets: the progress of each, with its reason, departments and change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.charts.svg import to_markup
from kg.charts.targets import target_chart
from kg.labels import JUDGEMENTS, MISSED
from kg.planning.targets import (
    TargetProgress,
    goal_text,
    progress_line,
    read_targets,
    reported_text,
    value_text,
)
from kg.server.data.judgement_reasons import reason_text
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

# How many targets a picture shows.
_BARS = 40
_DIMENSIONS: tuple[Dimension[TargetProgress], ...] = (
    Dimension(
        "judgement",
        "判断",
        "Judgement",
        lambda it: (it.judgement,),
        labels_of(JUDGEMENTS),
    ),
    department_dimension("责任部门", "Department"),
    Dimension("category", "工作类目", "Category", lambda it: (it.category,) if it.category else ()),
)
# Sort orders of the page; the first one is the default.
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


@responses.cacheable
def targets_page(request: Request) -> Response:
    """Answer a request for the page of targets, or for a picture or table of it.

    Raises:
        Problem: There is no such plan or format.
    """
    plan, found, facets = filter_plan(request, PAGE)
    english = language(request) == "en"
    sort = request.query_params.get("sort", "")
    key = _SORTS.get(sort, _SORTS["lag"])[2]
    if key:
        found = sorted(found, key=key)  # type: ignore[arg-type]
    chart = target_chart(found[:_BARS], english)
    if "ending" in request.path_params:
        return plan_file(request, PAGE, plan, found, chart)
    more = {
        "facets": facets,
        "missed": [one for one in found if one.judgement in MISSED],
        "sorts": {name: said[1 if english else 0] for name, said in _SORTS.items()},
        "sort": sort or "lag",
        "chart": Markup(to_markup(chart)) if found else "",
        "line": lambda it: progress_line(it, english),
        "change": change_text,
        "goal": lambda it: goal_text(it, english),
        "reported": reported_text,
        "reason": lambda it: _other_reason(it, language(request)),
    }
    return render_plan(request, PAGE, plan, found, more)


def change_text(target: TargetProgress) -> str:
    """Return the change of the reported value with a sign, or an empty text if it is not known."""
    change = target.change
    if change is None:
        return ""
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return sign + value_text(abs(change), target.observed_unit)


def _other_reason(target: TargetProgress, lang: str) -> str:
    """Return the reason of a target's judgement, or an empty text if the page's figures show it."""
    is_arithmetic = "of the year gone" in target.reason or ": reached" in target.reason
    return "" if target.has_pace and is_arithmetic else reason_text(target.reason, lang)


def _percent(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(f"{100 * share:.1f}")


def _table_rows(
    found: Sequence[TargetProgress], english: bool, in_words: bool
) -> list[tuple[Plain, ...]]:
    return [
        (
            one.indicator,
            goal_text(one, english),
            reported_text(one) or None,
            _percent(one.share if one.has_pace else None),
            _percent(one.elapsed),
            change_text(one) or None,
            JUDGEMENTS[one.judgement][english] if in_words else one.judgement,
            reason_text(one.reason, "en" if english or not in_words else "zh"),
            "、".join(it.name for it in one.departments),
            one.number,
            one.as_of or None,
            one.sentence,
        )
        for one in found
    ]


PAGE = PlanPage(
    "targets",
    ("目标进度", "Targets"),
    _COLUMNS,
    _DIMENSIONS,
    read_targets,
    _table_rows,
    "targets",
)
ROUTES = (Route("/targets", targets_page), Route("/targets.{ending}", targets_page))
